"""The organiser's pages of a composition: asking for it, looking at it, making the rooms of a round."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assemblies.doors import organiser_required
from assemblies.models import Assembly
from assemblies.queries import names
from facilitation.composing import Composing
from facilitation.views import account_of, rooms_page
from kernel.errors import Refused
from rooms import proposals
from rooms.core.composition import Composed, Person, Question
from rooms.core.composition_report import Company, Spread, TableReport, Unmet, company_of, spreads_of, tables_of
from rooms.models import Proposal
from rooms.people import composed_of, question_of

PATIENCE = datetime.timedelta(seconds=30)
"""A search that has told nothing for so long has ended, most likely with the server it was begun by."""

SHOWN_FAULTS = 8
"""Of a room; the others are counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """One room as the page shows it."""

    report: TableReport
    people: list[tuple[str, Person]]
    guide: str
    leads: str
    """Numbers of other rooms that the facilitator goes on to have."""
    faults: list[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """One round as the page shows it."""

    number: int
    places: list[Place]
    spreads: list[Spread]
    is_next: bool


@require_POST
@organiser_required
def compose(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Ask for rooms."""
    form = Composing(request.POST, assembly=assembly)
    if not form.is_valid():
        return rooms_page(request, assembly, composing=form)
    try:
        proposal = proposals.propose(assembly, form.order())
    except Refused as refusal:
        return rooms_page(request, assembly, composing=form, refusal=refusal)
    return redirect("facilitation:proposal", slug=assembly.slug, proposal=proposal.pk)


@require_GET
@organiser_required
def proposal(request: HttpRequest, assembly: Assembly, proposal: int) -> HttpResponse:
    """Who would sit where, and what could not be met; while it is worked out, how far it is."""
    found = get_object_or_404(Proposal, pk=proposal, assembly=assembly)
    composed, question = composed_of(found), question_of(found)
    context: dict[str, Any] = {"assembly": assembly, "here": "rooms", "proposal": found, "question": question}
    if composed is None:
        is_lost = found.heard_at is None or found.heard_at < timezone.now() - PATIENCE
        return render(request, "facilitation/composing.html", {**context, "is_lost": is_lost})
    plans = _plans(found, question, composed)
    unmet = sum(len(place.report.unmet) for plan in plans for place in plan.places)
    context |= {"plans": plans, "company": _company(composed), "unmet": unmet}
    return render(request, "facilitation/proposal.html", context)


def _plans(proposal: Proposal, question: Question, composed: Composed) -> list[Plan]:
    people = {person.key: person for person in question.people}
    guides = {person.key: person for person in question.guides}
    called = {key: name.text for key, name in names([*people, *guides]).items()}
    led = proposals.led_elsewhere(proposal)
    return [
        Plan(
            number=number,
            places=[
                _place(each, people, called, led if number == proposal.applied + 1 else {})
                for each in tables_of(tables, people, question.wishes, guides)
            ],
            spreads=spreads_of(tables, people) if tables else [],
            is_next=number == proposal.applied + 1,
        )
        for number, tables in enumerate(composed.rounds, 1)
    ]


def _place(
    report: TableReport, people: Mapping[str, Person], called: Mapping[str, str], led: Mapping[str, list[int]]
) -> Place:
    seated = sorted(((called.get(key, "–"), people[key]) for key in report.table.people), key=lambda each: each[0])
    faults = [_sentence(fault, called) for fault in report.unmet[:SHOWN_FAULTS]]
    if more := len(report.unmet) - len(faults):
        faults.append(ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": more})
    guide = report.table.guide or ""
    return Place(report, seated, called.get(guide, ""), ", ".join(map(str, led.get(guide, ()))), faults)


def _sentence(fault: Unmet, called: Mapping[str, str]) -> str:
    who = [f"\u2068{called.get(key, '–')}\u2069" for key in fault.people]
    match fault.fault:
        case "unread":
            return _("%(one)s and %(other)s do not understand each other.") % {"one": who[0], "other": who[1]}
        case "unguided":
            said = _("%(one)s, who facilitates, and %(other)s do not understand each other.")
            return said % {"one": who[0], "other": who[1]}
        case "apart":
            return _("%(one)s and %(other)s sit together, though they should not.") % {"one": who[0], "other": who[1]}
        case "crowded":
            said = ngettext("%(count)s language too many.", "%(count)s languages too many.", fault.excess)
            return said % {"count": fault.excess}
        case _:
            assert_never(fault.fault)


def _company(composed: Composed) -> Company | None:
    return company_of(composed.rounds) if len(composed.rounds) > 1 else None


@require_POST
@organiser_required
def make(request: HttpRequest, assembly: Assembly, proposal: int, number: int) -> HttpResponse:
    """Make the rooms of a round."""
    found = get_object_or_404(Proposal, pk=proposal, assembly=assembly)
    try:
        made = proposals.apply_round(found, number, by=account_of(request))
    except Refused as refusal:
        return rooms_page(request, assembly, refusal=refusal)
    if made:
        said = ngettext("%(count)s room was made.", "%(count)s rooms were made.", len(made))
        messages.success(request, said % {"count": len(made)})
        _tell_of_missing(request, found, number, len(made))
    return redirect("facilitation:rooms", slug=assembly.slug)


def _tell_of_missing(request: HttpRequest, proposal: Proposal, number: int, made: int) -> None:
    composed = composed_of(proposal)
    if composed and (missing := len(composed.rounds[number - 1]) - made):
        said = ngettext(
            "%(count)s room was not made: its people were seated or left meanwhile.",
            "%(count)s rooms were not made: their people were seated or left meanwhile.",
            missing,
        )
        messages.warning(request, said % {"count": missing})


@require_POST
@organiser_required
def discard(request: HttpRequest, assembly: Assembly, proposal: int) -> HttpResponse:
    """Forget a proposal of which no room was made."""
    Proposal.objects.filter(pk=proposal, assembly=assembly, applied=0).delete()
    return redirect("facilitation:rooms", slug=assembly.slug)
