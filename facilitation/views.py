"""The organiser's page of rooms: composing them, moving people by hand, opening and closing."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assemblies.doors import organiser_required
from assemblies.models import Assembly
from assemblies.queries import members
from facilitation import services
from facilitation.composing import Composing
from facilitation.forms import Moving, NewRoom, Planning, Scribing
from kernel import clock
from kernel.errors import Refused
from rooms.models import Proposal, Room, Seat
from rooms.queries import rooms_of_assembly, unseated
from rooms.services import assign_scribe, close_room, create_room, open_room


@require_GET
@organiser_required
def rooms(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """All rooms with who sits in them, and who sits nowhere."""
    return rooms_page(request, assembly)


@require_POST
@organiser_required
def new_room(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """One empty room more."""
    form = NewRoom(request.POST)
    if not form.is_valid():
        return rooms_page(request, assembly, new=form)
    create_room(assembly, title=form.cleaned_data["title"], mode=form.cleaned_data["mode"], limits=form.limits())
    return redirect("facilitation:rooms", slug=assembly.slug)


@require_POST
@organiser_required
def move(request: Any, assembly: Assembly) -> HttpResponse:
    """Seat somebody elsewhere."""
    form = Moving(request.POST, assembly=assembly)
    if not form.is_valid():
        return rooms_page(request, assembly, moving=form)
    data = form.cleaned_data
    try:
        services.place(data["member"], data["room"], also=data["also"], by=account_of(request))
    except Refused as refusal:
        return rooms_page(request, assembly, moving=form, refusal=refusal)
    messages.success(request, _("%(name)s was moved.") % {"name": data["member"].name})
    return redirect("facilitation:rooms", slug=assembly.slug)


@require_POST
@organiser_required
def scribe(request: Any, assembly: Assembly) -> HttpResponse:
    """Say who types for somebody without a device."""
    form = Scribing(request.POST, assembly=assembly)
    if not form.is_valid():
        return rooms_page(request, assembly, scribing=form)
    assign_scribe(form.cleaned_data["member"], form.cleaned_data["scribe"], by=account_of(request))
    return redirect("facilitation:rooms", slug=assembly.slug)


@require_POST
@organiser_required
def plan(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Say when the waiting rooms open."""
    with timezone.override(_zone_of(assembly)):
        form = Planning(request.POST)
        if not form.is_valid():
            return rooms_page(request, assembly, planning=form)
    services.plan_opening(assembly, form.cleaned_data["opens_at"])
    return redirect("facilitation:rooms", slug=assembly.slug)


@require_POST
@organiser_required
def act(request: Any, assembly: Assembly, room: int, act: str) -> HttpResponse:
    """Open or close a room."""
    found = get_object_or_404(Room, pk=room, assembly=assembly)
    acts = {"open": open_room, "close": close_room}
    if act not in acts:
        raise Refused("command.unknown", command=act[:60])
    acts[act](found, by=account_of(request))
    return redirect("facilitation:rooms", slug=assembly.slug)


def account_of(request: Any) -> str:
    """Whom the log names for an act on these pages."""
    return f"account.{request.user.pk}"


def _zone_of(assembly: Assembly) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(str(assembly.settings.get("time_zone", "UTC")))


def rooms_page(request: HttpRequest, assembly: Assembly, **bad: Any) -> HttpResponse:
    """The page of rooms, with the form that was wrong, if one was."""
    seats = Prefetch("seats", Seat.objects.filter(removed=False).select_related("member"))
    context = {
        "assembly": assembly,
        "here": "rooms",
        "zone": _zone_of(assembly).key,
        "now": clock.now(),
        "rooms": rooms_of_assembly(assembly.pk).prefetch_related(seats),
        "unseated": unseated(assembly),
        "composing": Composing(assembly=assembly),
        "proposals": Proposal.objects.filter(assembly=assembly),
        "new": NewRoom(),
        "moving": Moving(None, assembly=assembly),
        "scribing": Scribing(None, assembly=assembly),
        "represented": members(assembly).exclude(scribe=None).select_related("scribe"),
        "planning": Planning(),
        "form": next((form for name, form in bad.items() if name != "refusal"), None),
    }
    return render(request, "facilitation/rooms.html", {**context, **bad}, status=400 if bad else 200)
