"""The report of a practice: every figure can be counted again from the log, by another way."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from floor.core.commands import FloorGive, FloorPause, FloorResume, FloorSkip, MemberMute, TurnEnd, TurnExtend
from floor.core.events import FloorPaused, FloorResumed, HandRaised, TurnEnded, TurnExtended, TurnStarted
from kernel import wire
from kernel.errors import Refused
from rehearsal.core.cast import PARTS
from rehearsal.core.practice_report import PracticeReport, practice_report
from rooms.core.control import ContributionHide, ContributionRestore
from rooms.core.events import NoteMade
from rooms.core.poll import PollClose, PollOpen
from rooms.core.types import NoteMake, RoomClose
from tests.core.rehearsal.practising import BEGAN_MS, GUIDE, Rehearsed, events_of, started
from tests.core.rehearsal.test_behaviour import calls_everybody


def reported(room: Rehearsed) -> PracticeReport:
    return practice_report(
        room.log, room.calls, room.cast, guide=GUIDE, insults=room.insults(), minutes=6, ending="closed"
    )


def person(report: PracticeReport, part: str) -> Any:
    return next(each for each in report.people if each.part == part)


def test_an_insult_is_reported_with_how_long_it_stood() -> None:
    standing, hidden = started(), started()
    for room in (standing, hidden):
        room.play(120)
    (note,) = [said for said in hidden.room.said if said.member == "rude"]
    hidden.play(20)
    hidden.command(ContributionHide(note.words, "insult"), GUIDE)
    hidden.play(100)
    hidden.command(RoomClose(), GUIDE)
    standing.command(RoomClose(), GUIDE)
    (left,), (told,) = reported(standing).insults, reported(hidden).insults
    assert (left.hidden, left.reason, left.stood_ms) == (False, None, 120_000 - left.at)
    assert (told.hidden, told.reason, told.stood_ms) == (True, "insult", 140_000 - told.at)


def test_words_that_are_shown_again_stand_again() -> None:
    room = started()
    room.play(120)
    (note,) = [said for said in room.room.said if said.member == "rude"]
    room.command(ContributionHide(note.words, "mistake"), GUIDE)
    room.play(10)
    room.command(ContributionRestore(note.words), GUIDE)
    room.play(5)
    room.command(RoomClose(), GUIDE)
    (insult,) = reported(room).insults
    assert insult.stood_ms == 125_000 - insult.at


def test_hiding_what_the_script_holds_nothing_against_is_told_too() -> None:
    room = started()
    room.play(100)
    (note,) = [said for said in room.room.said if said.member == "alone"]
    room.command(ContributionHide(note.words, "unrelated"), GUIDE)
    assert [(each.member, each.at, each.reason) for each in reported(room).hidings] == [("alone", 100_000, "unrelated")]


def test_a_hand_waits_until_it_is_called_or_to_the_end() -> None:
    room = started()
    room.play(100)
    room.command(FloorGive("rude"), GUIDE)
    room.command(FloorSkip("alone"), GUIDE)
    room.play(10)
    room.command(RoomClose(), GUIDE)
    told = reported(room).waits
    waits = {wait.member: wait for wait in told if wait.member in ("rude", "talker")}
    raised = {record.event.member: record.at - BEGAN_MS for record in events_of(room, HandRaised)[:4]}
    taken = next(record.at for record in events_of(room, TurnStarted)) - BEGAN_MS
    assert waits["rude"].end == "called"
    assert waits["rude"].ms == taken - raised["rude"]
    assert (waits["talker"].ms, waits["talker"].end) == (110_000 - raised["talker"], "waiting")
    assert [wait.end for wait in told if wait.member == "alone"] == ["skipped", "waiting"]


def test_the_talk_before_and_after_an_act_is_the_whole_talk() -> None:
    room = started()
    room.play(5)
    room.command(FloorGive("talker"), GUIDE)
    room.play(60)
    room.command(TurnEnd(), GUIDE)
    room.play(60, calls_everybody)
    report = reported(room)
    (cut,) = [deed for deed in report.deeds if deed.kind == "cut"]
    assert cut.member == "talker"
    assert cut.before_ms == cut.before_all_ms > 55_000
    assert cut.before_ms + cut.after_ms == person(report, "talker").spoken_ms
    assert cut.before_all_ms + cut.after_all_ms == report.talk_ms
    assert person(report, "talker").cut == 1


def test_an_invitation_of_the_silent_one_is_told_with_its_moment() -> None:
    room = started()
    room.play(30)
    room.command(FloorGive("quiet"), GUIDE)
    room.play(30)
    report = reported(room)
    assert person(report, "quiet").invited == (30_000,)
    assert person(report, "quiet").turns == 1
    assert person(report, "alone").invited == ()


def test_help_that_is_answered_late_or_never() -> None:
    room = started()
    room.play(200)
    (call,) = room.calls
    assert [each.answered_ms for each in reported(room).helps] == [None]
    room.calls[0] = replace(call, answered_by=GUIDE, answered_at=call.at + 42_000)
    assert [each.answered_ms for each in reported(room).helps] == [42_000]


def test_who_lost_the_line_is_told_with_how_long() -> None:
    room = started()
    room.play(320)
    (absence,) = reported(room).absences
    assert absence.member == "lost"
    assert 15_000 <= (absence.ms or 0) <= 16_000  # gone after 30 s of silence, back after 45


def test_questions_and_notes_of_the_facilitator_are_counted() -> None:
    room = started()
    room.command(PollOpen("Yes?", ("yes", "no"), "en"), GUIDE)
    room.command(NoteMake("Thank you.", "en"), GUIDE)
    room.play(3)
    assert [each.answers for each in reported(room).asked] == [None]
    (poll,) = room.room.polls
    room.command(PollClose(poll), GUIDE)
    assert [each.answers for each in reported(room).asked] == [0]
    assert reported(room).guide_notes == 1


def test_nothing_has_happened_and_the_report_says_so() -> None:
    room = Rehearsed()
    room.begin()
    report = reported(room)
    assert (report.talk_ms, report.top_percent, report.gini_percent) == (0, 0, 0)
    assert (report.deeds, report.waits, report.insults, report.helps) == ((), (), (), ())


ACTS = st.sampled_from(
    [*(FloorGive(part) for part in PARTS), FloorSkip("rude"), MemberMute("talker"), TurnEnd(), TurnEnd(),
     TurnExtend(30), FloorPause(), FloorResume(), FloorResume()]
)  # fmt: skip


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 25), ACTS), max_size=10))
def test_every_figure_recounts_from_the_log(acts: list[tuple[int, object]]) -> None:
    room = started()
    for seconds, act in acts:
        room.play(seconds)
        with contextlib.suppress(Refused):
            room.command(act, GUIDE)
    room.play(20)
    room.command(RoomClose(), GUIDE)
    report = reported(room)
    spoken = spoken_by_hand(room)
    assert {each.key: each.spoken_ms for each in report.people} == {part: spoken[part] for part in PARTS}
    assert report.talk_ms == sum(spoken.values())
    starts = Counter(record.event.member for record in events_of(room, TurnStarted))
    assert {each.key: each.turns for each in report.people} == {part: starts[part] for part in PARTS}
    assert len(report.waits) == len(events_of(room, HandRaised))
    cuts = [record for record in events_of(room, TurnEnded) if record.event.reason == "chair"]
    assert sum(each.cut for each in report.people) == len(cuts)
    added = sum(record.event.seconds for record in events_of(room, TurnExtended))
    assert sum(each.extended_s for each in report.people) == added
    assert sum(each.notes for each in report.people) == len(events_of(room, NoteMade))
    assert all(deed.before_ms + deed.after_ms == spoken[deed.member] for deed in report.deeds)
    assert wire.decode(PracticeReport, wire.encode(report)) == report


def spoken_by_hand(room: Rehearsed) -> Counter[str]:
    """Seconds of speech from starts, ends and pauses alone."""
    spoken, speaker, since = Counter[str](), None, 0
    is_paused = False
    for record in room.log:
        match record.event:
            case TurnEnded(member=member) | TurnStarted(member=member):
                if speaker is not None and not is_paused:
                    spoken[speaker] += record.at - since
                speaker, since = (member if isinstance(record.event, TurnStarted) else None), record.at
            case FloorPaused() if speaker is not None:
                spoken[speaker] += record.at - since
        is_paused = isinstance(record.event, FloorPaused) or (is_paused and not isinstance(record.event, FloorResumed))
        since = record.at if isinstance(record.event, FloorResumed) else since
    return spoken
