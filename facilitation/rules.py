"""Who may chair a room: the facilitators who sit in it, and the organisers of its assembly."""

from __future__ import annotations

from typing import Any

from live.core.actors import Actor
from live.names import StreamName
from rooms.models import Room
from rooms.rules import seat_of


def may_chair(actor: Actor, stream: StreamName, command: Any = None) -> bool:
    """Give and end the floor, pause, mute, remove, open items, open and close the room."""
    if stream.kind != "room":
        return False
    if actor.role == "organiser":
        return Room.objects.filter(pk=stream.id, assembly=actor.assembly).exists()
    seat = seat_of(actor, stream.id)
    return seat is not None and not seat.removed and seat.role == "facilitator"
