"""Who may read a room whose pages stand here."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from rooms import rules
from rooms.models import Room


def readable_room(request: Any, room: int) -> Room:
    """A room of the member's assembly; 404 for whoever may not read it."""
    found = get_object_or_404(Room, pk=room, assembly=request.member.assembly_id)
    if rules.standing(request.actor, found.pk) is None:
        raise Http404
    return found
