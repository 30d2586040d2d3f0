"""Who met whom follows from who was in the open room at the same time."""

from __future__ import annotations

from floor.core.events import MemberArrived, MemberLeft
from rooms.core.events import RoomClosed, RoomOpened
from rooms.core.meeting import met_in

PEOPLE = ("a", "b", "c")


def pairs(*events: MemberArrived | MemberLeft | RoomOpened | RoomClosed) -> set[str]:
    return {"".join(sorted(pair)) for pair in met_in(events, PEOPLE)}


def test_those_who_wait_together_meet_when_the_room_opens() -> None:
    waiting = (MemberArrived("a"), MemberArrived("b"), MemberArrived("o"))
    assert (pairs(*waiting), pairs(*waiting, RoomOpened())) == (set(), {"ab"})


def test_who_comes_after_somebody_left_or_the_room_closed_has_not_met_them() -> None:
    here = (RoomOpened(), MemberArrived("a"), MemberArrived("b"), MemberLeft("a"))
    assert pairs(*here, MemberArrived("c")) == {"ab", "bc"}
    assert pairs(*here, RoomClosed(600_000), MemberArrived("c")) == {"ab"}
