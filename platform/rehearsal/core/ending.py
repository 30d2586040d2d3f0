"""When a practice is over, and why."""

from __future__ import annotations

from typing import Literal

from rooms.core.types import RoomState

Ending = Literal["closed", "left", "never", "time", "server"]
"""The room was closed, by the facilitator or by its run of show; the facilitator left; never came; it went on for too
long; the server stopped."""
AWAY_MS = 120_000
"""How long a facilitator may be gone, counted from when the room knows it."""
NEVER_MS = 300_000
"""How long a practice waits for its facilitator to come at all."""
OVERTIME_MS = 180_000
"""How long steps that were made longer may make the whole."""


def ending_of(room: RoomState, *, waiting_since: int, away_since: int | None, length_ms: int, at: int) -> Ending | None:
    """Why the practice is over at `at`; None while it is not."""
    if room.phase == "closed":
        return "closed"
    if room.opened_at is None:
        return "never" if at >= waiting_since + NEVER_MS else None
    if away_since is not None and at >= away_since + AWAY_MS:
        return "left"
    return "time" if at >= room.opened_at + length_ms + OVERTIME_MS else None
