"""Who drives the sitting of an assembly, and who follows it."""

from __future__ import annotations

from typing import Any

from live.core.actors import Actor, Standing
from live.names import StreamName

DRIVERS = ("chair", "organiser")


def may_drive(actor: Actor, stream: StreamName, command: Any = None) -> bool:
    """Plan, begin, go on, extend, close and tell all rooms: its chairs and organisers, nobody else. A facilitator's
    rooms are that facilitator's, the sitting is not."""
    return stream.kind == "sitting" and stream.id == actor.assembly and actor.role in DRIVERS


def standing(actor: Actor, stream: StreamName) -> Standing | None:
    """Every member of the assembly reads along; being there is a fact of rooms and plenary, not of the sitting."""
    return Standing.READER if stream.id == actor.assembly else None
