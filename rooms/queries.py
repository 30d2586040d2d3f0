"""Reading rooms: who sits where, what was said, and the report of a room from its log."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from assemblies.models import Assembly, Member
from assemblies.queries import members
from kernel.wire import name_of
from live import folds
from live.core.kinds import Recorded
from live.models import Event
from live.services import load
from rooms.core.meeting import PRESENCE, met_in
from rooms.core.overrides import Ledger, ledger_of
from rooms.core.report import RoomReport, report_of
from rooms.core.summary import Groups, RoomSummary, summary_of
from rooms.core.types import RoomState
from rooms.models import Contribution, Room, Seat


@dataclass(frozen=True, slots=True)
class RoomOfMember:
    """A room as its member's lobby shows it."""

    room: Room
    role: str


def rooms_of_assembly(assembly_id: int) -> QuerySet[Room]:
    """All rooms of an assembly, by number; one query."""
    return Room.objects.filter(assembly=assembly_id).order_by("number")


def rooms_of_member(key: str) -> list[RoomOfMember]:
    """Rooms in which this member sits and has not been removed from, the newest first; one query."""
    seats = Seat.objects.filter(member__key=key, removed=False).select_related("room").order_by("-room__number")
    return [RoomOfMember(seat.room, seat.role) for seat in seats]


def seats_of(room: Room) -> QuerySet[Seat]:
    """The seats of a room with their members; one query."""
    return room.seats.select_related("member")


def unseated(assembly: Assembly) -> QuerySet[Member]:
    """Citizens without a seat in a room that is waiting or open; one query."""
    seated = Seat.objects.filter(member=OuterRef("key")).exclude(room__stage="closed")
    return seatable(assembly).filter(~Exists(seated))


def seatable(assembly: Assembly) -> QuerySet[Member]:
    """Citizens, who take turns in rooms; one query."""
    return members(assembly).filter(role="citizen").order_by("pk")


def guides_of(assembly: Assembly) -> QuerySet[Member]:
    """The facilitators; one query."""
    return members(assembly).filter(role="facilitator").order_by("pk")


def people_who_met(assembly: Assembly) -> frozenset[frozenset[str]]:
    """Pairs of citizens who were in one open room at the same time, wherever they sit now; three queries."""
    citizens = set(seatable(assembly).values_list("key", flat=True))
    rooms = [room.stream for room in rooms_of_assembly(assembly.pk).exclude(stage="waiting")]
    kinds = [name_of(event) for event in PRESENCE]
    rows = Event.objects.filter(stream__name__in=rooms, kind__in=kinds).select_related("stream")
    logs = itertools.groupby(rows.order_by("stream", "seq"), key=lambda row: row.stream.name)
    found = (met_in((folds.record_of(stream, row).event for row in log), citizens) for stream, log in logs)
    return frozenset[frozenset[str]]().union(*found)


def contributions_of(room: Room) -> QuerySet[Contribution]:
    """What was said and noted in a room, in order; one query."""
    return room.contributions.order_by("seq")


def state_of(room: Room) -> RoomState:
    """The room as its log has it now."""
    state: RoomState = load(room.stream).state
    return state


def log_of(room: Room) -> list[Recorded[RoomState]]:
    """Every event of a room, in order; one query."""
    rows = Event.objects.filter(stream__name=room.stream).order_by("seq")
    return [folds.record_of(room.stream, row) for row in rows]


def ledgers_of(assembly: Assembly) -> list[Ledger]:
    """What was done in each room of an assembly by those who chair; a query a room and one more."""
    return [ledger_of(log_of(room)) for room in rooms_of_assembly(assembly.pk)]


def summary(room: Room, groups: Groups) -> RoomSummary:
    """What a room leaves behind, folded from the log alone; one query."""
    return summary_of(log_of(room), groups)


def report(room: Room) -> RoomReport:
    """Seconds and turns per member and the chair's interventions, folded from the log alone."""
    return report_of(log_of(room))
