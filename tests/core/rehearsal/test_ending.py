"""A practice ends by itself: when the room is closed, when its facilitator is gone or never came, when it is late."""

from __future__ import annotations

from rehearsal.core.ending import AWAY_MS, NEVER_MS, OVERTIME_MS, Ending, ending_of
from rooms.core.types import RoomClose, RoomState
from tests.core.rehearsal.practising import BEGAN_MS, GUIDE, MINUTE_MS, started


def ending(room: RoomState, after_ms: int, *, away_since: int | None = None) -> Ending | None:
    return ending_of(
        room, waiting_since=BEGAN_MS, away_since=away_since, length_ms=6 * MINUTE_MS, at=BEGAN_MS + after_ms
    )


def test_a_room_that_is_closed_has_ended() -> None:
    room = started()
    assert ending(room.room, 1000) is None
    room.command(RoomClose(), GUIDE)
    assert ending(room.room, 1000) == "closed"


def test_who_is_gone_for_two_minutes_has_left_and_who_comes_back_has_not() -> None:
    room = started().room
    assert ending(room, AWAY_MS - 1, away_since=BEGAN_MS) is None
    assert ending(room, AWAY_MS, away_since=BEGAN_MS) == "left"
    assert ending(room, AWAY_MS + MINUTE_MS, away_since=BEGAN_MS + MINUTE_MS + 1) is None


def test_a_room_waits_five_minutes_for_its_facilitator() -> None:
    waiting = RoomState()
    assert ending(waiting, NEVER_MS - 1, away_since=BEGAN_MS) is None
    assert ending(waiting, NEVER_MS, away_since=BEGAN_MS) == "never"


def test_steps_that_are_made_longer_make_the_whole_three_minutes_longer_at_most() -> None:
    room = started().room
    assert ending(room, 6 * MINUTE_MS + OVERTIME_MS - 1) is None
    assert ending(room, 6 * MINUTE_MS + OVERTIME_MS) == "time"
