"""Rooms follow the sitting, whenever a process dies and however often they are told."""

from __future__ import annotations

import pytest

from assemblies.models import Assembly
from floor.core.commands import MemberArrive
from floor.core.types import Paused
from live import outages
from live.models import Event
from live.queries import words
from live.services import submit
from rooms import services as rooms
from rooms.core.poll import PollOpen
from rooms.core.step import ReadyDeclare, StepExtend, StepFinish
from rooms.models import Room
from sittings import conductor, queries, services
from sittings.core.sitting import current_step
from sittings.core.types import (
    SittingBegin,
    SittingClose,
    SittingExtend,
    SittingPace,
    SittingPrepare,
    StepAdd,
    StepMove,
    StepPlan,
)
from tests.cast import Cast
from tests.shell.sittings.meeting import Meeting, state
from translation import queries as texts
from translation.replacing import sign

pytestmark = pytest.mark.django_db


def events() -> int:
    return Event.objects.count()


def test_all_rooms_open_and_take_the_first_step_together(meeting: Meeting, room: Room, other: Room) -> None:
    meeting.begin()
    assert [state(each).phase for each in (room, other)] == ["open", "open"]
    assert meeting.kinds() == ["discussion", "discussion"]
    opened = Event.objects.filter(kind="room.opened").values_list("by", flat=True)
    assert set(opened) == {"account.1"}


def test_a_killed_process_leaves_rooms_that_any_other_tells_later(meeting: Meeting) -> None:
    meeting.begin()
    meeting.next(60)
    assert meeting.kinds() == ["discussion", "discussion"]
    assert queries.with_rooms_to_tell() == [meeting.assembly.pk]
    meeting.conduct()
    assert meeting.kinds() == ["break", "break"]


def test_a_process_killed_between_two_rooms_leaves_one_to_tell(
    meeting: Meeting, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting.begin()
    meeting.next(60)
    only = queries.rooms_to_tell
    monkeypatch.setattr(queries, "rooms_to_tell", lambda *asked: only(*asked)[:1])
    meeting.conduct()
    assert meeting.kinds() == ["break", "discussion"]
    monkeypatch.undo()
    meeting.conduct()
    assert meeting.kinds() == ["break", "break"]


def test_a_step_that_nobody_could_see_does_not_end(
    meeting: Meeting, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is down from minute 3 to minute 23; steps of ten minutes give way by themselves."""
    meeting.do(0, SittingPace(True))
    meeting.begin()
    meeting.do(100, SittingClose(25))
    minute = 60_000
    monkeypatch.setattr(outages, "_known", [outages.Outage(meeting.start + 3 * minute, meeting.start + 23 * minute)])
    meeting.pass_deadlines(23 * 60)
    assert (meeting.state.ends_at, meeting.state.closes_at) == (
        meeting.start + 30 * minute,
        meeting.start + 100_000 + 45 * minute,
    )
    meeting.conduct()
    step = state(room).step
    assert (meeting.kinds(), step and step.ends_at) == (["discussion", "discussion"], meeting.start + 30 * minute)
    meeting.pass_deadlines(30 * 60)
    assert current_step(meeting.state) == meeting.state.agenda[1]


def test_a_step_that_had_run_over_before_is_not_made_longer(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting.begin()
    monkeypatch.setattr(outages, "_known", [outages.Outage(meeting.start + 700_000, meeting.start + 900_000)])
    meeting.pass_deadlines(900)
    assert meeting.state.ends_at == meeting.start + 600_000


def test_telling_twice_is_telling_once(meeting: Meeting) -> None:
    meeting.begin()
    meeting.next(60)
    meeting.conduct()
    assert queries.rooms_to_tell(meeting.assembly.pk, meeting.state, meeting.start) == []
    before = events()
    meeting.conduct()
    assert events() == before


def test_rooms_hear_of_the_end_even_when_the_next_sitting_is_planned_already(meeting: Meeting, room: Room) -> None:
    meeting.begin()
    meeting.do(60, SittingClose(0))
    meeting.do(61, SittingPrepare())
    assert queries.with_rooms_to_tell() == [meeting.assembly.pk]
    meeting.conduct()
    assert [each.stage for each in Room.objects.all()] == ["closed", "closed"]
    assert queries.with_rooms_to_tell() == []


def test_a_room_opened_again_after_the_end_stays_open(meeting: Meeting, room: Room) -> None:
    meeting.begin()
    meeting.do(60, SittingClose(0))
    meeting.conduct()
    rooms.open_room(room)
    meeting.conduct()
    assert state(room).phase == "open"


def test_a_room_that_was_never_part_of_it_is_not_closed(meeting: Meeting, cast: Cast) -> None:
    meeting.begin()
    meeting.do(60, SittingClose(0))
    meeting.conduct()
    later = rooms.create_room(cast.assembly)
    rooms.open_room(later)
    meeting.conduct()
    assert state(later).phase == "open"


def test_a_room_opened_meanwhile_takes_the_step_and_one_that_waits_goes_on_waiting(
    meeting: Meeting, cast: Cast
) -> None:
    meeting.begin()
    late, planned = rooms.create_room(cast.assembly), rooms.create_room(cast.assembly)
    rooms.open_room(late)
    meeting.conduct()
    assert meeting.kinds() == ["discussion", "discussion", "discussion", None]
    assert state(planned).phase == "waiting"


def test_a_minute_more_reaches_every_room(meeting: Meeting, room: Room) -> None:
    meeting.begin()
    ends_at = meeting.state.ends_at or 0
    meeting.do(10, SittingExtend(meeting.step, 60))
    meeting.conduct()
    step = state(room).step
    assert step is not None
    assert step.ends_at == ends_at + 60_000


def test_a_room_that_was_given_more_time_follows_when_that_is_over(
    meeting: Meeting, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting.begin()
    submit(room.stream, StepExtend(meeting.step, 60), by="fatou")
    meeting.next(600)
    monkeypatch.setattr("kernel.clock.now", lambda: meeting.start + 630_000)
    meeting.conduct()
    assert meeting.kinds() == ["discussion", "break"]
    monkeypatch.setattr("kernel.clock.now", lambda: meeting.start + 661_000)
    meeting.conduct()
    assert meeting.kinds() == ["break", "break"]


def test_a_step_cut_short_is_cut_short_for_all(meeting: Meeting, room: Room) -> None:
    meeting.begin()
    submit(room.stream, StepExtend(meeting.step, 60), by="fatou")
    meeting.next(60)
    meeting.conduct()
    assert meeting.kinds() == ["break", "break"]


def test_a_room_in_a_break_stands_still(meeting: Meeting, room: Room) -> None:
    meeting.begin()
    meeting.next(60)
    meeting.conduct()
    assert isinstance(state(room).floor.phase, Paused)


def test_the_sitting_hears_which_rooms_are_ready(meeting: Meeting, cast: Cast, room: Room, other: Room) -> None:
    meeting.begin()
    submit(other.stream, MemberArrive(cast.chen.key))
    submit(other.stream, ReadyDeclare(meeting.step), by=cast.chen.key)
    meeting.conduct()
    assert (meeting.state.ready, meeting.state.open_rooms) == ((other.pk,), 2)
    submit(room.stream, StepFinish(meeting.step), by=cast.fatou.key)
    meeting.conduct()
    assert meeting.state.ready == (room.pk, other.pk)
    assert meeting.kinds() == ["discussion", "discussion"]


def test_where_steps_give_way_by_themselves_all_rooms_ready_go_on(
    meeting: Meeting, cast: Cast, room: Room, other: Room
) -> None:
    meeting.begin()
    meeting.do(1, SittingPace(by_itself=True))
    for each in (room, other):
        submit(each.stream, StepFinish(meeting.step), by=cast.fatou.key)
    meeting.conduct()
    meeting.conduct()
    assert meeting.kinds() == ["break", "break"]


def test_a_temperature_check_asks_its_title_once_and_ends_with_its_step(meeting: Meeting, room: Room) -> None:
    asked = StepAdd(StepPlan("temperature", 60_000), "¿Vamos bien?", "es")
    meeting.do(0, asked)
    key = meeting.state.agenda[-1].key
    for _ in range(2):
        meeting.do(0, StepMove(key, "earlier"))
    meeting.begin()
    meeting.next(10)
    for _ in range(2):
        Room.objects.update(step_seq=0)
        meeting.conduct()
    (poll,) = state(room).polls.values()
    assert (poll.is_open, poll.options) == (True, ())
    meeting.next(20)
    meeting.conduct()
    assert [each.is_open for each in state(room).polls.values()] == [False]


@pytest.mark.parametrize(("lang", "question"), [("es", "¿Cómo se siente"), ("eu", "How do you feel")])
def test_a_temperature_check_without_a_question_asks_the_usual_one(
    meeting: Meeting, room: Room, cast: Cast, lang: str, question: str
) -> None:
    Assembly.objects.update(lang=lang)
    meeting.do(0, StepAdd(StepPlan("temperature", 60_000), "", "es"))
    meeting.begin()
    for minute in (10, 20, 30):
        meeting.next(minute)
    meeting.conduct()
    (poll,) = state(room).polls.values()
    (asked,) = words([poll.question or ""]).values()
    assert (asked.text.startswith(question), asked.lang) == (True, "es" if lang == "es" else "en")


def test_what_was_signed_of_a_question_stands_in_every_room_that_is_asked_it(
    meeting: Meeting, room: Room, other: Room, cast: Cast
) -> None:
    meeting.do(0, StepAdd(StepPlan("temperature", 60_000), "¿Vamos bien?", "es"))
    title = str(meeting.state.agenda[-1].title)
    sign(meeting.stream, title, "Est-ce que ça va ?", lang="fr", by=cast.otto.key)
    meeting.begin()
    submit(other.stream, PollOpen("¿Seguimos?", (), "es"), by=cast.fatou.key)
    for minute in (10, 20, 30):
        meeting.next(minute)
    meeting.conduct()
    (asked,), (another,) = ([poll.question or "" for poll in state(each).polls.values()] for each in (room, other))
    assert texts.shown(other.stream, [another], "fr") == {}
    shown = texts.shown(room.stream, [asked], "fr")[asked]
    assert (shown.text, shown.label) == ("Est-ce que ça va ?", {"status": "signed"})


def test_a_process_without_sockets_conducts_at_once(meeting: Meeting) -> None:
    meeting.begin()
    meeting.next(60)
    conductor.wake(meeting.assembly.pk)
    assert meeting.kinds() == ["break", "break"]


@pytest.mark.django_db(transaction=True)
def test_rooms_are_told_after_the_commit(meeting: Meeting) -> None:
    meeting.do(0, SittingBegin())
    assert meeting.kinds() == ["discussion", "discussion"]
    meeting.next(60)
    assert meeting.kinds() == ["break", "break"]


def test_an_assembly_without_a_plan_has_nothing_to_conduct(cast: Cast, room: Room) -> None:
    services.create_sitting(cast.assembly.pk)
    before = events()
    services.conduct(cast.assembly.pk)
    assert (events(), queries.with_rooms_to_tell()) == (before, [])
