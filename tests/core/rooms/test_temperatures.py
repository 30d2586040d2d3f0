"""The temperature of a draft: asked by the room itself, secret, ended by the clock, told of five at least."""

from __future__ import annotations

import pytest

from floor.core.commands import MemberLeave
from recommendations.core.drafting import DraftAccept, DraftSubmit, DraftWrite
from rooms.core.poll import LEAST_ANSWERS, TEMPERATURE_MS, Poll, PollClose, PollOpen, TemperatureAsk
from rooms.core.types import MemberRemove, RoomClose, ScribeAct, SeatGive
from tests.core.rooms.sitting import GUIDE, RoomSitting, at, opened

FIVE = ("alba", "bruno", "carla", "dora", "eva")
LENGTH = TEMPERATURE_MS / 1000


def written(*members: str) -> tuple[RoomSitting, str]:
    """An open room with one draft at version 1, written at second 1."""
    room = opened(*(members or FIVE))
    room.do(1, "alba", DraftWrite(None, 0, "", "Cerrar el centro.", "", "es"))
    return room, next(iter(room.room.drafts))


def poll(room: RoomSitting) -> Poll:
    return list(room.room.polls.values())[-1]


@pytest.mark.parametrize("by", ["bruno", GUIDE])
def test_whoever_writes_or_leads_here_asks_about_the_version_that_counts(by: str) -> None:
    room, draft = written()
    assert room.do(2, by, TemperatureAsk(draft, 1)) == ["poll.opened"]
    found = poll(room)
    assert (found.question, found.draft, found.version, found.choices) == (None, draft, 1, 5)
    assert found.closes_at == at(2 + LENGTH)


@pytest.mark.parametrize(
    ("counts", "told"),
    [((0, 1, 1, 1, 1), None), ((0, 1, 1, 1, 2), (0, 1, 1, 1, 2)), ((5, 0, 0, 0, 0), (5, 0, 0, 0, 0))],
)
def test_the_clock_ends_it_and_fewer_than_five_answers_are_not_told(
    counts: tuple[int, ...], told: tuple[int, ...] | None
) -> None:
    room, draft = written()
    room.do(2, "bruno", TemperatureAsk(draft, 1))
    room.gathered = counts
    room.advance(2 + LENGTH - 0.001)
    assert poll(room).is_open
    room.advance(2 + LENGTH)
    assert (poll(room).is_open, poll(room).answers, poll(room).counts) == (False, sum(counts), told)
    assert room.log[-1].at == at(2 + LENGTH)


def test_each_version_is_asked_about_once_and_a_newer_one_anew() -> None:
    room, draft = written()
    room.do(2, "bruno", TemperatureAsk(draft, 1))
    assert room.refused(3, "carla", TemperatureAsk(draft, 1)) == "poll.asked_already"
    room.advance(200)
    assert room.refused(201, "carla", TemperatureAsk(draft, 1)) == "poll.asked_already"
    room.do(202, "alba", DraftWrite(draft, 1, "", "Cerrar el centro los domingos.", "", "es"))
    assert room.refused(203, "carla", TemperatureAsk(draft, 1)) == "draft.outdated"
    assert room.do(204, "carla", TemperatureAsk(draft, 2)) == ["poll.opened"]


def test_a_version_written_meanwhile_leaves_the_question_about_the_one_before() -> None:
    room, draft = written()
    room.do(2, "bruno", TemperatureAsk(draft, 1))
    room.do(3, "alba", DraftWrite(draft, 1, "", "Cerrar el centro los domingos.", "", "es"))
    assert (poll(room).version, poll(room).is_open) == (1, True)


def test_a_room_too_small_to_be_told_anything_is_not_asked() -> None:
    room, draft = written(*FIVE[: LEAST_ANSWERS - 1])
    assert room.refused(2, "alba", TemperatureAsk(draft, 1)) == "poll.too_few"
    room.do(3, None, SeatGive("eva", "citizen", ("es",), "es"))
    assert room.do(4, "alba", TemperatureAsk(draft, 1)) == ["poll.opened"]


def test_who_was_sent_out_is_not_counted_among_those_who_may_answer_and_does_not_ask() -> None:
    room, draft = written()
    room.do(2, GUIDE, MemberRemove("eva"))
    assert room.refused(3, "alba", TemperatureAsk(draft, 1)) == "poll.too_few"
    assert room.refused(3, "eva", TemperatureAsk(draft, 1)) == "room.not_seated"


def test_who_asked_may_leave_and_the_question_goes_on() -> None:
    room, draft = written()
    room.do(2, "bruno", TemperatureAsk(draft, 1))
    room.do(3, None, MemberLeave("bruno"))
    assert poll(room).is_open


def test_a_draft_that_is_not_there_has_no_version_or_was_sent_is_not_asked_about() -> None:
    room, draft = written()
    assert room.refused(2, "alba", TemperatureAsk("nothing", 1)) == "draft.unknown"
    for member in FIVE[:3]:
        room.do(3, member, DraftAccept(draft, 1))
    room.do(4, "alba", DraftSubmit(draft, 1))
    assert room.refused(5, "alba", TemperatureAsk(draft, 1)) == "draft.closed"
    room.do(6, GUIDE, RoomClose())
    assert room.refused(7, "alba", TemperatureAsk(draft, 1)) == "room.not_open"


def test_it_waits_for_a_question_of_who_leads_and_makes_way_for_one() -> None:
    room, draft = written()
    room.do(2, GUIDE, PollOpen("Seguim?", (), "ca"))
    assert room.refused(3, "alba", TemperatureAsk(draft, 1)) == "poll.one_at_a_time"
    room.do(4, GUIDE, PollClose(poll(room).key))
    room.do(5, "alba", TemperatureAsk(draft, 1))
    room.gathered = (0, 0, 0, 3, 2)
    assert room.do(6, GUIDE, PollOpen("I ara?", (), "ca")) == ["poll.closed", "poll.opened"]
    temperature = next(each for each in room.room.polls.values() if each.draft)
    assert (temperature.is_open, temperature.counts) == (False, (0, 0, 0, 3, 2))


def test_a_time_without_service_is_given_back_to_it_alone() -> None:
    room, draft = written()
    room.do(2, "alba", TemperatureAsk(draft, 1))
    assert "poll.prolonged" in room.stall(10, 70)
    assert poll(room).closes_at == at(2 + LENGTH + 60)
    room.advance(300)
    assert "poll.prolonged" not in room.stall(301, 361)


def test_an_observer_of_the_room_does_not_ask() -> None:
    room, draft = written()
    room.do(2, None, SeatGive("olga", "observer", ("es",), "es"))
    assert room.refused(3, "olga", TemperatureAsk(draft, 1)) == "draft.not_yours"


def test_a_scribe_asks_for_their_person() -> None:
    room, draft = written()
    room.do(2, None, SeatGive("sam", "scribe", ("es",), "es"))
    room.do(2, None, SeatGive("eva", "citizen", ("es",), "es", scribe="sam"))
    assert room.do(3, "sam", ScribeAct("eva", TemperatureAsk(draft, 1))) == ["poll.opened"]
