"""Choosing among options: every method against a brute count written a second time, and against the recount."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise, permutations
from random import Random
from typing import Any

import pytest

from kernel.errors import Refused
from plenary import recount_choices
from plenary.core.options import BLANK, HIGHEST_SCORE, MOST_OPTIONS, marks, runoff, table
from plenary.core.presets import conference, consent, deliberative_committee, most, simple_majority
from plenary.core.rules import Effect, Electorate, Kind, Rule, Tie, check
from plenary.core.tally import Outcome, Settled, count_marks, tally

ELECTIONS = 1000
CHOOSING = (Kind.APPROVAL, Kind.SCORE, Kind.RUNOFF, Kind.SCHULZE)
METHODS: dict[str, Callable[[Sequence[Sequence[int]], range], dict[str, Any]]] = recount_choices.METHODS
Papers = list[tuple[int, ...]]


def election(kind: Kind, number: int) -> tuple[Papers, int]:
    """Up to 15 ballots on two to five options, some of them empty; the same for one number."""
    chance = Random(f"{kind} {number}")
    options = chance.randint(2, 5)
    papers: Papers = []
    for _ in range(chance.randint(0, 15)):
        marked = chance.sample(range(1, options + 1), chance.randint(0, options))
        if kind is Kind.SCORE:
            marked = [chance.randint(0, HIGHEST_SCORE) for _ in range(options)] if marked else []
        papers.append(tuple(sorted(marked) if kind is Kind.APPROVAL else marked))
    return papers, options


def text_of(paper: tuple[int, ...]) -> str:
    return " ".join(map(str, paper)) or BLANK


def by_hand(kind: Kind, papers: Papers, options: int) -> set[int]:
    """Who stands highest, counted in the plainest way."""
    said, everybody = [paper for paper in papers if paper], set(range(1, options + 1))
    if not said:
        return set()
    match kind:
        case Kind.APPROVAL:
            approved = Counter(one for paper in said for one in paper)
            return {one for one in everybody if approved[one] == max(approved.values())}
        case Kind.SCORE:
            points = {one: [paper[one - 1] for paper in said] for one in everybody}
            stands = {one: (sum(each), statistics.median_low(each)) for one, each in points.items()}
            return {one for one in everybody if stands[one] == max(stands.values())}
        case Kind.RUNOFF:
            return last_of(said, everybody)
    return unbeaten(said, everybody)


def last_of(papers: Papers, left: set[int]) -> set[int]:
    """Run-off: nobody's first choices are the fewest, round after round."""
    firsts = Counter([one for paper in papers for one in [one for one in paper if one in left][:1]])
    tops = {one: firsts[one] for one in left}
    for one, votes in tops.items():
        if votes > firsts.total() - votes:
            return {one}
    if len(set(tops.values())) == 1:
        return left
    return last_of(papers, {one for one in left if tops[one] != min(tops.values())})


def unbeaten(papers: Papers, everybody: set[int]) -> set[int]:
    """Schulze: every chain of options is walked."""

    def wins(one: int, other: int) -> int:
        mine = theirs = 0
        for paper in papers:
            place = {option: index for index, option in enumerate(paper)}
            mine += place.get(one, 99) < place.get(other, 99)
            theirs += place.get(other, 99) < place.get(one, 99)
        return mine if mine > theirs else 0

    beats = {(one, other): wins(one, other) for one, other in permutations(everybody, 2)}

    def strongest(one: int, other: int) -> int:
        between = everybody - {one, other}
        chains = [(one, *via, other) for size in range(len(between) + 1) for via in permutations(between, size)]
        return max(min(beats[step] for step in pairwise(chain)) for chain in chains)

    return {
        one for one in everybody if all(strongest(one, other) >= strongest(other, one) for other in everybody - {one})
    }


@pytest.mark.parametrize("kind", CHOOSING)
def test_a_thousand_elections_come_out_as_counted_by_hand_and_as_recounted(kind: Kind) -> None:
    tied = 0
    for number in range(ELECTIONS):
        papers, options = election(kind, number)
        counted = table("citizens", map(text_of, papers), kind, options)
        again = METHODS[kind.value]([list(paper) for paper in papers if paper], range(1, options + 1))
        assert set(counted.best) == by_hand(kind, papers, options), (kind, number)
        assert {name: _listed(getattr(counted, name)) for name in again} == again, (kind, number)
        tied += len(counted.best) > 1
    assert 0 < tied < ELECTIONS / 2, "ties are among them, and not only ties"


def _listed(value: Any) -> Any:
    return [_listed(each) for each in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("kind", CHOOSING)
def test_neither_the_order_of_ballots_nor_of_options_decides(kind: Kind) -> None:
    for number in range(100):
        papers, options = election(kind, number)
        chance = Random(number)
        names = chance.sample(range(1, options + 1), options)
        renamed = [_renamed(kind, paper, names) for paper in chance.sample(papers, len(papers))]
        best = table("citizens", map(text_of, papers), kind, options).best
        assert set(table("citizens", map(text_of, renamed), kind, options).best) == {names[one - 1] for one in best}


def _renamed(kind: Kind, paper: tuple[int, ...], names: Sequence[int]) -> tuple[int, ...]:
    if kind is Kind.SCORE:
        return tuple(paper[names.index(one)] for one in sorted(names)) if paper else paper
    changed = [names[one - 1] for one in paper]
    return tuple(sorted(changed) if kind is Kind.APPROVAL else changed)


def test_the_example_of_schulzes_paper() -> None:
    papers = {
        "1 3 2 5 4": 5, "1 4 5 3 2": 5, "2 5 4 1 3": 8, "3 1 2 5 4": 3, "3 1 5 2 4": 7, "3 2 1 4 5": 2, "4 3 5 2 1": 7,
        "5 2 1 4 3": 8,
    }  # fmt: skip
    counted = table("citizens", [paper for paper, number in papers.items() for _ in range(number)], Kind.SCHULZE, 5)
    assert counted.pairs[0] == (0, 20, 26, 30, 22)
    assert counted.paths[4] == (25, 28, 28, 31, 0)
    assert counted.best == (5,)


def test_run_off_and_schulze_differ_and_both_publish_the_same_pairs() -> None:
    papers = ["1 2 3"] * 4 + ["3 2 1"] * 3 + ["2 1 3"] * 2
    off, schulze = (table("citizens", papers, kind, 3) for kind in (Kind.RUNOFF, Kind.SCHULZE))
    assert (off.best, schulze.best) == ((1,), (2,))
    assert off.pairs == schulze.pairs == ((0, 4, 6), (5, 0, 6), (3, 3, 0))
    assert off.rounds == ((4, 2, 3), (6, None, 3))


def test_whoever_shares_the_last_place_goes_out_together() -> None:
    assert runoff({(1,): 6, (2, 3): 4, (3, 2): 4}, 3) == ((6, 4, 4), (6, None, None))


def test_equal_sums_are_told_apart_by_the_higher_median() -> None:
    counted = table("citizens", ["5 3", "0 3", "4 3"], Kind.SCORE, 2)
    assert (counted.support, counted.medians, counted.best) == ((9, 9), (4, 3), (1,))


@pytest.mark.parametrize(
    ("kind", "paper"),
    [
        *((kind, "blank") for kind in CHOOSING),
        (Kind.APPROVAL, "1"), (Kind.APPROVAL, "1 2 3"), (Kind.SCORE, "0 0 5"), (Kind.RUNOFF, "3"),
        (Kind.SCHULZE, "3 1"),
    ],
)  # fmt: skip
def test_a_ballot_that_can_be_cast(kind: Kind, paper: str) -> None:
    assert text_of(marks(paper, kind, 3)) == paper


@pytest.mark.parametrize(
    ("kind", "paper"),
    [
        *((kind, paper) for kind in CHOOSING for paper in (
            "", "yes", " 1", "1  2", "1 2 3 4", "4", "-1", "01 2 3", "1,2,3", "١ ٢ ٣", "1 1 2 2", "1\n", "1 " * 40,
        )),
        (Kind.APPROVAL, "2 1"), (Kind.APPROVAL, "1 1"), (Kind.APPROVAL, "0"), (Kind.SCORE, "1 2"),
        (Kind.SCORE, "6 0 0"), (Kind.RUNOFF, "1 1"), (Kind.SCHULZE, "0 1"),
    ],
)  # fmt: skip
def test_a_ballot_that_cannot_be_cast(kind: Kind, paper: str) -> None:
    with pytest.raises(Refused, match=r"ballot\.bad_marks"):
        marks(paper, kind, 3)


def test_the_longest_ballot_fits_its_column() -> None:
    paper = " ".join(map(str, range(1, MOST_OPTIONS + 1)))
    assert len(marks(paper, Kind.RUNOFF, MOST_OPTIONS)) == MOST_OPTIONS
    assert len(paper) <= 40


# --- from the table to the decision


def decided(
    rule: Rule, *papers: str, entitled: int = 0, seed: str = "", upheld: int = 0, **advice: list[str]
) -> Outcome:
    """The outcome among three options; everybody entitled has voted unless said otherwise."""
    tables, counts = [], []
    for name in (each.name for each in rule.electorates):
        mine = advice.get(name, list(papers))
        tables.append(table(name, mine, rule.kind, 3))
        on_roll = entitled or len(mine)
        counts.append(count_marks(name, tables[-1], cast=len(mine), entitled=on_roll, present=on_roll))
    return tally(counts, rule, seed=seed, upheld=upheld, tables=tables)


def among(rule: Rule, kind: Kind = Kind.APPROVAL, **change: Any) -> Rule:
    return replace(rule, kind=kind, **change)


@pytest.mark.parametrize(("approving", "chosen"), [(7000, 1), (6999, None)])
def test_seventy_percent_of_the_ballots_that_are_not_empty_at_the_boundary(approving: int, chosen: int | None) -> None:
    papers = ["1"] * approving + ["2"] * (10_000 - approving) + [BLANK] * 500
    assert decided(among(conference()), *papers).chosen == chosen


@pytest.mark.parametrize(("points", "chosen"), [("4 4 4 4", 1), ("4 4 4 3", None)])
def test_points_are_compared_with_all_that_could_be_given(points: str, chosen: int | None) -> None:
    rule = among(
        Rule(
            (
                replace(
                    conference().electorates[0],
                    threshold=replace(conference().electorates[0].threshold, at_least="4/5"),
                ),
            )
        ),
        Kind.SCORE,
    )
    outcome = decided(rule, *(f"{each} 0 0" for each in points.split()))
    assert (outcome.chosen, outcome.verdicts[0].threshold.whole) == (chosen, 20)


def test_the_highest_is_chosen_with_any_support_where_the_rule_says_so() -> None:
    papers = ["1"] * 3 + ["2"] * 2 + ["3"] * 2
    assert decided(among(most()), *papers).chosen == 1
    assert decided(among(simple_majority()), *papers).chosen is None


def test_too_few_choose_nothing_and_empty_ballots_take_part() -> None:
    assert decided(among(most()), "1", "1", entitled=5).chosen is None
    assert decided(among(most()), "1", "1", BLANK, entitled=5).chosen == 1
    assert decided(among(most()), BLANK, BLANK).chosen is None
    assert decided(among(most()), entitled=5).chosen is None


def test_a_tie_between_options_ends_as_was_announced() -> None:
    papers = ["1", "1", "3", "3", "2"]
    none = decided(among(most()), *papers)
    assert (none.chosen, none.adopted, none.settled, none.tied) == (None, False, Settled.TIE_REJECTED, (1, 3))
    chair = decided(among(most(), tie=Tie.CHAIR), *papers)
    assert (chair.chosen, chair.settled, chair.tied) == (None, Settled.TIE_OPEN, (1, 3))
    drawn = {decided(among(most(), tie=Tie.LOT), *papers, seed=f"seed {number}").chosen for number in range(60)}
    assert drawn == {1, 3}


def test_the_lot_between_options_can_be_drawn_by_hand() -> None:
    outcome = decided(among(most(), tie=Tie.LOT), "1", "2", "3", seed="abc")
    assert outcome.chosen == min((1, 2, 3), key=lambda one: sha256(f"abc {one}".encode()).hexdigest())


def test_parliament_chooses_and_citizens_advise() -> None:
    rule = among(deliberative_committee())
    agrees = decided(rule, parliament=["1"] * 8 + ["2"] * 7, citizens=["1"] * 30 + ["2"] * 15)
    assert (agrees.chosen, agrees.departs_from) == (1, ())
    departs = decided(rule, parliament=["1"] * 8 + ["2"] * 7, citizens=["1"] * 15 + ["2"] * 30)
    assert (departs.chosen, departs.departs_from) == (1, ("citizens",))
    nothing = decided(rule, parliament=["1"] * 7 + ["2"] * 7 + ["3"], citizens=["2"] * 45)
    assert (nothing.chosen, nothing.departs_from) == (None, ("citizens",))


def test_an_upheld_objection_stops_a_choice_too() -> None:
    outcome = decided(among(consent()), "1", "1", upheld=1)
    assert (outcome.chosen, outcome.adopted, outcome.settled) == (None, False, Settled.OBJECTION)


@pytest.mark.parametrize(
    "electorates",
    [(Electorate("a"), Electorate("b")), (Electorate("a"), Electorate("b", effect=Effect.VETO))],
)
def test_among_options_one_electorate_chooses(electorates: tuple[Electorate, ...]) -> None:
    check(Rule(electorates))
    with pytest.raises(Refused, match=r"rule\.one_chooses"):
        check(Rule(electorates, kind=Kind.RUNOFF))
