"""What those who chair did by their own choice, beside what the rule suggested."""

from __future__ import annotations

from floor.core.commands import (
    FloorGive,
    FloorSkip,
    HandRaise,
    MemberArrive,
    MemberMute,
    OfferAccept,
    TimeCorrect,
    TurnEnd,
    TurnExtend,
    TurnYield,
)
from live.core.kinds import Recorded
from rooms.core.control import ContributionHide
from rooms.core.exclusion import ExclusionAllow, ExclusionPropose, ExclusionRule, ExclusionSupport
from rooms.core.overrides import Ledger, ledger_of
from rooms.core.types import MemberRemove, NoteMake, ScribeAct, SeatGive
from tests.core.rooms.sitting import GUIDE, RoomSitting, opened


def ledger(sitting: RoomSitting) -> Ledger:
    return ledger_of([Recorded("room.1", each.seq, each.at, each.by, each.event) for each in sitting.log])


def asked() -> RoomSitting:
    """Alba and Bruno wait, in this order."""
    sitting = opened(mode="chaired")
    sitting.do(1, "alba", HandRaise())
    sitting.do(2, "bruno", HandRaise())
    return sitting


def test_a_call_of_somebody_else_than_the_rule_suggests_is_told_with_those_who_waited() -> None:
    sitting = asked()
    sitting.do(3, GUIDE, FloorGive("bruno"))
    (act,) = ledger(sitting).acts
    assert (act.kind, act.by, act.member, act.suggested, act.departs) == ("grant", GUIDE, "bruno", "alba", True)
    assert set(act.pool) == {"alba", "bruno"}


def test_who_follows_the_rule_departs_from_nothing() -> None:
    sitting = asked()
    sitting.do(3, GUIDE, FloorGive("alba"))
    assert [act.departs for act in ledger(sitting).acts] == [False]


def test_somebody_who_has_not_asked_is_invited_from_among_those_who_have_not() -> None:
    sitting = asked()
    sitting.do(3, GUIDE, FloorGive("carla"))
    (act,) = ledger(sitting).acts
    assert (act.kind, set(act.pool)) == ("invitation", {"carla", "dora"})


def test_cuts_extensions_and_bars_are_acts_and_what_people_do_themselves_is_none() -> None:
    sitting = asked()
    sitting.do(3, GUIDE, FloorGive("alba"))
    sitting.do(4, GUIDE, TurnExtend(30))
    sitting.do(5, GUIDE, TurnEnd())
    sitting.do(6, GUIDE, TimeCorrect("alba", 20, "mistake"))
    sitting.do(7, GUIDE, TimeCorrect("alba", -5, "machine"))
    sitting.do(9, GUIDE, FloorSkip("bruno"))
    sitting.do(10, GUIDE, MemberMute("dora"))
    sitting.do(11, GUIDE, MemberRemove("carla"))
    found = ledger(sitting)
    assert [(act.kind, act.seconds) for act in found.acts] == [
        ("grant", 0), ("extension", 30), ("cut", 0), ("correction", 20), ("correction", -5), ("skip", 0), ("mute", 0),
        ("removal", 0),
    ]  # fmt: skip
    assert [(turn.member, turn.led_by) for turn in found.turns] == [("alba", frozenset([GUIDE]))]


def test_a_question_put_to_the_speaker_cuts_nobody() -> None:
    sitting = asked()
    sitting.do(3, GUIDE, FloorGive("alba"))
    sitting.do(4, "bruno", HandRaise("interposed"))
    sitting.do(5, GUIDE, FloorGive("bruno"))
    acts = ledger(sitting).acts
    assert ("interrupt", "alba") in [(act.kind, act.member) for act in acts]
    assert "cut" not in [act.kind for act in acts]


def test_a_turn_that_was_over_before_somebody_came_was_not_within_their_reach() -> None:
    sitting = asked()
    sitting.do(3, GUIDE, FloorGive("alba"))
    sitting.do(5, "alba", TurnYield())
    sitting.do(6, None, SeatGive("late", "facilitator", ("en",), "en"))
    sitting.do(7, None, MemberArrive("late"))
    sitting.do(20, GUIDE, FloorGive("bruno"))
    found = ledger(sitting)
    assert [each.member for each in found.within_reach("late", "turn")] == ["bruno"]
    assert [each.member for each in found.within_reach(GUIDE, "turn")] == ["alba", "bruno"]


def test_hiding_somebodys_words_falls_on_them() -> None:
    sitting = asked()
    sitting.do(3, "bruno", NoteMake("Una nota", "it"))
    sitting.do(4, GUIDE, ContributionHide(sitting.room.said[-1].words, "insult"))
    found = ledger(sitting)
    assert [(act.kind, act.member) for act in found.acts] == [("hide", "bruno")]
    assert [text.member for text in found.said] == ["bruno"]


def test_whom_the_others_send_out_nobody_who_chairs_sent_out() -> None:
    sitting = opened()
    sitting.do(1, GUIDE, ExclusionAllow(ExclusionRule()))
    sitting.do(2, "alba", ExclusionPropose("dora", "Grita.", "es"))
    sitting.do(70, "bruno", ExclusionSupport("dora"))
    sitting.do(71, GUIDE, MemberRemove("carla"))
    assert [(act.kind, act.by, act.member) for act in ledger(sitting).acts] == [("removal", GUIDE, "carla")]


def test_what_a_scribe_does_for_a_person_is_the_persons() -> None:
    sitting = opened()
    sitting.do(1, None, SeatGive("pen", "scribe", ("ca",), "ca"))
    sitting.do(1, None, SeatGive("carla", "citizen", ("ca",), "ca", scribe="pen"))
    for act in (HandRaise(), OfferAccept(), TurnYield()):
        sitting.do(2, "pen", ScribeAct("carla", act))
    assert ledger(sitting).acts == ()
