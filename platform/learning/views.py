"""The organiser's page of materials: writing, ordering, publishing. Works without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assemblies.doors import organiser_required
from assemblies.models import Assembly
from assemblies.queries import reading_languages
from kernel.errors import Refused
from kernel.languages import is_foreign
from learning import queries, services
from learning.core.materials import (
    Material,
    MaterialAdd,
    MaterialChange,
    MaterialDrop,
    MaterialMove,
    MaterialPublish,
    MaterialWithdraw,
    material_of,
)
from learning.forms import ContentForm, NewForm, form_of
from live.services import submit


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many texts of a material stand in a language, and how many of them a translator signed."""

    lang: str
    signed: int
    translated: int
    texts: int


@dataclass(frozen=True, slots=True)
class Row:
    """A material as the page shows it."""

    material: Material
    title: str
    reviewed: list[Reviewed]
    form: ContentForm


@require_GET
@organiser_required
def materials(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """All materials, and a form for one more."""
    return _page(request, assembly)


@require_POST
@organiser_required
def write(request: Any, assembly: Assembly) -> HttpResponse:
    """Add a material, or write one anew."""
    key, form = request.POST.get("change", ""), None
    try:
        state = queries.state_of(assembly.pk)
        form = form_of(material_of(state, key), request.POST) if key else NewForm(request.POST, assembly=assembly)
        if not form.is_valid():
            return _page(request, assembly, form=form)
        content = form.content()
        command = MaterialChange(key, content) if key else MaterialAdd(form.cleaned_data["lang"], content)
        submit(services.create_learning(assembly.pk), command, by=f"account.{request.user.pk}")
    except Refused as refusal:
        return _page(request, assembly, form=form, refusal=refusal)
    messages.success(request, _("Saved."), extra_tags="good")
    return redirect("learning:materials", slug=assembly.slug)


@require_POST
@organiser_required
def act(request: Any, assembly: Assembly, act: str) -> HttpResponse:
    """Publish, withdraw, move or take out a material."""
    key = request.POST.get("material", "")
    commands: Mapping[str, Any] = {
        "publish": MaterialPublish(key),
        "withdraw": MaterialWithdraw(key),
        "earlier": MaterialMove(key, "earlier"),
        "later": MaterialMove(key, "later"),
        "drop": MaterialDrop(key),
    }
    try:
        if act not in commands:
            raise Refused("command.unknown", command=act[:60])
        submit(services.create_learning(assembly.pk), commands[act], by=f"account.{request.user.pk}")
    except Refused as refusal:
        return _page(request, assembly, refusal=refusal)
    messages.success(request, _("Done."), extra_tags="good")
    return redirect("learning:materials", slug=assembly.slug)


def _page(
    request: HttpRequest, assembly: Assembly, *, form: Any = None, refusal: Refused | None = None
) -> HttpResponse:
    context = {
        "assembly": assembly,
        "here": "materials",
        "rows": list(_rows(assembly, form)),
        "adding": form if isinstance(form, NewForm) else NewForm(assembly=assembly),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "learning/materials.html", context, status=409 if refusal else 400 if form else 200)


def _rows(assembly: Assembly, wrong: Any) -> Iterator[Row]:
    all_materials = queries.state_of(assembly.pk).materials
    by_lang = {lang: queries.shown(assembly.pk, all_materials, lang) for lang in reading_languages(assembly.pk)}
    for place, material in enumerate(all_materials):
        form = wrong if wrong is not None and wrong.prefix == material.key else form_of(material)
        reviewed = []
        for lang, shown in by_lang.items():
            if is_foreign(material.lang, lang):
                texts = [*shown[place].passages()]
                signed = sum(each.status == "signed" for each in texts)
                reviewed.append(Reviewed(lang, signed, sum(each.is_translated for each in texts), len(texts)))
        yield Row(material, form.initial["title"], reviewed, form)
