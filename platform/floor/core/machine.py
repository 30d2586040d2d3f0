"""The state machine of the floor: what follows from a command or from a deadline.

Deadlines that have passed are applied before a command is decided, each at its own moment.
"""

from __future__ import annotations

from floor.core import acts, chairing, policy, steps
from floor.core.commands import FloorCommand, MemberCommand, SystemCommand
from floor.core.events import (
    FloorClosed,
    FloorEvent,
    FloorHeld,
    FloorOffered,
    FloorOpened,
    FloorPaused,
    FloorResumed,
    GroupCompensated,
    HandLowered,
    OfferLapsed,
    RoundEnded,
    TurnEnded,
    TurnLimited,
    TurnResumed,
    TurnWrapping,
)
from floor.core.evolution import evolve, replay
from floor.core.ledger import begin_item, fair_share_ms, owed_ms, settle
from floor.core.policy import place_range, suggestion
from floor.core.types import (
    Closed,
    FloorState,
    Handover,
    Held,
    Moment,
    Offered,
    Open,
    Paused,
    Speaking,
    Wrapping,
)

__all__ = [
    "close",
    "decide",
    "evolve",
    "expire",
    "fair_share_ms",
    "next_deadline",
    "open_floor",
    "open_item",
    "owed_ms",
    "place_range",
    "remove",
    "replay",
    "stalled",
    "suggestion",
]


def decide(floor: FloorState, command: FloorCommand, moment: Moment) -> list[FloorEvent]:
    """Events that follow from a command, or `Refused`. Members' commands act for `moment.by`."""
    if isinstance(command, SystemCommand):
        events = acts.of_system(floor, command, moment.at)
    elif isinstance(command, MemberCommand):
        events = acts.of_member(floor, command, moment.at, key=moment.by or "")
    else:
        events = chairing.of_chair(floor, command, moment.at)
    return _completed(floor, events, moment.at)


def open_floor(floor: FloorState, at: int) -> list[FloorEvent]:
    """Events that open a closed floor, and what the policy does then."""
    return _completed(floor, [FloorOpened()], at) if isinstance(floor.phase, Closed) else []


def close(floor: FloorState) -> list[FloorEvent]:
    """Events that end whatever goes on and close the floor."""
    if isinstance(floor.phase, Closed):
        return []
    return [*steps.end_everything(floor, "closed"), FloorClosed()]


def open_item(floor: FloorState, at: int) -> list[FloorEvent]:
    """What follows at the floor when a new agenda item is opened: debts and caps begin anew."""
    floor = begin_item(floor, at)
    return _completed(floor, _follow(floor, at), at)


def remove(floor: FloorState, key: str, at: int) -> list[FloorEvent]:
    """Events by which somebody who may no longer take part loses turn, offer and place."""
    return _completed(floor, acts.withdraw(floor, key, at, reason="removed"), at)


def next_deadline(floor: FloorState) -> int | None:
    """When the floor moves by itself next; a paused or closed floor does not."""
    if isinstance(floor.phase, Paused | Closed):
        return None
    deadlines = [_phase_deadline(floor), *_kept_until(floor).values()]
    return min((deadline for deadline in deadlines if deadline is not None), default=None)


def expire(floor: FloorState, moment: Moment) -> list[FloorEvent]:
    """Events of the deadlines that have come by `moment.at`; none the second time."""
    at = moment.at
    if isinstance(floor.phase, Paused | Closed):
        return []
    lost: list[FloorEvent] = [HandLowered(key, "left") for key, until in _kept_until(floor).items() if until <= at]
    deadline = _phase_deadline(floor)
    moved = _after_deadline(floor, at) if deadline is not None and deadline <= at else []
    return _completed(floor, [*lost, *moved], at)


def stalled(floor: FloorState, began_at: int, ended_at: int) -> list[tuple[FloorEvent, int]]:
    """Events and their moments by which a time in which nobody was served is a pause for everybody."""
    is_empty = not floor.queue and not any(account.present for account in floor.people.values())
    if is_empty or isinstance(floor.phase, Paused | Closed):
        return []
    halted: list[FloorEvent] = [*steps.stop_speeches(floor, "paused"), FloorPaused()]
    for event in halted:
        floor = evolve(floor, event, began_at)
    return [*((event, began_at) for event in halted), (FloorResumed(), ended_at)]


def _phase_deadline(floor: FloorState) -> int | None:
    match floor.phase:
        case Held(until=until) | Offered(until=until) | Handover(until=until):
            return until
        case Speaking(ends_at=ends_at):
            return ends_at
        case Wrapping(ends_at=ends_at):
            return ends_at
        case _:
            return None


def _kept_until(floor: FloorState) -> dict[str, int]:
    """Until when the places of those who have left are kept."""
    gone = ((request.member, floor.people[request.member]) for request in floor.queue)
    return {key: account.left_at + floor.limits.keep_ms for key, account in gone if account.left_at is not None}


def _after_deadline(floor: FloorState, at: int) -> list[FloorEvent]:
    match floor.phase:
        case Held(is_accepted=True) | Offered(is_accepted=True) as call:
            return steps.take_floor(floor, call, at)
        case Held(member=member):
            return [OfferLapsed(member, "timeout")]
        case Offered(member=member):
            return steps.let_go(floor, member, "timeout")
        case Speaking(member=member) as turn:
            return _adjust(settle(floor, at), turn, at) or [TurnWrapping(member, at + floor.limits.wrap_ms)]
        case Wrapping(member=member):
            return [TurnEnded(member, "limit", steps.gap_until(floor, at))]
        case Handover() if floor.suspended:
            return [TurnResumed(floor.suspended.turn.member)]
        case Handover():
            return _call(floor, at) or [FloorOpened()]
        case _:
            return []


def _completed(floor: FloorState, events: list[FloorEvent], at: int) -> list[FloorEvent]:
    """The events and what follows from them at once."""
    done: list[FloorEvent] = []
    while events:
        for event in events:
            floor = evolve(floor, event, at)
        done += events
        events = _follow(floor, at)
    return done


def _follow(floor: FloorState, at: int) -> list[FloorEvent]:
    """What the policy does by itself in this state, at this moment."""
    match floor.phase:
        case Open() if floor.suspended:
            return [TurnResumed(floor.suspended.turn.member)]
        case Handover() if floor.suspended:
            return []
        case Open() | Handover() if floor.round and policy.next_in_round(floor) is None:
            return [RoundEnded()]
        case Open() | Handover() if over := policy.overrun(floor):
            return [GroupCompensated(*over)]
        case Open():
            return _call(floor, at)
        case Handover(until):
            return _call(floor, at, gap_until=until)
        case Speaking() | Wrapping():
            return _adjust(floor, floor.phase, at)
        case _:
            return []


def _call(floor: FloorState, at: int, *, gap_until: int | None = None) -> list[FloorEvent]:
    """Whom the policy calls now. In a gap it calls nobody over their share: somebody owed time may still ask."""
    conduct, ordered = policy.CONDUCT[floor.mode], policy.line(floor, at)
    until = (gap_until or at) + floor.limits.offer_ms
    if not conduct.calls:
        return []
    if not ordered:
        following = policy.next_in_round(floor)
        return [FloorOffered(following, until, "round", gap_until=gap_until)] if following else []
    request = ordered[0]
    quiet = policy.invitee(floor, request, at) if conduct.invites else None
    if quiet:
        return [FloorHeld(quiet, max(at + floor.limits.hold_ms, gap_until or at), gap_until)]
    if gap_until is not None and policy.is_on_second_list(floor, request, at):
        return []
    return [FloorOffered(request.member, until, "queue", request.kind, gap_until=gap_until)]


def _adjust(floor: FloorState, turn: Speaking | Wrapping, at: int) -> list[FloorEvent]:
    """A turn ends only while somebody waits, or at the cap; what the chair has extended the queue does not shorten."""
    length = policy.length_ms(floor, turn, at)
    if length is None:
        return [] if turn.ends_at is None else [TurnLimited(turn.member, None)]
    limit = turn.since + length
    if isinstance(turn, Wrapping):
        is_early = limit > at and not policy.is_awaited(floor, turn.member)
        return [TurnLimited(turn.member, limit)] if is_early else []
    if turn.extra_ms and turn.ends_at is not None and policy.is_awaited(floor, turn.member):
        return []
    if limit <= at:
        return [TurnWrapping(turn.member, at + floor.limits.wrap_ms)]
    return [] if limit == turn.ends_at else [TurnLimited(turn.member, limit)]
