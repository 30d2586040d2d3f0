"""Reading rooms: who sits where, what was said, and the report of a room from its log."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from assemblies.models import Assembly, Member
from assemblies.queries import members
from kernel.wire import name_of
from live import folds
from live.core.kinds import Recorded
from live.folds import position
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


def small_rooms(assembly_id: int) -> QuerySet[Room]:
    """The same without the halls in which the plenary debates."""
    return rooms_of_assembly(assembly_id).filter(is_hall=False)


def hall_of(assembly_id: int) -> Room | None:
    """Where the plenary debates, or has debated last; one query."""
    return rooms_of_assembly(assembly_id).filter(is_hall=True).last()


def rooms_of_member(key: str) -> list[RoomOfMember]:
    """Rooms in which this member sits and has not been removed from, the newest first; one query."""
    seats = Seat.objects.filter(member__key=key, removed=False).select_related("room").order_by("-room__number")
    return [RoomOfMember(seat.room, seat.role) for seat in seats]


def seats_of(room: Room) -> QuerySet[Seat]:
    """The seats of a room with their members; one query."""
    return room.seats.select_related("member")


def unseated(assembly: Assembly) -> QuerySet[Member]:
    """Citizens without a seat in a small room that is waiting or open; one query."""
    seated = Seat.objects.filter(member=OuterRef("key"), room__is_hall=False).exclude(room__stage="closed")
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


def states_of(rooms: Iterable[Room]) -> dict[int, RoomState]:
    """The same of several rooms, by their rows; one query, and what it takes to fold what is not in memory."""
    keys = {room.stream: room.pk for room in rooms}
    found = {row.name: folds.current(row) for row in folds.positions(keys)}
    if not transaction.get_connection().in_atomic_block:
        for name, fold in found.items():
            folds.remember(name, fold)
    return {keys[name]: fold.state for name, fold in found.items()}


def people_who_count(state: RoomState) -> list[str]:
    """Of whom more than half stand behind a text: those present, and after the end of the room all who took part."""
    people = state.floor.people
    return [key for key, account in people.items() if account.present] or list(people)


def log_of(room: Room) -> list[Recorded[RoomState]]:
    """Every event of a room, in order; one query."""
    rows = Event.objects.filter(stream__name=room.stream).order_by("seq")
    return [folds.record_of(room.stream, row) for row in rows]


def ledgers_of(assembly: Assembly, only: str | None = None) -> list[Ledger]:
    """What was done in each room of an assembly by those who chair, or in each where one of them did anything; a query
    a room and at most two more."""
    rooms: Iterable[Room] = rooms_of_assembly(assembly.pk)
    if only is not None:
        streams = [room.stream for room in rooms]
        touched = set(Event.objects.filter(stream__name__in=streams, by=only).values_list("stream__name", flat=True))
        rooms = [room for room in rooms if room.stream in touched]
    return [ledger_of(log_of(room)) for room in rooms]


def summary(room: Room, groups: Groups) -> RoomSummary:
    """What a room leaves behind, folded from the log alone and kept until the log or the groups change; two queries,
    or one when it is kept."""
    head = position(room.stream).head
    kept = tuple((name, frozenset(members)) for name, members in groups.items())
    return _summary(_Log(head, room), kept)


@dataclass(frozen=True, slots=True)
class _Log:
    """A room's log as far as this head: two logs with one head are the same."""

    head: str
    room: Room = field(compare=False)


@functools.lru_cache(maxsize=256)
def _summary(log: _Log, groups: tuple[tuple[str, frozenset[str]], ...]) -> RoomSummary:
    return summary_of(log_of(log.room), dict(groups))


def report(room: Room) -> RoomReport:
    """Seconds and turns per member, folded from the log alone."""
    return report_of(log_of(room))
