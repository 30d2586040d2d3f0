"""The report of each room that has ended: a page and data, for the plenary's members and, where public, for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from assemblies.doors import member_required
from assemblies.models import Assembly
from assemblies.queries import groups_of
from facilitation.evidence import group_words, kind_words
from kernel import clock, wire
from recommendations.models import Recommendation
from recommendations.queries import Passage, passages
from rooms.core.summary import RoomSummary
from rooms.models import Room
from rooms.queries import rooms_of_assembly, summary
from translation.queries import Volume, volumes

SCHEMA = "room-report/1"


@dataclass(frozen=True, slots=True)
class Report:
    """A room's summary with the texts it speaks of in the reader's language."""

    room: Room
    summary: RoomSummary
    texts: Mapping[str, Passage]
    sent: list[Recommendation]
    translated: list[Volume]


def ended(assembly: Assembly) -> list[Room]:
    """The rooms whose reports can be read; one query."""
    return list(rooms_of_assembly(assembly.pk).filter(stage="closed"))


def report_of(room: Room, lang: str) -> Report:
    """Everything of one room; eight queries."""
    found = summary(room, groups_of(room.assembly))
    sent = list(Recommendation.objects.filter(origin_stream=room.stream).order_by("origin_seq"))
    keys = [item.title or "" for item in found.items] + [each.words for each in found.agreed]
    keys += [key for each in sent for key in (each.title, each.recommendation)]
    return Report(room, found, passages(room.stream, keys, lang), sent, volumes(room.stream))


@require_GET
@member_required
def member_list(request: Any) -> HttpResponse:
    """The reports of all rooms, for a member of the plenary."""
    assembly, base = request.member.assembly, f"/m/{request.actor.key}/"
    context = {"assembly": assembly, "base": base, "place": f"{base}reports/", "rooms": ended(assembly)}
    return render(request, "public/reports.html", context)


@require_GET
@member_required
def member_report(request: Any, number: int, form: str = "") -> HttpResponse:
    """One room's report, for a member of the plenary."""
    back = f"/m/{request.actor.key}/reports/"
    return _answer(request, request.member.assembly, number, form, back=back, data=f"{back}{number}.json")


@require_safe
def public_report(request: HttpRequest, slug: str, number: int, form: str = "") -> HttpResponse:
    """One room's report, for everybody."""
    assembly = get_object_or_404(Assembly, slug=slug, public=True)
    back = f"/a/{slug}/"
    return _answer(request, assembly, number, form, back=back, data=f"{back}rooms/{number}.json")


def _answer(request: HttpRequest, assembly: Assembly, number: int, form: str, *, back: str, data: str) -> HttpResponse:
    room = get_object_or_404(Room, assembly=assembly, number=number, stage="closed")
    report = report_of(room, translation.get_language() or "en")
    if form == "json":
        return JsonResponse(data_of(report))
    context = {"assembly": assembly, "back": back, "data": data, "report": report, **_in_words(report)}
    return render(request, "public/room_report.html", context)


def _in_words(report: Report) -> dict[str, Any]:
    found, texts = report.summary, report.texts
    kinds, names = kind_words(), finding_words()
    return {
        "items": [(item, texts.get(item.title or "")) for item in found.items],
        "groups": [
            (group_words(name), count, found.acts_by_group[name])
            for name, count in found.groups.items()
            if count < found.people
        ],
        "shares": [
            (group_words(name), round(100 * share.people), round(100 * share.talk))
            for name, share in found.shares.items()
            if share.people < 1
        ],
        "acts": [(kinds[kind], count) for kind, count in sorted(found.acts.items())],
        "agreed": [(names[each.kind], each, texts.get(each.words)) for each in found.agreed],
        "sent": [(each, texts.get(each.title), texts.get(each.recommendation)) for each in report.sent],
        "final_at": report.room.final_at if (report.room.final_at or 0) > clock.now() else None,
        "minutes": round(found.talk_ms / 60_000),
        "gini": round(float(found.equality.gini), 2) if found.equality else None,
        "top": round(100 * found.equality.top) if found.equality else 0,
        "silent": len(found.equality.silent) if found.equality else 0,
    }


def finding_words() -> Mapping[str, str]:
    """Kinds of findings, in the reader's language."""
    return {"point": _("Point"), "divergence": _("Divergence"), "question": _("Open question")}


def data_of(report: Report) -> dict[str, Any]:
    """The report for programs: numbers and texts with their languages, no names and no keys of members."""
    found = report.summary
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "room": report.room.number,
        "opened_at": found.opened_at,
        "closed_at": found.closed_at,
        "final_at": report.room.final_at,
        "reopened": found.reopened,
        "items": [{"number": each.number, "at": each.at, "title": _text(report, each.title)} for each in found.items],
        "steps": [wire.encode(each) for each in found.steps],
        "people": found.people,
        "groups": dict(found.groups),
        "talk_ms": found.talk_ms,
        "turns": found.turns,
        "contributions": found.contributions,
        "notes": found.notes,
        "equality": None,
        "shares": {
            name: {"people": float(share.people), "talk": float(share.talk)} for name, share in found.shares.items()
        },
        "overrides": {
            "acts": dict(found.acts),
            "departures": found.departures,
            "extended_s": found.extended_s,
            "corrected_s": found.corrected_s,
            "by_group": dict(found.acts_by_group),
        },
        "agreed": [
            {"kind": each.kind, "accepted": each.accepted, "present": each.present, "text": _text(report, each.words)}
            for each in found.agreed
        ],
        "recommendations": [
            {"key": each.key, "version": each.version, "accepted": each.accepted, "present": each.present,
             "title": _text(report, each.title), "text": _text(report, each.recommendation)}
            for each in report.sent
        ],
        "translation": [each._asdict() for each in report.translated],
    }  # fmt: skip
    if found.equality:
        figures = found.equality
        data["equality"] = {"gini": float(figures.gini), "top": float(figures.top), "silent": len(figures.silent)}
    return data


def _text(report: Report, key: str | None) -> dict[str, Any] | None:
    """The original, and what the reader sees in its place."""
    found = report.texts.get(key or "")
    if found is None:
        return None
    original = {"lang": found.original.lang, "text": found.original.text}
    return {**original, "shown": {"lang": found.shown.lang, "text": found.shown.text}}
