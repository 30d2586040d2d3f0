"""What a live page tells the client when it starts: who, where, which streams, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation

from assemblies.doors import MemberRequest
from kernel.languages import INTERFACE_LANGUAGES, LANGUAGES, base_of, language
from live.names import stream_name


@dataclass(frozen=True, slots=True)
class RoomLink:
    """A room that the page shows or leads to."""

    id: int
    stream: str
    number: int
    title: str
    leads: bool = False
    """Whether the reader leads it."""
    is_hall: bool = False
    """Whether the plenary debates in it."""


def live_page(
    request: MemberRequest,
    page: str,
    rooms: Sequence[RoomLink] = (),
    *,
    materials: bool = False,
    mask: str | None = None,
) -> HttpResponse:
    """The page that starts client `page` (`room`, `facilitator` or `plenary`) with what it needs to know; `materials`:
    whether there are any to read; `mask`: the key by which the page's stream knows the member where nobody else may."""
    boot = _boot(request, page, rooms)
    boot["materials"] = f"{boot['base']}materials/" if materials else None
    boot["mask"] = mask
    practice = request.member.assembly.settings.get("practice")
    context = {"boot": boot, "entry": f"src/pages/{page}.ts", "assembly": boot["assembly"], "practice": practice}
    return render(request, "live.html", context)


def _boot(request: MemberRequest, page: str, rooms: Sequence[RoomLink]) -> dict[str, Any]:
    member, assembly = request.member, request.member.assembly
    base, lang = f"/m/{member.key}/", translation.get_language() or "en"
    return {
        "page": page,
        "member": {
            "key": member.key, "name": member.name, "role": member.role, "speaks": member.speaks,
            "reads": member.reads, "chamber": member.chamber,
        },
        "assembly": {"slug": assembly.slug, "title": assembly.title, "languages": assembly.languages},
        "rooms": [
            {"stream": room.stream, "id": room.id, "number": room.number, "title": room.title,
             "url": f"{base}room/{room.id}/", "leads": room.leads, "is_hall": room.is_hall}
            for room in rooms
        ],
        "plenary": stream_name("plenary", assembly.pk),
        "sitting": stream_name("sitting", assembly.pk),
        "chairs": stream_name("chairs", assembly.pk),
        "socket": f"{base}live",
        "base": base,
        "glossary": f"{base}glossary/" if any(term.meanings for term in assembly.terms) else None,
        "csrf": get_token(request),
        "language": lang,
        "direction": language(lang).direction,
        "languages": _languages([*assembly.languages, member.reads, *member.speaks]),
        "interface": _languages(INTERFACE_LANGUAGES),
        "catalogue": _catalogue(lang),
        "rate": settings.CIVIC_CLOCK_RATE,
    }  # fmt: skip


def _languages(codes: Sequence[str]) -> list[dict[str, str | None]]:
    known = [LANGUAGES[code] for code in dict.fromkeys(codes) if code in LANGUAGES]
    return [
        {"code": each.code, "endonym": each.endonym, "direction": each.direction, "catalogue": _catalogue(each.code)}
        for each in known
    ]


def _catalogue(code: str) -> str | None:
    """Address of the interface texts in a language or a variant of it; English needs none, others may lack it."""
    lang = base_of(code)
    name = f"catalogues/{lang}.json"
    return static(name) if lang in INTERFACE_LANGUAGES and lang != "en" and finders.find(name) else None
