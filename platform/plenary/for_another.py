"""A scribe marks the ballot of a person without a device; only where no list says who voted what."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from assemblies.doors import member_required
from assemblies.models import Member
from assemblies.queries import actor_of, people_of_scribe
from kernel.errors import Refused
from live import rates
from plenary import services
from plenary.views import ballot_of, paper_of


@require_GET
@member_required
def ballot_page(request: Any, motion: str, person: str) -> HttpResponse:
    """Text, rule and choices of one motion, for the person for whom this member types."""
    return ballot_of(request, motion, voter=_person(request, person))


@require_POST
@member_required
def cast(request: Any, motion: str, person: str) -> HttpResponse:
    """Cast the person's ballot as they say it."""
    voter = _person(request, person)
    try:
        rates.take(request.actor.key)
        paper = paper_of(request)
        done = services.cast_ballot(
            motion, actor=actor_of(voter), electorate=paper.electorate, choice=paper.choice, by_scribe=True
        )
    except Refused as refusal:
        return ballot_of(request, motion, voter=voter, refusal=refusal)
    return ballot_of(request, motion, voter=voter, done=done)


def _person(request: Any, key: str) -> Member:
    """404 unless this member types for them."""
    return get_object_or_404(people_of_scribe(request.member), key=key)
