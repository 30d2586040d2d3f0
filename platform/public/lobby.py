"""The lobby of a member: where and when it goes on, and in which language."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from assemblies.doors import member_required
from assemblies.forms import Speaking, language_choices
from assemblies.models import Assembly, Phase
from assemblies.queries import people_of_scribe
from assemblies.services import choose_reading_language, choose_spoken_languages
from facilitation.rules import CHAIRS
from learning.queries import has_published
from live import rates
from plenary.models import Motion
from plenary.rules import may_lead
from public.prefaces import preface
from rooms.accommodations import percent_of
from rooms.queries import rooms_of_assembly, rooms_of_member
from rooms.services import refresh_seats


@require_GET
@member_required
def lobby(request: Any) -> HttpResponse:
    """Rooms, plenary and phases of this member."""
    return _page(request, Speaking(None, member=request.member))


def _page(request: Any, speaking: Speaking) -> HttpResponse:
    assembly = request.member.assembly
    context = {
        "member": request.member,
        "assembly": assembly,
        "places": rooms_of_member(request.actor.key),
        "leads": request.actor.role in CHAIRS,
        "debates": may_lead(request.actor),
        "chairs": request.actor.role in CHAIRS and rooms_of_assembly(assembly.pk).exists(),
        "percent": percent_of(request.member),
        "people": people_of_scribe(request.member),
        "preface": preface(assembly, request.member.reads, wanted=True),
        "materials": has_published(assembly.pk),
        "votes": Motion.objects.filter(assembly=assembly, phase="open").count(),
        "phases": phases_with_place(assembly),
        "languages": language_choices([*assembly.languages, request.member.reads]),
        "form": speaking,
    }
    return render(request, "public/lobby.html", context, status=400 if speaking.errors else 200)


def phases_with_place(assembly: Assembly) -> list[tuple[Phase, str]]:
    """The phases in order, each with `done`, `current` or ``."""
    now = timezone.now()
    return [
        (phase, "done" if phase.ends_at <= now else "current" if phase.starts_at <= now else "")
        for phase in assembly.phases.all()
    ]


@require_POST
@member_required
def change_language(request: Any) -> HttpResponse:
    """The member reads another language from now on, in rooms as well."""
    rates.take(request.actor.key)
    with transaction.atomic():
        choose_reading_language(request.member, request.POST.get("reads", ""))
        request.member.refresh_from_db()
        refresh_seats(request.member)
    return redirect("public:lobby", member=request.actor.key)


@require_POST
@member_required
def change_spoken(request: Any) -> HttpResponse:
    """The member speaks other languages from now on, in rooms as well."""
    rates.take(request.actor.key)
    form = Speaking(request.POST, member=request.member)
    if not form.is_valid():
        return _page(request, form)
    with transaction.atomic():
        choose_spoken_languages(request.member, form.spoken)
        request.member.refresh_from_db()
        refresh_seats(request.member)
    return redirect("public:lobby", member=request.actor.key)
