"""Times as counts of steps, and what share came within which."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from translation.core.delays import BOUNDS_MS, bound_of, within


@pytest.mark.parametrize(
    ("milliseconds", "step"), [(0, 50), (50, 50), (50.1, 100), (999, 1_000), (90_000, 120_000), (10**9, 120_000)]
)
def test_a_time_belongs_to_the_first_step_that_is_not_less(milliseconds: float, step: int) -> None:
    assert bound_of(milliseconds) == step


def test_shares_of_what_came() -> None:
    counts = {100: 90, 1_000: 5, 5_000: 5}
    assert (within(counts, 50), within(counts, 95), within(counts, 96), within({}, 50)) == (100, 1_000, 5_000, None)


@given(some.lists(some.floats(min_value=0, max_value=120_000), min_size=1, max_size=60), some.integers(1, 100))
def test_at_least_that_share_came_within_the_step_and_less_within_the_one_before(
    times: list[float], percent: int
) -> None:
    step = within(Counter(map(bound_of, times)), percent)
    assert step in BOUNDS_MS
    assert sum(time <= step for time in times) * 100 >= percent * len(times)
    before = [bound for bound in BOUNDS_MS if bound < step]
    assert not before or sum(time <= before[-1] for time in times) * 100 < percent * len(times)
