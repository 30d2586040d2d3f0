"""How a room sends somebody out by itself: who may propose it, when the others may agree, and when it is carried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment
from rooms.core.events import MemberRemoved, RoomEvent
from rooms.core.exclusion import (
    LONGEST_S,
    MAX_REASON,
    Exclusion,
    ExclusionAllow,
    ExclusionAllowed,
    ExclusionAnswer,
    ExclusionAnswered,
    ExclusionEnded,
    ExclusionEvent,
    ExclusionForbidden,
    ExclusionProlonged,
    ExclusionPropose,
    ExclusionProposed,
    ExclusionRule,
    ExclusionSupport,
    ExclusionSupported,
    PeerCommand,
    RuleCommand,
)
from rooms.core.types import RoomState

Gone = Callable[[RoomState, str, Moment], Sequence[RoomEvent]]


def decide(room: RoomState, command: RuleCommand | PeerCommand, moment: Moment, gone: Gone) -> Sequence[RoomEvent]:
    """Events that follow from a command, or `Refused`; `gone` says what follows when somebody loses their place."""
    match command:
        case ExclusionAllow(rule):
            return [] if room.exclusion_rule == checked(rule) else [ExclusionAllowed(rule)]
        case ExclusionPropose():
            return [_propose(room, command, moment)]
        case ExclusionAnswer(text, lang):
            return [_answered(room, text, lang, moment)]
        case ExclusionSupport(member):
            return _support(room, member, moment, gone)
        case _:
            over = [ExclusionEnded(room.exclusion.member, carried=False)] if room.exclusion else []
            return [*over, ExclusionForbidden()] if room.exclusion_rule else []


def checked(rule: ExclusionRule) -> ExclusionRule:
    """The rule, if it asks for more than half and gives time to be heard, or `Refused`."""
    is_fair = rule.whole > 0 and rule.whole < 2 * rule.part <= 2 * rule.whole
    in_time = 0 < rule.hearing_s < rule.lasts_s <= LONGEST_S
    if not (is_fair and in_time and rule.fewest >= 2):
        raise Refused("exclusion.bad_rule")
    return rule


def next_deadline(room: RoomState) -> int | None:
    """When the proposal that goes on is over."""
    return room.exclusion.until if room.exclusion else None


def expire(room: RoomState, moment: Moment, gone: Gone) -> list[RoomEvent]:
    """The end of a proposal whose time has come; none the second time."""
    proposal = room.exclusion
    if proposal is None or proposal.until > moment.at:
        return []
    return _carried(room, proposal, moment, gone) or [ExclusionEnded(proposal.member, carried=False)]


def stalled(room: RoomState, began_at: int, ended_at: int) -> list[tuple[ExclusionEvent, int]]:
    """Events and their moments after a time in which nobody was served: of a proposal it has cost nothing."""
    proposal, by = room.exclusion, ended_at - began_at
    if proposal is None:
        return []
    heard_until = proposal.heard_until + by if proposal.heard_until > began_at else proposal.heard_until
    return [(ExclusionProlonged(heard_until, proposal.until + by), ended_at)]


def evolve(room: RoomState, event: ExclusionEvent) -> RoomState:
    """The room after an event."""
    match event:
        case ExclusionAllowed(rule):
            return replace(room, exclusion_rule=rule)
        case ExclusionForbidden():
            return replace(room, exclusion_rule=None)
        case ExclusionProposed(member, proposer, reason, heard_until, until):
            proposal = Exclusion(member, reason.key, heard_until, until, (proposer,))
            return replace(room, exclusion=proposal, proposed=(*room.proposed, member))
        case ExclusionEnded():
            return replace(room, exclusion=None)
        case ExclusionAnswered() | ExclusionSupported() | ExclusionProlonged():
            return replace(room, exclusion=room.exclusion and _moved(room.exclusion, event))
        case _:
            assert_never(event)


def without(room: RoomState, member: str) -> RoomState:
    """The room when this person is gone anyway: there is nothing left to propose."""
    return replace(room, exclusion=None) if room.exclusion and room.exclusion.member == member else room


def mentions(room: RoomState) -> Iterator[str]:
    """Keys of the words that a reader of the proposal needs."""
    if room.exclusion:
        yield room.exclusion.reason
        yield from () if room.exclusion.answer is None else (room.exclusion.answer,)


def _moved(proposal: Exclusion, event: ExclusionAnswered | ExclusionSupported | ExclusionProlonged) -> Exclusion:
    match event:
        case ExclusionAnswered(answer):
            return replace(proposal, answer=answer.key)
        case ExclusionSupported(member):
            return replace(proposal, supporters=(*proposal.supporters, member))
        case ExclusionProlonged(heard_until, until):
            return replace(proposal, heard_until=heard_until, until=until)
        case _:
            assert_never(event)


def _propose(room: RoomState, command: ExclusionPropose, moment: Moment) -> RoomEvent:
    rule, proposer = room.exclusion_rule, moment.by or ""
    if rule is None:
        raise Refused("exclusion.not_here")
    others = _others(room, command.member)
    if proposer not in others or not _is_here(room, command.member):
        raise Refused("exclusion.not_yours")
    if room.exclusion or command.member in room.proposed:
        raise Refused("exclusion.once")
    if len(others) < rule.fewest:
        raise Refused("exclusion.too_few", fewest=rule.fewest)
    reason = moment.words(clean_text(command.reason, limit=MAX_REASON), language(command.lang).code)
    at = moment.at
    return ExclusionProposed(command.member, proposer, reason, at + rule.hearing_s * 1000, at + rule.lasts_s * 1000)


def _answered(room: RoomState, text: str, lang: str, moment: Moment) -> RoomEvent:
    proposal = room.exclusion
    if proposal is None or proposal.member != moment.by or proposal.answer:
        raise Refused("exclusion.not_yours")
    return ExclusionAnswered(moment.words(clean_text(text, limit=MAX_REASON), language(lang).code))


def _support(room: RoomState, member: str, moment: Moment, gone: Gone) -> list[RoomEvent]:
    proposal, supporter = room.exclusion, moment.by or ""
    if proposal is None or proposal.member != member:
        raise Refused("exclusion.over")
    if supporter not in _others(room, member):
        raise Refused("exclusion.not_yours")
    if supporter in proposal.supporters:
        return []
    if proposal.answer is None and moment.at < proposal.heard_until:
        raise Refused("exclusion.not_heard")
    supported = ExclusionSupported(supporter)
    return [supported, *_carried(room, _moved(proposal, supported), moment, gone)]


def _carried(room: RoomState, proposal: Exclusion, moment: Moment, gone: Gone) -> list[RoomEvent]:
    """What follows if enough of the others agree: the person is sent out."""
    rule, others = room.exclusion_rule or ExclusionRule(), _others(room, proposal.member)
    agreed = sum(key in others for key in proposal.supporters)
    if len(others) < rule.fewest or agreed * rule.whole < rule.part * len(others):
        return []
    member = proposal.member
    return [ExclusionEnded(member, carried=True), *gone(room, member, moment), MemberRemoved(member, rule)]


def _others(room: RoomState, member: str) -> set[str]:
    """Those here who take turns, without this person."""
    return {key for key in room.floor.people if key != member and _is_here(room, key)}


def _is_here(room: RoomState, key: str) -> bool:
    seat, account = room.seats.get(key), room.floor.people.get(key)
    return seat is not None and not seat.removed and account is not None and account.present
