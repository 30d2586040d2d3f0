"""What was said, page by page: in a room for whoever may read it, and by oneself in every room one has sat in.

Both need no script and reach further back than a room's screen. Taking back, hiding and showing again go through the
same doors as from a socket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from assemblies.doors import member_required
from assemblies.queries import names, people_of_scribe
from facilitation.rules import may_chair
from kernel import wire
from kernel.errors import Refused
from live import rates
from live.core.kinds import WordsShown
from live.names import parse_name
from live.queries import words_withheld
from live.registry import DOORS
from live.services import submit
from public.doors import readable_room
from public.quotations import became, reason_words
from recommendations.models import Recommendation
from recommendations.queries import Passage, passages
from rooms.core.control import SaidCommand
from rooms.models import Contribution

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said as the page shows it to one reader."""

    said: Contribution
    name: str
    passage: Passage | None
    withheld: WordsShown | None
    """Hidden words, for whoever leads the room."""
    reason: str
    is_mine: bool
    leads: bool
    became: Recommendation | None
    """What quotes it."""


@require_http_methods(["GET", "POST"])
@member_required
def room_page(request: Any, room: int) -> HttpResponse:
    """Everything that was said in a room, the last first; 404 for whoever may not read the room."""
    found = readable_room(request, room)
    return _page(request, Contribution.objects.filter(room=found), {"room": found})


@require_http_methods(["GET", "POST"])
@member_required
def own_page(request: Any) -> HttpResponse:
    """Everything this member has said, and those for whom they type, in whatever room."""
    mine = Contribution.objects.filter(member__in=_mine(request), room__assembly=request.member.assembly_id)
    return _page(request, mine, {})


def _page(request: Any, said: QuerySet[Contribution], more: dict[str, Any]) -> HttpResponse:
    refusal = _acted(request, said) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        return HttpResponseRedirect(request.get_full_path())
    before = request.GET.get("before", "")
    rows = said.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else said
    page = list(rows.select_related("room").order_by("-pk")[: ON_A_PAGE + 1])
    context = {
        "member": request.member, "assembly": request.member.assembly, "lines": _lines(request, page[:ON_A_PAGE]),
        "further": page[ON_A_PAGE - 1].pk if len(page) > ON_A_PAGE else None, "is_first": rows is said,
        "reasons": reason_words(), "refusal": refusal, **more,
    }  # fmt: skip
    return render(request, "public/said.html", context, status=409 if refusal else 200)


def _acted(request: Any, said: QuerySet[Contribution]) -> Refused | None:
    """Do what the form asks, through the door that a socket's command takes."""
    try:
        rates.take(request.actor.key)
        row = get_object_or_404(said.select_related("room"), words=request.POST.get("words", ""))
        door = DOORS.get(request.POST.get("act", ""))
        if door is None or not issubclass(door.command, SaidCommand):
            raise Refused("command.unknown", command="")
        fields = {"words": row.words}
        if "reason" in request.POST:
            fields["reason"] = request.POST["reason"]
        command: Any = wire.decode(door.command, fields)
        if not door.may(request.actor, parse_name(row.room.stream), command):
            raise Refused("command.not_yours", command="")
        submit(row.room.stream, command, by=request.actor.key)
    except Refused as refusal:
        return refusal
    return None


def _lines(request: Any, rows: Sequence[Contribution]) -> list[Line]:
    """Four queries for each room on the page, one for each text that is hidden from all but who leads, and the states
    of rooms that sent a recommendation."""
    rooms = {row.room_id: row.room for row in rows}
    leads = {pk: may_chair(request.actor, parse_name(room.stream)) for pk, room in rooms.items()}
    texts: dict[str, Passage] = {}
    for pk, room in rooms.items():
        texts |= passages(room.stream, [row.wording for row in rows if row.room_id == pk], request.member.reads)
    quoting = became(rooms.values())
    people, mine, reasons = names(row.member for row in rows), _mine(request), dict(reason_words())
    return [
        Line(
            said=row,
            name=people[row.member].text if row.member in people else "…",
            passage=texts.get(row.wording),
            withheld=words_withheld(row.wording) if row.hidden and leads[row.room_id] else None,
            reason=reasons.get(row.hidden, ""),
            is_mine=row.member in mine,
            leads=leads[row.room_id],
            became=quoting.get(row.words),
        )
        for row in rows
    ]


def _mine(request: Any) -> set[str]:
    return {request.actor.key, *people_of_scribe(request.member).values_list("key", flat=True)}
