"""The floor after an event: bookkeeping only, no rule of the policy. The browser has a twin of this module."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any, assert_never

from floor.core import ledger
from floor.core.events import (
    FloorChanged,
    FloorClosed,
    FloorEvent,
    FloorHeld,
    FloorOffered,
    FloorOpened,
    FloorPaused,
    FloorResumed,
    GroupCompensated,
    GroupFormed,
    HandAdvanced,
    HandLowered,
    HandRaised,
    InvitationsAllowed,
    InvitationsStopped,
    LagChanged,
    LapseReason,
    ListClosed,
    ListOpened,
    MemberArrived,
    MemberLeft,
    MemberMuted,
    MemberUnmuted,
    OfferAccepted,
    OfferLapsed,
    OfferProlonged,
    PaceChanged,
    RoundEnded,
    RoundStarted,
    SpeechStarted,
    SpeechStopped,
    TimeCorrected,
    TurnEnded,
    TurnExtended,
    TurnLimited,
    TurnResumed,
    TurnStarted,
    TurnSuspended,
    TurnWrapping,
)
from floor.core.types import (
    PRIORITY,
    Account,
    ActivePhase,
    Budget,
    Closed,
    FloorState,
    Handover,
    Held,
    Offered,
    Open,
    Paused,
    Phase,
    Request,
    Round,
    Speaking,
    Suspended,
    Wrapping,
)

HandEvent = HandRaised | HandAdvanced | HandLowered
OfferEvent = FloorHeld | FloorOffered | OfferAccepted | OfferProlonged | OfferLapsed
TurnEvent = TurnStarted | TurnLimited | TurnExtended | TurnWrapping | TurnEnded
QuestionEvent = TurnSuspended | TurnResumed
PhaseEvent = FloorOpened | FloorClosed | FloorPaused | FloorResumed
OrderEvent = FloorChanged | RoundStarted | RoundEnded | ListClosed | ListOpened
LET_GO: tuple[LapseReason, ...] = ("declined", "timeout")
"""How a person lets an offer go by."""
TimeEvent = TimeCorrected | GroupFormed | GroupCompensated | PaceChanged | LagChanged
PersonEvent = (
    InvitationsStopped
    | InvitationsAllowed
    | MemberMuted
    | MemberUnmuted
    | MemberArrived
    | MemberLeft
    | SpeechStarted
    | SpeechStopped
)


def evolve(floor: FloorState, event: FloorEvent, at: int) -> FloorState:
    """The floor after `event`, which happened at `at`."""
    floor = ledger.settle(floor, at)
    if isinstance(event, HandEvent):
        return _after_hand(floor, event, at)
    if isinstance(event, OfferEvent):
        return _after_offer(floor, event, at)
    if isinstance(event, TurnEvent):
        return _after_turn(floor, event, at)
    if isinstance(event, QuestionEvent):
        return _after_question(floor, event, at)
    if isinstance(event, PhaseEvent):
        return _after_phase(floor, event, at)
    if isinstance(event, OrderEvent):
        return _after_order(floor, event)
    if isinstance(event, TimeEvent):
        return _after_time(floor, event)
    return _after_person(floor, event, at)


def replay(events: Iterable[tuple[FloorEvent, int]], initial: FloorState | None = None) -> FloorState:
    """The floor after a log of (event, moment), from the beginning or from an earlier state."""
    floor = initial or FloorState()
    for event, at in events:
        floor = evolve(floor, event, at)
    return floor


def active_phase(floor: FloorState) -> ActivePhase:
    """What goes on, or what will go on when the pause ends."""
    return floor.phase.before if isinstance(floor.phase, Paused) else floor.phase


def _enter(floor: FloorState, phase: ActivePhase) -> FloorState:
    """The floor in a new phase; a pause goes on over it."""
    changed: Phase = replace(floor.phase, before=phase) if isinstance(floor.phase, Paused) else phase
    return replace(floor, phase=changed)


def _put(floor: FloorState, key: str, account: Account) -> FloorState:
    return replace(floor, people={**floor.people, key: account})


def _after_hand(floor: FloorState, event: HandEvent, at: int) -> FloorState:
    match event:
        case HandRaised(member, kind, tag):
            return replace(floor, queue=(*floor.queue, Request(member, kind, at, tag)))
        case HandAdvanced(member):
            ahead = 1 + max((each.ahead for each in floor.queue), default=0)
            queue = tuple(replace(each, ahead=ahead) if each.member == member else each for each in floor.queue)
            return replace(floor, queue=queue)
        case HandLowered(member, kind=kind):
            kept = tuple(each for each in floor.queue if each.member != member or kind not in (None, each.kind))
            return replace(floor, queue=kept)
        case _:
            assert_never(event)


def _after_offer(floor: FloorState, event: OfferEvent, at: int) -> FloorState:
    account = floor.people[event.member]
    match event:
        case FloorHeld(member, until, gap_until):
            return _enter(_put(floor, member, replace(account, invited_at=at)), Held(member, until, gap_until))
        case FloorOffered(member, until, reason, kind, departs, gap_until):
            return _enter(floor, Offered(member, until, reason, kind, departs, gap_until=gap_until))
        case OfferAccepted() | OfferProlonged():
            return _answered(floor, event)
        case OfferLapsed(member, reason):
            phase, then = active_phase(floor), _between(floor, at)
            if isinstance(phase, Offered) and phase.reason == "round":
                return _enter(_called(floor, member) if reason in LET_GO else floor, then)
            return _enter(_put(floor, member, _after_lapse(account, phase, reason)), then)
        case _:
            assert_never(event)


def _answered(floor: FloorState, event: OfferAccepted | OfferProlonged) -> FloorState:
    """The floor when somebody who is called will speak after the gap, or needs longer."""
    phase = active_phase(floor)
    if isinstance(event, OfferProlonged) and isinstance(phase, Offered):
        return _enter(floor, replace(phase, until=event.until, is_prolonged=True))
    if isinstance(event, OfferAccepted) and isinstance(phase, Held | Offered) and phase.gap_until is not None:
        return _enter(floor, replace(phase, until=phase.gap_until, is_accepted=True))
    return floor


def _between(floor: FloorState, at: int) -> Open | Handover:
    """What follows an offer that is over: the rest of the gap in which it was made."""
    phase, now = active_phase(floor), floor.phase.since if isinstance(floor.phase, Paused) else at
    gap_until = phase.gap_until if isinstance(phase, Held | Offered) else None
    return Open() if gap_until is None or gap_until <= now else Handover(gap_until)


def _after_lapse(account: Account, phase: ActivePhase, reason: LapseReason) -> Account:
    if isinstance(phase, Held):
        return replace(account, declined=account.declined or reason == "declined")
    let_go = reason in LET_GO
    is_prior = isinstance(phase, Offered) and phase.kind in PRIORITY
    used = is_prior and (let_go or reason == "left")
    return replace(account, passed=account.passed or let_go, orders=account.orders + used)


def _called(floor: FloorState, key: str) -> FloorState:
    """The floor with this person's go in the round used, by speaking or by passing."""
    if floor.round is None:
        return floor
    members = tuple(member for member in floor.round.members if member != key)
    return replace(floor, round=replace(floor.round, members=members))


def _after_turn(floor: FloorState, event: TurnEvent, at: int) -> FloorState:
    if isinstance(event, TurnStarted):
        return _begin_turn(floor, event, at)
    if isinstance(event, TurnEnded) and floor.suspended and floor.suspended.turn.member == event.member:
        return _left(replace(floor, suspended=None), floor.suspended.turn, at)
    phase = active_phase(floor)
    if not isinstance(phase, Speaking | Wrapping):
        return floor
    if isinstance(event, TurnEnded):
        return _enter(_left(floor, phase, at), Open() if event.gap_until is None else Handover(event.gap_until))
    if isinstance(event, TurnWrapping):
        return _enter(floor, Wrapping(**_kept(phase), ends_at=event.ends_at))
    turn = Speaking(**_kept(phase), ends_at=event.ends_at)
    return _enter(floor, _extended(turn, event, at) if isinstance(event, TurnExtended) else turn)


def _kept(turn: Speaking | Wrapping) -> dict[str, Any]:
    """What a turn keeps when its end moves."""
    return {each.name: getattr(turn, each.name) for each in fields(turn) if each.name != "ends_at"}


def _extended(turn: Speaking, event: TurnExtended, at: int) -> Speaking:
    added = event.seconds * 1000
    given_until = max(at, turn.given_until or at) + added
    return replace(turn, extra_ms=turn.extra_ms + added, given_until=given_until)


def _after_question(floor: FloorState, event: QuestionEvent, at: int) -> FloorState:
    phase, suspended = active_phase(floor), floor.suspended
    if isinstance(event, TurnSuspended):
        if not isinstance(phase, Speaking | Wrapping):
            return floor
        return _enter(replace(floor, suspended=Suspended(phase, at)), Open())
    if suspended is None:
        return floor
    turn, by = suspended.turn, at - suspended.since
    queue = tuple(
        replace(each, asked_at=each.asked_at + at - max(each.asked_at, suspended.since))
        if each.member == turn.member and each.asked_at >= turn.since
        else each
        for each in floor.queue
    )
    return _enter(replace(floor, suspended=None, queue=queue), _moved(turn, by))


def _left(floor: FloorState, turn: Speaking | Wrapping, at: int) -> FloorState:
    """The floor when this turn is over."""
    floor = _put(floor, turn.member, replace(floor.people[turn.member], heard_at=at))
    return replace(floor, queue=_joined(floor.queue, turn, at))


def _joined(queue: tuple[Request, ...], turn: Speaking | Wrapping, at: int) -> tuple[Request, ...]:
    """The queue when a turn ends: who raised a hand while speaking begins to wait now, after everybody who waits."""
    raised = [each for each in queue if each.member == turn.member and each.asked_at >= turn.since]
    others = [each for each in queue if each not in raised]
    return (*others, *(replace(each, asked_at=at) for each in raised))


def _begin_turn(floor: FloorState, event: TurnStarted, at: int) -> FloorState:
    account, number = floor.people[event.member], floor.turn + 1
    over = -ledger.owed_us(replace(floor, weights={}), event.member) // 1000
    floor = _put(floor, event.member, _counted(account, number, is_prior=event.kind in PRIORITY))
    called = [each for each in floor.queue if (each.member, each.kind) == (event.member, event.kind)]
    queue = tuple(each for each in floor.queue if each not in called)
    tag = called[0].tag if called else None
    turn = Speaking(event.member, event.kind, number, at, event.ends_at, over_ms=over, tag=tag)
    floor = floor if event.kind in PRIORITY else _called(floor, event.member)
    spells = ledger.begin_spells(floor.spells)
    return _enter(replace(floor, turn=number, queue=queue, spells=spells), turn)


def _joining(floor: FloorState, key: str) -> FloorState:
    """Who arrives for the first time while a round goes on comes last in it."""
    if floor.round is None:
        return floor
    return replace(floor, round=replace(floor.round, members=(*floor.round.members, key)))


def _counted(account: Account, number: int, *, is_prior: bool) -> Account:
    return replace(
        account,
        turn=number,
        turns=account.turns + 1,
        total_turns=account.total_turns + 1,
        orders=account.orders + is_prior,
    )


def _after_phase(floor: FloorState, event: PhaseEvent, at: int) -> FloorState:
    match event:
        case FloorOpened():
            return replace(floor, phase=Open())
        case FloorClosed():
            then = floor.round.then if floor.round else floor.mode
            return replace(floor, phase=Closed(), queue=(), mode=then, round=None)
        case FloorPaused():
            return floor if isinstance(floor.phase, Paused) else replace(floor, phase=Paused(floor.phase, at))
        case FloorResumed():
            return _resume(floor, floor.phase, at) if isinstance(floor.phase, Paused) else floor
        case _:
            assert_never(event)


def _after_order(floor: FloorState, event: OrderEvent) -> FloorState:
    match event:
        case FloorChanged(mode, limits):
            return replace(floor, mode=mode, limits=limits, round=floor.round if mode == "round" else None)
        case RoundStarted(members, then):
            return replace(floor, round=Round(members, then))
        case RoundEnded():
            return replace(floor, mode=floor.round.then, round=None) if floor.round else floor
        case ListClosed() | ListOpened():
            return replace(floor, is_list_closed=isinstance(event, ListClosed))
        case _:
            assert_never(event)


def _after_time(floor: FloorState, event: TimeEvent) -> FloorState:
    match event:
        case TimeCorrected(member, ms):
            account = floor.people[member]
            corrected = replace(account, spoken_ms=account.spoken_ms + ms, total_ms=account.total_ms + ms)
            groups = {
                name: replace(group, left_ms=group.left_ms - ms * (member in group.members))
                for name, group in floor.groups.items()
            }
            return _put(replace(floor, groups=groups), member, corrected)
        case GroupFormed(name, members, budget_ms):
            return replace(floor, groups=_formed(floor, name, Budget(members, budget_ms)))
        case GroupCompensated(ms=ms):
            groups = {name: replace(group, left_ms=group.left_ms + ms) for name, group in floor.groups.items()}
            return replace(floor, groups=groups)
        case PaceChanged(paces):
            return replace(floor, paces=paces)
        case LagChanged(lag_ms):
            return replace(floor, lag_ms=lag_ms)
        case _:
            assert_never(event)


def _formed(floor: FloorState, name: str, formed: Budget) -> dict[str, Budget]:
    """The groups with this one: nobody is in two."""
    others = {
        each: replace(group, members=tuple(key for key in group.members if key not in formed.members))
        for each, group in floor.groups.items()
        if each != name
    }
    return {**others, name: formed} if formed.members else others


def _resume(floor: FloorState, paused: Paused, at: int) -> FloorState:

    def later(then: int) -> int:
        return then + at - max(then, paused.since)

    queue = tuple(replace(request, asked_at=later(request.asked_at)) for request in floor.queue)
    people = {key: _waited(account, later) for key, account in floor.people.items()}
    phase, suspended = _moved(paused.before, at - paused.since), _moved_on(floor.suspended, at - paused.since)
    return replace(floor, phase=phase, suspended=suspended, queue=queue, people=people, item_at=later(floor.item_at))


def _waited(account: Account, later: Callable[[int], int]) -> Account:
    """The account after a pause, which is no silence and no absence."""
    moments = {name: getattr(account, name) for name in ("arrived_at", "left_at", "heard_at", "invited_at")}
    moved: dict[str, Any] = {name: later(then) for name, then in moments.items() if then is not None}
    return replace(account, **moved)


def _moved_on(suspended: Suspended | None, by: int) -> Suspended | None:
    """A turn that stands still, `by` milliseconds later."""
    return None if suspended is None else Suspended(_moved_turn(suspended.turn, by), suspended.since + by)


def _moved(phase: ActivePhase, by: int) -> ActivePhase:
    """The phase with its deadlines `by` milliseconds later."""
    match phase:
        case Held() | Offered():
            gap_until = None if phase.gap_until is None else phase.gap_until + by
            return replace(phase, until=phase.until + by, gap_until=gap_until)
        case Handover():
            return replace(phase, until=phase.until + by)
        case Speaking() | Wrapping():
            return _moved_turn(phase, by)
        case Closed() | Open():
            return phase


def _moved_turn(turn: Speaking | Wrapping, by: int) -> Speaking | Wrapping:
    given_until = None if turn.given_until is None else turn.given_until + by
    if isinstance(turn, Wrapping):
        return replace(turn, since=turn.since + by, ends_at=turn.ends_at + by, given_until=given_until)
    ends_at = None if turn.ends_at is None else turn.ends_at + by
    return replace(turn, since=turn.since + by, ends_at=ends_at, given_until=given_until)


def _after_person(floor: FloorState, event: PersonEvent, at: int) -> FloorState:
    account = floor.people.get(event.member)
    if account is None:
        return floor
    match event:
        case InvitationsStopped() | InvitationsAllowed():
            return _put(floor, event.member, replace(account, uninvited=isinstance(event, InvitationsStopped)))
        case MemberMuted() | MemberUnmuted():
            return _put(floor, event.member, replace(account, muted=isinstance(event, MemberMuted)))
        case MemberArrived():
            arrived = at if account.arrived_at is None else account.arrived_at
            floor = _joining(floor, event.member) if account.arrived_at is None else floor
            return _put(floor, event.member, replace(account, present=True, left_at=None, arrived_at=arrived))
        case MemberLeft():
            return _put(floor, event.member, replace(account, present=False, left_at=at))
        case SpeechStarted():
            started = replace(_counted(account, floor.turn + 1, is_prior=False), speaking_since=at)
            return _put(replace(floor, turn=floor.turn + 1), event.member, started)
        case SpeechStopped():
            return _put(
                floor, event.member, replace(_after_speech(floor, account, at), speaking_since=None, heard_at=at)
            )
        case _:
            assert_never(event)


def _after_speech(floor: FloorState, account: Account, at: int) -> Account:
    """The account when speech in mode `free` stops: a backchannel was no turn."""
    if account.speaking_since is None or at - account.speaking_since >= floor.limits.backchannel_ms:
        return account
    return replace(account, turns=max(0, account.turns - 1), total_turns=account.total_turns - 1)
