"""A room's drafts without a script: read in one's own language, written in one of those one speaks.

Written through the door that a socket's command takes. A text that is surely in another language than the one chosen is
not taken for it without asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assemblies.doors import member_required
from assemblies.queries import names
from kernel.errors import Refused
from kernel.languages import language
from live import rates
from live.names import parse_name
from live.registry import DOORS
from live.services import submit
from public import dissents, temperatures
from public.doors import readable_room
from public.quotations import Quoted, quoted, wordings
from recommendations.core.drafting import DraftState, DraftWrite
from recommendations.queries import Passage, passages
from rooms.core.types import RoomState
from rooms.models import Room
from rooms.queries import state_of
from translation.identifier import other_language

OFFERED = 40
"""Things said last that may be quoted."""
WRITTEN = ("title", "recommendation", "reasons")


@dataclass(frozen=True, slots=True)
class Shown:
    """One draft for one reader."""

    state: DraftState
    name: str
    texts: Mapping[str, Passage]
    quotes: list[Quoted]
    dissents: list[dissents.Shown]
    temperature: temperatures.Temperature


@dataclass(frozen=True, slots=True)
class Sayable:
    """Something said that may be quoted."""

    words: str
    name: str
    passage: Passage
    is_chosen: bool


@require_http_methods(["GET", "POST"])
@member_required
def drafts_page(request: Any, room: int) -> HttpResponse:
    """The drafts of a room, and a form for the next version of one; 404 for whoever may not read the room."""
    found = readable_room(request, room)
    refusal = offer = None
    if request.method == "POST":
        try:
            rates.take(request.actor.key)
            if "act" in request.POST:
                acts = temperatures if request.POST["act"] in (temperatures.ASK, temperatures.ANSWER) else dissents
                acts.act(request, found)
                return HttpResponseRedirect(request.path)
            offer = _other(request)
            if offer is None:
                _write(request, found)
                return HttpResponseRedirect(request.path)
        except Refused as refused:
            refusal = refused
    room_state = state_of(found)
    form = _form(request, found, room_state)
    context = {
        "member": request.member, "assembly": request.member.assembly, "room": found, "form": form, "offer": offer,
        "drafts": _shown(request, found, room_state), "sayable": _sayable(request, found, room_state, form["quotes"]),
        "may_write": room_state.phase == "open" and request.actor.key in room_state.floor.people, "refusal": refusal,
        "kept": request.POST if refusal and "act" in request.POST else {}, "steps": temperatures.steps(),
    }  # fmt: skip
    return render(request, "public/drafts.html", context, status=409 if refusal else 200)


def _other(request: Any) -> str | None:
    """The language that what was written is surely in, unless its author has said which one it is."""
    if "sure" in request.POST:
        return None
    text = " ".join(request.POST.get(field, "") for field in WRITTEN)
    return other_language(text, language(request.POST.get("lang", "")).code, request.member.speaks)


def _write(request: Any, room: Room) -> None:
    form, base = request.POST, request.POST.get("base", "")
    title, recommendation, reasons = (form.get(field, "").replace("\r\n", "\n") for field in WRITTEN)
    command = DraftWrite(
        form.get("draft") or None, int(base) if base.isdecimal() and len(base) < 9 else 0, title, recommendation,
        reasons, form.get("sure") or form.get("lang", ""), tuple(form.getlist("quotes")),
    )  # fmt: skip
    if not DOORS["draft.write"].may(request.actor, parse_name(room.stream), command):
        raise Refused("command.not_yours", command="")
    submit(room.stream, command, by=request.actor.key)


def _form(request: Any, room: Room, state: RoomState) -> dict[str, Any]:
    """What stands in the form: what was sent and not taken, or the newest version of the draft that is to be edited,
    as its reader has it."""
    if request.method == "POST" and "act" not in request.POST:
        kept = {field: request.POST.get(field, "") for field in (*WRITTEN, "lang", "draft", "base")}
        return {**kept, "quotes": request.POST.getlist("quotes")}
    spoken = request.member.speaks or [request.member.reads]
    draft = state.drafts.get(request.GET.get("edit", ""))
    if draft is None or draft.submitted or not draft.versions:
        return {**dict.fromkeys(WRITTEN, ""), "lang": spoken[0], "draft": "", "base": 0, "quotes": []}
    keys = {field: getattr(draft.newest, field) for field in WRITTEN}
    texts = passages(room.stream, filter(None, keys.values()), request.member.reads)
    filled = {field: texts[key].shown.text if key in texts else "" for field, key in keys.items()}
    lang = request.member.reads if request.member.reads in spoken else spoken[0]
    quotes = [quote.words for quote in draft.newest.quotes]
    return {**filled, "lang": lang, "draft": draft.key, "base": draft.version, "quotes": quotes}


def _shown(request: Any, room: Room, state: RoomState) -> list[Shown]:
    """Five queries, and one more while something is asked."""
    newest = [(draft, draft.newest) for draft in state.drafts.values() if draft.versions]
    quotes = [quote for _draft, version in newest for quote in version.quotes]
    keys = [getattr(version, field) for _draft, version in newest for field in WRITTEN]
    raised = [each for draft, _version in newest for each in draft.dissents.values()]
    wanted = filter(None, (*keys, *wordings(quotes), *(each.words for each in raised)))
    texts = passages(room.stream, wanted, request.member.reads)
    behind = [member for each in raised for member in each.members]
    people = names([*(version.member for _draft, version in newest), *(quote.member for quote in quotes), *behind])
    called = {key: shown.text for key, shown in people.items()}
    done = temperatures.answered(state, request.actor.key)
    shown = {quote.words: quote for quote in quoted(quotes, texts, called)}
    return [
        Shown(
            draft,
            called.get(version.member, "…"),
            {field: texts[key] for field in WRITTEN if (key := getattr(version, field)) in texts},
            [shown[quote.words] for quote in version.quotes],
            dissents.shown(draft.dissents.values(), texts, people, request.actor.key),
            temperatures.temperature(state, draft, request.actor.key, done),
        )
        for draft, version in newest
    ]


def _sayable(request: Any, room: Room, state: RoomState, chosen: Iterable[str]) -> list[Sayable]:
    """What may be quoted, the last first, and what is chosen; three queries."""
    wanted = set(chosen)
    shown = [said for said in reversed(state.said) if not (said.hidden or said.withdrawn)]
    near = [said for number, said in enumerate(shown) if number < OFFERED or said.words in wanted]
    texts = passages(room.stream, [said.wording for said in near], request.member.reads)
    called = names(said.member for said in near)
    return [
        Sayable(said.words, called[said.member].text, texts[said.wording], said.words in wanted)
        for said in near
        if said.wording in texts and said.member in called
    ]
