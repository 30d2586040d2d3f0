"""The two doors of a sealed ballot: a permit is given to a known voter, and a ballot comes in from nobody known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from assemblies.bodies import decoded
from assemblies.doors import member_required
from kernel.errors import Refused
from live import rates
from plenary import queries, services
from plenary.services import SealedPaper
from plenary.views import status_of

MAX_BODY = 4000
MAX_ENVELOPE = 1600


@dataclass(frozen=True, slots=True)
class Request:
    """A blinded token to sign, and what the device keeps, sealed with the voter's code; both in base64url."""

    electorate: str
    blinded: str
    envelope: str


@require_http_methods(["GET", "POST"])
@member_required
def permit(request: Any, motion: str) -> HttpResponse:
    """GET: the envelope of a permit that was given, to go on with on another device. POST: have a token signed."""
    try:
        rates.take(request.actor.key)
        if request.method == "GET":
            return JsonResponse(
                {"envelope": queries.envelope(motion, request.actor.key, request.GET.get("electorate", ""))}
            )
        asked = decoded(Request, request, limit=MAX_BODY)
        if len(asked.envelope) > MAX_ENVELOPE:
            raise Refused("wire.too_large", limit=MAX_ENVELOPE)
        signed = services.issue_permit(
            motion, actor=request.actor, electorate=asked.electorate, blinded=asked.blinded, envelope=asked.envelope
        )
    except Refused as refusal:
        return JsonResponse(refusal.as_data(), status=status_of(refusal))
    return JsonResponse({"done": True, "signed": signed})


@csrf_exempt  # no cookie stands behind it: what it accepts is a permit, whoever brings it
@require_POST
@never_cache
def cast(request: HttpRequest, motion: str) -> JsonResponse:
    """Take a ballot from whoever has a permit. Nothing of the request but its body is read."""
    try:
        done = services.cast_sealed(motion, decoded(SealedPaper, request, limit=MAX_BODY))
    except Refused as refusal:
        return JsonResponse(refusal.as_data(), status=status_of(refusal))
    return JsonResponse({"done": True, "cast_at": done.at, "tracker": done.tracker})
