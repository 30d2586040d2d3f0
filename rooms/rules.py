"""Who enters a room, and how. What participants may do is decided by the room, who chairs by `facilitation`."""

from __future__ import annotations

from typing import Any

from live.core.actors import Actor, Standing
from live.folds import current, positions
from live.names import StreamName, stream_name
from rooms.core.controlling import is_kept_out
from rooms.models import Room, Seat
from rooms.said import earlier

READING_ROLES = ("organiser", "observer", "translator", "chair")
"""Who may read every room of their assembly without a seat."""


def seat_of(actor: Actor, room: int) -> Seat | None:
    """The actor's seat in this room, removed or not; one query."""
    return Seat.objects.filter(room=room, member__key=actor.key).first()


def was_sent_out(actor: Actor, room: int) -> bool:
    """Whether the actor sat here and may not come in again for now; one query."""
    seat = seat_of(actor, room)
    return seat is not None and seat.removed


def is_locked_for(actor: Actor, room: int) -> bool:
    """Whether the room is locked and this actor was not inside: who leads or reads comes in all the same. At most two
    queries."""
    if actor.role in READING_ROLES:
        return False
    found = positions([stream_name("room", room)])
    return bool(found) and is_kept_out(current(found[0]).state, actor.key)


def may_withdraw(actor: Actor, stream: StreamName, command: Any) -> bool:
    """Take these words back: whoever takes part in the room may ask, and whoever said them or types for that person,
    even with no seat there any more. At most three queries."""
    if stream.kind != "room":
        return False
    said = earlier(stream.id, command.words)
    if said is not None and actor.key in (said.member, said.scribe):
        return True
    return standing(actor, stream.id) is Standing.PARTICIPANT


def standing(actor: Actor, room: int) -> Standing | None:
    """How an actor stands towards a room: those seated take part, the curious by office read, and the debate of the
    plenary everybody, nobody else enters; and while it is locked, only those inside."""
    place = place_of(actor, room)
    return None if place is None or is_locked_for(actor, room) else place


def place_of(actor: Actor, room: int) -> Standing | None:
    """The same of a room that is not locked."""
    seat = seat_of(actor, room)
    if seat is not None and (seat.removed or seat.role != "observer"):
        return None if seat.removed else Standing.PARTICIPANT
    rooms = Room.objects.filter(pk=room, assembly=actor.assembly)
    if seat is None and actor.role not in READING_ROLES:
        rooms = rooms.filter(is_hall=True)
    return Standing.READER if rooms.exists() else None
