"""The organiser's page of the glossary: what was agreed, a table to bring and to take away; what terms mean."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assemblies.core.glossary_list import GlossaryReading, read_glossary, write_glossary
from assemblies.doors import member_required, organiser_required
from assemblies.models import Assembly
from assemblies.organiser_forms import MemberList
from kernel.languages import language
from translation.core.glossary import Meaning, meanings
from translation.services import agree_terms

SHOWN_ERRORS = 200


@require_http_methods(["GET", "POST"])
@organiser_required
def glossary(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Show the agreed terms; take a table and show what it would bring, nothing is written yet."""
    form = MemberList(request.POST or None, request.FILES or None)
    if form.is_valid():
        return _preview(request, assembly, read_glossary(form.content()))
    context = {"assembly": assembly, "here": "languages", "form": form, "terms": assembly.terms}
    return render(request, "assemblies/glossary.html", context, status=400 if form.errors else 200)


@require_POST
@organiser_required
def apply_glossary(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Agree on all terms of a table that was shown, in the place of the former ones, or on none."""
    reading = read_glossary(request.POST.get("table", "").encode())
    if reading.errors:
        return _preview(request, assembly, reading)
    agree_terms(assembly.scope, reading.terms)
    said = ngettext("%(count)s term is agreed.", "%(count)s terms are agreed.", len(reading.terms))
    messages.success(request, said % {"count": len(reading.terms)})
    return redirect("assemblies:glossary", slug=assembly.slug)


def _preview(request: HttpRequest, assembly: Assembly, reading: GlossaryReading) -> HttpResponse:
    former = assembly.terms
    context = {
        "assembly": assembly,
        "here": "languages",
        "terms": [(term, term not in former) for term in reading.terms],
        "gone": [] if reading.errors else [term for term in former if term not in reading.terms],
        "errors": reading.errors[:SHOWN_ERRORS],
        "error_count": len(reading.errors),
        "table": "" if reading.errors else write_glossary(reading.terms),
    }
    return render(request, "assemblies/glossary_preview.html", context, status=400 if reading.errors else 200)


@require_GET
@organiser_required
def glossary_csv(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """The agreed terms as a table that this page takes back."""
    table = write_glossary(assembly.terms)
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="glossary-{assembly.slug}.csv"'
    return response


@require_GET
@member_required
def explanations(request: Any, lang: str) -> HttpResponse:
    """What the terms in texts of a language mean, if it can be in the words of `reads`, for the screens of members."""
    reads = language(request.GET.get("reads", request.member.reads)).code
    told = meanings(request.member.assembly.terms, lang=language(lang).code, reads=reads)
    return JsonResponse({"terms": [_told(form, meaning) for form, meaning in told.items()]})


def _told(form: str, meaning: Meaning) -> dict[str, str]:
    return {"form": form, "text": meaning.text, "lang": meaning.lang, "dir": language(meaning.lang).direction}
