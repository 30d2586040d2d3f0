"""The bench of allocation starts, its references are honest, and a small run of it gives every row."""

from __future__ import annotations

from tests.bench.allocation import Plan, by_chance, by_greed, is_honest, measure, members, rows_of

SMALL = Plan(people=40, rooms=5, rounds=2, passes=1, share=0.05)


def test_references_seat_everybody_once_in_each_round() -> None:
    people = members(SMALL, 1)
    assert all(is_honest(way(people, SMALL, 1), people, SMALL) for way in (by_chance, by_greed))
    assert not is_honest(by_chance(people[1:], SMALL, 1), people, SMALL)


def test_a_small_run_gives_every_row() -> None:
    rows = rows_of(*measure(SMALL)[:1], honest=True)
    assert [row.name for row in rows if row.name.startswith("pairs met")] == [
        "pairs met, ours to chance",
        "pairs met, ours to greedy",
        "pairs met, no limit",
        "pairs met, 4 languages",
    ]
