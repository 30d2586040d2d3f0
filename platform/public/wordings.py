"""How what somebody said reads in other languages, who does not understand it, and in which language a text is.

Answers as data, for a room's screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from assemblies.bodies import decoded
from assemblies.core.members import MAX_SPOKEN
from assemblies.doors import member_required
from assemblies.models import scope_of
from facilitation.rules import may_chair
from kernel.errors import Refused
from kernel.languages import language
from live import rates
from live.names import parse_name
from live.queries import words as texts_of
from public.doors import readable_room
from rooms.models import Contribution, FurtherWords, Room
from rooms.said import flag, is_theirs
from translation import queries as translations
from translation.asking import ask
from translation.identifier import other_language

MAX_BODY = 20_000
ASKING_COSTS = 3
"""Tokens: an engine works for one person."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as it stands in somebody's box, the language they are said to write, and those they speak."""

    text: str
    lang: str
    speaks: tuple[str, ...] = ()


@require_GET
@member_required
def overview(request: Any, room: int, words: str) -> HttpResponse:
    """In which languages one's own words are read, and which of these translations are doubtful."""
    found, said = _own(request, room, words)
    statuses = translations.statuses(found.stream, [said.wording]).get(said.wording, {})
    shown = translations.in_all_languages(found.stream, said.wording)
    return _told({"languages": [_line(lang, str(status), shown, said) for lang, status in sorted(statuses.items())]})


@require_GET
@member_required
def reading(request: Any, room: int, words: str, lang: str) -> HttpResponse:
    """How one's own words read in a language, and what that means back in the language they were said in."""
    found, said = _own(request, room, words)
    shown = translations.shown(found.stream, [said.wording], language(lang).code).get(said.wording)
    if shown is None:
        raise Http404
    return _told({"text": shown.text, "back": _back(request, found, shown.text, source=lang, target=said.lang)})


@require_GET
@member_required
def suggestion(request: Any, room: int, key: str) -> HttpResponse:
    """What a suggested translation means in the language of the words it is of, for whoever decides on it."""
    further = get_object_or_404(FurtherWords.objects.select_related("contribution"), words=key, is_correction=False)
    found, said = _own(request, room, further.contribution.words)
    text = texts_of([key]).get(key)
    if text is None:
        raise Http404
    return _told({"text": text.text, "back": _back(request, found, text.text, source=text.lang, target=said.lang)})


@require_POST
@member_required
def flagged(request: Any, room: int, words: str, lang: str) -> HttpResponse:
    """Say that one does not understand the translation of these words into one's language."""
    found = readable_room(request, room)
    try:
        rates.take(request.actor.key)
        flag(found, words, lang=language(lang).code, member=request.actor.key)
    except Refused as refusal:
        return JsonResponse(refusal.as_data(), status=409)
    return JsonResponse({"done": True})


@require_POST
@member_required
def guess(request: Any) -> HttpResponse:
    """The language a text is surely written in, if it is not the one it is said to be in."""
    try:
        rates.take(request.actor.key)
        typed = decoded(Typed, request, limit=MAX_BODY)
        spoken = [language(code).code for code in typed.speaks[:MAX_SPOKEN]]
        return _told({"lang": other_language(typed.text, language(typed.lang).code, spoken)})
    except Refused as refusal:
        return JsonResponse(refusal.as_data(), status=400)


def _own(request: Any, room: int, words: str) -> tuple[Room, Contribution]:
    """Words that are one's own, or those of a person for whom one types, or said in a room one leads."""
    found = readable_room(request, room)
    said = get_object_or_404(Contribution, room=found, words=words)
    if not is_theirs(said, request.actor.key) and not may_chair(request.actor, parse_name(found.stream)):
        raise Http404
    return found, said


def _line(lang: str, status: str, shown: Any, said: Contribution) -> dict[str, object]:
    label = shown[lang].label or {} if lang in shown else {}
    flags = said.flags.filter(wording=said.wording, lang=lang).count()
    doubts = label.get("doubts", "").split()
    return {"lang": lang, "status": status, "doubts": doubts, "rough": bool(label.get("rough")), "flags": flags}


def _back(request: Any, room: Room, text: str, *, source: str, target: str) -> str | None:
    rates.take(request.actor.key, ASKING_COSTS)
    return ask(text, source=source, target=target, scope=scope_of(room.assembly_id))


def _told(data: dict[str, object]) -> HttpResponse:
    response = JsonResponse(data)
    response["Cache-Control"] = "private, no-store"
    return response
