"""Counting is exact, explains itself, and agrees with counting by hand."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plenary.core.presets import conference, deliberative_committee, simple_majority
from plenary.core.rules import Base, Combination, Effect, Electorate, Quorum, Rule, Threshold, Tie
from plenary.core.tally import Choice, Count, Outcome, Settled, count, tally

CITIZENS = "citizens"


def counted(yes: int, no: int, abstain: int = 0, *, entitled: int = 0, present: int = 0) -> Count:
    """A count of citizens; everybody entitled has voted unless said otherwise."""
    return Count(CITIZENS, entitled or yes + no + abstain, present, yes, no, abstain)


def outcome(counts: Count, **parts: Any) -> Outcome:
    """The outcome for one electorate of citizens under these parts of a rule."""
    return tally([counts], Rule((Electorate(CITIZENS, **parts),)))


def test_seventy_percent_of_ten_is_exactly_seven() -> None:
    assert tally([counted(7, 3)], conference()).adopted
    assert not tally([counted(69, 31)], conference()).adopted


def test_over_a_half_needs_more_than_a_half_and_at_least_a_half_does_not() -> None:
    assert not outcome(counted(5, 5), threshold=Threshold(over="1/2")).adopted
    assert outcome(counted(5, 5), threshold=Threshold(at_least="1/2")).adopted


def test_a_plenary_of_449_seats_needs_225_voters_for_half_of_its_seats() -> None:
    quorum = Quorum("entitled", "1/2")
    assert not outcome(counted(224, 0, entitled=449), quorum=quorum).adopted
    assert outcome(counted(225, 0, entitled=449), quorum=quorum).adopted


def test_abstentions_count_for_the_quorum_but_not_for_seventy_percent() -> None:
    result = tally([counted(7, 3, 40, entitled=100)], conference())
    verdict = result.verdicts[0]
    assert (verdict.quorum.part, verdict.threshold.whole, result.adopted) == (50, 10, True)


@pytest.mark.parametrize(
    ("base", "whole"),
    [
        (Base.YES_NO, 9),
        (Base.YES_NO_ABSTAIN, 10),
        (Base.VALID, 10),
        (Base.CAST, 10),
        (Base.PRESENT, 12),
        (Base.ENTITLED, 20),
    ],
)
def test_the_base_says_what_yes_is_compared_with(base: Base, whole: int) -> None:
    result = outcome(counted(6, 3, 1, entitled=20, present=12), base=base)
    assert result.verdicts[0].threshold.whole == whole


def test_the_working_is_in_whole_numbers_and_can_be_checked_by_hand() -> None:
    step = tally([counted(119, 32, 17, entitled=185)], conference()).verdicts[0].threshold
    assert (step.part, step.whole, step.fraction, step.left, step.right, step.holds) == (
        119, 151, "7/10", 1190, 1057, True,
    )  # fmt: skip


def test_nobody_voting_adopts_nothing() -> None:
    assert not outcome(counted(0, 0, entitled=5), quorum=Quorum("present", "0/1")).adopted
    assert not outcome(counted(0, 0, 5), quorum=Quorum("entitled", "0/1"), threshold=Threshold(at_least="0/1")).adopted


def test_an_advisory_electorate_is_reported_and_decides_nothing() -> None:
    parliament = Count("parliament", 15, 15, yes=9, no=6, abstain=0)
    citizens = Count(CITIZENS, 45, 45, yes=1, no=44, abstain=0)
    result = tally([parliament, citizens], deliberative_committee())
    assert result.adopted
    assert [(verdict.effect, verdict.passed) for verdict in result.verdicts] == [
        (Effect.DECIDING, True),
        (Effect.ADVISORY, False),
    ]


def test_all_electorates_or_a_majority_of_them() -> None:
    names = ("one", "two", "three")
    counts = [Count(name, 3, 3, yes, 3 - yes, 0) for name, yes in zip(names, (3, 3, 0), strict=True)]
    rule = Rule(tuple(Electorate(name) for name in names))
    assert not tally(counts, rule).adopted
    assert tally(counts, dataclasses.replace(rule, combine=Combination.MAJORITY_OF_ELECTORATES)).adopted


def test_half_of_the_electorates_is_not_a_majority_of_them() -> None:
    counts = [Count("one", 1, 1, 1, 0, 0), Count("two", 1, 1, 0, 1, 0)]
    rule = Rule((Electorate("one"), Electorate("two")), combine=Combination.MAJORITY_OF_ELECTORATES)
    assert not tally(counts, rule).adopted


def test_the_first_electorate_in_which_enough_vote_decides() -> None:
    rule = Rule((Electorate("one"), Electorate("two")), combine=Combination.FIRST_DECIDING)
    few, many = Count("one", 10, 10, 4, 0, 0), Count("one", 10, 10, 5, 0, 0)
    against = Count("two", 10, 10, 0, 10, 0)
    assert not tally([few, against], rule).adopted
    assert tally([many, against], rule).adopted
    assert not tally([few, dataclasses.replace(few, electorate="two")], rule).adopted


@pytest.mark.parametrize(("no", "adopted"), [(4, True), (5, True), (6, False)])
def test_a_veto_is_counted_in_votes_against(no: int, adopted: bool) -> None:
    rule = Rule((Electorate("one"), Electorate("two", effect=Effect.VETO)))
    result = tally([Count("one", 3, 3, 3, 0, 0), Count("two", 10, 10, 10 - no, no, 0)], rule)
    assert (result.adopted, result.verdicts[1].threshold.part) == (adopted, no)


def test_a_veto_that_too_few_gave_stops_nothing() -> None:
    rule = Rule((Electorate("one"), Electorate("two", effect=Effect.VETO)))
    assert tally([Count("one", 3, 3, 3, 0, 0), Count("two", 10, 10, 0, 4, 0)], rule).adopted


CHOICES = st.lists(st.sampled_from(list(Choice)), max_size=60)
PARTS = st.tuples(st.integers(0, 12), st.integers(1, 12)).filter(lambda pair: pair[0] <= pair[1])


@settings(max_examples=1000)
@given(CHOICES, PARTS, PARTS, st.integers(0, 40), st.sampled_from(["over", "at_least"]), st.sampled_from(list(Base)))
def test_every_tally_equals_a_count_by_hand(
    choices: list[Choice],
    quorum: tuple[int, int],
    limit: tuple[int, int],
    silent: int,
    relation: str,
    base: Base,
) -> None:
    entitled = len(choices) + silent
    threshold = Threshold(**{relation: f"{limit[0]}/{limit[1]}"})
    electorate = Electorate(CITIZENS, quorum=Quorum("entitled", f"{quorum[0]}/{quorum[1]}"), base=base,
                            threshold=threshold)  # fmt: skip
    counts = count(CITIZENS, choices, entitled=entitled, present=len(choices))
    yes, no = (sum(1 for choice in choices if choice is wanted) for wanted in (Choice.YES, Choice.NO))
    whole = {Base.YES_NO: yes + no, Base.ENTITLED: entitled}.get(base, len(choices))
    share = Fraction(yes, whole) if whole else Fraction(-1)
    enough = share > Fraction(*limit) if relation == "over" else share >= Fraction(*limit)
    quorate = Fraction(len(choices), entitled) >= Fraction(*quorum) if entitled else quorum[0] == 0
    assert tally([counts], Rule((electorate,))).adopted == (whole > 0 and enough and (quorate or entitled == 0))


@given(CHOICES, st.sampled_from(list(Choice)))
def test_one_more_voter_changes_the_count_by_exactly_that_ballot(choices: list[Choice], more: Choice) -> None:
    before = count(CITIZENS, choices, entitled=99, present=0)
    after = count(CITIZENS, [*choices, more], entitled=99, present=0)
    changed = {name: getattr(after, name) - getattr(before, name) for name in ("yes", "no", "abstain")}
    assert changed == {**dict.fromkeys(changed, 0), more.value: 1}


@given(CHOICES, st.randoms())
def test_the_order_of_ballots_says_nothing(choices: list[Choice], chance: Random) -> None:
    shuffled = list(choices)
    chance.shuffle(shuffled)
    rule = simple_majority()
    both = [tally([count(CITIZENS, each, entitled=99, present=9)], rule) for each in (choices, shuffled)]
    assert both[0] == both[1]


ELECTORATES = st.lists(
    st.tuples(CHOICES, st.integers(0, 30), st.sampled_from(list(Effect)), PARTS, st.sampled_from(["over", "at_least"])),
    min_size=1,
    max_size=4,
).filter(lambda them: any(effect is Effect.DECIDING for _, _, effect, _, _ in them))


@given(ELECTORATES, st.sampled_from(list(Combination)), st.sampled_from(list(Tie)), st.text(max_size=8))
def test_electorates_together_come_to_what_a_count_of_heads_says(
    them: list[tuple[list[Choice], int, Effect, tuple[int, int], str]], combine: Combination, tie: Tie, seed: str
) -> None:
    electorates, counts, said, even, votes = [], [], [], [], []
    for number, (choices, silent, effect, limit, relation) in enumerate(them):
        name = f"electorate {number}"
        electorates.append(Electorate(name, effect=effect, threshold=Threshold(**{relation: f"{limit[0]}/{limit[1]}"})))
        entitled = len(choices) + silent
        counts.append(count(name, choices, entitled=entitled, present=entitled))
        yes, no = choices.count(Choice.YES), choices.count(Choice.NO)
        heads = no if effect is Effect.VETO else yes
        quorate = 2 * len(choices) >= entitled
        share = Fraction(heads, yes + no) if yes + no else None
        line = Fraction(*limit)
        reached = quorate and share is not None and (share > line if relation == "over" else share >= line)
        tied = quorate and share == line and relation == "over"
        if effect is Effect.VETO and reached:
            said.append("veto")
        if effect is Effect.DECIDING:
            even.append((quorate, reached, tied))
            votes.append((yes, no))

    def adopts(*, even_passes: bool) -> bool:
        passed = [reached or (tied and even_passes) for _, reached, tied in even]
        for_all, against_all = sum(yes for yes, _ in votes), sum(no for _, no in votes)
        people = for_all > against_all or (even_passes and for_all == against_all > 0)
        first = [one for one, (quorate, _, _) in zip(passed, even, strict=True) if quorate][:1]
        ways = {
            Combination.ALL: all(passed), Combination.FIRST_DECIDING: first == [True],
            Combination.MAJORITY_OF_ELECTORATES: passed.count(True) > passed.count(False),
            Combination.DOUBLE_MAJORITY: people and passed.count(True) > passed.count(False),
        }  # fmt: skip
        return ways[combine] and not said

    result = tally(counts, Rule(tuple(electorates), combine=combine, tie=tie), seed=seed)
    hangs = adopts(even_passes=True) and not adopts(even_passes=False)
    ends = {Tie.REJECTED: Settled.TIE_REJECTED, Tie.CHAIR: Settled.TIE_OPEN, Tie.LOT: Settled.LOT}
    assert result.settled is (ends[tie] if hangs else Settled.COUNT)
    if not (hangs and tie is Tie.LOT):
        assert result.adopted is adopts(even_passes=False)
