"""Steps of a programme on the database: the law, and what the table of rooms says of them."""

from __future__ import annotations

import pytest

from live.services import submit
from rooms.core.step import StepExtend, StepFinish, StepLeave, StepTake
from rooms.models import Room
from tests.cast import Cast
from tests.laws import assert_law
from tests.shell.rooms.play import Talk

pytestmark = pytest.mark.django_db


def row(room: Room) -> tuple[str, int, bool, int]:
    room.refresh_from_db()
    return room.step, room.step_seq, room.is_step_done, room.step_until


def test_the_table_says_at_which_step_a_room_is_and_how_long_it_stays(room: Room, cast: Cast) -> None:
    start = Talk(room, cast).start
    submit(room.stream, StepTake(3, "a", "draft", start + 60_000, 60_000))
    assert row(room) == ("a", 3, False, 0)
    submit(room.stream, StepExtend("a", 60), by=cast.fatou.key)
    submit(room.stream, StepFinish("a"), by=cast.fatou.key)
    assert row(room) == ("a", 3, True, start + 120_000)
    submit(room.stream, StepLeave(9))
    assert row(room) == ("", 9, False, 0)
    assert room.stage == "closed"


def test_earlier_snapshot_and_events_give_the_later_snapshot(room: Room, cast: Cast) -> None:
    Talk(room, cast)
    steps = [StepTake(3, "a", "round", 9, 9), StepTake(4, "a", "round", 99, 9), StepTake(5, "b", "break", 9, 9)]
    names = [assert_law(room.stream, lambda: submit(room.stream, step)) for step in steps]  # noqa: B023
    assert [name[0] for name in names] == ["step.taken", "step.timed", "step.taken"]
