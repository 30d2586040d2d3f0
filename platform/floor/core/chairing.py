"""What each command of the chair comes to, before the policy goes on from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from floor.core import policy
from floor.core.commands import (
    ChairCommand,
    FloorGive,
    FloorPause,
    FloorResume,
    FloorSet,
    FloorSkip,
    GroupForm,
    HandAdvance,
    ListClose,
    ListCommand,
    ListOpen,
    MemberMute,
    MemberUnmute,
    PaceMeasure,
    PaceSet,
    TimeCommand,
    TimeCorrect,
    TurnEnd,
    TurnExtend,
)
from floor.core.events import (
    FloorChanged,
    FloorEvent,
    FloorOffered,
    FloorPaused,
    FloorResumed,
    GroupFormed,
    HandAdvanced,
    ListClosed,
    ListOpened,
    MemberMuted,
    MemberUnmuted,
    OfferLapsed,
    PaceChanged,
    RoundStarted,
    TimeCorrected,
    TurnEnded,
    TurnExtended,
)
from floor.core.ledger import settle
from floor.core.limits import checked
from floor.core.paces import measured_paces
from floor.core.steps import (
    account_of,
    end_everything,
    gap_until,
    interrupt,
    is_offered_to,
    lapse,
    lower,
    lower_all,
    offered_kind,
    put_question,
    refuse_closed,
    refuse_paused,
    refuse_unable,
    start_turn,
    stop_speeches,
    turn_of,
)
from floor.core.types import (
    CorrectionReason,
    FloorState,
    Offered,
    Paused,
    Speaking,
    Wrapping,
)
from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text

MAX_EXTENSION_S = 600
LeadCommand = FloorGive | FloorSkip | TurnExtend | TurnEnd | MemberMute | MemberUnmute
LONGEST_BUDGET_S = 24 * 3600
PACES = range(50, 201)
MAX_GROUP_NAME = 40


def of_chair(floor: FloorState, command: ChairCommand, at: int) -> list[FloorEvent]:
    """Events of an act of the chair."""
    if isinstance(command, ListCommand):
        return _order(floor, command)
    if isinstance(command, TimeCommand):
        return _time(floor, command, at)
    if isinstance(command, FloorPause | FloorResume | FloorSet):
        return _rule(floor, command, at)
    return _lead(floor, command, at)


def _lead(floor: FloorState, command: LeadCommand, at: int) -> list[FloorEvent]:
    match command:
        case MemberMute() | MemberUnmute():
            return _bar(floor, command, at)
        case FloorGive(member):
            return _give(floor, member, at)
        case FloorSkip(member):
            return _skip(floor, member)
        case TurnExtend(seconds):
            return _extend(floor, seconds, at)
        case TurnEnd():
            phase = turn_of(floor)
            return [TurnEnded(phase.member, "chair", gap_until(floor, at))]
        case _:
            assert_never(command)


def _rule(floor: FloorState, command: FloorPause | FloorResume | FloorSet, at: int) -> list[FloorEvent]:
    if isinstance(command, FloorSet):
        return _set(floor, command, at)
    return _pause(floor) if isinstance(command, FloorPause) else _resume(floor)


def _order(floor: FloorState, command: ListCommand) -> list[FloorEvent]:
    match command:
        case HandAdvance(member):
            return _advance(floor, member)
        case ListClose():
            return [] if floor.is_list_closed else [ListClosed()]
        case ListOpen():
            return [ListOpened()] if floor.is_list_closed else []
        case _:
            assert_never(command)


def _time(floor: FloorState, command: TimeCommand, at: int) -> list[FloorEvent]:
    match command:
        case TimeCorrect(member, seconds, reason):
            return _correct(floor, member, seconds, reason, at)
        case GroupForm():
            return _form(floor, command, at)
        case PaceSet(paces):
            wrong = next((lang for lang, pace in paces.items() if pace not in PACES), None)
            if wrong is not None:
                raise Refused("floor.bad_pace", language=wrong, least=PACES[0], most=PACES[-1])
            return _pace(floor, {language(lang).code: pace for lang, pace in paces.items()})
        case PaceMeasure():
            return _pace(floor, measured_paces(person.lang for person in floor.people.values()))
        case _:
            assert_never(command)


def _pace(floor: FloorState, paces: Mapping[str, int]) -> list[FloorEvent]:
    return [] if paces == floor.paces else [PaceChanged(paces)]


def _correct(floor: FloorState, key: str, seconds: int, reason: CorrectionReason, at: int) -> list[FloorEvent]:
    account_of(floor, key)
    if not seconds or abs(seconds) > MAX_EXTENSION_S:
        raise Refused("floor.bad_correction", limit=MAX_EXTENSION_S)
    ms = max(seconds * 1000, -settle(floor, at).people[key].spoken_ms)
    return [TimeCorrected(key, ms, reason)] if ms else []


def _form(floor: FloorState, command: GroupForm, at: int) -> list[FloorEvent]:
    name = clean_text(command.group, limit=MAX_GROUP_NAME)
    for member in command.members:
        account_of(floor, member)
    members = tuple(sorted(set(command.members)))
    if command.seconds is None and name in floor.groups:
        return [GroupFormed(name, members, settle(floor, at).groups[name].left_ms)]
    if command.seconds is None or not 0 <= command.seconds <= LONGEST_BUDGET_S:
        raise Refused("floor.bad_limits", field="seconds")
    return [GroupFormed(name, members, command.seconds * 1000)]


def _give(floor: FloorState, key: str, at: int) -> list[FloorEvent]:
    if not policy.CONDUCT[floor.mode].queues:
        raise Refused("floor.no_queue")
    refuse_closed(floor)
    refuse_paused(floor)
    refuse_unable(account_of(floor, key))
    wanted = policy.suggestion(floor, at)
    departs = wanted is not None and wanted != key
    request = policy.request_of(floor, key)
    if isinstance(floor.phase, Speaking | Wrapping) and request and request.kind == "interposed":
        return put_question(floor, key, at, departs=departs)
    if isinstance(floor.phase, Speaking | Wrapping) or floor.suspended:
        raise Refused("floor.taken")
    is_offered = isinstance(floor.phase, Offered) and floor.phase.member == key
    lapsed = [] if is_offered else lapse(floor, "called")
    if request:
        return [*lapsed, *start_turn(floor, key, at, kind=request.kind, departs=departs)]
    if is_offered:
        return []
    return [*lapsed, FloorOffered(key, at + floor.limits.offer_ms, "call", departs=departs)]


def _skip(floor: FloorState, key: str) -> list[FloorEvent]:
    account_of(floor, key)
    lapsed: list[FloorEvent] = [OfferLapsed(key, "skipped")] if is_offered_to(floor, key) else []
    return [*lapsed, *lower(floor, key, "skipped", kind=offered_kind(floor, key))]


def _advance(floor: FloorState, key: str) -> list[FloorEvent]:
    account_of(floor, key)
    hands = [request for request in floor.queue if request.member == key and request.kind == "normal"]
    if not hands:
        raise Refused("floor.no_hand")
    is_first = hands[0].ahead == max(request.ahead for request in floor.queue) > 0
    return [] if is_first else [HandAdvanced(key)]


def _extend(floor: FloorState, seconds: int, at: int) -> list[FloorEvent]:
    if not 1 <= seconds <= MAX_EXTENSION_S:
        raise Refused("floor.bad_extension", limit=MAX_EXTENSION_S)
    refuse_paused(floor)
    turn = turn_of(floor)
    end = at if isinstance(turn, Wrapping) else turn.ends_at
    return [TurnExtended(turn.member, seconds, None if end is None else end + seconds * 1000)]


def _pause(floor: FloorState) -> list[FloorEvent]:
    refuse_closed(floor)
    if isinstance(floor.phase, Paused):
        return []
    return [*stop_speeches(floor, "paused"), FloorPaused()]


def _resume(floor: FloorState) -> list[FloorEvent]:
    return [FloorResumed()] if isinstance(floor.phase, Paused) else []


def _set(floor: FloorState, command: FloorSet, at: int) -> list[FloorEvent]:
    refuse_paused(floor)
    limits = checked(command.limits)
    if (command.mode, limits) == (floor.mode, floor.limits):
        return []
    changed = FloorChanged(command.mode, limits)
    if command.mode == "round" and floor.round is None:
        return [changed, _start_round(floor, at)]
    turned = command.mode != floor.mode and "free" in (command.mode, floor.mode)
    ended = [*end_everything(floor, "mode"), *lower_all(floor)] if turned else []
    return [*ended, changed]


def _start_round(floor: FloorState, at: int) -> RoundStarted:
    refuse_closed(floor)
    if floor.mode == "free":
        raise Refused("floor.no_queue")
    return RoundStarted(policy.go_around(floor, at), floor.mode)


def _bar(floor: FloorState, command: MemberMute | MemberUnmute, at: int) -> list[FloorEvent]:
    key, mutes = command.member, isinstance(command, MemberMute)
    if account_of(floor, key).muted == mutes:
        return []
    if not mutes:
        return [MemberUnmuted(key)]
    return [*interrupt(floor, key, at, reason="muted"), *lower(floor, key, "muted"), MemberMuted(key)]
