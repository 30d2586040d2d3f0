"""How equally the talk is shared: not too early, never about a few people."""

from __future__ import annotations

from fractions import Fraction

import pytest

from floor.core.figures import Equality, GroupShare, by_group, equality, gini
from floor.core.types import Account, FloorState, Open
from tests.core.floor.sitting import START, at


def talked(**minutes: float) -> FloorState:
    """People present who have spoken for so many minutes."""
    people = {key: Account(present=True, total_ms=round(60_000 * each)) for key, each in minutes.items()}
    return FloorState(phase=Open(), people=people, settled_at=START)


def test_nothing_is_told_before_ten_minutes_of_talk() -> None:
    assert equality(talked(a=9.9, b=0), at(0)) is None
    assert by_group(talked(a=9.9, b=0), at(0), {}) == {}


def test_index_part_of_the_longest_and_who_is_silent() -> None:
    assert equality(talked(a=6, b=3, c=3, d=0), at(0)) == Equality(Fraction(3, 8), Fraction(1, 2), ("d",))


def test_who_has_left_counts_with_what_they_said_and_who_never_came_does_not() -> None:
    floor = talked(a=6, b=6)
    people = {**floor.people, "a": Account(total_ms=360_000), "c": Account()}
    found = equality(FloorState(phase=Open(), people=people, settled_at=START), at(0))
    assert found == Equality(Fraction(0), Fraction(1, 2), ())


@pytest.mark.parametrize(
    ("values", "index"), [((), 0), ((0, 0), 0), ((5, 5), 0), ((0, 10), Fraction(1, 2)), ((1, 2, 3), Fraction(2, 9))]
)
def test_the_gini_index(values: tuple[int, ...], index: Fraction) -> None:
    assert gini(values) == index


def test_groups_are_told_with_their_part_of_people_and_talk() -> None:
    floor = talked(**dict.fromkeys("abcde", 1.0), **dict.fromkeys("fghij", 3.0))
    groups = {**dict.fromkeys("abcde", "north"), **dict.fromkeys("fghij", "south")}
    assert by_group(floor, at(0), groups) == {
        "north": GroupShare(Fraction(1, 2), Fraction(1, 4)),
        "south": GroupShare(Fraction(1, 2), Fraction(3, 4)),
    }


def test_a_group_of_four_is_not_told_nor_the_one_that_would_give_it_away() -> None:
    floor = talked(**dict.fromkeys("abcdefghijklmnop", 1.0))
    groups = {**dict.fromkeys("abcd", "few"), **dict.fromkeys("efghi", "five"), **dict.fromkeys("jklmnop", "seven")}
    assert list(by_group(floor, at(0), groups)) == ["seven"]


def test_a_small_group_beside_one_large_one_leaves_nothing_to_tell() -> None:
    floor = talked(**dict.fromkeys("abcdefghij", 2.0))
    assert by_group(floor, at(0), dict.fromkeys("abcdefg", "most")) == {}
