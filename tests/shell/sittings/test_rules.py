"""Who drives a sitting and who follows it, and what its stream keeps."""

from __future__ import annotations

import dataclasses

import pytest

from kernel.wire import name_of
from live.core.actors import Standing
from live.doors import Door
from live.models import Event
from live.names import parse_name
from live.registry import DOORS
from sittings.commands import COMMANDS
from sittings.core.types import MessageSend, RoomsTell, SittingAdvance, SittingBegin, SittingClose
from sittings.kinds import SITTING
from sittings.models import Sitting
from tests.cast import Cast
from tests.factories import make_assembly, make_member
from tests.laws import assert_law
from tests.shell.sittings.meeting import Meeting
from translation.models import Passage, Rendering

pytestmark = pytest.mark.django_db


def doors() -> list[Door]:
    return [DOORS[name] for name in COMMANDS]


def test_its_chairs_and_organisers_drive_it_and_nobody_else(meeting: Meeting, cast: Cast) -> None:
    name, actors = parse_name(meeting.stream), cast.actors()
    actors |= {role: dataclasses.replace(actors["ana"], role=role) for role in ("chair", "organiser", "translator")}
    may = {who for who, actor in actors.items() if all(door.may(actor, name, None) for door in doors())}
    some = {who for who, actor in actors.items() if any(door.may(actor, name, None) for door in doors())}
    assert may == some == {"chair", "organiser"}


def test_nobody_drives_the_sitting_of_another_assembly(meeting: Meeting, cast: Cast) -> None:
    chair = dataclasses.replace(cast.actors()["ana"], role="chair", assembly=cast.assembly.pk + 1)
    assert not any(door.may(chair, parse_name(meeting.stream), None) for door in doors())


def test_every_member_follows_it_and_no_stranger(meeting: Meeting, cast: Cast) -> None:
    stranger = make_member(make_assembly(), "Ana")
    standings = {who: SITTING.standing(meeting.stream, actor) for who, actor in cast.actors().items()}
    assert set(standings.values()) == {Standing.READER}
    actor = dataclasses.replace(cast.actors()["ana"], key=stranger.key, assembly=stranger.assembly_id)
    assert SITTING.standing(meeting.stream, actor) is None


def test_what_rooms_say_has_no_door() -> None:
    assert name_of(RoomsTell) not in COMMANDS


def test_earlier_snapshot_and_events_give_the_later_snapshot(meeting: Meeting) -> None:
    assert assert_law(meeting.stream, lambda: meeting.do(1, SittingBegin())) == ["sitting.begun", "step.begun"]
    assert assert_law(meeting.stream, lambda: meeting.do(2, MessageSend("Hola", "es"))) == ["message.sent"]
    advance = SittingAdvance(meeting.step)
    assert assert_law(meeting.stream, lambda: meeting.do(3, advance)) == ["step.ended", "step.begun"]
    assert assert_law(meeting.stream, lambda: meeting.do(4, SittingClose(0))) == ["step.ended", "sitting.ended"]


def test_a_table_says_which_sittings_there_were(meeting: Meeting) -> None:
    meeting.do(1, SittingBegin())
    meeting.do(61, SittingClose(0))
    row = Sitting.objects.get()
    assert (row.number, row.began_at, row.ended_at) == (1, meeting.start + 1000, meeting.start + 61_000)


def test_a_message_is_wanted_in_every_language_of_the_assembly(meeting: Meeting) -> None:
    meeting.do(1, MessageSend("Volvemos a las once.", "es"))
    passage = Passage.objects.get(root=meeting.stream)
    assert set(Rendering.objects.filter(passage=passage).values_list("target", flat=True)) == {"ca", "fr"}
    assert Event.objects.get(kind="message.sent").data["words"]["lang"] == "es"
