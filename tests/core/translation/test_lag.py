"""How late texts are: measured by what came and by what still waits, and told only when it changes notably."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from translation.lag import NOTABLE_MS, PAUSE_S, Lags


def came(lags: Lags, *took: float, root: str = "room.1", at: float = 100.0) -> Lags:
    for number, seconds in enumerate(took):
        lags.began(f"{root} {number}", root, at - seconds)
        lags.ended(f"{root} {number}", at)
    return lags


def test_what_took_long_is_told_in_whole_seconds_rounded_up() -> None:
    assert came(Lags(), 4.2).due(100.0) == [("room.1", 5_000)]


def test_quick_texts_are_no_lag() -> None:
    lags = came(Lags(), 0.3, 0.4)
    assert (lags.due(100.0), lags.due(200.0)) == ([("room.1", 0)], [])


def test_one_slow_text_among_quick_ones_is_none_either() -> None:
    assert came(Lags(), 0.2, 9.0, 0.3).lag_ms("room.1", 100.0) == 0


def test_a_text_that_does_not_come_counts_while_it_waits() -> None:
    lags = Lags()
    lags.began("a", "room.1", 100.0)
    assert [lags.lag_ms("room.1", at) for at in (101.0, 103.0, 112.5)] == [0, 3_000, 13_000]


def test_a_second_try_is_the_same_wait() -> None:
    lags = Lags()
    lags.began("a", "room.1", 100.0)
    lags.began("a", "room.1", 130.0)
    assert lags.lag_ms("room.1", 131.0) == 31_000


def test_a_small_change_and_a_quick_one_are_not_told() -> None:
    lags = came(Lags(), 5.0)
    lags.due(100.0)
    came(lags, 6.0, 6.0, 6.0, 6.0, 6.0)
    small = lags.due(110.0)
    came(lags, *[20.0] * 5, at=110.0)
    lags.due(110.0)
    came(lags, *[3.0] * 5, at=112.0)
    assert (small, lags.due(112.0), lags.due(116.0)) == ([], [], [("room.1", 3_000)])


def test_when_nothing_was_said_for_a_minute_nothing_is_late() -> None:
    lags = came(Lags(), 8.0)
    assert (lags.due(100.0), lags.due(161.0)) == ([("room.1", 8_000)], [("room.1", 0)])


def test_rooms_do_not_answer_for_each_other() -> None:
    lags = came(came(Lags(), 8.0), 0.1, root="room.2")
    assert lags.due(100.0) == [("room.1", 8_000), ("room.2", 0)]


@given(st.lists(st.tuples(st.floats(0.05, 3), st.floats(0, 30)), max_size=60))
def test_no_room_is_told_too_often_nor_for_little(
    texts: list[tuple[float, float]],
) -> None:
    lags, now, told = Lags(), 1000.0, []
    for number, (step, took) in enumerate(texts):
        now += step
        lags.began(str(number), "room.1", now - took)
        lags.ended(str(number), now)
        told += [(now, lag) for _, lag in lags.due(now)]
    for (before, lag), (after, other) in itertools.pairwise(told):
        assert after - before >= PAUSE_S
        assert abs(other - lag) >= NOTABLE_MS
