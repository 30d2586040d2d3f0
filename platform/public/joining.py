"""Joining by a personal link: looking shows, sending uses."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assemblies.core.devices import label_of
from assemblies.doors import let_in
from assemblies.forms import Joining
from assemblies.models import Member, scope_of
from assemblies.queries import invitation_of
from assemblies.services import Joined, join
from kernel.errors import Refused
from kernel.ids import digest
from kernel.languages import INTERFACE_LANGUAGES, LANGUAGES, base_of
from live import rates
from public.prefaces import preface
from rooms.halls import join_debate
from rooms.latecomers import place_latecomer
from rooms.services import refresh_seats
from translation.services import keep_names


@never_cache
@require_http_methods(["GET", "POST"])
def join_page(request: HttpRequest, code: str) -> HttpResponse:
    """The form; a valid one seats this browser. Unknown, withdrawn and expired links get one and the same answer."""
    try:
        member = invitation_of(code).member
    except Refused:
        return render(request, "public/join_closed.html", status=404)
    reads = _reading_language(request, member)
    if base_of(reads) in INTERFACE_LANGUAGES:
        translation.activate(base_of(reads))
    form = Joining(request.POST or None, member=member, reads=reads)
    refusal = None
    if form.is_valid():
        try:
            joined = _use(request, code, form)
            return let_in(joined, f"/m/{joined.member.key}/")
        except Refused as refused:
            refusal = refused
    context = {"form": form, "member": member, "assembly": member.assembly, "reads": reads, "refusal": refusal}
    context["preface"] = preface(member.assembly, reads, wanted=True)
    context["offered"] = dict.fromkeys([*member.assembly.languages, *INTERFACE_LANGUAGES, reads])
    return render(request, "public/join.html", context, status=400 if form.errors or refusal else 200)


def _reading_language(request: HttpRequest, member: Member) -> str:
    asked = request.POST.get("reads") or request.GET.get("lang") or member.reads
    return asked if asked in LANGUAGES else member.reads


@transaction.atomic
def _use(request: HttpRequest, code: str, form: Joining) -> Joined:
    rates.take(f"join.{digest(code)}")
    joined = join(code, **form.answers(), device_label=label_of(request.headers.get("User-Agent", "")))
    refresh_seats(joined.member)
    place_latecomer(joined.member)
    join_debate(joined.member)
    keep_names(scope_of(joined.member.assembly_id), [joined.member.name])
    return joined
