"""A pause stands between two moments and takes nothing from anybody."""

from __future__ import annotations

from floor.core.commands import (
    FloorGive,
    FloorPause,
    FloorResume,
    FloorSet,
    HandRaise,
    MemberLeave,
    OfferAccept,
    TurnEnd,
    TurnYield,
)
from floor.core.machine import next_deadline
from floor.core.policy import is_nudge_due
from floor.core.types import Offered, Open, Paused, Request, Speaking
from tests.core.floor.sitting import CHAIR, Sitting, at, opened


def paused() -> Sitting:
    """Alba speaks since 0 with bruno waiting since 1; a pause begins at 30."""
    sitting = opened()
    sitting.do(0, "alba", HandRaise())
    sitting.do(0, "alba", OfferAccept())
    sitting.do(1, "bruno", HandRaise())
    sitting.do(30, CHAIR, FloorPause())
    return sitting


def test_a_pause_moves_the_end_of_the_turn_by_its_own_length() -> None:
    sitting = paused()
    sitting.do(530, CHAIR, FloorResume())
    assert sitting.phase == Speaking("alba", "normal", 1, at(500), at(545))


def test_time_in_a_pause_is_nobodys() -> None:
    sitting = paused()
    sitting.do(530, CHAIR, FloorResume())
    sitting.do(540, "alba", TurnYield())
    assert (sitting.seconds("alba"), sitting.floor.paused_ms) == (40, 500_000)


def test_nothing_happens_by_itself_in_a_pause() -> None:
    sitting = paused()
    assert next_deadline(sitting.floor) is None
    sitting.advance(10_000)
    assert isinstance(sitting.phase, Paused)


def test_a_pause_is_no_silence() -> None:
    sitting = opened()
    sitting.turn(0, "alba", end=100)
    sitting.do(106, CHAIR, FloorPause())
    sitting.do(1106, CHAIR, FloorResume())
    assert not is_nudge_due(sitting.floor, "bruno", at(1179))
    assert is_nudge_due(sitting.floor, "bruno", at(1180))


def test_who_was_invited_before_a_pause_is_not_invited_again_right_after_it() -> None:
    sitting = opened()
    sitting.turn(0, "alba", end=100)
    sitting.do(110, "alba", HandRaise())
    sitting.do(115, CHAIR, FloorPause())
    sitting.do(1115, CHAIR, FloorResume())
    assert (sitting.floor.people["bruno"].invited_at, sitting.floor.people["alba"].heard_at) == (at(1110), at(1100))


def test_an_offer_stands_still_in_a_pause() -> None:
    sitting = opened()
    sitting.do(1, "alba", HandRaise())
    sitting.do(3, CHAIR, FloorPause())
    assert sitting.refused(4, "alba", OfferAccept()) == "floor.paused"
    sitting.do(103, CHAIR, FloorResume())
    assert sitting.phase == Offered("alba", at(109), "queue", "normal", departs=False)


def test_waiting_does_not_age_in_a_pause() -> None:
    sitting = paused()
    sitting.do(40, "carla", HandRaise())
    sitting.do(130, CHAIR, FloorResume())
    assert sitting.floor.queue == (Request("bruno", "normal", at(101)), Request("carla", "normal", at(130)))


def test_a_place_is_kept_through_a_pause() -> None:
    sitting = paused()
    sitting.do(40, None, MemberLeave("bruno"))
    sitting.do(340, CHAIR, FloorResume())
    sitting.advance(399)
    assert [request.member for request in sitting.floor.queue] == ["bruno"]
    sitting.advance(400)
    assert sitting.floor.queue == ()


def test_a_hand_raised_in_a_pause_is_heard_after_it() -> None:
    sitting = opened()
    sitting.do(1, CHAIR, FloorPause())
    assert sitting.do(2, "alba", HandRaise()) == ["hand.raised"]
    assert sitting.do(3, CHAIR, FloorResume()) == ["floor.resumed", "floor.offered"]


def test_who_leaves_in_a_pause_has_left_the_turn() -> None:
    sitting = paused()
    sitting.do(40, None, MemberLeave("alba"))
    assert sitting.phase == Paused(Open(), at(30))
    assert sitting.do(50, CHAIR, FloorResume()) == ["floor.resumed", "floor.offered"]


def test_in_a_pause_the_chair_may_end_the_turn_but_not_begin_one() -> None:
    sitting = paused()
    assert sitting.refused(31, CHAIR, FloorGive("bruno")) == "floor.paused"
    assert sitting.refused(31, CHAIR, FloorSet("free")) == "floor.paused"
    assert sitting.do(32, CHAIR, TurnEnd()) == ["turn.ended"]
    assert sitting.phase == Paused(Open(), at(30))


def test_pausing_and_resuming_twice_changes_nothing() -> None:
    sitting = paused()
    assert sitting.do(31, CHAIR, FloorPause()) == []
    sitting.do(32, CHAIR, FloorResume())
    assert sitting.do(33, CHAIR, FloorResume()) == []
