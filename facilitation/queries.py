"""Which rooms somebody chairs, and who leads a room."""

from __future__ import annotations

from django.db.models import QuerySet

from facilitation.core.chairs_types import ChairsState, Leader, LedRoom
from facilitation.core.overview import LEADING
from live.core.actors import Actor
from live.models import Stream
from live.names import stream_name
from live.services import load
from rooms.models import Room, Seat
from rooms.queries import state_of


def rooms_chaired_by(actor: Actor) -> QuerySet[Room]:
    """All rooms of the assembly for an organiser, for a facilitator those they sit in as such; one query."""
    rooms = Room.objects.filter(assembly=actor.assembly).order_by("number")
    if actor.role == "organiser":
        return rooms
    return rooms.filter(seats__member__key=actor.key, seats__role="facilitator", seats__removed=False)


def rooms_led_by(actor: Actor) -> QuerySet[Room]:
    """The rooms that are not closed in which this person sits to lead them; one query."""
    mine = Room.objects.filter(seats__member__key=actor.key, seats__role__in=LEADING, seats__removed=False)
    return mine.filter(assembly=actor.assembly).exclude(stage="closed")


def led_room(assembly: int, room: int) -> LedRoom | None:
    """Who may lead this small room of the assembly, if they are in it, and who was sent out; None: no such room."""
    found = Room.objects.filter(pk=room, assembly=assembly, is_hall=False).first()
    if found is None:
        return None
    seats = Seat.objects.filter(room=room, role__in=LEADING, removed=False).select_related("member")
    present = {key for key, seat in state_of(found).seats.items() if seat.present}
    leaders = tuple(Leader(seat.member_id, seat.member.name, seat.member_id in present) for seat in seats)
    removed = tuple(seat.member_id for seat in Seat.objects.filter(room=room, removed=True))
    return LedRoom(found.stage == "closed", leaders, removed)


def chairs_state(assembly: int) -> ChairsState:
    """What those who lead know now; empty before anybody has led or called."""
    name = stream_name("chairs", assembly)
    known = Stream.objects.filter(name=name).exists()
    state: ChairsState = load(name).state if known else ChairsState()
    return state
