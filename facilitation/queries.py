"""Which rooms somebody chairs."""

from __future__ import annotations

from django.db.models import QuerySet

from live.core.actors import Actor
from rooms.models import Room


def rooms_chaired_by(actor: Actor) -> QuerySet[Room]:
    """All rooms of the assembly for an organiser, for a facilitator those they sit in as such; one query."""
    rooms = Room.objects.filter(assembly=actor.assembly).order_by("number")
    if actor.role == "organiser":
        return rooms
    return rooms.filter(seats__member__key=actor.key, seats__role="facilitator", seats__removed=False)
