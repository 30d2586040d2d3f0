"""Supporting recommendations, where an assembly asks for supporters before one is put to the vote."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assemblies.core.roles import Role
from assemblies.doors import member_required
from kernel.errors import Refused
from live import rates
from public.threads import entries_of
from recommendations.queries import supported_by, supporters_of
from recommendations.services import support
from translation.queries import unwanted
from translation.services import want_in


@require_http_methods(["GET", "POST"])
@member_required
def supporting_page(request: Any) -> HttpResponse:
    """All recommendations in the member's language, how many support each, and a button for those that wait."""
    refusal = None
    if request.method == "POST":
        try:
            rates.take(request.actor.key)
            support(request.POST.get("recommendation", ""), request.member, wants="support" in request.POST)
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            refusal = refused
    assembly, reads = request.member.assembly, request.member.reads
    entries = entries_of(assembly, reads)
    keys = [key for each in entries for key in (each.row.title, each.row.recommendation, each.row.reasons) if key]
    if missing := unwanted(keys, reads):
        want_in(missing, reads)
    counts, mine = supporters_of(each.row.key for each in entries), supported_by(request.member.pk)
    context = {
        "member": request.member, "assembly": assembly, "refusal": refusal, "needed": assembly.supporters_minimum,
        "may_support": request.member.role == Role.CITIZEN and assembly.supporters_minimum,
        "rows": [(each, counts.get(each.row.key, 0), each.row.key in mine) for each in entries],
    }  # fmt: skip
    return render(request, "public/supporting.html", context, status=409 if refusal else 200)
