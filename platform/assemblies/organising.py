"""The organiser's pages: assemblies and their texts and phases."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from assemblies.doors import organiser_required
from assemblies.enrolment import without_link
from assemblies.models import DISSENT_MINIMUM, Assembly
from assemblies.organiser_forms import AssemblyTexts, PhaseRows, plans_of
from assemblies.phases import change_assembly, set_phases
from assemblies.queries import members
from assemblies.services import create_assembly
from kernel.errors import Refused


@never_cache
@require_GET
@login_required
def assemblies(request: Any) -> HttpResponse:
    """The assemblies this account organises."""
    return render(request, "assemblies/organise.html", {"assemblies": request.user.assemblies.all()})


@require_GET
@organiser_required
def overview(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """What has been done and what comes next."""
    context = {
        "assembly": assembly,
        "here": "overview",
        "people": members(assembly).count(),
        "joined": members(assembly).exclude(joined_at=None).count(),
        "without_link": without_link(assembly).count(),
        "phases": assembly.phases.all(),
    }
    return render(request, "assemblies/overview.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def new(request: Any) -> HttpResponse:
    """A new assembly."""
    with _zone(request.POST.get("time_zone", "")):
        form = AssemblyTexts(request.POST or None, initial=_first_values(request))
        rows = PhaseRows(request.POST or None, prefix="phase")
        refusal = None
        if form.is_valid() and rows.is_valid():
            try:
                return redirect("assemblies:overview", slug=_create(request, form, rows).slug)
            except Refused as refused:
                refusal = refused
        return _editor(request, form, rows, refusal=refusal)


def _first_values(request: HttpRequest) -> dict[str, object]:
    lang = getattr(request, "LANGUAGE_CODE", "en")
    return {"lang": lang, "languages": [lang], "chambers": "citizens", "public": True, "time_zone": "UTC"}


@transaction.atomic
def _create(request: Any, form: AssemblyTexts, rows: Any) -> Assembly:
    data = form.cleaned_data
    assembly = create_assembly(
        slug=data["slug"], title=data["title"], question=data["question"], mandate=data["mandate"],
        lang=data["lang"], working_languages=data["languages"], organiser=request.user,
        chambers=data["chambers"], settings=_settings_of(data),
    )  # fmt: skip
    _change(assembly, form, rows)
    return assembly


@require_http_methods(["GET", "POST"])
@organiser_required
def edit(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Change texts and phases."""
    with _zone(request.POST.get("time_zone") or str(assembly.settings.get("time_zone", ""))):
        form = AssemblyTexts(request.POST or None, initial=_values_of(assembly))
        form.fields["slug"].disabled = form.fields["lang"].disabled = True
        rows = PhaseRows(request.POST or None, prefix="phase", initial=_phases_of(assembly))
        refusal = None
        if form.is_valid() and rows.is_valid():
            try:
                _change(assembly, form, rows)
                messages.success(request, _("Saved."))
                return redirect("assemblies:overview", slug=assembly.slug)
            except Refused as refused:
                refusal = refused
        return _editor(request, form, rows, refusal=refusal, assembly=assembly)


@transaction.atomic
def _change(assembly: Assembly, form: AssemblyTexts, rows: Any) -> None:
    data = form.cleaned_data
    assembly.settings = {**assembly.settings, **_settings_of(data)}
    change_assembly(
        assembly, title=data["title"], question=data["question"], mandate=data["mandate"],
        working_languages=data["languages"], chambers=data["chambers"], public=data["public"],
    )  # fmt: skip
    set_phases(assembly, plans_of(rows))


def _settings_of(data: Mapping[str, Any]) -> dict[str, object]:
    minimum = data["dissent_minimum"] or DISSENT_MINIMUM
    supporters = data["supporters_minimum"] or 0
    return {"time_zone": data["time_zone"], "dissent_minimum": minimum, "supporters_minimum": supporters}


def _editor(
    request: HttpRequest, form: AssemblyTexts, rows: Any, *, refusal: Refused | None, assembly: Assembly | None = None
) -> HttpResponse:
    wrong = bool(refusal or form.errors or rows.total_error_count() if request.method == "POST" else False)
    context = {"form": form, "formset": rows, "refusal": refusal, "assembly": assembly, "here": "edit"}
    return render(request, "assemblies/edit.html", context, status=400 if wrong else 200)


def _values_of(assembly: Assembly) -> dict[str, object]:
    same = (
        "title",
        "question",
        "mandate",
        "lang",
        "languages",
        "slug",
        "public",
        "dissent_minimum",
        "supporters_minimum",
    )
    values = {name: getattr(assembly, name) for name in same}
    zone = assembly.settings.get("time_zone", "UTC")
    return {**values, "chambers": "\n".join(assembly.chambers), "time_zone": zone}


def _phases_of(assembly: Assembly) -> list[dict[str, object]]:
    return [dict(row) for row in assembly.phases.values("kind", "title", "starts_at", "ends_at")]


def _zone(name: str) -> AbstractContextManager[None]:
    known = name if name in zoneinfo.available_timezones() else "UTC"
    return timezone.override(zoneinfo.ZoneInfo(known))
