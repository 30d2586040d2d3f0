"""Time is booked to the millisecond, shared out to the microsecond, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from floor.core import ledger
from floor.core.commands import HandRaise, OfferAccept, TurnYield
from floor.core.ledger import settle
from floor.core.types import Account, FloorState, Speaking
from tests.core.floor.sitting import START, at, opened


def test_a_fair_share_is_an_equal_part_of_the_speech_while_present() -> None:
    sitting = opened()
    sitting.turn(0, "alba", end=60)
    assert ledger.fair_share_ms(sitting.floor, "bruno", at(60)) == 15_000
    assert ledger.owed_ms(sitting.floor, "alba", at(60)) == -45_000


def test_idle_gap_and_held_time_are_nobodys() -> None:
    sitting = opened()
    sitting.do(10, "alba", HandRaise())
    sitting.do(12, "alba", OfferAccept())
    sitting.do(20, "alba", TurnYield())
    sitting.advance(30)
    floor = settle(sitting.floor, at(30))
    assert (floor.idle_ms, floor.held_ms, floor.gap_ms) == (17_000, 2000, 3000)


def test_a_new_item_forgives_all_debts_and_keeps_the_totals() -> None:
    sitting = opened()
    sitting.turn(0, "alba", end=60)
    sitting.begin_item(70)
    alba = sitting.floor.people["alba"]
    assert (alba.spoken_ms, alba.fair_us, alba.turns, alba.total_ms, alba.total_turns) == (0, 0, 0, 60_000, 1)


def test_a_turn_that_goes_on_over_a_new_item_counts_in_both() -> None:
    sitting = opened()
    sitting.do(0, "alba", HandRaise())
    sitting.do(0, "alba", OfferAccept())
    sitting.begin_item(40)
    sitting.do(50, "alba", TurnYield())
    alba = sitting.floor.people["alba"]
    assert (alba.spoken_ms, alba.turns, alba.total_ms) == (10_000, 1, 50_000)


def test_booking_twice_at_the_same_moment_changes_nothing() -> None:
    floor = FloorState(
        phase=Speaking("a", "normal", 1, START, None), people={"a": Account(present=True)}, settled_at=START
    )
    once = settle(floor, at(10))
    assert settle(once, at(10)) == once


@given(st.lists(st.integers(0, 100_000), max_size=20), st.integers(1, 16))
def test_what_is_owed_sums_to_nothing_however_time_is_cut(steps: list[int], people: int) -> None:
    accounts = {str(n): Account(present=True) for n in range(people)}
    floor = FloorState(phase=Speaking("0", "normal", 1, 0, None), people=accounts)
    now = 0
    for step in steps:
        now += step
        floor = settle(floor, now)
    assert sum(ledger.owed_us(floor, key) for key in floor.people) == -floor.fair_rest_us
    assert 0 <= floor.fair_rest_us < people
    assert floor.people["0"].spoken_ms == now
