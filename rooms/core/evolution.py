"""A room after an event: seats, contributions, agenda, and what it embeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import assert_never

from floor.core import machine
from floor.core.events import FloorEvent, MemberArrived, MemberLeft
from floor.core.ledger import add_person, begin_item
from floor.core.types import FloorState
from recommendations.core import drafting
from recommendations.core.drafting import DraftEvent
from rooms.core import agenda, controlling, excluding, finding, polling, rewording, stepping
from rooms.core.agenda import AgendaEvent
from rooms.core.control import ControlEvent
from rooms.core.events import (
    ContributionMade,
    HandBrought,
    ItemOpened,
    MemberReadmitted,
    MemberRemoved,
    NoteMade,
    OwnEvent,
    ReopeningProlonged,
    RoomClosed,
    RoomEvent,
    RoomOpened,
    SeatGiven,
    SeatTaken,
    StageEvent,
    TimeBrought,
)
from rooms.core.exclusion import ExclusionEvent
from rooms.core.finding import FindingEvent
from rooms.core.poll import PollEvent
from rooms.core.step import StepEvent
from rooms.core.types import SPEAKING_ROLES, RoomState, Said, Seat
from rooms.core.wording import WordingEvent


def evolve(room: RoomState, event: RoomEvent, at: int) -> RoomState:
    """The room after `event`, which happened at `at`."""
    if isinstance(event, FloorEvent):
        room = replace(room, floor=machine.evolve(room.floor, event, at))
        return _present(room, event) if isinstance(event, MemberArrived | MemberLeft) else room
    if isinstance(event, DraftEvent):
        return replace(room, drafts=drafting.evolve(room.drafts, event, at))
    if isinstance(event, StepEvent):
        return stepping.evolve(room, event)
    if isinstance(event, ControlEvent):
        return controlling.evolve(room, event)
    if isinstance(event, WordingEvent):
        return rewording.evolve(room, event)
    if isinstance(event, FindingEvent | PollEvent | AgendaEvent | ExclusionEvent):
        return _agreed(room, event)
    return _after(room, event, at)


def folded(room: RoomState, events: Iterable[RoomEvent], at: int) -> RoomState:
    """The room after these events, which happened at `at`."""
    for event in events:
        room = evolve(room, event, at)
    return room


def _agreed(room: RoomState, event: FindingEvent | PollEvent | AgendaEvent | ExclusionEvent) -> RoomState:
    """The room after what people here do together, or plan."""
    if isinstance(event, FindingEvent):
        return replace(room, findings=finding.evolve(room.findings, event))
    if isinstance(event, PollEvent):
        return replace(room, polls=polling.evolve(room.polls, event))
    if isinstance(event, AgendaEvent):
        return replace(room, agenda=agenda.evolve(room.agenda, event))
    return excluding.evolve(room, event)


def _after(room: RoomState, event: OwnEvent, at: int) -> RoomState:
    match event:
        case SeatGiven() | SeatTaken() | MemberRemoved() | MemberReadmitted():
            return _after_seat(room, event)
        case TimeBrought() | HandBrought():
            return replace(room, floor=_with_brought(room.floor, event, at))
        case RoomOpened() | RoomClosed() | ReopeningProlonged():
            return _after_stage(room, event, at)
        case ItemOpened():
            return _with_item(room, event, at)
        case ContributionMade(words, member, turn, scribe):
            room = replace(room, floor=add_person(room.floor, member, words.lang))
            return controlling.keep(room, Said(words.key, member, "contribution", at, words.lang, turn, scribe))
        case NoteMade(words, member, scribe):
            said = Said(words.key, member, "note", at, words.lang, _last_turn(room, member), scribe)
            return controlling.keep(room, said)
        case _:
            assert_never(event)


def _with_item(room: RoomState, event: ItemOpened, at: int) -> RoomState:
    room = replace(room, floor=begin_item(room.floor, at), agenda=agenda.without(room.agenda, event.point), proposed=())
    return replace(
        room, item=event.number, item_title=event.title.key if event.title else None, item_motion=event.motion
    )


def _after_stage(room: RoomState, event: StageEvent, at: int) -> RoomState:
    match event:
        case RoomOpened():
            opened_at = at if room.opened_at is None else room.opened_at
            return replace(room, phase="open", opened_at=opened_at, final_at=None)
        case RoomClosed(final_at):
            return replace(room, phase="closed", final_at=final_at, exclusion=None)
        case ReopeningProlonged(final_at):
            return replace(room, final_at=final_at)
        case _:
            assert_never(event)


def _after_seat(room: RoomState, event: SeatGiven | SeatTaken | MemberRemoved | MemberReadmitted) -> RoomState:
    seats = dict(room.seats)
    match event:
        case SeatGiven(member, role, speaks, reads, scribe):
            before = room.seats.get(member, Seat(role, speaks, reads))
            seats[member] = replace(before, role=role, speaks=speaks, reads=reads, scribe=scribe)
            floor = (
                add_person(room.floor, member, _spoken(room, member, speaks)) if role in SPEAKING_ROLES else room.floor
            )
            room = room if member in room.seats else _let_in(room, member)
            return replace(room, seats=seats, floor=floor)
        case SeatTaken(member):
            seats.pop(member, None)
            room = excluding.without(room, member)
        case MemberRemoved(member, rule):
            seats[member] = replace(seats[member], removed=True, rule=rule, present=False)
            room = excluding.without(room, member)
        case MemberReadmitted(member):
            seats[member] = replace(seats[member], removed=False, rule=None)
            room = _let_in(room, member)
        case _:
            assert_never(event)
    return replace(room, seats=seats)


def _spoken(room: RoomState, member: str, speaks: Sequence[str]) -> str:
    """The language that turns are measured in: what this person said something in last, else what they speak first."""
    account = room.floor.people.get(member)
    return account.lang if account and account.lang in speaks else next(iter(speaks), "")


def _let_in(room: RoomState, member: str) -> RoomState:
    """Whoever is seated or readmitted while a room is locked belongs to those inside."""
    if room.inside is None or member in room.inside:
        return room
    return replace(room, inside=(*room.inside, member))


def _with_brought(floor: FloorState, event: TimeBrought | HandBrought, at: int) -> FloorState:
    if isinstance(event, TimeBrought):
        brought = {each.name: getattr(event.time, each.name) for each in fields(event.time)}
        return replace(floor, people={**floor.people, event.member: replace(floor.people[event.member], **brought)})
    hand = event.hand
    people = {**floor.people, hand.member: replace(floor.people[hand.member], left_at=at)}
    return replace(floor, people=people, queue=(*floor.queue, hand))


def _present(room: RoomState, event: MemberArrived | MemberLeft) -> RoomState:
    seat = room.seats.get(event.member)
    if seat is None:
        return room
    seats = {**room.seats, event.member: replace(seat, present=isinstance(event, MemberArrived))}
    return replace(room, seats=seats)


def _last_turn(room: RoomState, member: str) -> int:
    account = room.floor.people.get(member)
    return account.turn if account else 0
