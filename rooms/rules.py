"""Who enters a room, and how. What participants may do is decided by the room, who chairs by `facilitation`."""

from __future__ import annotations

from live.core.actors import Actor, Standing
from live.folds import current, positions
from live.names import stream_name
from rooms.core.controlling import is_kept_out
from rooms.models import Room, Seat

READING_ROLES = ("organiser", "observer", "translator", "chair")
"""Who may read every room of their assembly without a seat."""


def seat_of(actor: Actor, room: int) -> Seat | None:
    """The actor's seat in this room, removed or not; one query."""
    return Seat.objects.filter(room=room, member__key=actor.key).first()


def is_locked_for(actor: Actor, room: int) -> bool:
    """Whether the room is locked and this actor was not inside: facilitators seated here and organisers come in all the
    same. At most two queries."""
    if actor.role == "organiser":
        return False
    found = positions([stream_name("room", room)])
    return bool(found) and is_kept_out(current(found[0]).state, actor.key)


def standing(actor: Actor, room: int) -> Standing | None:
    """How an actor stands towards a room: those seated take part, the curious by office read, nobody else enters; and
    while it is locked, only those inside."""
    place = place_of(actor, room)
    return None if place is None or is_locked_for(actor, room) else place


def place_of(actor: Actor, room: int) -> Standing | None:
    """The same of a room that is not locked."""
    seat = seat_of(actor, room)
    if seat is not None and (seat.removed or seat.role != "observer"):
        return None if seat.removed else Standing.PARTICIPANT
    reads = seat is not None or actor.role in READING_ROLES
    return Standing.READER if reads and Room.objects.filter(pk=room, assembly=actor.assembly).exists() else None
