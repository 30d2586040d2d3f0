"""Calling for help from the lobby or a room, by a plain form or as data: it works without a socket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from assemblies.bodies import JSON, decoded, wants_json
from assemblies.doors import member_required
from facilitation import help_calls, services
from facilitation.core.chairs_types import MAX_CALL
from facilitation.rules import CHAIRS
from kernel import clock
from kernel.errors import Refused
from live import rates
from rooms.models import Room

MAX_BODY = 4096


@dataclass(frozen=True, slots=True)
class Paper:
    """What a call says; `room` None: from the lobby."""

    room: int | None = None
    text: str = ""
    lang: str = ""
    ref: str = ""
    """A name for this sending: the same twice is one call."""


@require_http_methods(["GET", "POST"])
@member_required
def help_page(request: Any) -> HttpResponse:
    """Call for a person, and see whether the call was answered: a form gets the page, a program data."""
    refusal, paper = None, Paper()
    if request.method == "POST":
        try:
            rates.take(request.actor.key)
            paper = _paper(request)
            help_calls.call_for_help(
                request.actor, room=paper.room, text=paper.text, lang=paper.lang, ref=paper.ref[:64]
            )
        except Refused as refused:
            refusal = refused
    calls = help_calls.own_calls(request.actor, clock.now())
    if wants_json(request):
        data = refusal.as_data() if refusal else {"calls": calls}
        return JsonResponse(data, status=409 if refusal else 200)
    if request.method == "POST" and refusal is None:
        return redirect("facilitation:help", member=request.actor.key)
    context = {
        "member": request.member, "assembly": request.member.assembly, "calls": calls, "refusal": refusal,
        "text": paper.text, "most": MAX_CALL,
    }  # fmt: skip
    return render(request, "facilitation/help.html", context, status=409 if refusal else 200)


@require_POST
@member_required
def take(request: Any, room: int) -> HttpResponse:
    """Lead a room that nobody leads now."""
    return _lead(request, room, services.take_room)


@require_POST
@member_required
def give_back(request: Any, room: int) -> HttpResponse:
    """Give back a room that was taken over."""
    return _lead(request, room, services.return_room)


def _lead(request: Any, number: int, act: Any) -> HttpResponse:
    """Only for those who lead rooms of this assembly; to all others there is no such room."""
    rates.take(request.actor.key)
    room = Room.objects.filter(pk=number, assembly=request.actor.assembly).first()
    if room is None or request.actor.role not in CHAIRS:
        raise Refused("room.unknown")
    act(room, request.member)
    if wants_json(request):
        return JsonResponse({"done": True})
    return redirect("facilitation:console", member=request.actor.key)


def _paper(request: HttpRequest) -> Paper:
    if request.content_type != JSON:
        return Paper(None, request.POST.get("text", ""), request.POST.get("lang", ""))
    return decoded(Paper, request, limit=MAX_BODY)
