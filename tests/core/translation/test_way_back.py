"""A sentence that comes back as it went is the same; what lost its "not", its number or its half is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.core.way_back import likeness, says_otherwise

SAID = "No queremos que los coches pasen por la plaza antes de 2030."


@pytest.mark.parametrize(
    "back",
    [
        SAID,
        "No deseamos que los coches pasen por la plaza antes del 2030.",
        "No queremos coches en la plaza hasta 2030.",
    ],
)
def test_what_comes_back_in_other_words_says_the_same(back: str) -> None:
    assert not says_otherwise(SAID, back, "es")


@pytest.mark.parametrize(
    "back",
    [
        "Queremos que los coches pasen por la plaza antes de 2030.",
        "No queremos que los coches pasen por la plaza antes de 2050.",
        "Mañana lloverá en toda la costa, no en 2030.",
        "No 2030.",
        "",
    ],
)
def test_what_comes_back_otherwise_is_noticed(back: str) -> None:
    assert says_otherwise(SAID, back, "es")


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share_and_whole_for_the_same(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == pytest.approx(1 if one.split() else 0)
