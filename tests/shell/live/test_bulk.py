"""Plain statements for many rows: few spellings, every row once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from live import bulk
from live.models import Withheld


@given(st.lists(st.integers(), min_size=1, max_size=600))
def test_rounded_values_are_the_same_values_and_a_power_of_two_of_them(values: list[int]) -> None:
    rounded = bulk.rounded(values)
    assert rounded[: len(values)] == values
    assert set(rounded) == set(values)
    assert len(rounded).bit_count() == 1
    assert len(rounded) < 2 * len(values)


def test_no_values_stay_none() -> None:
    assert bulk.rounded([]) == []


@pytest.mark.django_db
def test_a_row_is_found_once_however_often_it_is_asked_for() -> None:
    Withheld.objects.bulk_create(Withheld(key=key) for key in "abcde")
    assert sorted(bulk.select(Withheld, ("key",), key=["a", "c", "e"])) == [("a",), ("c",), ("e",)]


@pytest.mark.django_db
def test_any_number_of_values_needs_few_statements() -> None:
    with CaptureQueriesContext(connection) as asked:
        for count in range(1, 33):
            bulk.select(Withheld, ("key",), key=["k"] * count)
    assert len({query["sql"] for query in asked}) == len({1, 2, 4, 8, 16, 32})
