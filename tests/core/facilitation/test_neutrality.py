"""Whether acts fell on some groups by more than chance: found where planted, not claimed where it is chance."""

from __future__ import annotations

from itertools import product

import pytest

from facilitation.core.neutrality import Finding, Neutrality, neutrality
from rooms.core.overrides import Act, Kind, Ledger, Piece

RED = tuple(f"r{number}" for number in range(6))
BLUE = tuple(f"b{number}" for number in range(6))
GROUPS = {"colour: red": RED, "colour: blue": BLUE, "few": RED[:4]}


def cuts(red: int, blue: int, *, turns: int = 30) -> Neutrality:
    """So many turns of each group were cut."""
    everybody = pieces(*RED * (turns // 6), *BLUE * (turns // 6))
    chosen = [*everybody[:red], *everybody[turns : turns + blue]]
    return neutrality([Ledger(tuple(act("cut", each) for each in chosen), everybody, ())], "guide", GROUPS)


def pieces(*members: str) -> tuple[Piece, ...]:
    """A turn, or a text, of each."""
    return tuple(Piece(f"{number}", member) for number, member in enumerate(members))


def act(kind: Kind, piece: Piece, by: str = "guide") -> Act:
    return Act(kind, by, piece.member, 0, (piece.member,), piece=piece.key)


@pytest.mark.parametrize("kind", ["extension", "hide"])
def test_acting_six_times_on_one_turn_or_text_counts_once(kind: Kind) -> None:
    everything = pieces(*RED, *BLUE)
    ledger = Ledger((act(kind, everything[0]),) * 6, everything, everything)
    result = neutrality([ledger], "guide", GROUPS)
    assert (result.verdict, result.counts, {each.acts for each in result.findings}) == ("too few", {kind: 6}, {1})


def test_only_what_somebody_could_have_done_is_held_against_them() -> None:
    mine = tuple(Piece(each.key, each.member, frozenset(["guide"])) for each in pieces(*RED[:5], *BLUE[:5]))
    before = tuple(Piece(f"before {n}", BLUE[n % 6]) for n in range(60))
    ledger = Ledger(tuple(act("cut", each) for each in mine[:5]), (*before, *mine), (), frozenset(["guide"]))
    assert finding(neutrality([ledger], "guide", GROUPS), "cut", "colour: red").expected == pytest.approx(2.5)


def finding(result: Neutrality, question: str, group: str) -> Finding:
    return next(each for each in result.findings if (each.question, each.group) == (question, group))


@pytest.mark.parametrize(("red", "blue", "verdict"), [(0, 12, "sign"), (6, 6, "no sign"), (1, 1, "too few")])
def test_the_verdict_in_one_word(red: int, blue: int, verdict: str) -> None:
    assert cuts(red, blue).verdict == verdict


def test_expected_is_what_chance_gives() -> None:
    found = finding(cuts(0, 12), "cut", "colour: red")
    assert (found.acts, found.on_group, round(found.expected, 6)) == (12, 0, 6)


def test_nothing_is_told_of_fewer_than_five() -> None:
    assert {each.group for each in cuts(0, 12).findings} == {"colour: red", "colour: blue"}


def test_nothing_is_told_where_those_outside_are_fewer_than_five() -> None:
    turns = pieces(*RED, *BLUE[:4])
    assert (
        neutrality(
            [Ledger(tuple(act("cut", each) for each in turns[:6]), turns, ())], "guide", {"colour: red": RED}
        ).findings
        == ()
    )


def test_the_acts_of_another_chair_are_not_counted() -> None:
    turns = pieces(*RED, *BLUE)
    assert (
        neutrality([Ledger(tuple(act("cut", each, "other") for each in turns[6:]), turns, ())], "guide", GROUPS).counts
        == {}
    )


def test_passing_over_a_group_is_seen_even_if_nobody_is_cut() -> None:
    wrong = [
        Act("grant", "guide", RED[n % 6], n, (RED[n % 6], BLUE[n % 6]), BLUE[n % 6], departs=True) for n in range(10)
    ]
    right = [Act("grant", "guide", key, n, RED + BLUE, key) for n, key in enumerate(RED * 3)]
    result = neutrality([Ledger((*wrong, *right), pieces(*RED, *BLUE), ())], "guide", GROUPS)
    assert (result.verdict, result.departures) == ("sign", 10)
    assert finding(result, "passed over", "colour: blue").is_sign


def test_the_probability_is_the_sum_over_all_that_is_as_unlikely() -> None:
    acts = tuple(Act("invitation", "guide", key, 0, RED[:1] + BLUE[:1]) for key in (RED[0],) * 6)
    result = neutrality([Ledger(acts, pieces(*RED, *BLUE), ())], "guide", {"colour: red": RED})
    exact = sum(sum(each) in (0, 6) for each in product((0, 1), repeat=6)) / 2**6
    assert finding(result, "invited", "colour: red").p == pytest.approx(exact)


def test_asking_many_questions_makes_each_harder_to_answer() -> None:
    alone = neutrality([_cut_blue()], "guide", {"colour: blue": BLUE})
    many = neutrality([_cut_blue()], "guide", {"colour: blue": BLUE, **{f"half {n}": _half(n) for n in range(5)}})
    assert finding(many, "cut", "colour: blue").p > finding(alone, "cut", "colour: blue").p


def _cut_blue() -> Ledger:
    turns = pieces(*RED, *BLUE)
    return Ledger(tuple(act("cut", each) for each in turns[6:]), turns, ())


def _half(number: int) -> tuple[str, ...]:
    return (RED + BLUE)[number : number + 6]
