"""What each command comes to, before the policy goes on from there."""

from __future__ import annotations

from typing import Literal, assert_never

from floor.core import policy
from floor.core.commands import (
    ChairCommand,
    FloorGive,
    FloorPause,
    FloorResume,
    FloorSet,
    FloorSkip,
    HandLower,
    HandRaise,
    MemberArrive,
    MemberCommand,
    MemberMute,
    MemberUnmute,
    OfferAccept,
    OfferDecline,
    SpeechStart,
    SpeechStop,
    SystemCommand,
    TurnEnd,
    TurnExtend,
    TurnYield,
)
from floor.core.events import (
    FloorChanged,
    FloorEvent,
    FloorOffered,
    FloorPaused,
    FloorResumed,
    HandLowered,
    HandRaised,
    LowerReason,
    MemberArrived,
    MemberLeft,
    MemberMuted,
    MemberUnmuted,
    OfferLapsed,
    RoundStarted,
    SpeechStarted,
    SpeechStopped,
    TurnEnded,
    TurnExtended,
    TurnStarted,
)
from floor.core.evolution import active_phase
from floor.core.ledger import settle
from floor.core.limits import checked
from floor.core.types import (
    Account,
    Closed,
    FloorState,
    Held,
    Kind,
    Offered,
    Paused,
    Speaking,
    Wrapping,
)
from kernel.errors import Refused

MAX_EXTENSION_S = 600
Interruption = Literal["left", "muted", "removed"]


# --- members


def of_member(floor: FloorState, command: MemberCommand, at: int, *, key: str) -> list[FloorEvent]:
    """Events of a member's own act."""
    account = _account(floor, key)
    _refuse_closed(floor)
    match command:
        case HandRaise(kind):
            return _raise_hand(floor, key, account, kind, at)
        case HandLower():
            return _lower_hand(floor, key)
        case OfferAccept():
            return _accept(floor, key, at)
        case OfferDecline():
            return _decline(floor, key)
        case TurnYield():
            return _yield(floor, key, at)
        case SpeechStart():
            return _start_speech(floor, key, account)
        case SpeechStop():
            return [] if account.speaking_since is None else [SpeechStopped(key, "stopped")]
        case _:
            assert_never(command)


def _raise_hand(floor: FloorState, key: str, account: Account, kind: Kind, at: int) -> list[FloorEvent]:
    if not policy.CONDUCT[floor.mode].queues:
        raise Refused("floor.no_queue")
    _refuse_unable(account)
    if kind == "normal" and _offered_to(floor, key) and not isinstance(floor.phase, Paused):
        return _accept(floor, key, at)
    if any(request.member == key and request.kind == kind for request in floor.queue):
        return []
    if policy.has_used_up(settle(floor, at), key):
        raise Refused("floor.cap_reached")
    if kind == "order" and account.orders >= floor.limits.orders:
        raise Refused("floor.orders_used", limit=floor.limits.orders)
    return [HandRaised(key, kind)]


def _lower_hand(floor: FloorState, key: str) -> list[FloorEvent]:
    phase = active_phase(floor)
    withdrawn = isinstance(phase, Offered) and phase.member == key
    lapsed: list[FloorEvent] = [OfferLapsed(key, "declined")] if withdrawn else []
    return [*lapsed, *lower(floor, key, "lowered")]


def _accept(floor: FloorState, key: str, at: int) -> list[FloorEvent]:
    _refuse_paused(floor)
    match floor.phase:
        case Held(member=member) if member == key:
            return start_turn(floor, key, at, kind="normal")
        case Offered(member=member, kind=kind, departs=departs) if member == key:
            return start_turn(floor, key, at, kind=kind, departs=departs)
        case _:
            raise Refused("floor.not_offered")


def _decline(floor: FloorState, key: str) -> list[FloorEvent]:
    if not _offered_to(floor, key):
        raise Refused("floor.not_offered")
    return let_go(floor, key, "declined")


def _yield(floor: FloorState, key: str, at: int) -> list[FloorEvent]:
    _refuse_paused(floor)
    if not isinstance(floor.phase, Speaking | Wrapping) or floor.phase.member != key:
        raise Refused("floor.not_yours")
    return [TurnEnded(key, "yielded", gap_until(floor, at))]


def _start_speech(floor: FloorState, key: str, account: Account) -> list[FloorEvent]:
    if floor.mode != "free":
        raise Refused("floor.not_free")
    _refuse_paused(floor)
    _refuse_unable(account)
    return [SpeechStarted(key)] if account.speaking_since is None else []


# --- the chair


def of_chair(floor: FloorState, command: ChairCommand, at: int) -> list[FloorEvent]:
    """Events of an act of the chair."""
    match command:
        case FloorGive(member):
            return _give(floor, member, at)
        case FloorSkip(member):
            return _skip(floor, member)
        case TurnExtend(seconds):
            return _extend(floor, seconds, at)
        case TurnEnd():
            phase = _turn_of(floor)
            return [TurnEnded(phase.member, "chair", gap_until(floor, at))]
        case FloorPause() | FloorResume():
            return _pause(floor) if isinstance(command, FloorPause) else _resume(floor)
        case FloorSet():
            return _set(floor, command, at)
        case MemberMute(member) | MemberUnmute(member):
            return _mute(floor, member, at) if isinstance(command, MemberMute) else _unmute(floor, member)
        case _:
            assert_never(command)


def _give(floor: FloorState, key: str, at: int) -> list[FloorEvent]:
    if not policy.CONDUCT[floor.mode].queues:
        raise Refused("floor.no_queue")
    _refuse_closed(floor)
    _refuse_paused(floor)
    _refuse_unable(_account(floor, key))
    if isinstance(floor.phase, Speaking | Wrapping):
        raise Refused("floor.taken")
    wanted = policy.suggestion(floor, at)
    departs = wanted is not None and wanted != key
    request = policy.request_of(floor, key)
    lapsed = [] if _offered_to(floor, key) else _lapse(floor, "called")
    if request:
        return [*lapsed, *start_turn(floor, key, at, kind=request.kind, departs=departs)]
    if _offered_to(floor, key):
        return []
    return [*lapsed, FloorOffered(key, at + floor.limits.offer_ms, "call", departs=departs)]


def _skip(floor: FloorState, key: str) -> list[FloorEvent]:
    _account(floor, key)
    lapsed: list[FloorEvent] = [OfferLapsed(key, "skipped")] if _offered_to(floor, key) else []
    return [*lapsed, *lower(floor, key, "skipped")]


def _extend(floor: FloorState, seconds: int, at: int) -> list[FloorEvent]:
    if not 1 <= seconds <= MAX_EXTENSION_S:
        raise Refused("floor.bad_extension", limit=MAX_EXTENSION_S)
    _refuse_paused(floor)
    turn = _turn_of(floor)
    end = at if isinstance(turn, Wrapping) else turn.ends_at
    return [TurnExtended(turn.member, seconds, None if end is None else end + seconds * 1000)]


def _pause(floor: FloorState) -> list[FloorEvent]:
    _refuse_closed(floor)
    if isinstance(floor.phase, Paused):
        return []
    return [*_stop_speeches(floor, "paused"), FloorPaused()]


def _resume(floor: FloorState) -> list[FloorEvent]:
    return [FloorResumed()] if isinstance(floor.phase, Paused) else []


def _set(floor: FloorState, command: FloorSet, at: int) -> list[FloorEvent]:
    _refuse_paused(floor)
    limits = checked(command.limits)
    if (command.mode, limits) == (floor.mode, floor.limits):
        return []
    changed = FloorChanged(command.mode, limits)
    if command.mode == "round" and floor.round is None:
        return [changed, _start_round(floor, at)]
    turned = command.mode != floor.mode and "free" in (command.mode, floor.mode)
    ended = [*end_everything(floor, "mode"), *_lower_all(floor)] if turned else []
    return [*ended, changed]


def _start_round(floor: FloorState, at: int) -> RoundStarted:
    _refuse_closed(floor)
    if floor.mode == "free":
        raise Refused("floor.no_queue")
    return RoundStarted(policy.go_around(floor, at), floor.mode)


def _mute(floor: FloorState, key: str, at: int) -> list[FloorEvent]:
    if _account(floor, key).muted:
        return []
    return [*_interrupt(floor, key, at, reason="muted"), *lower(floor, key, "muted"), MemberMuted(key)]


def _unmute(floor: FloorState, key: str) -> list[FloorEvent]:
    return [MemberUnmuted(key)] if _account(floor, key).muted else []


# --- presence


def of_system(floor: FloorState, command: SystemCommand, at: int) -> list[FloorEvent]:
    """Events of arriving and leaving, which everybody may: those without an account are only announced."""
    account = floor.people.get(command.member)
    if isinstance(command, MemberArrive):
        return [] if account and account.present else [MemberArrived(command.member)]
    if account is None:
        return [MemberLeft(command.member)]
    return (
        [*_interrupt(floor, command.member, at, reason="left"), MemberLeft(command.member)] if account.present else []
    )


def withdraw(floor: FloorState, key: str, at: int, *, reason: Literal["removed"]) -> list[FloorEvent]:
    """Events by which this person loses turn, offer, place and presence."""
    account = floor.people.get(key)
    if account is None:
        return []
    gone: list[FloorEvent] = [MemberLeft(key)] if account.present else []
    return [*_interrupt(floor, key, at, reason=reason), *lower(floor, key, reason), *gone]


# --- parts of several acts


def let_go(floor: FloorState, key: str, reason: Literal["declined", "timeout"]) -> list[FloorEvent]:
    """An offer or invitation goes by. Who passes in a round keeps the place in the queue."""
    phase = active_phase(floor)
    in_round = isinstance(phase, Offered) and phase.reason == "round"
    return [OfferLapsed(key, reason), *([] if in_round else lower(floor, key, reason))]


def start_turn(floor: FloorState, key: str, at: int, *, kind: Kind, departs: bool = False) -> list[FloorEvent]:
    """The turn begins; its end is known only if somebody else waits or the speaker's time has an end."""
    over = policy.over_share_ms(floor.people[key])
    length = policy.length_ms(floor, Speaking(key, kind, 0, at, None, over_ms=over), at)
    return [TurnStarted(key, None if length is None else at + length, kind, departs)]


def lower(floor: FloorState, key: str, reason: LowerReason) -> list[FloorEvent]:
    """The hand goes down, if it was up."""
    return [HandLowered(key, reason)] if policy.request_of(floor, key) else []


def gap_until(floor: FloorState, at: int) -> int | None:
    """End of the breath after a turn that ends at `at`; None without one, or in a pause."""
    return at + floor.limits.gap_ms if floor.limits.gap_ms and not isinstance(floor.phase, Paused) else None


def end_everything(floor: FloorState, reason: Literal["mode", "closed"]) -> list[FloorEvent]:
    """End the turn, the offer or the speeches that go on."""
    phase = active_phase(floor)
    ended = [TurnEnded(phase.member, reason, None)] if isinstance(phase, Speaking | Wrapping) else []
    return [*ended, *_lapse(floor, reason), *_stop_speeches(floor, reason)]


def _lower_all(floor: FloorState) -> list[FloorEvent]:
    return [HandLowered(key, "mode") for key in dict.fromkeys(request.member for request in floor.queue)]


def _lapse(floor: FloorState, reason: Literal["called", "mode", "closed"]) -> list[FloorEvent]:
    phase = active_phase(floor)
    return [OfferLapsed(phase.member, reason)] if isinstance(phase, Held | Offered) else []


def _stop_speeches(floor: FloorState, reason: Literal["paused", "mode", "closed"]) -> list[FloorEvent]:
    speaking = sorted(key for key, account in floor.people.items() if account.speaking_since is not None)
    return [SpeechStopped(key, reason) for key in speaking]


def _interrupt(floor: FloorState, key: str, at: int, *, reason: Interruption) -> list[FloorEvent]:
    """End whatever this person is doing at the floor."""
    if floor.people[key].speaking_since is not None:
        return [SpeechStopped(key, reason)]
    match active_phase(floor):
        case Speaking(member=member) | Wrapping(member=member) if member == key:
            return [TurnEnded(key, reason, gap_until(floor, at))]
        case Held(member=member) | Offered(member=member) if member == key:
            return [OfferLapsed(key, reason)]
        case _:
            return []


def _offered_to(floor: FloorState, key: str) -> bool:
    phase = active_phase(floor)
    return isinstance(phase, Held | Offered) and phase.member == key


def _turn_of(floor: FloorState) -> Speaking | Wrapping:
    phase = active_phase(floor)
    if not isinstance(phase, Speaking | Wrapping):
        raise Refused("floor.nobody_speaks")
    return phase


def _account(floor: FloorState, key: str) -> Account:
    if key not in floor.people:
        raise Refused("floor.no_place")
    return floor.people[key]


def _refuse_unable(account: Account) -> None:
    if not account.present:
        raise Refused("floor.not_present")
    if account.muted:
        raise Refused("floor.muted")


def _refuse_closed(floor: FloorState) -> None:
    if isinstance(floor.phase, Closed):
        raise Refused("floor.closed")


def _refuse_paused(floor: FloorState) -> None:
    if isinstance(floor.phase, Paused):
        raise Refused("floor.paused")
