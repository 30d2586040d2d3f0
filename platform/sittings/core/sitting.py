"""The rules of a sitting: it begins in all rooms, goes from step to step, and ends in all of them.

Warnings before the end are no events: every clock has `closing_at`, and a screen says it when the time has come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, assert_never

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Recorded, words_of
from sittings.core import planning
from sittings.core.planning import MINUTE_MS, changed
from sittings.core.types import (
    AgendaStep,
    ClosingAnnounced,
    EndReason,
    Message,
    MessageSend,
    MessageSent,
    PlanCommand,
    PlanEvent,
    RoomsReady,
    RoomsTell,
    RunCommand,
    RunEvent,
    SittingAdvance,
    SittingBegin,
    SittingBegun,
    SittingClose,
    SittingCommand,
    SittingEnded,
    SittingEvent,
    SittingExtend,
    SittingExtended,
    SittingPace,
    SittingPaced,
    SittingPrepare,
    SittingPrepared,
    SittingState,
    StepBegun,
    StepEnded,
)

LONGEST_EXTENSION_S = 3600
LATEST_CLOSING_MINUTES = 120
MAX_MESSAGE = 500
KEPT = 20
"""Messages that stay in the state."""


def decide(state: SittingState, command: SittingCommand, moment: Moment) -> list[SittingEvent]:
    """Events that follow from a command, or `Refused`. To begin needs the numbers of the rooms, as `gathered`."""
    if isinstance(command, PlanCommand):
        return [*planning.decide(state, command, moment)]
    if isinstance(command, RunCommand):
        return [*_run(state, command, moment)]
    match command:
        case SittingPace(by_itself):
            return [] if by_itself == state.by_itself else [SittingPaced(by_itself)]
        case SittingPrepare():
            return [SittingPrepared(state.number + 1)] if state.phase == "ended" else []
        case MessageSend(text, lang):
            words = moment.words(clean_text(text, limit=MAX_MESSAGE), language(lang).code)
            return [MessageSent(words, _member(moment.by))]
        case RoomsTell():
            return [*_hear(state, command, moment.at)]
        case _:
            assert_never(command)


def evolve(state: SittingState, record: Recorded[SittingState]) -> SittingState:
    """The sitting after an event."""
    event: SittingEvent = record.event
    if isinstance(event, PlanEvent):
        return planning.evolve(state, event)
    if isinstance(event, RunEvent):
        return _after_run(state, event, record)
    match event:
        case SittingPaced(by_itself):
            return replace(state, by_itself=by_itself)
        case SittingPrepared(number):
            fresh = SittingState(number=number, messages=state.messages, by_itself=state.by_itself)
            # What rooms were last told stays: one that has not heard of the end yet will.
            return replace(fresh, began_seq=state.began_seq, told_seq=state.told_seq, told_by=state.told_by)
        case MessageSent(words, member):
            message = Message(words.key, words.lang, member, record.at)
            return replace(state, messages=(*state.messages, message)[-KEPT:])
        case _:
            assert_never(event)


def next_deadline(state: SittingState) -> int | None:
    """When the sitting moves by itself next."""
    if state.phase != "running":
        return None
    deadlines = [state.closes_at, state.ends_at if state.by_itself else None]
    return min((deadline for deadline in deadlines if deadline is not None), default=None)


def expire(state: SittingState, moment: Moment) -> list[SittingEvent]:
    """Events of the deadline that has come; none the second time."""
    due = next_deadline(state)
    if due is None or due > moment.at:
        return []
    if state.closes_at is not None and state.closes_at <= moment.at:
        return [*_end(state, "closing")]
    return [*_advance(state, moment.at, "clock")]


def stalled(state: SittingState, began_at: int, ended_at: int) -> list[tuple[SittingEvent, int]]:
    """Events and their moments after a time in which nobody was served: what would have ended in it, or after it, ends
    later by its length."""
    step, by = current_step(state), ended_at - began_at
    later: list[SittingEvent] = []
    if step and state.ends_at is not None and state.ends_at > began_at:
        later.append(SittingExtended(step.key, state.ends_at + by))
    if state.closes_at is not None and state.closes_at > began_at:
        later.append(ClosingAnnounced(state.closes_at + by))
    return [(event, ended_at) for event in later]


def current_step(state: SittingState) -> AgendaStep | None:
    """The step that goes on."""
    return next((step for step in state.agenda if step.began_at is not None and step.ended_at is None), None)


def closing_at(state: SittingState) -> int | None:
    """When all rooms close, as far as it is known: as announced, or at the planned end of the last step."""
    if state.phase != "running" or state.closes_at is not None or state.ends_at is None:
        return state.closes_at
    left = sum(step.plan.planned_ms for step in state.agenda if step.began_at is None)
    return state.ends_at + left if state.by_itself or left == 0 else None


def mentions(value: Any) -> Iterator[str]:
    """Keys of the words and names that a reader of this event, or of the whole sitting, needs."""
    match value:
        case SittingState():
            yield from (key for step in value.agenda for key in (step.title, step.text) if key)
            for message in value.messages:
                yield from (message.words, *([message.member] if message.member else []))
        case MessageSent(words, member):
            yield from (words.key, *([member] if member else []))
        case _:
            yield from (words.key for words in words_of(value))


# --- decisions


def _member(by: str | None) -> str | None:
    """The member who acts; accounts and clocks are none."""
    return by if by and "." not in by else None


def _run(state: SittingState, command: RunCommand, moment: Moment) -> list[RunEvent]:
    match command:
        case SittingBegin():
            return _begin(state, moment)
        case SittingAdvance(step):
            return _advance(state, moment.at, "person") if _goes_on(state, step) else []
        case SittingExtend(step, seconds):
            return [_extended(state, step, seconds, moment.at)]
        case SittingClose(minutes):
            return _close(state, minutes, moment.at)
        case _:
            assert_never(command)


def _begin(state: SittingState, moment: Moment) -> list[RunEvent]:
    if state.phase == "running":
        return []
    if state.phase == "ended":
        raise Refused("sitting.over")
    if not state.agenda:
        raise Refused("sitting.no_steps")
    if not moment.gathered:
        raise Refused("sitting.no_rooms")
    return [SittingBegun(tuple(moment.gathered)), _begun(state.agenda[0], moment.at)]


def _begun(step: AgendaStep, at: int) -> StepBegun:
    return StepBegun(step.key, at + step.plan.planned_ms)


def _goes_on(state: SittingState, key: str) -> bool:
    """Whether this step is the current one; an act on one that is over has had its effect."""
    step = current_step(state)
    if state.phase != "running" or not any(each.key == key for each in state.agenda):
        raise Refused("sitting.not_running")
    return step is not None and step.key == key


def _advance(state: SittingState, at: int, reason: EndReason) -> list[RunEvent]:
    step = current_step(state)
    following = next((each for each in state.agenda if each.began_at is None), None)
    if step is None or following is None:
        return _end(state, reason)
    return [StepEnded(step.key, reason), _begun(following, at)]


def _end(state: SittingState, reason: EndReason) -> list[RunEvent]:
    step = current_step(state)
    return [*([StepEnded(step.key, reason)] if step else []), SittingEnded()]


def _extended(state: SittingState, key: str, seconds: int, at: int) -> SittingExtended:
    """More time from the end of the step, or from now where that has passed."""
    if not _goes_on(state, key) or state.ends_at is None:
        raise Refused("step.over")
    if not 0 < seconds <= LONGEST_EXTENSION_S:
        raise Refused("sitting.bad_extension", most=LONGEST_EXTENSION_S // 60)
    return SittingExtended(key, max(state.ends_at, at) + 1000 * seconds)


def _close(state: SittingState, minutes: int | None, at: int) -> list[RunEvent]:
    if state.phase != "running":
        raise Refused("sitting.not_running")
    if minutes is None:
        return [] if state.closes_at is None else [ClosingAnnounced(None)]
    if not 0 <= minutes <= LATEST_CLOSING_MINUTES:
        raise Refused("sitting.bad_closing", most=LATEST_CLOSING_MINUTES)
    return [ClosingAnnounced(at + minutes * MINUTE_MS)] if minutes else _end(state, "person")


def _hear(state: SittingState, told: RoomsTell, at: int) -> list[RunEvent]:
    """Rooms say that they are ready; where steps give way by themselves and all are, the next one begins."""
    step = current_step(state)
    if step is None or step.key != told.step or (told.ready, told.open_rooms) == (state.ready, state.open_rooms):
        return []
    are_all_ready = 0 < told.open_rooms == len(told.ready)
    following = _advance(state, at, "ready") if state.by_itself and are_all_ready else []
    return [RoomsReady(step.key, told.ready, told.open_rooms), *following]


# --- consequences


def _after_run(state: SittingState, event: RunEvent, record: Recorded[SittingState]) -> SittingState:
    match event:
        case SittingBegun(rooms):
            return replace(state, phase="running", rooms=rooms, began_seq=record.seq)
        case StepBegun(step, ends_at):
            begun = changed(state, step, began_at=record.at)
            return _told(replace(begun, ends_at=ends_at, ready=()), record)
        case StepEnded(step, _):
            is_early = state.ends_at is not None and record.at < state.ends_at
            return replace(changed(state, step, ended_at=record.at), is_early=is_early)
        case SittingExtended(_, ends_at):
            return _told(replace(state, ends_at=ends_at), record)
        case ClosingAnnounced(closes_at):
            return replace(state, closes_at=closes_at)
        case SittingEnded():
            return _told(replace(state, phase="ended", ends_at=None, closes_at=None, ready=()), record)
        case RoomsReady(_, ready, open_rooms):
            return replace(state, ready=ready, open_rooms=open_rooms)
        case _:
            assert_never(event)


def _told(state: SittingState, record: Recorded[SittingState]) -> SittingState:
    return replace(state, told_seq=record.seq, told_by=record.by)
