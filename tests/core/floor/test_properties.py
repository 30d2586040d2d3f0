"""Hundreds of random logs: every invariant I1 to I9, every guarantee G1 to G3, two ledgers that agree, and replay."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from floor.core import ledger, machine, policy
from floor.core.events import TurnExtended
from floor.core.types import FloorState, Request
from kernel import wire
from tests.core.floor.checker import Checker
from tests.core.floor.law import LIMITS, broken, overdue
from tests.core.floor.scenes import ANYTHING, POWERS, QUESTIONS, TALK, Scene, act, random_log
from tests.core.floor.sitting import START, At, at

scenes = st.builds(Scene, st.integers(0, 2**32))
hundreds = settings(max_examples=200)


@hundreds
@given(scenes)
def test_no_log_breaks_an_invariant_or_a_guarantee(scene: Scene) -> None:
    assert broken(scene.play()) == []


weights = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from((125, 150)), max_size=3)


@hundreds
@given(scenes, weights)
def test_nor_does_one_with_accommodations(scene: Scene, weights: dict[str, int]) -> None:
    """The fair share of the checker is by weights; the log and the state that lead there say nothing of them."""
    sitting = scene.play(weights=weights)
    assert broken(sitting) == []
    assert not sitting.floor.weights


@hundreds
@given(scenes)
def test_a_question_costs_its_addressee_nothing(scene: Scene) -> None:
    """Nor does it break any other invariant, whoever leaves, pauses or ends what meanwhile."""
    sitting = scene.play((*QUESTIONS, *POWERS) if scene.seed % 2 else QUESTIONS)
    assert broken(sitting) == []


@hundreds
@given(scenes)
@example(Scene(seed=1353283))
def test_nobody_waits_longer_than_is_guaranteed(scene: Scene) -> None:
    assert overdue(scene) == []


@hundreds
@given(scenes)
def test_in_strict_mode_nobody_passes_the_cap_by_more_than_the_wrap_up(scene: Scene) -> None:
    """G5, whether or not anybody waits."""
    limits = dataclasses.replace(LIMITS, planned_ms=600_000)
    sitting = scene.play((*TALK, "order", "pause", "resume", "resume"), mode="strict", limits=limits)
    most = Checker(dataclasses.asdict(limits)).read(sitting.records()).cap("a") or 0
    assert max(account.spoken_ms for account in sitting.floor.people.values()) <= most + limits.wrap_ms


@hundreds
@given(scenes)
def test_in_strict_mode_what_the_chair_gives_comes_on_top_of_the_cap_once(scene: Scene) -> None:
    limits = dataclasses.replace(LIMITS, planned_ms=600_000)
    sitting = scene.play((*TALK, "extend"), mode="strict", limits=limits)
    most = Checker(dataclasses.asdict(limits)).read(sitting.records()).cap("a") or 0
    given_ms = sum(1000 * event.seconds for event in sitting.events_of(TurnExtended))
    wraps_ms = limits.wrap_ms * (1 + len(sitting.events_of(TurnExtended)))
    assert max(account.spoken_ms for account in sitting.floor.people.values()) <= most + given_ms + wraps_ms


@hundreds
@given(scenes)
def test_a_floor_at_which_nobody_does_anything_comes_to_rest(scene: Scene) -> None:
    """Every hand is offered the floor once, and every deadline brings the floor nearer to having none."""
    strict = dataclasses.replace(LIMITS, planned_ms=600_000)
    given = scene.play((*TALK, "extend"), mode="strict", limits=strict)
    floor = (scene.play(ANYTHING) if scene.seed % 2 else given).floor
    callable_at_most = len(floor.queue) + len(floor.round.members if floor.round else ()) + len(floor.people)
    for _ in range(10 + 5 * callable_at_most):
        if (due := machine.next_deadline(floor)) is None:
            return
        for event in machine.expire(floor, At(due)):
            floor = machine.evolve(floor, event, due)
    assert machine.next_deadline(floor) is None


@hundreds
@given(scenes)
@example(Scene(seed=209161))
def test_no_place_in_line_becomes_worse_than_was_said(scene: Scene) -> None:
    """While nobody comes, no chair acts and nobody has a point of order; debts of the item before may be carried on."""
    sitting = scene.play((*TALK, "item"), mode="balanced", limits=dataclasses.replace(LIMITS, carry_percent=100))
    now, last = (sitting.floor.settled_at - START) / 1000, dict[Request, int]()
    for delay, name, number in random_log(scene.seed + 1, (*TALK, "lower", "decline"), length=40):
        now += delay / 1000
        act(sitting, now, name, number)
        found = {hand: policy.place_range(sitting.floor, hand.member, at(now)) for hand in sitting.floor.queue}
        places = {hand: place for hand, place in found.items() if place is not None}
        last = {hand: min(worst, last.get(hand, worst)) for hand, (_, worst) in places.items()}
        assert all(first <= last[hand] for hand, (first, _) in places.items())


@pytest.mark.deep
@settings(max_examples=10_000)
@given(scenes, weights)
def test_ten_thousand_logs_break_nothing(scene: Scene, weights: dict[str, int]) -> None:
    assert broken(scene.play(weights=weights if scene.seed % 2 else {})) == []
    assert overdue(scene) == []


@hundreds
@given(scenes)
def test_what_is_owed_sums_to_nothing_while_everybody_stays(scene: Scene) -> None:
    floor = scene.play(TALK, mode="balanced").floor
    assert sum(ledger.owed_us(floor, key) for key in floor.people) == -floor.fair_rest_us


@settings(max_examples=50)
@given(scenes)
def test_the_same_acts_give_the_same_log(scene: Scene) -> None:
    assert scene.play().log == scene.play().log


@hundreds
@given(scenes)
def test_the_state_survives_the_wire(scene: Scene) -> None:
    floor = scene.play().floor
    assert wire.decode(FloorState, wire.parse(wire.dumps(wire.encode(floor)), limit=10**6)) == floor
