"""What the chair may do, in every mode, and what `chaired` leaves to the chair alone."""

from __future__ import annotations

import pytest

from floor.core.commands import (
    FloorGive,
    FloorSet,
    FloorSkip,
    HandRaise,
    MemberLeave,
    MemberMute,
    MemberUnmute,
    OfferAccept,
    SpeechStart,
    TurnEnd,
    TurnYield,
)
from floor.core.events import FloorOffered, OfferLapsed, TurnStarted
from floor.core.machine import suggestion
from floor.core.types import Handover, Held, Limits, Mode, Offered, Open, Speaking, Wrapping
from tests.core.floor.sitting import CHAIR, Sitting, at, opened

LONG = Limits(turn_ms=150_000)


def chaired(*waiting: str) -> Sitting:
    sitting = opened(mode="chaired", limits=LONG)
    for second, member in enumerate(waiting):
        sitting.do(second, member, HandRaise())
    return sitting


def test_in_chaired_mode_nobody_is_called_by_the_machine() -> None:
    sitting = chaired("alba", "bruno")
    sitting.advance(1000)
    assert sitting.phase == Open()
    assert suggestion(sitting.floor, at(1000)) == "alba"


def test_who_has_a_hand_up_speaks_at_once_when_called() -> None:
    sitting = chaired("alba")
    assert sitting.do(30, CHAIR, FloorGive("alba")) == ["turn.started"]
    assert sitting.phase == Speaking("alba", "normal", 1, at(30), None)


def test_a_call_ends_the_gap() -> None:
    sitting = chaired("alba", "bruno")
    sitting.do(30, CHAIR, FloorGive("alba"))
    sitting.do(60, "alba", TurnYield())
    assert isinstance(sitting.phase, Handover)
    sitting.do(61, CHAIR, FloorGive("bruno"))
    assert sitting.floor.gap_ms == 1000


def test_who_has_no_hand_up_is_offered_the_floor() -> None:
    sitting = chaired()
    sitting.do(30, CHAIR, FloorGive("dora"))
    assert sitting.phase == Offered("dora", at(38), "call", "normal", departs=False)
    assert sitting.do(31, CHAIR, FloorGive("dora")) == []


def test_in_chaired_mode_the_limit_is_as_set_whatever_the_queue() -> None:
    sitting = chaired("alba", "bruno", "carla", "dora")
    sitting.do(10, CHAIR, FloorGive("alba"))
    assert sitting.phase == Speaking("alba", "normal", 1, at(10), at(160))
    sitting.advance(160)
    assert isinstance(sitting.phase, Wrapping)
    sitting.advance(170)
    assert sitting.seconds("alba") == 160


def test_in_chaired_mode_too_a_turn_goes_on_while_nobody_waits() -> None:
    sitting = chaired("alba")
    sitting.do(10, CHAIR, FloorGive("alba"))
    sitting.advance(500)
    assert sitting.phase == Speaking("alba", "normal", 1, at(10), None)


def test_a_call_that_departs_from_the_suggestion_says_so() -> None:
    sitting = chaired("alba", "bruno")
    sitting.do(10, CHAIR, FloorGive("bruno"))
    sitting.do(20, CHAIR, TurnEnd())
    sitting.do(21, CHAIR, FloorGive("dora"))
    sitting.do(22, "dora", OfferAccept())
    sitting.do(30, CHAIR, TurnEnd())
    sitting.do(31, CHAIR, FloorGive("alba"))
    assert [(turn.member, turn.departs) for turn in sitting.events_of(TurnStarted)] == [
        ("bruno", True),
        ("dora", True),
        ("alba", False),
    ]


def test_a_call_when_nobody_waits_departs_from_nothing() -> None:
    sitting = chaired()
    sitting.do(30, CHAIR, FloorGive("dora"))
    assert sitting.events_of(FloorOffered) == [FloorOffered("dora", at(38), "call")]


def test_a_call_takes_an_offer_back_and_keeps_that_persons_place() -> None:
    sitting = opened()
    sitting.do(1, "alba", HandRaise())
    sitting.do(2, "bruno", HandRaise())
    assert sitting.do(3, CHAIR, FloorGive("bruno")) == [
        "offer.lapsed",
        "turn.started",
    ]
    assert sitting.events_of(OfferLapsed) == [OfferLapsed("alba", "called")]
    assert suggestion(sitting.floor, at(3)) == "alba"


def test_a_call_makes_an_offer_of_an_invitation() -> None:
    sitting = opened()
    sitting.turn(0, "alba", end=100)
    sitting.do(110, "alba", HandRaise())
    assert isinstance(sitting.phase_at(110), Held)
    assert sitting.do(111, CHAIR, FloorGive("bruno")) == ["offer.lapsed", "floor.offered"]
    assert sitting.phase == Offered("bruno", at(119), "call", "normal", departs=True)


def test_a_call_confirms_an_offer_of_the_machine_without_taking_it_back() -> None:
    sitting = opened()
    sitting.do(1, "alba", HandRaise())
    assert sitting.do(3, CHAIR, FloorGive("alba")) == ["turn.started"]


@pytest.mark.parametrize("mode", ["balanced", "chaired"])
def test_nobody_is_called_into_somebody_elses_turn(mode: Mode) -> None:
    sitting = opened(mode=mode)
    sitting.do(1, "alba", HandRaise())
    sitting.do(2, CHAIR, FloorGive("alba"))
    assert sitting.refused(3, CHAIR, FloorGive("bruno")) == "floor.taken"


def test_nobody_absent_or_muted_is_called() -> None:
    sitting = chaired()
    sitting.do(1, None, MemberLeave("alba"))
    sitting.do(1, CHAIR, MemberMute("bruno"))
    assert sitting.refused(2, CHAIR, FloorGive("alba")) == "floor.not_present"
    assert sitting.refused(2, CHAIR, FloorGive("bruno")) == "floor.muted"


def test_the_chair_calls_a_reply() -> None:
    sitting = opened()
    sitting.do(1, "alba", HandRaise("reply"))
    sitting.do(2, "bruno", HandRaise())
    sitting.do(3, CHAIR, FloorGive("alba"))
    assert sitting.events_of(TurnStarted) == [TurnStarted("alba", at(33), "reply", departs=True)]


def test_who_is_passed_over_loses_offer_and_place_and_may_ask_again() -> None:
    sitting = opened()
    sitting.do(1, "alba", HandRaise())
    sitting.do(2, "bruno", HandRaise())
    assert sitting.do(3, CHAIR, FloorSkip("alba")) == ["offer.lapsed", "hand.lowered", "floor.offered"]
    assert sitting.do(4, "alba", HandRaise()) == ["hand.raised"]


def test_muting_ends_the_turn_and_bars_asking_until_it_is_lifted() -> None:
    sitting = chaired("alba")
    sitting.do(10, CHAIR, FloorGive("alba"))
    assert sitting.do(20, CHAIR, MemberMute("alba")) == ["turn.ended", "member.muted"]
    assert sitting.do(21, CHAIR, MemberMute("alba")) == []
    assert sitting.refused(22, "alba", HandRaise()) == "floor.muted"
    sitting.do(23, CHAIR, MemberUnmute("alba"))
    assert sitting.do(24, "alba", HandRaise()) == ["hand.raised"]


def test_muting_lowers_the_hand_of_who_waits() -> None:
    sitting = chaired("alba")
    assert sitting.do(20, CHAIR, MemberMute("alba")) == ["hand.lowered", "member.muted"]


def test_a_change_of_limits_reaches_the_turn_that_goes_on() -> None:
    sitting = chaired("alba", "bruno")
    sitting.do(10, CHAIR, FloorGive("alba"))
    sitting.do(20, CHAIR, FloorSet("chaired", Limits(turn_ms=45_000)))
    assert sitting.phase == Speaking("alba", "normal", 1, at(10), at(55))


def test_a_change_to_balanced_calls_who_waits() -> None:
    sitting = chaired("alba")
    assert sitting.do(10, CHAIR, FloorSet("balanced")) == ["floor.changed", "floor.offered"]


def test_a_change_to_free_ends_the_turn_and_lowers_all_hands() -> None:
    sitting = chaired("alba", "bruno")
    sitting.do(10, CHAIR, FloorGive("alba"))
    assert sitting.do(20, CHAIR, FloorSet("free")) == ["turn.ended", "hand.lowered", "floor.changed"]
    assert sitting.do(21, "bruno", SpeechStart()) == ["speech.started"]
    assert sitting.do(25, CHAIR, FloorSet("chaired")) == ["speech.stopped", "floor.changed"]


def test_the_same_mode_and_limits_again_change_nothing() -> None:
    assert chaired().do(1, CHAIR, FloorSet("chaired", LONG)) == []


@pytest.mark.parametrize(
    "limits",
    [Limits(turn_ms=0), Limits(gap_ms=-1), Limits(min_turn_ms=91_000), Limits(offer_ms=0), Limits(keep_ms=10**9)],
)
def test_limits_without_sense_are_refused(limits: Limits) -> None:
    assert chaired().refused(1, CHAIR, FloorSet("balanced", limits)) == "floor.bad_limits"
