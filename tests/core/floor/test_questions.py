"""A question to the speaker: their clock stands still meanwhile, and they have as much left afterwards as before."""

from __future__ import annotations

from floor.core.commands import (
    FloorGive,
    FloorPause,
    FloorResume,
    HandRaise,
    MemberLeave,
    OfferAccept,
    QuestionAllow,
    TurnEnd,
    TurnYield,
)
from floor.core.events import TurnStarted
from floor.core.types import Handover, Limits, Open, Speaking
from tests.core.floor.sitting import CHAIR, Sitting, at, opened

ASK = HandRaise("interposed", "question")


def speaking(*, limits: Limits | None = None) -> Sitting:
    """Alba has spoken for ten seconds, Carla waits, Bruno wants to ask her something."""
    sitting = opened(limits=limits)
    sitting.do(0, "alba", HandRaise())
    sitting.do(0, "alba", OfferAccept())
    sitting.do(5, "carla", HandRaise())
    sitting.do(10, "bruno", ASK)
    return sitting


def test_the_speaker_lets_a_question_in_and_goes_on_with_what_was_left() -> None:
    sitting = speaking(limits=Limits(spread_ms=600_000))
    ended_at = sitting.phase.ends_at if isinstance(sitting.phase, Speaking) else None
    sitting.do(20, "alba", QuestionAllow())
    assert sitting.events_of(TurnStarted)[-1].member == "bruno"
    sitting.do(32, "bruno", TurnYield())
    assert isinstance(sitting.phase, Handover)
    assert sitting.phase_at(35) == Speaking("alba", "normal", 1, at(15), (ended_at or 0) + 15_000)
    assert (sitting.seconds("alba"), sitting.seconds("bruno")) == (20, 12)


def test_the_chair_may_let_it_in_too() -> None:
    sitting = speaking()
    assert sitting.do(20, CHAIR, FloorGive("bruno"))[:2] == ["turn.suspended", "turn.started"]


def test_who_did_not_ask_a_question_does_not_interrupt() -> None:
    assert speaking().refused(20, CHAIR, FloorGive("carla")) == "floor.taken"


def test_only_the_speaker_and_only_while_somebody_asks() -> None:
    sitting = speaking()
    assert sitting.refused(20, "carla", QuestionAllow()) == "floor.not_yours"
    sitting.do(21, "alba", QuestionAllow())
    sitting.do(22, "bruno", TurnYield())
    sitting.advance(25)
    assert sitting.refused(26, "alba", QuestionAllow()) == "floor.no_hand"


def test_a_pause_in_a_question_moves_the_turn_that_stands_still_once() -> None:
    sitting = speaking()
    sitting.do(15, "alba", HandRaise())
    sitting.do(20, "alba", QuestionAllow())
    sitting.do(21, CHAIR, FloorPause())
    sitting.do(121, CHAIR, FloorResume())
    sitting.do(125, "bruno", TurnYield())
    sitting.advance(128)
    assert isinstance(sitting.phase, Speaking)
    own = next(each for each in sitting.floor.queue if each.member == "alba")
    assert (sitting.phase.since, own.asked_at) == (at(108), at(123))


def test_a_question_has_a_short_time_and_none_is_put_to_it() -> None:
    sitting = speaking()
    sitting.do(20, "alba", QuestionAllow())
    assert sitting.phase == Speaking("bruno", "interposed", 2, at(20), at(50), over_ms=-5_000, tag="question")
    sitting.do(21, "dora", ASK)
    assert sitting.refused(22, "bruno", QuestionAllow()) == "floor.taken"


def test_a_pause_in_the_question_costs_neither_of_them_anything() -> None:
    sitting = speaking(limits=Limits(gap_ms=0))
    sitting.do(20, "alba", QuestionAllow())
    sitting.do(25, CHAIR, FloorPause())
    sitting.do(125, CHAIR, FloorResume())
    sitting.do(130, CHAIR, TurnEnd())
    sitting.do(140, "alba", TurnYield())
    assert (sitting.seconds("alba"), sitting.seconds("bruno")) == (30, 10)


def test_who_finishes_or_leaves_during_the_question_does_not_come_back() -> None:
    for command, by in ((TurnYield(), "alba"), (MemberLeave("alba"), CHAIR)):
        sitting = speaking(limits=Limits(gap_ms=0))
        sitting.do(20, "alba", QuestionAllow())
        sitting.do(25, by, command)
        sitting.do(30, "bruno", TurnYield())
        assert not isinstance(sitting.phase, Open | Speaking)
        assert "turn.resumed" not in sitting.names()
        assert sitting.seconds("alba") == 20


def test_if_the_asker_is_lost_the_speaker_goes_on() -> None:
    sitting = speaking()
    sitting.do(20, "alba", QuestionAllow())
    sitting.do(24, CHAIR, MemberLeave("bruno"))
    phase = sitting.phase_at(27)
    assert isinstance(phase, Speaking)
    assert (phase.member, phase.since) == ("alba", at(7))


def test_a_hand_of_the_speaker_raised_before_the_question_still_waits_from_the_end_of_the_turn() -> None:
    sitting = speaking(limits=Limits(gap_ms=0))
    sitting.do(12, "alba", HandRaise())
    sitting.do(20, "alba", QuestionAllow())
    sitting.do(25, "bruno", TurnYield())
    sitting.do(30, "alba", TurnYield())
    assert {each.member: each.asked_at for each in sitting.floor.queue} == {"carla": at(5), "alba": at(30)}
