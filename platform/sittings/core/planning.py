"""Planning the run of show: steps are added, changed, moved and dropped, but never what has passed or goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Words
from sittings.core.types import (
    AgendaFill,
    AgendaStep,
    PlanCommand,
    PlanEvent,
    SittingState,
    StepAdd,
    StepAdded,
    StepChange,
    StepChanged,
    StepDrop,
    StepDropped,
    StepExplained,
    StepMove,
    StepMoved,
    StepPlan,
    StepTitled,
    Template,
)

MINUTE_MS = 60_000
MAX_STEPS = 30
MAX_TITLE = 120
MAX_TEXT = 1000
LONGEST_STEP_MS = 240 * MINUTE_MS
SHORTEST_TURN_MS, LONGEST_TURN_MS = 10_000, 600_000

TEMPLATES: dict[Template, tuple[StepPlan, ...]] = {
    "short": (
        StepPlan("introduction", 3 * MINUTE_MS, screen="talk"),
        StepPlan("round", 10 * MINUTE_MS, screen="talk"),
        StepPlan("discussion", 20 * MINUTE_MS, "balanced", screen="talk"),
        StepPlan("vote", 2 * MINUTE_MS),
    ),
    "long": (
        StepPlan("introduction", 5 * MINUTE_MS, screen="talk"),
        StepPlan("round", 15 * MINUTE_MS, screen="talk"),
        StepPlan("discussion", 30 * MINUTE_MS, "balanced", screen="talk"),
        StepPlan("break", 10 * MINUTE_MS),
        StepPlan("discussion", 25 * MINUTE_MS, "balanced", screen="talk"),
        StepPlan("draft", 20 * MINUTE_MS, screen="draft"),
        StepPlan("temperature", 5 * MINUTE_MS),
        StepPlan("vote", 2 * MINUTE_MS),
    ),
    "drafting": (
        StepPlan("introduction", 3 * MINUTE_MS, screen="talk"),
        StepPlan("draft", 20 * MINUTE_MS, screen="draft"),
        StepPlan("round", 10 * MINUTE_MS, screen="talk"),
        StepPlan("draft", 15 * MINUTE_MS, screen="draft"),
        StepPlan("vote", 2 * MINUTE_MS),
    ),
}
"""Runs of show to begin with."""


def decide(state: SittingState, command: PlanCommand, moment: Moment) -> list[PlanEvent]:
    """Events that follow from a change of the plan, or `Refused`."""
    if state.phase == "ended":
        raise Refused("sitting.over")
    match command:
        case AgendaFill(template):
            _refuse_too_many(state, len(TEMPLATES[template]))
            return [StepAdded(moment.key(f"step {at}"), plan, None) for at, plan in enumerate(TEMPLATES[template])]
        case StepAdd(plan, title, lang, text):
            _refuse_too_many(state, 1)
            explained = _text(text, lang, moment)
            _refuse_unexplained(_checked(plan), explained)
            return [StepAdded(moment.key("step"), plan, _title(title, lang, moment), explained)]
        case StepChange():
            return _change(state, command, moment)
        case StepMove(step, to):
            return _move(state, step, -1 if to == "earlier" else 1)
        case StepDrop(step):
            return [StepDropped(state.agenda[_place_to_come(state, step)].key)]
        case _:
            assert_never(command)


def evolve(state: SittingState, event: PlanEvent) -> SittingState:
    """The sitting with another plan."""
    agenda = state.agenda
    match event:
        case StepAdded(step, plan, title, text):
            added = AgendaStep(step, plan, title.key if title else None, text.key if text else None)
            return replace(state, agenda=(*agenda, added))
        case StepChanged(step, plan):
            return changed(state, step, plan=plan)
        case StepTitled(step, title):
            return changed(state, step, title=title.key if title else None)
        case StepExplained(step, text):
            return changed(state, step, text=text.key if text else None)
        case StepDropped(step):
            return replace(state, agenda=_without(agenda, step))
        case StepMoved(step, place):
            rest = _without(agenda, step)
            moved = next(each for each in agenda if each.key == step)
            return replace(state, agenda=(*rest[:place], moved, *rest[place:]))
        case _:
            assert_never(event)


def changed(state: SittingState, key: str, **change: object) -> SittingState:
    """The sitting with one step changed."""
    agenda = (replace(step, **change) if step.key == key else step for step in state.agenda)  # type: ignore[arg-type]
    return replace(state, agenda=tuple(agenda))


def _without(agenda: Sequence[AgendaStep], key: str) -> tuple[AgendaStep, ...]:
    return tuple(step for step in agenda if step.key != key)


def _change(state: SittingState, command: StepChange, moment: Moment) -> list[PlanEvent]:
    step = _changeable(state, command)
    plan = _checked(command.plan)
    events: list[PlanEvent] = [] if plan == step.plan else [StepChanged(step.key, plan)]
    if command.title is not None:
        title = _title(command.title, command.lang, moment)
        events += [StepTitled(step.key, title)] if title or step.title else []
    text = step.text if command.text is None else _text(command.text, command.lang, moment)
    _refuse_unexplained(plan, text)
    if not isinstance(text, str) and (text or step.text):
        events += [StepExplained(step.key, text)]
    return events


def _changeable(state: SittingState, command: StepChange) -> AgendaStep:
    """A step to come; of the one that goes on only what people read in it."""
    going_on = (each for each in state.agenda if each.began_at is not None and each.ended_at is None)
    step = next((each for each in going_on if each.key == command.step), None)
    if step is not None and command.plan == step.plan and command.title is None:
        return step
    return state.agenda[_place_to_come(state, command.step)]


def _move(state: SittingState, key: str, by: int) -> list[PlanEvent]:
    place = _place_to_come(state, key)
    first = sum(step.began_at is not None for step in state.agenda)
    wanted = place + by
    return [StepMoved(key, wanted)] if first <= wanted < len(state.agenda) else []


def _place_to_come(state: SittingState, key: str) -> int:
    for place, step in enumerate(state.agenda):
        if step.key == key:
            if step.began_at is not None:
                raise Refused("sitting.step_passed")
            return place
    raise Refused("sitting.unknown_step")


def _checked(plan: StepPlan) -> StepPlan:
    if not MINUTE_MS <= plan.planned_ms <= LONGEST_STEP_MS:
        raise Refused("sitting.bad_length", most=LONGEST_STEP_MS // MINUTE_MS)
    if plan.turn_ms is not None and not SHORTEST_TURN_MS <= plan.turn_ms <= LONGEST_TURN_MS:
        raise Refused("sitting.bad_turn", least=SHORTEST_TURN_MS // 1000, most=LONGEST_TURN_MS // 1000)
    return plan


def _title(title: str | None, lang: str | None, moment: Moment) -> Words | None:
    if title is None or not title.strip():
        return None
    return moment.words(clean_text(title, limit=MAX_TITLE), language(lang or "").code)


def _text(text: str | None, lang: str | None, moment: Moment) -> Words | None:
    if text is None or not text.strip():
        return None
    return moment.words(clean_text(text, limit=MAX_TEXT), language(lang or "").code, "text")


def _refuse_unexplained(plan: StepPlan, text: Words | str | None) -> None:
    """In an exercise people do what they are told to; without that there is nothing to do."""
    if plan.kind == "exercise" and text is None:
        raise Refused("sitting.no_instruction")


def _refuse_too_many(state: SittingState, more: int) -> None:
    if len(state.agenda) + more > MAX_STEPS:
        raise Refused("sitting.too_many_steps", limit=MAX_STEPS)
