"""The facilitator's page: all rooms, live."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from assemblies.boot import RoomLink, live_page
from assemblies.doors import member_required
from facilitation.queries import rooms_chaired_by
from facilitation.rules import CHAIRS, may_chair
from live.names import parse_name
from live.queries import words_withheld
from plenary.rules import may_lead
from rooms.models import Room
from rooms.queries import rooms_of_assembly, small_rooms
from rooms.said import earlier
from rooms.views import link_of


@member_required
def console(request: Any) -> HttpResponse:
    """The console: every room of the assembly in a few figures, and those this member may chair in full.

    404 for whoever leads no rooms here.
    """
    if request.actor.role not in CHAIRS:
        raise Http404
    own = set(rooms_chaired_by(request.actor).values_list("pk", flat=True))
    rooms = (rooms_of_assembly if may_lead(request.actor) else small_rooms)(request.actor.assembly)
    return live_page(request, "facilitator", [_link(room, own) for room in rooms])


def _link(room: Any, own: set[int]) -> RoomLink:
    return replace(link_of(room), leads=room.pk in own)


@require_GET
@member_required
def hidden_words(request: Any, room: int, key: str) -> HttpResponse:
    """Words that were hidden, for whoever may chair the room; 404 for everybody else, and for all other words."""
    found = get_object_or_404(Room, pk=room, assembly=request.member.assembly_id)
    if not may_chair(request.actor, parse_name(found.stream)):
        raise Http404
    said = earlier(found.pk, key)
    words = words_withheld(key) if said and said.mark.hidden else None
    if words is None:
        raise Http404
    return JsonResponse({"text": words.text, "lang": words.lang})
