"""Steps that several acts take: a turn begins, a hand goes down, an offer lapses; and what no act may do."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from floor.core import policy
from floor.core.events import (
    FloorEvent,
    HandLowered,
    LowerReason,
    OfferLapsed,
    SpeechStopped,
    TurnEnded,
    TurnStarted,
    TurnSuspended,
)
from floor.core.evolution import active_phase, evolve
from floor.core.ledger import begin_spells, settle
from floor.core.types import (
    PRIORITY,
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

Interruption = Literal["left", "muted", "removed"]


def let_go(floor: FloorState, key: str, reason: Literal["declined", "timeout"]) -> list[FloorEvent]:
    """An offer or invitation goes by, and with it the hand that it was for. Who passes in a round keeps the place in
    the queue."""
    phase = active_phase(floor)
    in_round = isinstance(phase, Offered) and phase.reason == "round"
    return [OfferLapsed(key, reason), *([] if in_round else lower(floor, key, reason, kind=offered_kind(floor, key)))]


def start_turn(floor: FloorState, key: str, at: int, *, kind: Kind, departs: bool = False) -> list[FloorEvent]:
    """The turn begins; its end is known only if somebody else waits or the speaker's time has an end."""
    floor = settle(floor, at)
    begun = replace(floor, spells=begin_spells(floor.spells))
    over = policy.over_share_ms(replace(begun, weights={}), key)
    length = policy.length_ms(begun, Speaking(key, kind, 0, at, None, over_ms=over), at)
    return [TurnStarted(key, None if length is None else at + length, kind, departs)]


def take_floor(floor: FloorState, call: Held | Offered, at: int) -> list[FloorEvent]:
    """Who is called begins to speak."""
    if isinstance(call, Held):
        return start_turn(floor, call.member, at, kind="normal")
    return start_turn(floor, call.member, at, kind=call.kind, departs=call.departs)


def put_question(floor: FloorState, key: str, at: int, *, departs: bool = False) -> list[FloorEvent]:
    """This person's question interrupts the turn, whose clock stands still. A question to it is not interrupted."""
    turn = floor.phase
    if not isinstance(turn, Speaking | Wrapping) or turn.member == key or floor.suspended:
        raise Refused("floor.taken")
    suspended = TurnSuspended(turn.member)
    return [suspended, *start_turn(evolve(floor, suspended, at), key, at, kind="interposed", departs=departs)]


def lower(floor: FloorState, key: str, reason: LowerReason, *, kind: Kind | None = None) -> list[FloorEvent]:
    """The hand of this kind, or every hand, goes down if it was up."""
    is_up = any(each.member == key and kind in (None, each.kind) for each in floor.queue)
    return [HandLowered(key, reason, kind)] if is_up else []


def gap_until(floor: FloorState, at: int) -> int | None:
    """End of the breath after a turn that ends at `at`, longer while translations lag; None in a pause."""
    gap = max(floor.limits.gap_ms, min(floor.lag_ms, floor.limits.max_gap_ms))
    return at + gap if gap and not isinstance(floor.phase, Paused) else None


def end_everything(floor: FloorState, reason: Literal["mode", "closed"]) -> list[FloorEvent]:
    """End the turn, the one that stands still for it, the offer or the speeches that go on."""
    phase = active_phase(floor)
    ended = [TurnEnded(phase.member, reason, None)] if isinstance(phase, Speaking | Wrapping) else []
    if floor.suspended:
        ended.append(TurnEnded(floor.suspended.turn.member, reason, None))
    return [*ended, *lapse(floor, reason), *stop_speeches(floor, reason)]


def lower_all(floor: FloorState) -> list[FloorEvent]:
    """Every hand goes down, because the mode has no queue or had none."""
    return [HandLowered(key, "mode") for key in dict.fromkeys(request.member for request in floor.queue)]


def lapse(floor: FloorState, reason: Literal["called", "mode", "closed"]) -> list[FloorEvent]:
    """The offer or invitation that stands is over."""
    phase = active_phase(floor)
    return [OfferLapsed(phase.member, reason)] if isinstance(phase, Held | Offered) else []


def stop_speeches(floor: FloorState, reason: Literal["paused", "mode", "closed"]) -> list[FloorEvent]:
    """All free speech stops."""
    speaking = sorted(key for key, account in floor.people.items() if account.speaking_since is not None)
    return [SpeechStopped(key, reason) for key in speaking]


def interrupt(floor: FloorState, key: str, at: int, *, reason: Interruption) -> list[FloorEvent]:
    """End whatever this person is doing at the floor. Who leaves an offer of a prior class lets it go by: else it would
    come again and again before everybody else's."""
    if floor.people[key].speaking_since is not None:
        return [SpeechStopped(key, reason)]
    if floor.suspended and floor.suspended.turn.member == key:
        return [TurnEnded(key, reason, None)]
    match active_phase(floor):
        case Speaking(member=member) | Wrapping(member=member) if member == key:
            return [TurnEnded(key, reason, gap_until(floor, at))]
        case Offered(member=member, kind=kind) if member == key and kind in PRIORITY and reason == "left":
            return [OfferLapsed(key, reason), *lower(floor, key, reason, kind=kind)]
        case Held(member=member) | Offered(member=member) if member == key:
            return [OfferLapsed(key, reason)]
        case _:
            return []


def offered_kind(floor: FloorState, key: str) -> Kind | None:
    """The class in which the floor is offered to this person; an invitation is to an ordinary turn."""
    phase = active_phase(floor)
    if not is_offered_to(floor, key):
        return None
    return phase.kind if isinstance(phase, Offered) else "normal"


def is_offered_to(floor: FloorState, key: str) -> bool:
    """Whether the floor is offered to this person, or an invitation made."""
    phase = active_phase(floor)
    return isinstance(phase, Held | Offered) and phase.member == key


def turn_of(floor: FloorState) -> Speaking | Wrapping:
    """The turn that goes on, or `Refused`."""
    phase = active_phase(floor)
    if not isinstance(phase, Speaking | Wrapping):
        raise Refused("floor.nobody_speaks")
    return phase


def account_of(floor: FloorState, key: str) -> Account:
    """This person's account, or `Refused`."""
    if key not in floor.people:
        raise Refused("floor.no_place")
    return floor.people[key]


def refuse_unable(account: Account) -> None:
    """Refuse what somebody away or muted cannot do."""
    if not account.present:
        raise Refused("floor.not_present")
    if account.muted:
        raise Refused("floor.muted")


def refuse_closed(floor: FloorState) -> None:
    """Refuse what a closed floor does not allow."""
    if isinstance(floor.phase, Closed):
        raise Refused("floor.closed")


def refuse_paused(floor: FloorState) -> None:
    """Refuse what has to wait for the end of a pause."""
    if isinstance(floor.phase, Paused):
        raise Refused("floor.paused")
