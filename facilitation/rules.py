"""Who may chair a room (the facilitators who sit in it, the organisers of its assembly; the debate of the plenary
whoever leads that), and who sees all rooms."""

from __future__ import annotations

from typing import Any

from live.core.actors import Actor
from live.doors import participates
from live.names import StreamName
from plenary.rules import may_lead as may_lead_plenary
from rooms.models import Room, Seat
from rooms.rules import seat_of

CHAIRS = ("facilitator", "organiser")
"""The roles that lead rooms: they see all of their assembly in a few figures and may take one over."""


def may_lead(actor: Actor) -> bool:
    """Have acts as a leader of rooms at all: by role, or with a seat as facilitator from an earlier one; one query."""
    return actor.role in CHAIRS or Seat.objects.filter(member__key=actor.key, role="facilitator").exists()


def may_chair(actor: Actor, stream: StreamName, command: Any = None) -> bool:
    """Give and end the floor, pause, mute, remove, open items, open and close the room."""
    if stream.kind != "room":
        return False
    rooms = Room.objects.filter(pk=stream.id, assembly=actor.assembly)
    if actor.role == "organiser":
        return rooms.exists()
    if rooms.filter(is_hall=True).exists():
        return may_lead_plenary(actor)
    seat = seat_of(actor, stream.id)
    return seat is not None and not seat.removed and seat.role == "facilitator"


def may_judge_texts(actor: Actor, stream: StreamName, command: Any = None) -> bool:
    """Accept or decline a suggested translation: whoever takes part, of whom the room asks more, and who leads."""
    return participates(actor, stream, command) or may_chair(actor, stream)


def may_read_chairs(actor: Actor, stream: StreamName, command: Any = None) -> bool:
    """Read calls for help, notes among those who lead and the overview of the rooms, and answer them."""
    return stream.kind == "chairs" and stream.id == actor.assembly and actor.role in CHAIRS


def may_call_for_help(actor: Actor, room: int | None) -> bool:
    """Anybody from the lobby; from a room, whoever sits in it."""
    if room is None:
        return True
    seat = seat_of(actor, room)
    return seat is not None and not seat.removed
