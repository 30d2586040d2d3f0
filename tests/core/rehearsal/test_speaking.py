"""Speaking time is folded from events, pauses and overlaps included."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from rehearsal.core.speaking import gini, speaking, turns_of


def event(at: int, kind: str, **data: Any) -> dict[str, Any]:
    return {"at": at, "kind": kind, "data": data}


def test_a_turn_lasts_from_its_start_to_its_end() -> None:
    turns = turns_of([event(1000, "turn.started", member="ana"), event(4000, "turn.ended", member="ana")])
    assert [(turn.member, turn.milliseconds) for turn in turns] == [("ana", 3000)]


def test_a_pause_of_the_floor_is_nobodys_time() -> None:
    events = [
        event(0, "turn.started", member="ana"),
        event(1000, "floor.paused"),
        event(9000, "floor.resumed"),
        event(9500, "turn.ended", member="ana"),
    ]
    assert turns_of(events)[0].milliseconds == 1500


def test_overlapping_speech_counts_for_each_speaker() -> None:
    events = [
        event(0, "speech.started", member="ana"),
        event(2000, "speech.started", member="bo"),
        event(3000, "speech.stopped", member="ana"),
        event(5000, "speech.stopped", member="bo"),
    ]
    figures = speaking(turns_of(events), ["ana", "bo", "cem"])
    assert figures.milliseconds == {"ana": 3000, "bo": 3000, "cem": 0}
    assert (figures.with_speech_ms, figures.overlapped_ms) == (5000, 1000)
    assert figures.longest == (3000, "ana")


def test_who_is_not_on_the_roster_has_no_account() -> None:
    events = [event(0, "turn.started", member="guest"), event(9000, "turn.ended", member="guest")]
    assert speaking(turns_of(events), ["ana"]).total_ms == 0


def test_calls_that_depart_from_the_policy_are_counted() -> None:
    events = [
        event(0, "turn.started", member="ana", departs=True),
        event(1, "turn.ended", member="ana"),
        event(2, "turn.started", member="bo", departs=False),
        event(3, "turn.ended", member="bo"),
    ]
    assert speaking(turns_of(events), ["ana", "bo"]).departures == 1


def test_over_and_under_the_fair_share() -> None:
    events = [
        event(0, "turn.started", member="ana"),
        event(8000, "turn.ended", member="ana"),
        event(8000, "turn.started", member="bo"),
        event(9000, "turn.ended", member="bo"),
    ]
    figures = speaking(turns_of(events), ["ana", "bo", "cem"])
    assert (figures.beyond(Fraction(3, 2)), figures.below(Fraction(1, 2))) == (("ana",), ("bo", "cem"))


def test_gini_is_0_for_equals_and_near_1_for_one_speaker() -> None:
    assert gini([5, 5, 5]) == 0
    assert gini([0, 0, 0, 8]) == 0.75
    assert gini([]) == 0
