"""Who enters a room, and how. What participants may do is decided by the room, who chairs by `facilitation`."""

from __future__ import annotations

from live.core.actors import Actor, Standing
from rooms.models import Room, Seat

READING_ROLES = ("organiser", "observer", "translator", "chair")
"""Who may read every room of their assembly without a seat."""


def seat_of(actor: Actor, room: int) -> Seat | None:
    """The actor's seat in this room, removed or not; one query."""
    return Seat.objects.filter(room=room, member__key=actor.key).first()


def standing(actor: Actor, room: int) -> Standing | None:
    """How an actor stands towards a room: those seated take part, the curious by office read, nobody else enters."""
    seat = seat_of(actor, room)
    if seat is not None and (seat.removed or seat.role != "observer"):
        return None if seat.removed else Standing.PARTICIPANT
    reads = seat is not None or actor.role in READING_ROLES
    return Standing.READER if reads and Room.objects.filter(pk=room, assembly=actor.assembly).exists() else None
