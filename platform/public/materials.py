"""What citizens read before and while they deliberate: the member's page, and what stands on the assembly's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_safe

from assemblies.doors import member_required
from assemblies.models import Assembly
from learning.queries import published
from public.threads import language


@require_GET
@member_required
def member_page(request: Any) -> HttpResponse:
    """All published materials in the member's language. A room shows the list of this page beside the talk."""
    assembly, reads = request.member.assembly, request.member.reads
    context = {"member": request.member, "assembly": assembly, "materials": published(assembly.pk, reads)}
    return render(request, "public/materials.html", context)


@require_safe
def public_page(request: Any, slug: str) -> HttpResponse:
    """The same for everybody, where the assembly is public."""
    assembly = get_object_or_404(Assembly, slug=slug, public=True)
    return render(
        request, "public/materials.html", {"assembly": assembly, "materials": published(assembly.pk, language())}
    )
