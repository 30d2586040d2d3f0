"""Pages of the neutrality ledger: what those who chair did by their own choice, for evaluators and for themselves."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assemblies.doors import member_required, organiser_required
from assemblies.models import Assembly
from assemblies.queries import groups_of, members
from facilitation.core.neutrality import Finding, Neutrality, Question, neutrality
from facilitation.rules import may_lead
from kernel.ids import digest, new_code
from kernel.languages import LANGUAGES
from live import rates
from plenary.naming import electorate_name
from rooms.core.measures import Measure
from rooms.core.overrides import Kind
from rooms.queries import ledgers_of

EVALUATION = "evaluation"
"""Where an assembly's settings hold the digest of the evaluators' code."""
FOLDING = 8
"""Tokens for a page that reads whole logs: one a second."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One person who chairs, in words."""

    name: str
    acts: int
    result: Neutrality
    counts: Sequence[tuple[str, int]]
    signs: Sequence[tuple[str, Finding]]
    asked: Sequence[tuple[str, str, Finding]]


@require_GET
@organiser_required
def ledger_page(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Everybody who chaired a room of this assembly."""
    return _organisers_page(request, assembly)


def _organisers_page(request: HttpRequest, assembly: Assembly, link: str = "") -> HttpResponse:
    context = {
        "assembly": assembly, "here": "rooms", "people": shown(assembly), "link": link,
        "has_link": EVALUATION in assembly.settings,
    }  # fmt: skip
    return render(request, "facilitation/neutrality.html", context)


@require_POST
@organiser_required
def evaluation_link(request: HttpRequest, assembly: Assembly) -> HttpResponse:
    """Make the link by which evaluators read the ledger, shown this once; an earlier one ends. Or end it."""
    code = new_code() if request.POST.get("act") == "make" else None
    with transaction.atomic():
        row = Assembly.objects.select_for_update().get(pk=assembly.pk)
        row.settings = {name: value for name, value in row.settings.items() if name != EVALUATION}
        if code:
            row.settings[EVALUATION] = digest(code)
        row.save(update_fields=["settings"])
    link = request.build_absolute_uri(reverse("facilitation:evaluation", args=[row.slug, code])) if code else ""
    return _organisers_page(request, row, link)


@require_GET
def evaluators_page(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The whole ledger without names, for whoever has the link; 404 for anybody else."""
    assembly = get_object_or_404(Assembly, slug=slug)
    if not secrets.compare_digest(assembly.settings.get(EVALUATION, ""), digest(code)):
        raise Http404
    rates.take(f"evaluation.{assembly.pk}", FOLDING)
    people = [
        replace(each, name=_("Facilitator %(number)s") % {"number": n}) for n, each in enumerate(shown(assembly), 1)
    ]
    answer = render(request, "facilitation/evaluation.html", {"assembly": assembly, "people": people})
    patch_cache_control(answer, private=True, no_store=True)
    return answer


@require_GET
@member_required
def own_page(request: Any) -> HttpResponse:
    """What this member did while chairing; nobody else's acts. 404 for who leads no rooms."""
    if not may_lead(request.actor):
        raise Http404
    rates.take(request.actor.key, FOLDING)
    assembly = request.member.assembly
    context = {"assembly": assembly, "base": f"/m/{request.actor.key}/", "people": shown(assembly, request.actor.key)}
    return render(request, "facilitation/own_neutrality.html", context)


def shown(assembly: Assembly, only: str | None = None) -> list[Shown]:
    """The ledger of everybody who chaired, or of one of them; a query a room and four more."""
    ledgers = ledgers_of(assembly, only)
    chairs = dict.fromkeys(act.by for ledger in ledgers for act in ledger.acts if only in (None, act.by))
    names, groups = dict(members(assembly).values_list("key", "name")), groups_of(assembly)
    return [_shown(names.get(key) or _("an organiser"), neutrality(ledgers, key, groups)) for key in chairs]


def _shown(name: str, result: Neutrality) -> Shown:
    words, labels = kind_words(), question_words()
    return Shown(
        name=name,
        acts=sum(result.counts.values()),
        result=result,
        counts=[(words[kind], count) for kind, count in sorted(result.counts.items())],
        signs=[(_sign(finding), finding) for finding in result.findings if finding.is_sign],
        asked=[(labels[each.question], group_words(each.group), each) for each in result.findings],
    )


def _sign(finding: Finding) -> str:
    return _("%(question)s: %(hits)s of %(acts)s for %(group)s, where chance would give about %(expected)s.") % {
        "question": question_words()[finding.question],
        "hits": finding.on_group,
        "acts": finding.acts,
        "group": group_words(finding.group),
        "expected": round(finding.expected, 1),
    }


def group_words(name: str) -> str:
    """What a group is called: a language by its own name, the usual chambers in the reader's language, anything else as
    the organisers wrote it."""
    column, _colon, value = name.partition(": ")
    if column == "language":
        return LANGUAGES[value].endonym if value in LANGUAGES else value
    return electorate_name(value) if column == "chamber" else name


def question_words() -> Mapping[Question, str]:
    """The questions that are asked, in the reader's language."""
    return {
        "passed over": _("Passed over although next by the rule"),
        "called ahead": _("Called ahead of the rule"),
        "invited": _("Invited to speak"),
        "cut": _("Turn ended early"),
        "extended": _("Given more time"),
        "hidden": _("Words hidden"),
    }


def kind_words() -> Mapping[Kind | Measure, str]:
    """The acts that are counted, in the reader's language."""
    return {
        "grant": _("calls"),
        "invitation": _("invitations"),
        "advance": _("hands put ahead"),
        "skip": _("hands passed over"),
        "cut": _("turns ended early"),
        "interrupt": _("turns interrupted for a question"),
        "extension": _("turns made longer"),
        "correction": _("counted times changed by hand"),
        "mute": _("people barred from speaking"),
        "removal": _("people sent out"),
        "hide": _("texts hidden"),
        "pause": _("pauses"),
        "rules": _("changes of how turns are taken"),
        "round": _("rounds begun by hand"),
        "list": _("list of speakers closed or opened"),
        "pace": _("changes of turns by language"),
        "budget": _("times set for groups"),
        "lock": _("room locked or unlocked"),
        "unmute": _("people let speak again"),
        "readmission": _("people let in again"),
        "restore": _("texts shown again"),
        "poll": _("questions to the room"),
        "exclusion": _("changes of who may send somebody out"),
        "step": _("steps made longer or ended"),
    }
