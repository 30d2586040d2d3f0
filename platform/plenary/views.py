"""The plenary's live page, and the ballot, which works without JavaScript."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assemblies.boot import live_page
from assemblies.doors import member_required
from kernel.errors import Refused
from live import rates
from plenary import queries, services, texts
from plenary.core.motions import MotionState
from plenary.core.tally import Choice
from plenary.models import NamedBallot, Permit, RollEntry
from plenary.wording import rule_sentences, trust_sentence

STATUS = {"ballot.not_entitled": 403, "rate.too_many": 429, "motion.unknown": 404}


@require_GET
@member_required
def plenary_page(request: Any) -> HttpResponse:
    """The plenary, live."""
    return live_page(request, "plenary")


@require_GET
@member_required
def ballot_page(request: Any, motion: str) -> HttpResponse:
    """Text, rule and choices of one motion."""
    return _ballot(request, motion)


@require_POST
@member_required
def cast(request: Any, motion: str) -> HttpResponse:
    """Cast one ballot: a form gets a page, a program that accepts JSON gets data."""
    try:
        rates.take(request.actor.key)
        electorate, choice = _choice(request)
        done = services.cast_ballot(motion, actor=request.actor, electorate=electorate, choice=choice)
    except Refused as refusal:
        if _wants_json(request):
            return JsonResponse(refusal.as_data(), status=STATUS.get(refusal.code, 409))
        return _ballot(request, motion, refusal=refusal)
    if _wants_json(request):
        return JsonResponse({"done": True, "cast_at": done.at, "tracker": done.tracker})
    return _ballot(request, motion, tracker=done.tracker, done=True)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _choice(request: HttpRequest) -> tuple[str, str]:
    if request.content_type != "application/json":
        return request.POST.get("electorate", ""), request.POST.get("choice", "")
    try:
        data = json.loads(request.body)
        electorate, choice = data["electorate"], data["choice"]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("ballot.bad_choice") from error
    if not isinstance(electorate, str) or not isinstance(choice, str):
        raise Refused("ballot.bad_choice")
    return electorate, choice


def _motion(request: Any, key: str) -> MotionState:
    motion = queries.state_of(request.actor.assembly).motions.get(key)
    if motion is None:
        raise Http404
    return motion


def _ballot(
    request: Any, key: str, *, refusal: Refused | None = None, tracker: str | None = None, done: bool = False
) -> HttpResponse:
    motion = _motion(request, key)
    entries = RollEntry.objects.filter(motion=key, member=request.actor.key)
    mine = {
        ballot.electorate: ballot.choice for ballot in NamedBallot.objects.filter(motion=key, member=request.actor.key)
    }
    used = set(Permit.objects.filter(motion=key, member=request.actor.key).values_list("electorate", flat=True))
    ballots = [
        {"electorate": each.electorate, "level": each.level, "trust": trust_sentence(each.level),
         "choice": mine.get(each.electorate), "final": each.electorate in used}
        for each in entries
    ]  # fmt: skip
    context = {
        "shown": texts.shown(request.actor.assembly, motion),
        "motion": motion,
        "base": f"/m/{request.actor.key}/",
        "assembly": request.member.assembly,
        "ballots": ballots,
        "rule": rule_sentences(motion.rule),
        "choices": choice_labels(),
        "refusal": refusal,
        "tracker": tracker,
        "done": done,
    }
    return render(request, "plenary/ballot.html", context, status=200 if refusal is None else 409)


def choice_labels() -> list[tuple[str, str, str]]:
    """(value, glyph, label) from the reviewed table of the interface, never from the translator."""
    return [
        (Choice.YES.value, "✓", _("Yes")),
        (Choice.NO.value, "✕", _("No")),
        (Choice.ABSTAIN.value, "–", _("I abstain")),
    ]
