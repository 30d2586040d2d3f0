"""What only those who lead the rooms of an assembly know: who of them is here, calls for help, notes among
themselves, and which rooms somebody took over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never, get_args

from facilitation.core.chairs_types import (
    CLOSED_KEPT,
    MAX_CALL,
    MAX_CALLS,
    MAX_MEMO,
    MEMOS_KEPT,
    Call,
    ChairsCommand,
    ChairsState,
    Charge,
    HelpAnswer,
    HelpCall,
    HelpClose,
    HelpCommand,
    LedRoom,
    MemberArrive,
    MemberLeave,
    Memo,
    MemoWrite,
    RoomRelease,
    RoomReturn,
    RoomTake,
)
from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Recorded, Words


@dataclass(frozen=True, slots=True)
class MemberArrived:
    """Somebody who leads rooms is here."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """Somebody who leads rooms has gone: nothing was heard of them for 30 s."""

    member: str


@dataclass(frozen=True, slots=True)
class HelpCalled:
    """A member asks for a person, from a room or, without one, from the lobby."""

    call: str
    member: str
    room: int | None
    words: Words | None


@dataclass(frozen=True, slots=True)
class HelpAnswered:
    """This person looks after the call."""

    call: str
    member: str


@dataclass(frozen=True, slots=True)
class HelpClosed:
    """The call is done."""

    call: str
    member: str


@dataclass(frozen=True, slots=True)
class MemoWritten:
    """A note among those who lead, about a room or about all."""

    words: Words
    member: str
    room: int | None


@dataclass(frozen=True, slots=True)
class RoomTaken:
    """This person leads the room in the place of who vanished; `seated`: they got a seat for it."""

    room: int
    member: str
    seated: bool


@dataclass(frozen=True, slots=True)
class RoomReturned:
    """Who took the room over has given it back, or has no seat there any more."""

    room: int
    member: str


ChairsEvent = (
    MemberArrived | MemberLeft | HelpCalled | HelpAnswered | HelpClosed | MemoWritten | RoomTaken | RoomReturned
)
EVENTS: tuple[type, ...] = get_args(ChairsEvent)


def decide(chairs: ChairsState, command: ChairsCommand, moment: Moment) -> Sequence[ChairsEvent]:
    """Events that follow from a command, or `Refused`."""
    if isinstance(command, HelpCommand):
        return _help(chairs, command, moment)
    match command:
        case MemberArrive(member):
            return [] if member in chairs.present else [MemberArrived(member)]
        case MemberLeave(member):
            return [MemberLeft(member)] if member in chairs.present else []
        case MemoWrite(text, lang, room):
            words = moment.words(clean_text(text, limit=MAX_MEMO), language(lang).code)
            return [MemoWritten(words, _actor(moment), room)]
        case RoomTake(room):
            return _take(chairs, room, moment)
        case RoomReturn(room):
            charge = charge_of(chairs, room)
            return [RoomReturned(room, charge.member)] if charge and charge.member == moment.by else []
        case RoomRelease(room):
            return _release(chairs, room, moment)
        case _:
            assert_never(command)


def evolve(chairs: ChairsState, record: Recorded[ChairsState]) -> ChairsState:
    """The state after one event."""
    event: ChairsEvent = record.event
    match event:
        case MemberArrived(member):
            return replace(chairs, present=(*chairs.present, member))
        case MemberLeft(member):
            return replace(chairs, present=tuple(key for key in chairs.present if key != member))
        case HelpCalled(call, member, room, words):
            made = Call(call, member, room, words.key if words else None, record.at)
            return replace(chairs, calls=(*chairs.calls, made))
        case HelpAnswered() | HelpClosed():
            return replace(chairs, calls=_kept(_after_call(each, event, record.at) for each in chairs.calls))
        case MemoWritten(words, member, room):
            return replace(chairs, memos=(*chairs.memos, Memo(words.key, member, room, record.at))[-MEMOS_KEPT:])
        case RoomTaken(room, member, seated):
            others = tuple(charge for charge in chairs.taken if charge.room != room)
            return replace(chairs, taken=(*others, Charge(room, member, record.at, seated)))
        case RoomReturned(room):
            return replace(chairs, taken=tuple(charge for charge in chairs.taken if charge.room != room))
        case _:
            assert_never(event)


def mentions(value: ChairsEvent | ChairsState) -> Iterator[str]:
    """Keys of the words and names that a reader of this event, or of the whole state, needs."""
    match value:
        case ChairsState():
            yield from value.present
            yield from (charge.member for charge in value.taken)
            for call in value.calls:
                yield from (key for key in (call.member, call.words, call.answered_by) if key)
            for memo in value.memos:
                yield from (memo.member, memo.words)
        case HelpCalled() | MemoWritten():
            yield value.member
            yield from () if value.words is None else (value.words.key,)
        case _:
            yield value.member


def charge_of(chairs: ChairsState, room: int) -> Charge | None:
    """Who took this room over, if anybody has it now."""
    return next((charge for charge in chairs.taken if charge.room == room), None)


def calls_of(chairs: ChairsState, member: str) -> tuple[Call, ...]:
    """What this member has asked for, oldest first."""
    return tuple(call for call in chairs.calls if call.member == member)


def _help(chairs: ChairsState, command: HelpCommand, moment: Moment) -> Sequence[ChairsEvent]:
    match command:
        case HelpCall():
            return _call(chairs, command, moment)
        case HelpAnswer(call):
            return _answer(_call_of(chairs, call), chairs.present, _actor(moment))
        case HelpClose(call):
            found = _call_of(chairs, call)
            return [HelpClosed(call, _actor(moment))] if found.closed_at is None else []
        case _:
            assert_never(command)


def _call(chairs: ChairsState, command: HelpCall, moment: Moment) -> list[ChairsEvent]:
    """A call without words is made once; one with words says something new."""
    member = _actor(moment)
    waiting = [call for call in calls_of(chairs, member) if call.closed_at is None]
    if not command.text.strip():
        again = any(call.room == command.room and call.words is None for call in waiting)
        return [] if again else [HelpCalled(_fresh(waiting, moment), member, command.room, None)]
    words = moment.words(clean_text(command.text, limit=MAX_CALL), language(command.lang).code)
    return [HelpCalled(_fresh(waiting, moment), member, command.room, words)]


def _fresh(waiting: Sequence[Call], moment: Moment) -> str:
    if len(waiting) >= MAX_CALLS:
        raise Refused("help.too_many", limit=MAX_CALLS)
    return moment.key("call")


def _answer(call: Call, present: Collection[str], member: str) -> list[ChairsEvent]:
    """One person looks after a call; another may as soon as that one has gone."""
    if call.closed_at is not None:
        raise Refused("help.closed")
    if call.answered_by == member:
        return []
    if call.answered_by in present:
        raise Refused("help.taken")
    return [HelpAnswered(call.call, member)]


def _take(chairs: ChairsState, room: int, moment: Moment) -> list[ChairsEvent]:
    """Whoever asks first after everybody who leads the room has gone; who vanished a moment ago still has it.

    Who was sent out of the room could do nothing there and does not take it.
    """
    led: LedRoom | None = moment.gathered
    if led is None:
        raise Refused("room.unknown")
    if led.is_closed:
        raise Refused("room.not_open")
    member, charge = _actor(moment), charge_of(chairs, room)
    if member in led.removed:
        raise Refused("room.not_seated")
    leads = any(leader.member == member for leader in led.leaders)
    if charge.member == member if charge else leads:
        return []
    for leader in led.leaders:
        if leader.member != member and (leader.is_here or leader.member in chairs.present):
            raise Refused("room.is_led", name=leader.name)
    return [RoomTaken(room, member, seated=not leads)]


def _release(chairs: ChairsState, room: int, moment: Moment) -> list[ChairsEvent]:
    """Who was sent out or lost the seat keeps no charge, and a room that has ended is led by nobody."""
    led: LedRoom | None = moment.gathered
    charge = charge_of(chairs, room)
    if charge is None or led is None:
        return []
    leads = not led.is_closed and any(leader.member == charge.member for leader in led.leaders)
    return [] if leads else [RoomReturned(room, charge.member)]


def _call_of(chairs: ChairsState, key: str) -> Call:
    found = next((call for call in chairs.calls if call.call == key), None)
    if found is None:
        raise Refused("help.unknown")
    return found


def _after_call(call: Call, event: HelpAnswered | HelpClosed, at: int) -> Call:
    if call.call != event.call:
        return call
    if isinstance(event, HelpAnswered):
        return replace(call, answered_by=event.member, answered_at=at)
    return replace(call, closed_at=at)


def _kept(calls: Iterator[Call]) -> tuple[Call, ...]:
    """All that wait, and the last of those that are done."""
    everything = tuple(calls)
    done = [call.call for call in everything if call.closed_at is not None]
    dropped = frozenset(done[:-CLOSED_KEPT])
    return tuple(call for call in everything if call.call not in dropped)


def _actor(moment: Moment) -> str:
    if moment.by is None:
        raise Refused("command.not_yours", command="chairs")
    return moment.by
