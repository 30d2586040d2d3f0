"""The facilitator's page: all rooms, live."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from assemblies.boot import RoomLink, live_page
from assemblies.doors import member_required
from assemblies.queries import groups_of
from facilitation.evidence import group_words
from facilitation.queries import rooms_chaired_by
from facilitation.rules import CHAIRS, may_chair
from kernel import clock
from kernel.errors import Refused
from live import rates
from live.names import parse_name
from live.queries import words_withheld
from plenary.rules import may_lead
from rooms.core.summary import shares_of
from rooms.models import Room
from rooms.queries import rooms_of_assembly, small_rooms, state_of
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
def group_shares(request: Any, room: int) -> HttpResponse:
    """How the talk in a room is shared among languages, chambers and the traits of the list, in percent, for whoever
    may chair it: groups of five and more, and nothing before ten minutes of talk. 404 for everybody else."""
    found = _chaired(request, room)
    try:
        rates.take(request.actor.key)
    except Refused as refusal:
        return JsonResponse(refusal.as_data(), status=429)
    shares = shares_of(state_of(found), groups_of(request.member.assembly), clock.now())
    percents = [
        {"name": group_words(name), "people": round(100 * share.people), "talk": round(100 * share.talk)}
        for name, share in shares.items()
        if share.people < 1
    ]
    return JsonResponse({"groups": percents})


def _chaired(request: Any, room: int) -> Room:
    """404 unless this member may chair the room."""
    found = get_object_or_404(Room, pk=room, assembly=request.member.assembly_id)
    if not may_chair(request.actor, parse_name(found.stream)):
        raise Http404
    return found


@require_GET
@member_required
def hidden_words(request: Any, room: int, key: str) -> HttpResponse:
    """Words that were hidden, for whoever may chair the room; 404 for everybody else, and for all other words."""
    found = _chaired(request, room)
    said = earlier(found.pk, key)
    words = words_withheld(key) if said and said.mark.hidden else None
    if words is None:
        raise Http404
    return JsonResponse({"text": words.text, "lang": words.lang})
