"""A poll: one at a time, and nothing told of few answers."""

from __future__ import annotations

import pytest

from rooms.core import room as core
from rooms.core.poll import SCALE, PollClose, PollOpen
from rooms.core.types import RoomClose
from tests.core.rooms.sitting import GUIDE, RoomSitting, opened


def asked(*options: str) -> tuple[RoomSitting, str]:
    room = opened()
    room.do(1, GUIDE, PollOpen("Seguim?", options, "ca"))
    return room, next(iter(room.room.polls))


@pytest.mark.parametrize(("counts", "told"), [((2, 2), None), ((5, 0), (5, 0)), ((3, 2), (3, 2)), ((0, 0), None)])
def test_with_fewer_than_five_answers_only_their_number_is_told(
    counts: tuple[int, ...], told: tuple[int, ...] | None
) -> None:
    room, key = asked("Sí", "No")
    room.gathered = counts
    room.do(2, GUIDE, PollClose(key))
    poll = room.room.polls[key]
    assert (poll.is_open, poll.answers, poll.counts) == (False, sum(counts), told)


def test_without_options_it_is_the_scale_of_five() -> None:
    room, key = asked()
    assert (room.room.polls[key].options, room.room.polls[key].choices) == ((), SCALE)


def test_one_question_at_a_time() -> None:
    room, key = asked()
    assert room.refused(2, GUIDE, PollOpen("I ara?", (), "ca")) == "poll.one_at_a_time"
    room.do(3, GUIDE, PollClose(key))
    assert room.do(4, GUIDE, PollOpen("I ara?", (), "ca")) == ["poll.opened"]


def test_closing_twice_says_nothing_new() -> None:
    room, key = asked()
    assert [room.do(second, GUIDE, PollClose(key)) for second in (2, 3)] == [["poll.closed"], []]


@pytest.mark.parametrize("options", [("Sí",), tuple("abcdefgh")])
def test_one_answer_is_no_choice_and_eight_are_too_many(options: tuple[str, ...]) -> None:
    assert opened().refused(1, GUIDE, PollOpen("Seguim?", options, "ca")) == "poll.bad_options"


def test_nobody_is_asked_in_a_room_that_is_not_open() -> None:
    room = opened()
    room.do(1, GUIDE, RoomClose())
    assert room.refused(2, GUIDE, PollOpen("Seguim?", (), "ca")) == "room.not_open"


def test_a_reader_needs_the_words_of_question_and_answers() -> None:
    room, key = asked("Sí", "No")
    poll = room.room.polls[key]
    assert {poll.question, *poll.options} <= set(core.mentions(room.room))
    assert [list(core.mentions(entry.event)) for entry in room.log[-3:]] == [
        [each] for each in (poll.question, *poll.options)
    ]
