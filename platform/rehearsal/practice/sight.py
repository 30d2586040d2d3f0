"""A room folded from the frames that simulated members receive: the whole state, as every screen has it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from kernel import wire
from live.core.kinds import Recorded
from live.registry import EVENTS, kind_of
from rooms.core.types import RoomState


class Sight:
    """Fed by every client of a room; each event counts once."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.seq = 0
        self.room = RoomState()
        self._changed = asyncio.Event()

    def take(self, frame: Mapping[str, Any]) -> None:
        """Take notice of a frame of this room that is new."""
        if frame["stream"] != self.stream or frame["seq"] <= self.seq:
            return
        if frame["type"] == "snapshot":
            self.room = wire.decode(RoomState, frame["state"])
        elif frame["seq"] == self.seq + 1:
            self.room = self._after(frame)
        else:
            return  # its client asks for what lies between
        self.seq = frame["seq"]
        self._changed.set()

    def _after(self, frame: Mapping[str, Any]) -> RoomState:
        name, kind = kind_of(self.stream)
        event: Any = wire.decode(EVENTS[name.kind][frame["kind"]], frame["data"])
        state: RoomState = kind.evolve(
            self.room, Recorded(self.stream, frame["seq"], frame["at"], frame.get("by"), event)
        )
        return state

    async def changed(self, timeout_s: float) -> None:
        """Wait for the next event, or for so many real seconds."""
        self._changed.clear()
        try:
            async with asyncio.timeout(timeout_s):
                await self._changed.wait()
        except TimeoutError:
            return
