"""The page of a live room, for whoever may read it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from assemblies.boot import RoomLink, live_page
from assemblies.doors import member_required
from rooms import rules
from rooms.models import Room


def link_of(room: Room) -> RoomLink:
    """What the client has to know of a room before it has read anything."""
    return RoomLink(id=room.pk, stream=room.stream, number=room.number, title=room.title)


@member_required
def room_page(request: Any, room: int) -> HttpResponse:
    """The room, live; 404 for everybody who has no business there, 403 while it is locked."""
    found = get_object_or_404(Room, pk=room, assembly=request.member.assembly_id)
    if rules.place_of(request.actor, found.pk) is None:
        raise Http404
    if rules.is_locked_for(request.actor, found.pk):
        return render(request, "rooms/locked.html", {"room": found}, status=403)
    return live_page(request, "room", [link_of(found)])
