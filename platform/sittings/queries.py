"""Reading sittings: the state, the rooms that take part, and which assemblies have rooms to tell something."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from live.names import parse_name, stream_name
from live.services import load
from rooms.models import Room
from rooms.queries import small_rooms
from sittings.core.types import SittingBegin, SittingState
from sittings.models import Sitting


def sitting_of(assembly_id: int) -> str:
    """The name of an assembly's sitting stream."""
    return stream_name("sitting", assembly_id)


def state_of(assembly_id: int) -> SittingState:
    """The sitting as it stands now."""
    state: SittingState = load(sitting_of(assembly_id)).state
    return state


def gather(stream: str, state: SittingState, command: Any) -> tuple[int, ...]:
    """The rooms that open with the sitting: the small ones that have not ended; one query, to begin only."""
    if not isinstance(command, SittingBegin):
        return ()
    rooms = small_rooms(parse_name(stream).id).exclude(stage="closed")
    return tuple(rooms.values_list("pk", flat=True))


def with_rooms_to_tell() -> list[int]:
    """Assemblies whose sitting goes on, or has ended without all its rooms having heard of it; one query."""
    late = Room.objects.filter(
        assembly=OuterRef("assembly"),
        stage="open",
        step_seq__gte=OuterRef("began_seq"),
        step_seq__lt=OuterRef("told_seq"),
    )
    rows = Sitting.objects.filter(Q(ended_at=None) | Exists(late)).order_by("assembly")
    return list(rows.values_list("assembly", flat=True).distinct())


def rooms_to_tell(assembly_id: int, state: SittingState, at: int) -> list[Room]:
    """Rooms that have not heard the last of the sitting; one query.

    While it goes on: those that open with it, and every other room that is open. A room that its facilitator gave
    more time follows when that is over, unless the step was cut short for all. When it has ended: those that took
    part, all at once.
    """
    late = small_rooms(assembly_id).filter(step_seq__lt=state.told_seq).order_by("pk")
    if state.phase != "running":
        return list(late.filter(stage="open", step_seq__gte=state.began_seq))
    due = late.filter(Q(stage="open") | Q(stage="waiting", pk__in=state.rooms))
    return list(due if state.is_early else due.filter(step_until__lte=at))


def readiness(assembly_id: int, step: str) -> tuple[tuple[int, ...], int]:
    """The open rooms that are ready to move on from a step, and how many are open; one query."""
    rows = small_rooms(assembly_id).filter(stage="open")
    found = list(rows.values_list("pk", "step", "is_step_done"))
    return tuple(pk for pk, here, is_done in found if here == step and is_done), len(found)
