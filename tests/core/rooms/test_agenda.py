"""The agenda of a debate: an order that the chair changes while it runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.core import room as core
from rooms.core.agenda import MOST_POINTS, AgendaCommand, PointAdd, PointDrop, PointMove
from rooms.core.types import ItemOpen, RoomClose
from tests.core.rooms.sitting import GUIDE, RoomSitting, opened


def planned(*motions: str) -> RoomSitting:
    sitting = opened(mode="chaired")
    for second, motion in enumerate(motions):
        sitting.do(second, GUIDE, PointAdd(motion=motion))
    return sitting


def order(sitting: RoomSitting) -> list[str | None]:
    return [point.motion for point in sitting.room.agenda]


def key(sitting: RoomSitting, motion: str) -> str:
    return next(point.key for point in sitting.room.agenda if point.motion == motion)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-2, 9)), max_size=12))
def test_a_move_changes_one_place_as_in_a_list(moves: list[tuple[int, int]]) -> None:
    motions = ["a", "b", "c", "d", "e"]
    sitting, expected = planned(*motions), list(motions)
    for second, (number, to) in enumerate(moves, start=10):
        motion = motions[number]
        sitting.do(second, GUIDE, PointMove(key(sitting, motion), to))
        expected.remove(motion)
        expected.insert(max(0, min(to, len(motions) - 1)), motion)
        assert order(sitting) == expected


def test_what_is_opened_leaves_the_agenda_and_the_rest_stays() -> None:
    sitting = planned("a", "b", "c")
    assert sitting.do(10, GUIDE, ItemOpen(motion="b", point=key(sitting, "b"))) == ["item.opened"]
    assert (order(sitting), sitting.room.item_motion) == (["a", "c"], "b")
    sitting.do(11, GUIDE, ItemOpen("Something else", "en"))
    assert (order(sitting), sitting.room.item_motion) == (["a", "c"], None)


def test_a_motion_stands_there_once_and_a_title_is_read_by_all() -> None:
    sitting = planned("a")
    assert sitting.do(10, GUIDE, PointAdd(motion="a")) == []
    sitting.do(11, GUIDE, PointAdd("Break", "en"))
    title = sitting.room.agenda[-1].title
    assert title
    assert title in core.mentions(sitting.room)
    assert title in core.mentions(sitting.log[-1].event)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (PointMove("nothing", 0), "agenda.unknown"),
        (PointDrop("nothing"), "agenda.unknown"),
        (ItemOpen(point="nothing"), "agenda.unknown"),
        (PointAdd("Break"), "language.unknown"),
        (PointAdd("  ", "en"), "text.empty"),
        (PointAdd(motion="x" * 17), "motion.unknown"),
    ],
)
def test_what_cannot_be_planned_is_refused(command: AgendaCommand | ItemOpen, code: str) -> None:
    assert planned("a").refused(10, GUIDE, command) == code


def test_an_agenda_ends_somewhere_and_with_its_room() -> None:
    sitting = planned(*(f"m{number}" for number in range(MOST_POINTS)))
    assert sitting.refused(100, GUIDE, PointAdd(motion="more")) == "agenda.full"
    sitting.do(101, GUIDE, RoomClose())
    assert sitting.refused(102, GUIDE, PointDrop(key(sitting, "m1"))) == "room.not_open"
