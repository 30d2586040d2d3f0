"""Names that sort by when they were made."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kernel.ids import in_order

MOMENTS = st.integers(0, 4_000_000_000_000)


@given(MOMENTS, MOMENTS, st.text("09az_-", max_size=5), st.text("09az_-", max_size=5))
def test_what_was_made_in_an_earlier_second_sorts_first(one: int, other: int, name: str, other_name: str) -> None:
    if one // 1000 < other // 1000:
        assert in_order(one, name) < in_order(other, other_name)


def test_a_name_keeps_all_its_chance() -> None:
    assert in_order(1_767_225_600_123, "kfjd83-_x") == "6955b900kfjd83-_x"
