"""Hundreds of random logs: every invariant I1 to I9, every guarantee G1 to G3, and the law of replay."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from floor.core import ledger, machine, policy
from floor.core.events import TurnExtended
from floor.core.types import FloorState, Limits, Request
from kernel import wire
from tests.core.floor.checker import PRIOR, Checker
from tests.core.floor.scenes import ANYTHING, HABITS, POWERS, QUESTIONS, TALK, Scene, act, random_log
from tests.core.floor.sitting import START, At, Sitting, at

LIMITS = Limits()
CYCLE_MS = max(LIMITS.offer_ms + LIMITS.prolong_ms, LIMITS.hold_ms) + LIMITS.turn_ms + LIMITS.wrap_ms + LIMITS.gap_ms
"""The longest way from one call to the next while somebody waits: offer or invitation, turn, wrap-up, gap."""


def judged(sitting: Sitting) -> Checker:
    checker = Checker(dataclasses.asdict(LIMITS), sitting.weights).read(sitting.records())
    assert checker.breaches == []
    return checker


scenes = st.builds(Scene, st.integers(0, 2**32))
hundreds = settings(max_examples=100)


@hundreds
@given(scenes)
def test_no_log_breaks_an_invariant_or_a_guarantee(scene: Scene) -> None:
    judged(scene.play())


weights = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from((125, 150)), max_size=3)


@hundreds
@given(scenes, weights)
def test_nor_does_one_with_accommodations(scene: Scene, weights: dict[str, int]) -> None:
    """The fair share of the checker is by weights; the log and the state that lead there say nothing of them."""
    sitting = scene.play(weights=weights)
    checker = judged(sitting)
    confided = sitting.confided
    assert all(abs(checker.owed(key) - Fraction(ledger.owed_us(confided, key), 1000)) < 1 for key in confided.people)
    assert sitting.replayed() == sitting.floor
    assert not sitting.floor.weights


@hundreds
@given(scenes)
def test_a_question_costs_its_addressee_nothing(scene: Scene) -> None:
    """Nor does it break any other invariant, whoever leaves, pauses or ends what meanwhile."""
    sitting = scene.play((*QUESTIONS, *POWERS) if scene.seed % 2 else QUESTIONS)
    judged(sitting)
    assert sitting.replayed() == sitting.floor


@hundreds
@given(scenes)
@example(Scene(seed=1353283))
def test_nobody_waits_longer_than_is_guaranteed(scene: Scene) -> None:
    """G1 and G2 in seconds, with c = `CYCLE_MS` and n people of whom nobody leaves and nobody is the chair.

    What waits is a hand while its owner does not speak. The prior classes are counted apart, offer to gap (G1).

    When a hand of somebody owed time goes up, what goes on lasts at most c: an offer, a turn with its limit now set,
    or an invitation that is accepted. Its speaker's next hand waits from the end of that turn and so comes later. Each
    other person is called at most once before (the first list goes by hands, and nobody is invited while it is not
    empty), at most c each: (n - 1) c. After the owner's own turn, the gap goes on instead: g + (n - 1) c.

    Any hand is on the first list after A, and whoever speaks from then on asks again after it: A + g + (n - 1) c.
    """
    checker = judged(scene.play((*TALK, *PRIOR, "prolong"), mode=("open", "balanced")[scene.seed % 2]))
    others = LIMITS.gap_ms + (scene.people - 1) * CYCLE_MS
    assert checker.longest_protected_wait <= others
    assert checker.longest_wait <= LIMITS.aging_ms + others


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
    judged(scene.play(weights=weights if scene.seed % 2 else {}))


@hundreds
@given(scenes)
def test_the_ledger_agrees_with_an_independent_one(scene: Scene) -> None:
    sitting = scene.play()
    checker, people = judged(sitting), sitting.floor.people
    assert {key: account.total_ms for key, account in people.items()} == {
        key: checker.total.get(key, 0) for key in people
    }
    assert all(abs(checker.owed(key) - Fraction(ledger.owed_us(sitting.floor, key), 1000)) < 1 for key in people)


@hundreds
@given(scenes)
def test_every_millisecond_is_booked_once(scene: Scene) -> None:
    sitting = scene.play([name for name in (*HABITS, *POWERS) if name != "set"], mode="balanced")
    checker, floor = judged(sitting), sitting.floor
    booked = (floor.idle_ms, floor.gap_ms, floor.held_ms, floor.paused_ms)
    assert booked == (checker.idle, checker.gap, checker.held, checker.pause)
    spoken = sum(account.total_ms for account in floor.people.values()) - checker.corrected
    assert sum(booked) + spoken == checker.opened_for


@hundreds
@given(scenes)
def test_what_is_owed_sums_to_nothing_while_everybody_stays(scene: Scene) -> None:
    floor = scene.play(TALK, mode="balanced").floor
    assert sum(ledger.owed_us(floor, key) for key in floor.people) == -floor.fair_rest_us


@hundreds
@given(scenes)
def test_the_log_alone_leads_to_the_same_floor(scene: Scene) -> None:
    sitting = scene.play()
    assert sitting.replayed() == sitting.floor


@settings(max_examples=50)
@given(scenes)
def test_the_same_acts_give_the_same_log(scene: Scene) -> None:
    assert scene.play().log == scene.play().log


@hundreds
@given(scenes)
def test_the_state_survives_the_wire(scene: Scene) -> None:
    floor = scene.play().floor
    assert wire.decode(FloorState, wire.parse(wire.dumps(wire.encode(floor)), limit=10**6)) == floor
