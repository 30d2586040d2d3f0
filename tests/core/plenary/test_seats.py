"""The half circle: one seat for each person, none upon another, in wedges from left to right."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plenary.core.seats import hall

NUMBERS = [1, 2, 3, 5, 8, 12, 15, 60, 185, 449, 705]


@settings(max_examples=60)
@given(st.integers(1, 900))
def test_there_is_a_seat_for_everybody_within_the_drawing(number: int) -> None:
    drawn = hall(number)
    assert len(drawn.seats) == number
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in drawn.seats)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_seat_lies_upon_another(number: int) -> None:
    drawn = hall(number)
    nearest = min((math.dist(a, b) for a, b in itertools.combinations(drawn.seats, 2)), default=math.inf)
    assert nearest >= 2 * drawn.radius * 0.98


@pytest.mark.parametrize("number", NUMBERS)
def test_seats_go_round_from_left_to_right(number: int) -> None:
    drawn = hall(number)
    base = max(y for _, y in hall(number + 1).seats)
    angles = [math.atan2(base - y, x - drawn.width / 2) for x, y in drawn.seats]
    assert all(later <= earlier + 0.01 for earlier, later in itertools.pairwise(angles))
