"""Mode `free`: no queue, several may speak, everybody's time is counted, nobody is cut."""

from __future__ import annotations

from floor.core.commands import (
    FloorGive,
    FloorPause,
    HandRaise,
    MemberMute,
    SpeechStart,
    SpeechStop,
)
from floor.core.machine import next_deadline, owed_ms
from tests.core.floor.sitting import CHAIR, at, opened


def test_overlapping_speech_counts_for_each() -> None:
    sitting = opened("alba", "bruno", "carla", "dora", mode="free")
    sitting.do(10, "alba", SpeechStart())
    sitting.do(20, "bruno", SpeechStart())
    sitting.do(30, "alba", SpeechStop())
    sitting.do(50, "bruno", SpeechStop())
    assert (sitting.seconds("alba"), sitting.seconds("bruno"), sitting.floor.idle_ms) == (20, 30, 10_000)
    assert [owed_ms(sitting.floor, member, at(50)) for member in ("alba", "bruno", "carla")] == [-7500, -17_500, 12_500]


def test_nobody_is_cut_however_long_they_speak() -> None:
    sitting = opened(mode="free")
    sitting.do(0, "alba", SpeechStart())
    assert next_deadline(sitting.floor) is None
    sitting.do(5000, "alba", SpeechStop())
    assert sitting.seconds("alba") == 5000


def test_starting_or_stopping_twice_changes_nothing() -> None:
    sitting = opened(mode="free")
    sitting.do(0, "alba", SpeechStart())
    assert sitting.do(1, "alba", SpeechStart()) == []
    sitting.do(2, "alba", SpeechStop())
    assert sitting.do(3, "alba", SpeechStop()) == []


def test_a_yes_in_between_is_time_but_no_turn() -> None:
    sitting = opened(mode="free")
    sitting.do(0, "alba", SpeechStart())
    sitting.do(1, "bruno", SpeechStart())
    sitting.do(1.9, "bruno", SpeechStop())
    sitting.do(3, "alba", SpeechStop())
    people = sitting.floor.people
    assert (people["alba"].total_turns, people["bruno"].total_turns, sitting.seconds("bruno")) == (1, 0, 0.9)


def test_there_is_no_queue() -> None:
    sitting = opened(mode="free")
    assert sitting.refused(1, "alba", HandRaise()) == "floor.no_queue"
    assert sitting.refused(1, CHAIR, FloorGive("alba")) == "floor.no_queue"


def test_speech_is_reported_only_where_it_is_free() -> None:
    assert opened().refused(1, "alba", SpeechStart()) == "floor.not_free"


def test_the_muted_do_not_speak() -> None:
    sitting = opened(mode="free")
    sitting.do(1, "alba", SpeechStart())
    assert sitting.do(2, CHAIR, MemberMute("alba")) == ["speech.stopped", "member.muted"]
    assert sitting.refused(3, "alba", SpeechStart()) == "floor.muted"


def test_a_pause_stops_all_speech() -> None:
    sitting = opened(mode="free")
    sitting.do(1, "bruno", SpeechStart())
    sitting.do(1, "alba", SpeechStart())
    assert sitting.do(2, CHAIR, FloorPause()) == ["speech.stopped", "speech.stopped", "floor.paused"]
    assert sitting.refused(3, "alba", SpeechStart()) == "floor.paused"
