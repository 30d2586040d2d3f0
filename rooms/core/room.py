"""The rules of a room: which command is whose, what the room does by itself, opening and closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from floor.core import machine
from floor.core.commands import FloorCommand, MemberArrive, MemberLeave
from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, words_of
from recommendations.core import drafting
from recommendations.core.drafting import DraftCommand
from rooms.core import agenda, controlling, excluding, finding, polling, rewording, scribing, seating, stepping, writing
from rooms.core.agenda import LONGEST_KEY, MAX_ITEM_TITLE, AgendaCommand
from rooms.core.control import ContributionRestored, ContributionWithdraw, ControlCommand
from rooms.core.events import (
    ContributionMade,
    ItemOpened,
    MemberReadmitted,
    NoteMade,
    ReopeningProlonged,
    RoomEvent,
    RoomOpened,
    SeatGiven,
)
from rooms.core.evolution import evolve
from rooms.core.exclusion import PeerCommand, RuleCommand
from rooms.core.finding import AgreeingCommand, WritingCommand
from rooms.core.poll import PollCommand, PollEvent, PollOpen, TemperatureAsk
from rooms.core.step import ProgrammeCommand, ReadyCommand, StepCommand
from rooms.core.types import (
    REOPEN_MS,
    SPEAKING_ROLES,
    ChairCommand,
    ItemOpen,
    MemberReadmit,
    MemberRemove,
    RoomClose,
    RoomOpen,
    RoomState,
    ScribeAct,
    SeatCommand,
    SpeechCommand,
)
from rooms.core.wording import WordingCommand
from rooms.core.writing import may_type

__all__ = ["RoomCommand", "decide", "evolve", "expire", "may_type", "mentions", "next_deadline", "stalled"]

RoomCommand = (
    SpeechCommand
    | ChairCommand
    | SeatCommand
    | DraftCommand
    | FloorCommand
    | ProgrammeCommand
    | StepCommand
    | ReadyCommand
    | ScribeAct
    | ControlCommand
    | ContributionWithdraw
    | WritingCommand
    | AgreeingCommand
    | PollCommand
    | TemperatureAsk
    | RuleCommand
    | PeerCommand
    | WordingCommand
    | AgendaCommand
)


def decide(room: RoomState, command: RoomCommand, moment: Moment) -> list[RoomEvent]:
    """Events that follow from a command, or `Refused`. `moment.confided` are the weights of people at the floor."""
    room = _weighed(room, moment)
    if isinstance(command, SpeechCommand | DraftCommand | WritingCommand | AgreeingCommand):
        return writing.write(room, command, moment)
    if isinstance(command, ChairCommand):
        return _chair(room, command, moment)
    if isinstance(command, SeatCommand):
        return seating.give_or_take(room, command, moment)
    if isinstance(command, ProgrammeCommand | StepCommand | ReadyCommand):
        return stepping.decide(room, command, moment)
    if isinstance(command, MemberArrive | MemberLeave):
        return seating.come_or_go(room, command, moment)
    if isinstance(command, AgendaCommand):
        return _plan(room, command, moment)
    if isinstance(command, WordingCommand):
        return [*rewording.decide(room, command, moment)]
    return _further(room, command, moment)


def _further(
    room: RoomState,
    command: ControlCommand
    | ContributionWithdraw
    | PollCommand
    | TemperatureAsk
    | RuleCommand
    | PeerCommand
    | ScribeAct
    | FloorCommand,
    moment: Moment,
) -> list[RoomEvent]:
    if isinstance(command, ControlCommand | ContributionWithdraw):
        return [*controlling.decide(room, command, moment)]
    if isinstance(command, ScribeAct):
        return scribing.act(room, command, moment, decide)
    if isinstance(command, PollCommand | TemperatureAsk):
        return _poll(room, command, moment)
    if isinstance(command, RuleCommand | PeerCommand):
        return _exclude(room, command, moment)
    return [*machine.decide(room.floor, command, moment)]


def next_deadline(room: RoomState) -> int | None:
    """When the room moves by itself next."""
    deadlines = (machine.next_deadline(room.floor), excluding.next_deadline(room), polling.next_deadline(room.polls))
    return min((each for each in deadlines if each is not None), default=None)


def expire(room: RoomState, moment: Moment) -> list[RoomEvent]:
    """Events of the deadlines that have come; none the second time."""
    room = _weighed(room, moment)
    return (
        [*machine.expire(room.floor, moment)]
        or excluding.expire(room, moment, seating.gone)
        or [*polling.expire(room.polls, moment)]
    )


def stalled(room: RoomState, began_at: int, ended_at: int) -> list[tuple[RoomEvent, int]]:
    """Events and their moments after a time in which nobody was served: all that runs has stood still, and so has the
    time in which a closed room can be opened again."""
    events: list[tuple[RoomEvent, int]] = [
        *machine.stalled(room.floor, began_at, ended_at),
        *excluding.stalled(room, began_at, ended_at),
        *polling.stalled(room.polls, began_at, ended_at),
    ]
    if room.final_at is not None and room.final_at > began_at:
        events.append((ReopeningProlonged(room.final_at + ended_at - began_at), ended_at))
    return events


def mentions(value: RoomEvent | RoomState) -> Iterator[str]:
    """Keys of the words and names that a reader of this event, or of the whole room, needs."""
    match value:
        case RoomState():
            yield from value.seats
            yield from rewording.mentions(value)
            yield from () if value.item_title is None else (value.item_title,)
            yield from (point.title for point in value.agenda if point.title is not None)
            yield from excluding.mentions(value)
            yield from (key for poll in value.polls.values() for key in polling.mentions(poll))
            yield from (key for draft in value.drafts.values() for key in drafting.mentions(draft))
            yield from finding.mentions(value.findings)
        case SeatGiven(member=member):
            yield member
        case ContributionMade(words=words) | NoteMade(words=words):
            yield words.key
        case ContributionRestored(words=key, corrections=corrections):
            yield key
            yield from corrections
        case _:
            yield from (words.key for words in words_of(value))


def _weighed(room: RoomState, moment: Moment) -> RoomState:
    """The room as a decision sees it."""
    if not moment.confided:
        return room
    return replace(room, floor=replace(room.floor, weights=moment.confided))


def _exclude(room: RoomState, command: RuleCommand | PeerCommand, moment: Moment) -> list[RoomEvent]:
    if isinstance(command, PeerCommand):
        seating.seated(room, moment.by)
        writing.refuse_unless_open(room)
    return [*excluding.decide(room, command, moment, seating.gone)]


def _plan(room: RoomState, command: AgendaCommand, moment: Moment) -> list[RoomEvent]:
    if room.phase == "closed":
        raise Refused("room.not_open")
    return [*agenda.decide(room.agenda, command, moment)]


def _poll(room: RoomState, command: PollCommand | TemperatureAsk, moment: Moment) -> list[RoomEvent]:
    if isinstance(command, TemperatureAsk):
        return [*_temperature(room, command, moment)]
    if isinstance(command, PollOpen):
        writing.refuse_unless_open(room)
    return [*polling.decide(room.polls, command, moment)]


def _temperature(room: RoomState, command: TemperatureAsk, moment: Moment) -> list[PollEvent]:
    key = seating.seated(room, moment.by)
    writing.refuse_unless_open(room)
    if room.seats[key].role not in (*SPEAKING_ROLES, "facilitator"):
        raise Refused("draft.not_yours")
    drafting.current(room.drafts, command.draft, command.version)
    seats = sum(not seat.removed and seat.role in SPEAKING_ROLES for seat in room.seats.values())
    return polling.ask(room.polls, command, moment, seats=seats)


def _chair(room: RoomState, command: ChairCommand, moment: Moment) -> list[RoomEvent]:
    match command:
        case RoomOpen():
            return [] if room.phase == "open" else _open(room, moment.at)
        case RoomClose():
            return stepping.close(room, moment)
        case ItemOpen():
            return [_open_item(room, command, moment), *machine.open_item(room.floor, moment.at)]
        case MemberRemove(member):
            return seating.remove(room, member, moment)
        case MemberReadmit(member):
            return [MemberReadmitted(member)] if seating.seat_of(room, member).removed else []
        case _:
            assert_never(command)


def _open(room: RoomState, at: int) -> list[RoomEvent]:
    """A room closed by mistake opens again for a while."""
    if room.final_at is not None and at >= room.final_at:
        raise Refused("room.over", minutes=REOPEN_MS // 60_000)
    return [RoomOpened(), *machine.open_floor(room.floor, at)]


def _open_item(room: RoomState, command: ItemOpen, moment: Moment) -> RoomEvent:
    if room.phase == "closed":
        raise Refused("room.not_open")
    if command.motion is not None and len(command.motion) > LONGEST_KEY:
        raise Refused("motion.unknown")
    if command.point is not None:
        agenda.point_of(room.agenda, command.point)
    if command.title is None or not command.title.strip():
        return ItemOpened(room.item + 1, None, command.motion, command.point)
    lang = language(command.lang or "").code
    title = moment.words(clean_text(command.title, limit=MAX_ITEM_TITLE), lang)
    return ItemOpened(room.item + 1, title, command.motion, command.point)
