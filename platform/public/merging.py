"""Making one text of several rooms' texts, without a script: proposals that concern a room, its answers, a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assemblies.doors import member_required
from exchange.core.merging import (
    Candidate,
    Change,
    Merge,
    MergeAnswer,
    MergePropose,
    MergeWithdraw,
    RoomVerdict,
    changed,
)
from exchange.queries import candidates_of, exchange_state, merges_with
from exchange.rules import may_answer, may_merge, may_share, may_take_back
from exchange.services import ask
from kernel.errors import Refused
from live import rates
from public.doors import readable_room
from recommendations.core.drafting import MAX_AMENDED
from recommendations.models import Recommendation, Revision
from recommendations.queries import Passage, passages_anywhere
from rooms.models import Room
from rooms.queries import people_who_count, rooms_of_assembly, state_of
from translation.queries import unwanted
from translation.services import want_in

FIELDS = ("title", "recommendation", "reasons")


@dataclass(frozen=True, slots=True)
class Side:
    """A text that is to be merged, for one reader; `room` is the number people call it by."""

    draft: str
    version: int
    room: int
    title: Passage | None
    text: Passage | None
    reasons: Passage | None
    change: str = ""
    """Why it is no longer what a proposal was made of."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a room has said to a proposal so far; `verdict` once it has decided."""

    room: int
    accepts: int
    refuses: int
    verdict: RoomVerdict | None


@dataclass(frozen=True, slots=True)
class ShownMerge:
    """A proposal for one reader."""

    state: Merge
    room: int
    title: Passage | None
    texts: list[Passage]
    sides: list[Side]
    rooms: list[Answered]
    is_changed: bool
    mine: bool | None
    may_answer: bool
    may_take_back: bool
    row: Recommendation | None
    """What it became."""


@require_http_methods(["GET", "POST"])
@member_required
def merging_page(request: Any, room: int) -> HttpResponse:
    """Proposals that concern this room, the newest first; 404 for whoever may not read the room."""
    found, refusal = readable_room(request, room), None
    if request.method == "POST":
        try:
            rates.take(request.actor.key)
            _act(request, found)
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            refusal = refused
    now, numbers = candidates_of(found.assembly_id), _numbers(found)
    offers, chosen = _offers(request, found, now), _chosen(request, now)
    context = {
        "member": request.member, "assembly": request.member.assembly, "room": found, "refusal": refusal,
        "merges": _shown(request, found, now, numbers), "offers": _sides(request, offers, numbers),
        "chosen": _sides(request, chosen, numbers), "form": _form(request, found, chosen, refusal),
        "most": MAX_AMENDED, "people": len(people_who_count(state_of(found))),
        "kept": request.POST if refusal else {},
    }  # fmt: skip
    return render(request, "public/merging.html", context, status=409 if refusal else 200)


def _act(request: Any, room: Room) -> None:
    """Do what a form asks."""
    form, merge = request.POST, request.POST.get("merge", "")
    title, text, reasons = (form.get(name, "").replace("\r\n", "\n") for name in FIELDS)
    commands: Mapping[str, Callable[[], Any]] = {
        "propose": lambda: MergePropose(
            room.pk, tuple(form.getlist("draft")), title, text, reasons, form.get("lang", "")
        ),
        "accept": lambda: MergeAnswer(merge, room.pk, accept=True),
        "refuse": lambda: MergeAnswer(merge, room.pk, accept=False),
        "withdraw": lambda: MergeWithdraw(merge),
    }
    act = form.get("act", "")
    if act not in commands:
        raise Refused("command.unknown", command=act[:60])
    ask(commands[act](), request.actor)


def _numbers(room: Room) -> dict[int, int]:
    return {each.pk: each.number for each in rooms_of_assembly(room.assembly_id)}


def _offers(request: Any, room: Room, now: Mapping[str, Candidate]) -> list[tuple[str, int]]:
    """What may be merged from here: drafts with their versions; nothing where the room itself has no text."""
    if not may_share(request.actor, room.pk):
        return []
    state = exchange_state(room.assembly_id)
    found = [each for each in now.values() if not each.change and may_merge(request.actor, room.pk, each, state)]
    rooms = {each.parent.room for each in found}
    return [(each.parent.draft, each.parent.version) for each in found] if room.pk in rooms and len(rooms) > 1 else []


def _chosen(request: Any, now: Mapping[str, Candidate]) -> list[tuple[str, int]]:
    asked = request.POST if request.POST.get("act") == "propose" else request.GET
    return [(key, now[key].parent.version) for key in dict.fromkeys(asked.getlist("draft")) if key in now]


def _form(
    request: Any, room: Room, chosen: Sequence[tuple[str, int]], refusal: Refused | None
) -> Mapping[str, str] | None:
    """What stands in the fields of a new proposal: what was refused, what was proposed before, or the chosen texts one
    after the other; None where nothing is chosen."""
    if not chosen or not may_share(request.actor, room.pk):
        return None
    if refusal:
        return {name: request.POST.get(name, "") for name in (*FIELDS, "lang")}
    keys: list[list[str | None]]
    lang = request.member.speaks[0] if request.member.speaks else request.member.reads
    before = exchange_state(room.assembly_id).merges.get(request.GET.get("again", ""))
    if before and room.pk in (*before.rooms, before.room):
        lang, keys = before.lang, [[before.title], [before.recommendation], [before.reasons]]
    else:
        rows = _rows(chosen)
        keys = [[row.title for row in rows[:1]], [row.recommendation for row in rows], [row.reasons for row in rows]]
    texts = passages_anywhere([key for field in keys for key in field if key], lang)
    joined = ["\n\n".join(texts[key].shown.text for key in field if key and key in texts) for field in keys]
    return dict(zip((*FIELDS, "lang"), (*joined, lang), strict=True))


def _rows(chosen: Iterable[tuple[str, int]]) -> list[Revision]:
    wanted = list(chosen)
    rows = {(row.draft, row.number): row for row in Revision.objects.filter(draft__in=[draft for draft, _ in wanted])}
    return [rows[each] for each in wanted if each in rows]


def _sides(
    request: Any, chosen: Sequence[tuple[str, int]], numbers: Mapping[int, int],
    changes: Mapping[str, Change] | None = None,
) -> list[Side]:  # fmt: skip
    """These versions in the reader's language; what nobody has asked for in it is asked for now."""
    rows = _rows(chosen)
    keys = [key for row in rows for key in (row.title, row.recommendation, row.reasons) if key]
    if missing := unwanted(keys, request.member.reads):
        want_in(missing, request.member.reads)
    texts, words = passages_anywhere(keys, request.member.reads), change_words()
    return [
        Side(
            row.draft, row.number, numbers.get(int(row.stream.rpartition(".")[2]), 0), texts.get(row.title),
            texts.get(row.recommendation), texts.get(row.reasons),
            words[changes[row.draft]] if changes and row.draft in changes else "",
        )
        for row in rows
    ]  # fmt: skip


def _shown(
    request: Any, room: Room, now: Mapping[str, Candidate], numbers: Mapping[int, int]
) -> list[ShownMerge]:  # fmt: skip
    merges = merges_with(exchange_state(room.assembly_id), room.pk)
    texts = passages_anywhere([key for merge in merges for key in merge.texts], request.member.reads)
    rows = {row.draft: row for row in Recommendation.objects.filter(draft__in=[merge.key for merge in merges])}
    speaks = may_answer(request.actor, room.pk)
    found = []
    for merge in merges:
        changes = changed(merge, now) if merge.fate == "open" else {}
        is_asked = room.pk in merge.rooms and merge.verdict_of(room.pk) is None
        found.append(
            ShownMerge(
                state=merge,
                room=numbers.get(merge.room, 0),
                title=texts.get(merge.title or ""),
                texts=[texts[key] for key in (merge.recommendation, merge.reasons or "") if key in texts],
                sides=_sides(request, [(each.draft, each.version) for each in merge.parents], numbers, changes),
                rooms=[_answered(merge, each, numbers) for each in merge.rooms],
                is_changed=bool(changes),
                mine=merge.answers_of(room.pk).get(request.actor.key),
                may_answer=merge.fate == "open" and not changes and is_asked and speaks,
                may_take_back=merge.fate == "open" and may_take_back(request.actor, merge),
                row=rows.get(merge.key),
            )
        )
    return found


def _answered(merge: Merge, room: int, numbers: Mapping[int, int]) -> Answered:
    said = list(merge.answers_of(room).values())
    return Answered(numbers.get(room, 0), said.count(True), said.count(False), merge.verdict_of(room))


def change_words() -> dict[Change, str]:
    """Why a text is no longer what a proposal was made of, in the reader's language."""
    return {
        "written": _("This room wrote a newer version meanwhile."),
        "voted": _("This text was put to the vote meanwhile."),
        "merged": _("This text became part of another one meanwhile."),
    }
