"""A room as its members see it: each event counts once, whoever received it."""

from __future__ import annotations

import asyncio
from typing import Any

from rehearsal.view import RoomView
from tests.patience import PATIENCE_S


def event(seq: int, kind: str, **data: Any) -> dict[str, Any]:
    return {"type": "event", "stream": "room.1", "seq": seq, "at": seq * 1000, "kind": kind, "data": data}


def test_the_floor_goes_from_offer_to_turn_to_nobody() -> None:
    view = RoomView("room.1")
    view.take(event(1, "hand.raised", member="ana"))
    view.take(event(2, "floor.offered", member="ana"))
    assert (view.hands, view.offered, view.holder) == ({"ana"}, "ana", None)
    view.take(event(3, "turn.started", member="ana"))
    assert (view.hands, view.offered, view.holder, view.since) == (set(), None, "ana", 3000)
    view.take(event(4, "turn.ended", member="ana", reason="yielded"))
    assert view.holder is None


def test_the_same_event_from_another_client_changes_nothing() -> None:
    view = RoomView("room.1")
    for frame in (event(1, "turn.started", member="ana"), event(2, "turn.ended", member="ana", reason="yielded")):
        view.take(frame)
    view.take(event(1, "turn.started", member="ana"))
    assert (view.holder, view.seq) == (None, 2)


def test_other_streams_are_none_of_its_business() -> None:
    view = RoomView("room.1")
    view.take({**event(1, "turn.started", member="ana"), "stream": "room.2"})
    assert view.seq == 0


async def test_waiting_for_a_condition_ends_when_it_comes_true_or_time_is_over() -> None:
    view = RoomView("room.1")
    asyncio.get_running_loop().call_soon(view.take, event(1, "room.opened"))
    assert await view.until(lambda: view.is_open, timeout_s=PATIENCE_S)
    assert not await view.until(lambda: view.holder == "ana", timeout_s=0.01)
