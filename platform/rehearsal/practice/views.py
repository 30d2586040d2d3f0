"""The pages of practising: for facilitators and organisers, each for themself, from their own page or account."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assemblies.core.devices import label_of
from assemblies.doors import let_in, member_required
from facilitation.rules import CHAIRS
from kernel.errors import Refused
from live import rates
from rehearsal.models import Practice
from rehearsal.practice import closing, services
from rehearsal.practice.closing import KEPT
from rehearsal.practice.forms import Beginning
from rehearsal.practice.services import Person
from rehearsal.practice.wording import in_words

View = Callable[..., HttpResponse]
BEGINNING = 10
"""Tokens for a new practice, which makes an assembly."""


def by_member(view: View) -> View:
    """For members who lead rooms; to others there is no such page."""

    @functools.wraps(view)
    @member_required
    def guarded(request: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.role not in CHAIRS:
            raise Http404
        base = f"/m/{request.actor.key}/"
        return view(request, Person(request.member, None, f"{base}practice/"), **kwargs)

    return guarded


def by_account(view: View) -> View:
    """For whoever is signed in with an account: organisers. Others are told where to begin."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, AnonymousUser):
            return render(request, "rehearsal/practice_where.html")
        response = view(request, Person(None, request.user, "/practice/"), **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest, person: Person) -> HttpResponse:
    """Begin a practice, go on with one, read the reports; a POST begins."""
    form = Beginning(request.POST or None)
    if form.is_valid():
        rates.take(person.key, BEGINNING)
        practice = services.begin(person, name=_name_of(person), reads=_reads(person), minutes=form.minutes())
        return _enter(request, practice)
    practices = Practice.objects.filter(person.practices)
    context = {
        "person": person,
        "form": form,
        "going_on": next((each for each in practices if each.stage != "ended"), None),
        "ended": [each for each in practices if each.stage == "ended"],
        "days": KEPT.days,
    }
    return render(request, "rehearsal/practices.html", context, status=400 if form.errors else 200)


@require_GET
def report(request: HttpRequest, person: Person, key: str) -> HttpResponse:
    """What came of one's practice; while it goes on, the way back into it."""
    practice = _own(person, key)
    found = closing.report_of(practice)
    context = {"person": person, "practice": practice, "days": KEPT.days}
    if found is None:
        return render(request, "rehearsal/practice.html", context)
    return render(request, "rehearsal/practice_report.html", {**context, "report": found, **in_words(found)})


@require_POST
def act(request: HttpRequest, person: Person, key: str, act: str) -> HttpResponse:
    """Enter a practice, end it, or delete it with its report."""
    practice = _own(person, key)
    rates.take(person.key)
    match act:
        case "enter":
            return _enter(request, practice)
        case "end":
            closing.end(practice, "closed")
            return redirect(f"{person.home}{practice.key}/")
        case "delete" if practice.stage == "ended":
            closing.forget(practice)
            messages.success(request, _("The practice and its report were deleted."))
            return redirect(person.home)
        case _:
            raise Refused("command.unknown", command=act[:60])


def _own(person: Person, key: str) -> Practice:
    return get_object_or_404(Practice.objects.filter(person.practices), key=key)


def _enter(request: HttpRequest, practice: Practice) -> HttpResponse:
    joined = services.enter(practice, device_label=label_of(request.headers.get("User-Agent", "")))
    return let_in(joined, f"/m/{joined.member.key}/facilitate/")


def _name_of(person: Person) -> str:
    return person.member.name if person.member else _("Facilitator")


def _reads(person: Person) -> str:
    return person.member.reads if person.member else translation.get_language() or "en"
