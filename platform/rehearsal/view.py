"""A room as its members see it, as far as a player must know: who has the floor, and what became of a command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

Frame = Mapping[str, Any]


class RoomView:
    """Fed by every client of a room; each event counts once."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.seq = 0
        self.holder: str | None = None
        self.since = 0
        """Civic moment at which the running turn began."""
        self.ended = 0
        """Civic moment at which the last turn ended."""
        self.ended_by = ""
        self.offered: str | None = None
        self.hands: set[str] = set()
        self.is_open = False
        self.mode = ""
        self.limits: Mapping[str, int] = {}
        self._changed = asyncio.Event()

    def take(self, frame: Frame) -> None:
        """Take notice of a frame of this room that is new."""
        if frame["stream"] != self.stream:
            return
        self._changed.set()
        if frame["seq"] <= self.seq:
            return
        if frame["type"] == "event":
            self.seq = frame["seq"]
            self._fold(frame["kind"], frame["data"], frame["at"])
        elif self.seq == 0:
            self.seq = frame["seq"]
            self._start_from(frame["state"])

    def _start_from(self, state: Mapping[str, Any]) -> None:
        floor = state.get("floor", {})
        phase = floor.get("phase", {})
        self.is_open = state.get("phase") == "open"
        self.mode, self.limits = floor.get("mode", ""), floor.get("limits", {})
        self.hands = {request["member"] for request in floor.get("queue", ())}
        match phase.get("is"):
            case "speaking" | "wrapping":
                self.holder, self.since = phase["member"], phase["since"]
            case "offered" | "held" if not phase["is_accepted"]:
                self.offered = phase["member"]

    def _fold(self, kind: str, data: Mapping[str, Any], at: int) -> None:
        match kind:
            case "room.opened" | "room.closed":
                self.is_open = kind == "room.opened"
            case "floor.changed":
                self.mode, self.limits = data["mode"], data["limits"]
            case "hand.raised":
                self.hands.add(data["member"])
            case "hand.lowered":
                self.hands.discard(data["member"])
            case _:
                self._fold_turn(kind, data, at)

    def _fold_turn(self, kind: str, data: Mapping[str, Any], at: int) -> None:
        match kind:
            case "floor.offered" | "floor.held":
                self.offered = data["member"]
            case "offer.lapsed" | "offer.accepted":
                self.offered = None
            case "turn.started":
                self.holder, self.since, self.offered = data["member"], at, None
                self.hands.discard(data["member"])
            case "turn.ended":
                self.holder, self.ended, self.ended_by = None, at, data["reason"]

    async def until(self, condition: Callable[[], bool], *, timeout_s: float) -> bool:
        """Wait for a condition on this view; False when it did not come true in time."""
        try:
            async with asyncio.timeout(timeout_s):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True

    async def changed(self, timeout_s: float) -> None:
        """Wait for the next event, or for so many real seconds."""
        self._changed.clear()
        await self.until(self._changed.is_set, timeout_s=timeout_s)
