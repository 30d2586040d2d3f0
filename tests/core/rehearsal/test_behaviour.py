"""Simulated people behave as their parts say, whatever the facilitator does, and never ask for what is refused."""

from __future__ import annotations

import contextlib
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from floor.core.commands import (
    FloorGive,
    FloorPause,
    FloorResume,
    FloorSet,
    FloorSkip,
    HandRaise,
    ListClose,
    ListOpen,
    MemberMute,
    MemberUnmute,
    TurnEnd,
    TurnExtend,
    TurnYield,
)
from floor.core.events import SpeechStarted, SpeechStopped, TurnStarted
from floor.core.types import Open, Speaking
from kernel.errors import Refused
from rehearsal.core.behaviour import Call, Lose, Return, duration_ms
from rehearsal.core.cast import PARTS, Lines, tongues
from rehearsal.practice.scripts import scripts
from rooms.core.control import ContributionHide
from rooms.core.finding import FindingWrite
from rooms.core.poll import PollOpen
from rooms.core.step import ReadyDeclare, StepKind
from rooms.core.types import ContributionMake, MemberReadmit, MemberRemove, NoteMake
from tests.core.rehearsal.practising import GUIDE, Rehearsed, events_of, started


def calls_everybody(room: Rehearsed) -> None:
    """A facilitator who gives the floor to whoever waits longest."""
    if isinstance(room.room.floor.phase, Open) and room.room.floor.queue:
        room.command(FloorGive(room.room.floor.queue[0].member), GUIDE)


def test_nobody_speaks_unless_called_and_who_is_called_takes_the_floor() -> None:
    room = started()
    room.play(60)
    assert not events_of(room, TurnStarted)
    room.command(FloorGive("talker"), GUIDE)
    room.play(3)
    assert isinstance(room.room.floor.phase, Speaking)
    assert room.room.floor.phase.member == "talker"


def test_saying_a_sentence_takes_as_long_as_its_words() -> None:
    room = started()
    room.play(2)
    room.command(FloorGive("talker"), GUIDE)
    room.play(60)
    (begun,) = [record.at for record in events_of(room, TurnStarted)]
    said = [(at, deed) for at, deed in room.deeds_of("talker", ContributionMake)]
    first = said[0][1]
    assert isinstance(first, ContributionMake)
    assert duration_ms(first.text) <= said[0][0] - begun <= duration_ms(first.text) + 500


def test_who_likes_to_talk_talks_until_stopped_and_asks_again_at_once() -> None:
    free, cut = started(), started()
    for room in (free, cut):
        room.play(2)
        room.command(FloorGive("talker"), GUIDE)
        room.play(70)
    cut.command(TurnEnd(), GUIDE)
    assert isinstance(free.room.floor.phase, Speaking)
    assert len(free.deeds_of("talker", ContributionMake)) > 4
    asked = len(cut.deeds_of("talker", HandRaise))
    cut.play(5)
    assert len(cut.deeds_of("talker", HandRaise)) == asked + 1


def test_the_silent_one_speaks_only_when_invited() -> None:
    room = started()
    room.play(200, calls_everybody)
    assert room.deeds_of("quiet") == []
    while not isinstance(room.room.floor.phase, Open):
        room.play(1)
    room.command(FloorGive("quiet"), GUIDE)
    room.play(20)
    assert len(room.deeds_of("quiet", ContributionMake)) == 2
    assert len(room.deeds_of("quiet", TurnYield)) == 1


def test_in_a_round_the_silent_one_passes_and_everybody_else_says_a_sentence() -> None:
    room = started("chaired", 3, "round")
    room.play(180)
    spoke = Counter(by for _, by, deed in room.deeds if isinstance(deed, ContributionMake))
    assert spoke == {part: 1 for part in PARTS if part != "quiet"}


def test_a_point_of_order_comes_when_somebody_talks_too_long_while_others_wait() -> None:
    room = started()
    room.play(90)
    room.command(FloorGive("talker"), GUIDE)
    room.play(30)
    assert HandRaise("order") not in [deed for _, deed in room.deeds_of("orderly")]
    room.play(25)
    assert [deed for _, deed in room.deeds_of("orderly", HandRaise)] == [HandRaise("normal"), HandRaise("order")]


def test_the_rude_one_insults_again_unless_the_first_insult_was_hidden() -> None:
    hidden, standing = started(), started()
    for room in (hidden, standing):
        room.play(120)
        (note,) = [said for said in room.room.said if said.member == "rude"]
        if room is hidden:
            room.command(ContributionHide(note.words, "insult"), GUIDE)
        room.play(140)
    lines = scripts()["en"].people["rude"].notes
    assert [deed for _, deed in standing.deeds_of("rude", NoteMake)] == [NoteMake(line, "en") for line in lines[:2]]
    assert room_notes(hidden) == [lines[0], lines[2]]


def room_notes(room: Rehearsed) -> list[str]:
    return [deed.text for _, deed in room.deeds_of("rude", NoteMake) if isinstance(deed, NoteMake)]


def test_who_is_silenced_writes_nothing_until_allowed_again() -> None:
    room = started()
    room.command(MemberMute("rude"), GUIDE)
    room.play(200)
    assert room.deeds_of("rude") == []
    room.command(MemberUnmute("rude"), GUIDE)
    room.play(5)
    assert len(room_notes(room)) == 1


def test_a_line_is_lost_once_and_comes_back() -> None:
    room = started()
    room.play(300)
    assert [type(deed) for _, deed in room.deeds_of("lost", Lose, Return)] == [Lose, Return]
    (lost, _), (back, _) = room.deeds_of("lost", Lose, Return)
    assert 45_000 <= back - lost <= 46_000
    assert room.room.seats["lost"].present


def test_help_is_called_once() -> None:
    room = started()
    room.play(360)
    assert [type(deed) for _, deed in room.deeds_of("helpless", Call)] == [Call]


def test_everybody_answers_a_poll_once_and_says_when_they_are_ready() -> None:
    room = started(kind="vote", minutes=1)
    room.command(PollOpen("Open on Sundays?", (), "en"), GUIDE)
    room.play(40)
    assert Counter(by for by, _, _ in room.answers) == dict.fromkeys(PARTS, 1)
    assert {choice for _, _, choice in room.answers} == {0, 1, 2, 3, 4}
    assert room.room.step is not None
    assert room.room.step.is_done
    assert len([deed for _, _, deed in room.deeds if isinstance(deed, ReadyDeclare)]) >= 4


def test_most_of_them_agree_to_a_fair_sentence() -> None:
    room = started()
    room.command(FindingWrite("point", "Somebody should count the visitors on Mondays.", "en"), GUIDE)
    room.play(30)
    (finding,) = room.room.findings.values()
    assert finding.is_agreed
    assert "rude" not in finding.accepted


KINDS: tuple[StepKind, ...] = ("round", "discussion", "vote")
ACTS = st.sampled_from(
    [
        *(FloorGive(part) for part in PARTS),
        *(FloorSkip(part) for part in PARTS[:3]),
        *(MemberMute(part) for part in PARTS[:4]),
        *(MemberUnmute(part) for part in PARTS[:4]),
        MemberRemove("rude"), MemberReadmit("rude"), TurnEnd(), TurnExtend(30), FloorPause(), FloorResume(),
        ListClose(), ListOpen(), PollOpen("Yes?", ("yes", "no"), "en"),
        *(FloorSet(mode) for mode in ("chaired", "balanced", "open", "strict", "round", "free")),
    ]
)  # fmt: skip


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(1, 20), ACTS), max_size=10), st.sampled_from(["round", "discussion", "vote"]))
def test_whatever_the_facilitator_does_nobody_asks_for_what_is_refused(
    acts: list[tuple[int, object]], kind: str
) -> None:
    """A simulated act that the room refuses would raise here."""
    room = started(kind=kind)  # type: ignore[arg-type]
    for seconds, act in acts:
        room.play(seconds)
        with contextlib.suppress(Refused):
            room.command(act, GUIDE)
    room.play(60)
    assert not room.deeds_of("quiet", HandRaise, NoteMake)
    said = Counter(deed.text for _, _, deed in room.deeds if isinstance(deed, NoteMake))
    assert all(times == 1 for times in said.values())


def test_on_a_free_floor_they_speak_one_after_another() -> None:
    room = started("free")
    room.play(200)
    speaking, spoke = 0, set()
    for record in events_of(room, SpeechStarted, SpeechStopped):
        speaking += 1 if isinstance(record.event, SpeechStarted) else -1
        spoke.add(record.event.member)
        assert speaking <= 1
    assert len(spoke) >= 3
    assert "quiet" not in spoke


# --- languages and scripts


def test_the_first_language_is_the_facilitators_and_the_others_can_be_followed() -> None:
    pairs = {(one, other) for one in ("en", "es", "fr", "de") for other in ("en", "es", "fr", "de") if one != other}
    assert tongues("fr", ["en", "es", "fr"], pairs) == ("fr", "en", "es")
    assert tongues("de", ["en", "es", "fr"], pairs) == ("en", "es", "fr")
    assert tongues("fr", ["en", "es", "fr"], {("fr", "es"), ("es", "fr"), ("fr", "en")}) == ("fr", "es", "es")
    assert tongues("ar", ["ar", "en"], set()) == ("ar", "ar", "ar")


def test_every_language_has_the_same_parts_with_as_much_to_say() -> None:
    shapes = {
        lang: {part: _shape(lines) for part, lines in script.people.items()} for lang, script in scripts().items()
    }
    assert set(shapes) == {"ar", "ca", "en", "es", "fr", "it", "pt"}
    assert all(shape == shapes["en"] for shape in shapes.values())
    assert set(shapes["en"]) == set(PARTS)
    names = [lines.name for script in scripts().values() for lines in script.people.values()]
    assert len(set(names)) == len(names)


def _shape(lines: Lines) -> tuple[object, ...]:
    turns = [len(turn) for turn in lines.turns]
    return bool(lines.round), bool(lines.order), bool(lines.help), turns, len(lines.notes)
