"""What everybody may read: the front page, an assembly, and the thread of a recommendation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assemblies.doors import member_required
from assemblies.models import Assembly
from assemblies.queries import members
from learning.queries import has_published
from plenary.models import Motion
from public.dissents import remaining
from public.histories import entry_of, quotations_of
from public.lobby import phases_with_place
from public.prefaces import preface
from public.reports import ended
from public.threads import entries_of, language, room_name
from recommendations.models import Recommendation, Revision
from rooms.queries import rooms_of_assembly, small_rooms


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, and the assemblies that are public."""
    return render(request, "public/landing.html", {"assemblies": Assembly.objects.filter(public=True)[:50]})


@require_safe
def assembly_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Question, mandate, phases, recommendations and results of one assembly."""
    assembly = get_object_or_404(Assembly, slug=slug, public=True)
    context = {
        "assembly": assembly,
        "phases": phases_with_place(assembly),
        "people": members(assembly).filter(role="citizen").count(),
        "rooms": small_rooms(assembly.pk).count(),
        "entries": entries_of(assembly, language()),
        "preface": preface(assembly, language()),
        "materials": has_published(assembly.pk),
        "ended": ended(assembly),
        "reports": f"/a/{slug}/rooms/",
        "debating": rooms_of_assembly(assembly.pk).filter(is_hall=True, stage="open").exists(),
        "open_votes": Motion.objects.filter(assembly=assembly, phase="open").count(),
    }
    return render(request, "public/assembly.html", context)


@require_safe
def recommendation_page(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Where a recommendation came from and what became of it, without names."""
    return _recommendation(request, get_object_or_404(Assembly, slug=slug, public=True), key)


@require_safe
@member_required
def own_recommendation_page(request: Any, key: str) -> HttpResponse:
    """The same for the members of any assembly: what they vote on, and the dissent that stayed."""
    return _recommendation(request, request.member.assembly, key, base=f"/m/{request.actor.key}/")


def _recommendation(request: HttpRequest, assembly: Assembly, key: str, base: str = "") -> HttpResponse:
    row = get_object_or_404(Recommendation, key=key, assembly=assembly)
    revisions = Revision.objects.filter(draft=row.draft, stream=row.origin_stream, number__lte=row.version)
    context: dict[str, Any] = {
        "assembly": assembly,
        "base": base,
        "entry": entry_of(assembly, row),
        "revisions": revisions,
        "parents": _parents(row),
        "quotes": quotations_of(row, language()),
        "dissents": remaining(row, language()),
    }
    return render(request, "public/recommendation.html", context)


def _parents(row: Recommendation) -> list[dict[str, Any]]:
    """The texts a merged recommendation was made of, and the recommendation that each was; two queries."""
    parents = list(row.parents.all())
    rows = {each.draft: each for each in Recommendation.objects.filter(draft__in=[each.draft for each in parents])}
    return [{"room": room_name(each.label), "version": each.version, "row": rows.get(each.draft)} for each in parents]
