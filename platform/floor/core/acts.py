"""What each command of a member or of the system comes to, before the policy goes on from there."""

from __future__ import annotations

from typing import Literal, assert_never

from floor.core import policy
from floor.core.commands import (
    HandLower,
    HandRaise,
    InvitationCommand,
    InvitationsStop,
    LagReport,
    MemberArrive,
    MemberCommand,
    OfferAccept,
    OfferCommand,
    OfferDecline,
    OfferProlong,
    QuestionAllow,
    SpeechStart,
    SpeechStop,
    SystemCommand,
    TurnCommand,
)
from floor.core.events import (
    FloorEvent,
    HandRaised,
    InvitationsAllowed,
    InvitationsStopped,
    LagChanged,
    MemberArrived,
    MemberLeft,
    OfferAccepted,
    OfferLapsed,
    OfferProlonged,
    SpeechStarted,
    SpeechStopped,
    TurnEnded,
)
from floor.core.evolution import active_phase
from floor.core.ledger import settle
from floor.core.steps import (
    account_of,
    gap_until,
    interrupt,
    is_offered_to,
    let_go,
    lower,
    offered_kind,
    put_question,
    refuse_closed,
    refuse_paused,
    refuse_unable,
    take_floor,
)
from floor.core.types import (
    PRIORITY,
    Account,
    FloorState,
    Held,
    Offered,
    Paused,
    Speaking,
    Wrapping,
)
from kernel.errors import Refused


def of_member(floor: FloorState, command: MemberCommand, at: int, *, key: str) -> list[FloorEvent]:
    """Events of a member's own act."""
    account = account_of(floor, key)
    refuse_closed(floor)
    if isinstance(command, OfferCommand):
        return _answer(floor, command, at, key=key)
    if isinstance(command, InvitationCommand):
        stops = isinstance(command, InvitationsStop)
        changed: FloorEvent = InvitationsStopped(key) if stops else InvitationsAllowed(key)
        return [] if account.uninvited == stops else [changed]
    if isinstance(command, TurnCommand):
        return _allow(floor, key, at) if isinstance(command, QuestionAllow) else _yield(floor, key, at)
    match command:
        case HandRaise():
            return _raise_hand(floor, key, account, command, at)
        case HandLower():
            return _lower_hand(floor, key)
        case SpeechStart():
            return _start_speech(floor, key, account)
        case SpeechStop():
            return [] if account.speaking_since is None else [SpeechStopped(key, "stopped")]
        case _:
            assert_never(command)


def _answer(floor: FloorState, command: OfferCommand, at: int, *, key: str) -> list[FloorEvent]:
    match command:
        case OfferAccept():
            return _accept(floor, key, at)
        case OfferDecline():
            return _decline(floor, key)
        case OfferProlong():
            return _prolong(floor, key)
        case _:
            assert_never(command)


def _raise_hand(floor: FloorState, key: str, account: Account, hand: HandRaise, at: int) -> list[FloorEvent]:
    kind = hand.kind
    if not policy.CONDUCT[floor.mode].queues:
        raise Refused("floor.no_queue")
    refuse_unable(account)
    if kind == "normal" and offered_kind(floor, key) == kind and not isinstance(floor.phase, Paused):
        return _accept(floor, key, at)
    if any(request.member == key and request.kind == kind for request in floor.queue):
        return []
    if kind == "normal" and floor.is_list_closed:
        raise Refused("floor.list_closed")
    if policy.has_used_up(settle(floor, at), key):
        raise Refused("floor.cap_reached")
    if kind in PRIORITY and account.orders + _priors_up(floor, key) >= floor.limits.orders:
        raise Refused("floor.orders_used", limit=floor.limits.orders)
    return [HandRaised(key, kind, hand.tag)]


def _priors_up(floor: FloorState, key: str) -> int:
    return sum(each.member == key and each.kind in PRIORITY for each in floor.queue)


def _lower_hand(floor: FloorState, key: str) -> list[FloorEvent]:
    phase = active_phase(floor)
    withdrawn = isinstance(phase, Offered) and phase.member == key
    lapsed: list[FloorEvent] = [OfferLapsed(key, "declined")] if withdrawn else []
    return [*lapsed, *lower(floor, key, "lowered")]


def _accept(floor: FloorState, key: str, at: int) -> list[FloorEvent]:
    refuse_paused(floor)
    call = floor.phase
    if not isinstance(call, Held | Offered) or call.member != key:
        raise Refused("floor.not_offered")
    if call.is_accepted:
        return []
    is_early = call.gap_until is not None and at < call.gap_until
    return [OfferAccepted(key)] if is_early else take_floor(floor, call, at)


def _decline(floor: FloorState, key: str) -> list[FloorEvent]:
    if not is_offered_to(floor, key):
        raise Refused("floor.not_offered")
    return let_go(floor, key, "declined")


def _prolong(floor: FloorState, key: str) -> list[FloorEvent]:
    refuse_paused(floor)
    phase = floor.phase
    if not isinstance(phase, Offered) or phase.member != key:
        raise Refused("floor.not_offered")
    return (
        [] if phase.is_prolonged or phase.is_accepted else [OfferProlonged(key, phase.until + floor.limits.prolong_ms)]
    )


def _yield(floor: FloorState, key: str, at: int) -> list[FloorEvent]:
    refuse_paused(floor)
    if floor.suspended and floor.suspended.turn.member == key:
        return [TurnEnded(key, "yielded", None)]
    if not isinstance(floor.phase, Speaking | Wrapping) or floor.phase.member != key:
        raise Refused("floor.not_yours")
    return [TurnEnded(key, "yielded", gap_until(floor, at))]


def _allow(floor: FloorState, key: str, at: int) -> list[FloorEvent]:
    refuse_paused(floor)
    if not isinstance(floor.phase, Speaking | Wrapping) or floor.phase.member != key:
        raise Refused("floor.not_yours")
    first = next((each.member for each in policy.line(floor, at) if each.kind == "interposed"), None)
    if first is None:
        raise Refused("floor.no_hand")
    return put_question(floor, first, at)


def _start_speech(floor: FloorState, key: str, account: Account) -> list[FloorEvent]:
    if floor.mode != "free":
        raise Refused("floor.not_free")
    refuse_paused(floor)
    refuse_unable(account)
    return [SpeechStarted(key)] if account.speaking_since is None else []


# --- presence


def of_system(floor: FloorState, command: SystemCommand, at: int) -> list[FloorEvent]:
    """Events of arriving and leaving, which everybody may: those without an account are only announced; and of lag."""
    if isinstance(command, LagReport):
        lag_ms = -(-max(0, command.lag_ms) // 1000) * 1000  # whole seconds, or every text would be an event
        return [] if lag_ms == floor.lag_ms else [LagChanged(lag_ms)]
    account = floor.people.get(command.member)
    if isinstance(command, MemberArrive):
        return [] if account and account.present else [MemberArrived(command.member)]
    if account is None:
        return [MemberLeft(command.member)]
    return [*interrupt(floor, command.member, at, reason="left"), MemberLeft(command.member)] if account.present else []


def withdraw(floor: FloorState, key: str, at: int, *, reason: Literal["removed"]) -> list[FloorEvent]:
    """Events by which this person loses turn, offer, place and presence."""
    account = floor.people.get(key)
    if account is None:
        return []
    gone: list[FloorEvent] = [MemberLeft(key)] if account.present else []
    return [*interrupt(floor, key, at, reason=reason), *lower(floor, key, reason), *gone]
