"""Arriving, leaving, losing the connection: a place is kept for a while, a turn is not."""

from __future__ import annotations

from floor.core.commands import HandRaise, MemberArrive, MemberLeave, OfferAccept, SpeechStart, TurnYield
from floor.core.events import FloorOffered, HandLowered, OfferLapsed, TurnEnded
from floor.core.machine import fair_share_ms, owed_ms, remove
from floor.core.types import Open
from tests.core.floor.sitting import Sitting, at, opened


def waiting_bruno() -> Sitting:
    """Alba speaks since 0, bruno waits since 1."""
    sitting = opened()
    sitting.do(0, "alba", HandRaise())
    sitting.do(0, "alba", OfferAccept())
    sitting.do(1, "bruno", HandRaise())
    return sitting


def test_a_turn_of_somebody_who_left_ends() -> None:
    sitting = waiting_bruno()
    assert sitting.do(20, None, MemberLeave("alba")) == ["turn.ended", "member.left", "floor.offered"]
    assert sitting.events_of(TurnEnded) == [TurnEnded("alba", "left", at(23))]
    assert sitting.seconds("alba") == 20


def test_the_place_is_kept_for_a_minute() -> None:
    sitting = waiting_bruno()
    sitting.do(10, None, MemberLeave("bruno"))
    sitting.do(60, None, MemberArrive("bruno"))
    sitting.do(65, "alba", TurnYield())
    assert sitting.do(68, "bruno", OfferAccept()) == ["turn.started"]


def test_after_a_minute_the_place_is_gone() -> None:
    sitting = waiting_bruno()
    sitting.do(10, None, MemberLeave("bruno"))
    sitting.advance(70)
    assert sitting.events_of(HandLowered) == [HandLowered("bruno", "left")]


def test_who_is_away_is_not_offered_the_floor_and_does_not_count_as_waiting() -> None:
    sitting = waiting_bruno()
    assert sitting.do(10, None, MemberLeave("bruno")) == ["member.left", "turn.limited"]
    sitting.do(20, "alba", TurnYield())
    sitting.advance(30)
    assert sitting.phase == Open()


def test_who_comes_back_in_time_is_offered_a_floor_that_stands_open() -> None:
    sitting = waiting_bruno()
    sitting.do(10, None, MemberLeave("bruno"))
    sitting.do(20, "alba", TurnYield())
    assert sitting.do(30, None, MemberArrive("bruno")) == ["member.arrived", "floor.offered"]


def test_an_offer_to_somebody_who_leaves_goes_on_and_the_place_stays() -> None:
    sitting = opened()
    sitting.do(1, "alba", HandRaise())
    assert sitting.do(2, None, MemberLeave("alba")) == ["offer.lapsed", "member.left"]
    assert sitting.events_of(OfferLapsed) == [OfferLapsed("alba", "left")]
    assert sitting.do(3, None, MemberArrive("alba")) == ["member.arrived", "floor.offered"]


def test_arriving_and_leaving_twice_changes_nothing() -> None:
    sitting = opened()
    assert sitting.do(1, None, MemberArrive("alba")) == []
    sitting.do(2, None, MemberLeave("alba"))
    assert sitting.do(3, None, MemberLeave("alba")) == []


def test_who_has_no_account_is_announced_and_does_not_count() -> None:
    sitting = opened("alba")
    assert sitting.do(1, None, MemberArrive("guide")) == ["member.arrived"]
    assert list(sitting.floor.people) == ["alba"]


def test_who_comes_late_owes_and_is_owed_nothing() -> None:
    sitting = opened("alba", "bruno")
    sitting.do(0, None, MemberLeave("bruno"))
    sitting.turn(0, "alba", end=60)
    sitting.do(60, None, MemberArrive("bruno"))
    assert owed_ms(sitting.floor, "bruno", at(70)) == 0
    sitting.turn(70, "alba", end=100)
    assert fair_share_ms(sitting.floor, "bruno", at(100)) == 15_000


def test_speaking_time_survives_a_lost_connection() -> None:
    sitting = waiting_bruno()
    sitting.do(20, None, MemberLeave("alba"))
    sitting.do(40, None, MemberArrive("alba"))
    assert sitting.seconds("alba") == 20


def test_leaving_ends_a_free_speech() -> None:
    sitting = opened(mode="free")
    sitting.do(5, "alba", SpeechStart())
    assert sitting.do(8, None, MemberLeave("alba")) == ["speech.stopped", "member.left"]
    assert sitting.seconds("alba") == 3


def test_who_is_removed_loses_turn_and_place_at_once() -> None:
    sitting = waiting_bruno()
    sitting.do(2, "alba", HandRaise())
    *events, called = remove(sitting.floor, "alba", at(10))
    assert isinstance(called, FloorOffered)
    assert events[:3] == [TurnEnded("alba", "removed", at(13)), HandLowered("alba", "removed"), *events[2:3]]
    assert [type(event).__name__ for event in events] == ["TurnEnded", "HandLowered", "MemberLeft"]
