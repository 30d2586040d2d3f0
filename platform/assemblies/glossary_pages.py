"""The organiser's page of the glossary: what was agreed, a table to bring and to take away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from assemblies.core.glossary_list import read_glossary, write_glossary
from assemblies.doors import organiser_required
from assemblies.models import Assembly
from assemblies.organiser_forms import MemberList
from translation.queries import glossaries
from translation.services import agree_terms


@require_http_methods(["GET", "POST"])
@organiser_required
def glossary(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Show the agreed terms; a table replaces them all, or none while a line is wrong."""
    form = MemberList(request.POST or None, request.FILES or None)
    errors: tuple[object, ...] = ()
    if form.is_valid():
        reading = read_glossary(form.content())
        if not reading.errors:
            agree_terms(_scope(assembly), reading.terms)
            said = ngettext("%(count)s term is agreed.", "%(count)s terms are agreed.", len(reading.terms))
            messages.success(request, said % {"count": len(reading.terms)})
            return redirect("assemblies:glossary", slug=assembly.slug)
        errors = reading.errors
    terms = glossaries([_scope(assembly)]).get(_scope(assembly), ())
    context = {"assembly": assembly, "here": "languages", "form": form, "terms": terms, "errors": errors}
    return render(request, "assemblies/glossary.html", context, status=400 if errors or form.errors else 200)


@require_GET
@organiser_required
def glossary_csv(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """The agreed terms as a table that this page takes back."""
    table = write_glossary(glossaries([_scope(assembly)]).get(_scope(assembly), ()))
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="glossary-{assembly.slug}.csv"'
    return response


def _scope(assembly: Assembly) -> str:
    return f"assembly.{assembly.pk}"
