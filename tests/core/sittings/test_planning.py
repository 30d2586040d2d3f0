"""The run of show may be changed while it goes on, and what has passed never."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel import wire
from kernel.errors import Refused
from sittings.core import sitting
from sittings.core.planning import MAX_STEPS, MAX_TEXT, TEMPLATES
from sittings.core.types import (
    AgendaFill,
    MessageSend,
    RoomsTell,
    SittingAdvance,
    SittingBegin,
    SittingClose,
    SittingExtend,
    SittingPace,
    SittingPrepare,
    SittingState,
    StepAdd,
    StepChange,
    StepDrop,
    StepMove,
    StepPlan,
)
from tests.core.sittings.play import Played, begun, minutes, planned

hundreds = settings(max_examples=150)
DRAFT = StepPlan("draft", minutes(15), screen="draft")


def lengths(played: Played) -> list[int]:
    return [step.plan.planned_ms // 60_000 for step in played.state.agenda]


def test_steps_are_moved_up_and_down_and_taken_out() -> None:
    played = planned(1, 2, 3)
    assert played.do(1, StepMove(played.key(2), "earlier")) == ["step.moved"]
    assert lengths(played) == [1, 3, 2]
    played.do(2, StepMove(played.key(0), "later"))
    assert lengths(played) == [3, 1, 2]
    assert played.do(3, StepMove(played.key(0), "earlier")) == []
    assert played.do(4, StepDrop(played.key(1))) == ["step.dropped"]
    assert lengths(played) == [3, 2]


def test_a_step_to_come_is_planned_differently_and_keeps_its_title() -> None:
    played = planned(1)
    played.do(1, StepChange(played.key(0), DRAFT, "Redactar", "es"))
    title = played.state.agenda[0].title
    assert played.do(2, StepChange(played.key(0), replace(DRAFT, planned_ms=minutes(5)))) == ["step.changed"]
    assert (lengths(played), played.state.agenda[0].title) == ([5], title)
    assert played.do(3, StepChange(played.key(0), replace(DRAFT, planned_ms=minutes(5)), "", "es")) == ["step.titled"]
    assert played.state.agenda[0].title is None


EXERCISE = StepPlan("exercise", minutes(5))


def test_an_exercise_needs_to_say_what_to_do_and_other_steps_may_say_what_they_are_about() -> None:
    played = planned(1)
    assert played.refused(1, StepAdd(EXERCISE)) == "sitting.no_instruction"
    assert played.refused(1, StepChange(played.key(0), EXERCISE)) == "sitting.no_instruction"
    assert played.do(1, StepChange(played.key(0), EXERCISE, None, "es", "Dibujad un mapa.")) == [
        "step.changed", "step.explained",
    ]  # fmt: skip
    assert played.refused(2, StepChange(played.key(0), EXERCISE, None, "es", " ")) == "sitting.no_instruction"
    played.do(3, StepAdd(DRAFT, None, "es", "Una recomendación por grupo."))
    assert [step.text is not None for step in played.state.agenda] == [True, True]
    assert set(sitting.mentions(played.state)) == {step.text for step in played.state.agenda}
    assert played.do(4, StepChange(played.key(1), DRAFT, None, "es", "")) == ["step.explained"]
    assert played.state.agenda[1].text is None


def test_what_people_read_in_a_step_is_written_anew_while_it_goes_on_and_nothing_else() -> None:
    played = planned(10, 10)
    plan = played.state.agenda[0].plan
    played.do(1, SittingBegin())
    assert played.do(2, StepChange(played.key(0), plan, None, "es", "De qué se trata.")) == ["step.explained"]
    assert played.refused(3, StepChange(played.key(0), DRAFT, None, "es", "Otra cosa.")) == "sitting.step_passed"
    assert played.refused(3, StepChange(played.key(0), plan, "Título", "es")) == "sitting.step_passed"
    played.do(4, SittingAdvance(played.key(0)))
    assert played.refused(5, StepChange(played.key(0), plan, None, "es", "Tarde.")) == "sitting.step_passed"


def test_what_people_read_is_bounded() -> None:
    with pytest.raises(Refused, match="text"):
        Played().do(0, StepAdd(DRAFT, None, "es", "a" * (MAX_TEXT + 1)))


@pytest.mark.parametrize("change", [StepDrop, lambda key: StepMove(key, "later"), lambda key: StepChange(key, DRAFT)])
def test_what_goes_on_or_has_passed_is_not_changed(change: object) -> None:
    played = begun()
    played.do(1, SittingAdvance(played.key(0)))
    assert callable(change)
    for place in (0, 1):
        assert played.refused(2, change(played.key(place))) == "sitting.step_passed"


def test_nothing_is_moved_before_what_goes_on() -> None:
    played = begun(1, 2, 3)
    assert played.do(1, StepMove(played.key(1), "earlier")) == []


def test_a_running_plan_gets_longer() -> None:
    played = begun(1)
    played.do(1, StepAdd(DRAFT))
    assert played.do(2, SittingAdvance(played.key(0))) == ["step.ended", "step.begun"]


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (StepPlan("round", 59_999), "sitting.bad_length"),
        (StepPlan("round", minutes(241)), "sitting.bad_length"),
        (StepPlan("round", minutes(5), turn_ms=9_999), "sitting.bad_turn"),
        (StepPlan("round", minutes(5), turn_ms=600_001), "sitting.bad_turn"),
    ],
)
def test_lengths_have_limits(plan: StepPlan, code: str) -> None:
    assert Played().refused(0, StepAdd(plan)) == code


def test_a_plan_has_so_many_steps_and_no_more() -> None:
    played = planned(*[1] * (MAX_STEPS - 1))
    assert played.refused(1, AgendaFill("short")) == "sitting.too_many_steps"
    played.do(2, StepAdd(DRAFT))
    assert played.refused(3, StepAdd(DRAFT)) == "sitting.too_many_steps"


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_can_be_run(template: str) -> None:
    played = Played()
    played.do(0, wire.decode(AgendaFill, {"template": template}))
    played.do(0, SittingPace(by_itself=True))
    played.do(0, SittingBegin())
    played.advance(24 * 3600)
    assert all(step.ended_at is not None for step in played.state.agenda)


def random_sitting(seed: int, acts: int = 60) -> Played:
    """Somebody wants something all the time, sensible or not."""
    played, chance, second = Played(), Random(seed), 0.0
    for _ in range(acts):
        second += chance.choice((0, 1, 50, 500))
        key = chance.choice([*(step.key for step in played.state.agenda), "none"])
        commands = [
            StepAdd(StepPlan("round", minutes(chance.randint(1, 4))), chance.choice((None, "Ronda")), "es"),
            StepAdd(DRAFT), StepChange(key, DRAFT, chance.choice((None, "", "Texto")), "es"), StepDrop(key),
            StepMove(key, chance.choice(("earlier", "later"))), SittingPace(chance.random() < 0.5), SittingBegin(),
            SittingAdvance(key), SittingAdvance(key), SittingExtend(key, chance.randint(0, 90)), SittingPrepare(),
            SittingClose(chance.choice((None, 3, 3, 0))), MessageSend("Hola", "es"),
            RoomsTell(key, chance.choice(((), (11,), (11, 12))), 2), AgendaFill("short"),
        ]  # fmt: skip
        before = played.state
        try:
            played.do(second, chance.choice(commands))
        except Refused:
            assert played.state.number == before.number
        _assert_past_unchanged(before, played.state)
    return played


def _assert_past_unchanged(before: SittingState, after: SittingState) -> None:
    if after.number == before.number:
        past = [step for step in before.agenda if step.ended_at is not None]
        assert [*after.agenda[: len(past)]] == past
        started = [step for step in before.agenda if step.began_at is not None]
        assert [step.began_at for step in after.agenda[: len(started)]] == [step.began_at for step in started]


@hundreds
@given(st.integers(0, 2**32))
def test_whatever_happens_the_past_stays_and_the_log_alone_leads_to_the_same_sitting(seed: int) -> None:
    played = random_sitting(seed)
    state = SittingState()
    for record in played.log:
        state = sitting.evolve(state, record)
    assert state == played.state
    assert wire.decode(SittingState, wire.parse(wire.dumps(wire.encode(state)), limit=10**6)) == state


@hundreds
@given(st.integers(0, 2**32))
def test_at_most_one_step_goes_on_and_only_while_the_sitting_does(seed: int) -> None:
    state = random_sitting(seed).state
    going_on = [step for step in state.agenda if step.began_at is not None and step.ended_at is None]
    assert len(going_on) == (state.phase == "running")
    assert (state.ends_at is not None) == (state.phase == "running")
