"""The page of a live room, for whoever may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from assemblies.bodies import decoded
from assemblies.boot import RoomLink, live_page
from assemblies.doors import member_required
from kernel.errors import Refused
from learning.queries import has_published
from live import rates
from rooms import rules
from rooms.models import Room
from rooms.polls import answer_poll
from rooms.queries import state_of

MAX_BODY = 1000
STATUS = {"poll.not_yours": 403, "poll.unknown": 404, "rate.too_many": 429}


def link_of(room: Room) -> RoomLink:
    """What the client has to know of a room before it has read anything."""
    return RoomLink(id=room.pk, stream=room.stream, number=room.number, title=room.title, is_hall=room.is_hall)


@member_required
def room_page(request: Any, room: int) -> HttpResponse:
    """The room, live; 404 for everybody who has no business there, 403 while it is locked and for who was sent out."""
    found = get_object_or_404(Room, pk=room, assembly=request.member.assembly_id)
    if rules.was_sent_out(request.actor, found.pk):
        context = {"member": request.member, "rule": state_of(found).seats[request.actor.key].rule}
        return render(request, "rooms/removed.html", context, status=403)
    if rules.place_of(request.actor, found.pk) is None:
        raise Http404
    if rules.is_locked_for(request.actor, found.pk):
        return render(request, "rooms/locked.html", {"room": found}, status=403)
    return live_page(request, "room", [link_of(found)], materials=has_published(found.assembly_id))


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody chose, from 0."""

    choice: int


@require_POST
@member_required
def answer(request: Any, room: int, poll: str) -> HttpResponse:
    """Answer a poll: by HTTP and not as a command, so that no event links a person and a choice."""
    found = get_object_or_404(Room, pk=room, assembly=request.member.assembly_id)
    try:
        rates.take(request.actor.key)
        chosen = decoded(Answer, request, limit=MAX_BODY).choice
        answer_poll(found, poll, actor=request.actor, choice=chosen)
    except Refused as refusal:
        return JsonResponse(refusal.as_data(), status=STATUS.get(refusal.code, 409))
    return JsonResponse({"done": True})
