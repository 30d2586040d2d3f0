"""What a room exchanges with others, without a script: its drafts that others read, theirs that it is asked about.

Rooms hear of each other as rooms: comments bear the number of a room, and no name beyond it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assemblies.doors import member_required
from exchange.core.sharing import (
    MAX_COMMENT,
    Comment,
    CommentAnswer,
    CommentMake,
    CommentWithdraw,
    DraftShare,
    Share,
    ShareClose,
)
from exchange.queries import exchange_state, shared_by, shared_with
from exchange.rules import judges, may_share, speaks_in
from exchange.services import agree, ask
from facilitation.rules import may_chair
from kernel.errors import Refused
from live import rates
from live.names import parse_name
from public.doors import readable_room
from recommendations.core.drafting import DraftState, has_majority
from recommendations.queries import Passage, passages_anywhere
from rooms.models import Room
from rooms.polls import has_answered
from rooms.queries import people_who_count, rooms_of_assembly, state_of


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment for one reader; `room` is the number people call it by."""

    state: Comment
    room: int
    passage: Passage | None
    answer: Passage | None
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class ShownShare:
    """What is shared, for one reader; `readers` and `room` are the numbers people call rooms by."""

    state: Share
    room: int
    readers: list[int]
    title: Passage | None
    texts: list[Passage]
    comments: list[ShownComment]
    steps: list[tuple[str, int]]
    """How many chose each step of agreement; empty where that is not told."""
    may_judge: bool
    has_agreed: bool


@dataclass(frozen=True, slots=True)
class Shareable:
    """A draft that its room stands behind and that is not shared now."""

    draft: DraftState
    title: Passage | None


@require_http_methods(["GET", "POST"])
@member_required
def exchange_page(request: Any, room: int) -> HttpResponse:
    """What this room shares and is asked to read; 404 for whoever may not read the room."""
    found, refusal = readable_room(request, room), None
    if request.method == "POST":
        try:
            rates.take(request.actor.key)
            _act(request, found)
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            refusal = refused
    state = exchange_state(found.assembly_id)
    own, given = shared_by(state, found.pk), shared_with(state, found.pk)
    others = [each for each in rooms_of_assembly(found.assembly_id) if each.pk != found.pk]
    leads = may_share(request.actor, found.pk)
    context = {
        "member": request.member, "assembly": request.member.assembly, "room": found, "refusal": refusal,
        "own": _shown(request, own, others, found), "given": _shown(request, given, others, found),
        "shareable": _shareable(request, found, state.shares.values()) if leads else [], "others": others,
        "may_share": leads, "steps": step_words(), "kept": request.POST if refusal else {}, "most": MAX_COMMENT,
    }  # fmt: skip
    return render(request, "public/exchange.html", context, status=409 if refusal else 200)


def _act(request: Any, room: Room) -> None:
    """Do what a form asks."""
    form, share = request.POST, request.POST.get("share", "")
    if form.get("act") == "agree":
        agree(share, request.actor, room=room.pk, choice=_number(form.get("choice", "")))
        return
    text, lang = form.get("text", "").replace("\r\n", "\n"), form.get("lang", "")
    readers = tuple(_number(each) for each in form.getlist("readers"))
    commands: Mapping[str, Callable[[], Any]] = {
        "share": lambda: DraftShare(form.get("draft", ""), room.pk, readers),
        "close": lambda: ShareClose(share),
        "comment": lambda: CommentMake(share, room.pk, text, lang),
        "withdraw": lambda: CommentWithdraw(share, form.get("comment", "")),
        "answer": lambda: CommentAnswer(share, form.get("comment", ""), text, lang),
    }
    act = form.get("act", "")
    if act not in commands:
        raise Refused("command.unknown", command=act[:60])
    ask(commands[act](), request.actor)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def _shareable(request: Any, room: Room, shares: Iterable[Share]) -> list[Shareable]:
    state = state_of(room)
    shared = {each.draft for each in shares if each.is_open}
    people = people_who_count(state)
    drafts = [
        draft
        for draft in state.drafts.values()
        if draft.versions and draft.key not in shared and (draft.submitted or has_majority(draft, people))
    ]
    keys = {draft.key: draft.newest.title or draft.newest.recommendation for draft in drafts}
    texts = passages_anywhere(keys.values(), request.member.reads)
    return [Shareable(draft, texts.get(keys[draft.key])) for draft in drafts]


def _shown(request: Any, shares: Sequence[Share], others: Iterable[Room], room: Room) -> list[ShownShare]:
    """With all comments for the room that wrote the text, for one that reads it with its own; six queries."""
    numbers = {each.pk: each.number for each in (*others, room)}
    comments = {
        share.key: [
            each for each in share.comments.values() if not each.withdrawn and room.pk in (share.room, each.room)
        ]
        for share in shares
    }
    said = [key for each in comments.values() for one in each for key in (one.words, one.answer) if key]
    texts = passages_anywhere([*(key for share in shares for key in share.texts), *said], request.member.reads)
    own = speaks_in(request.actor, {room.pk, *(share.room for share in shares)})
    chairs = may_chair(request.actor, parse_name(room.stream))
    agreed = has_answered([share.key for share in shares], request.actor.key)

    def comment(each: Comment) -> ShownComment:
        mine = each.member == request.actor.key or (chairs and each.room == room.pk)
        return ShownComment(each, numbers.get(each.room, 0), texts.get(each.words), texts.get(each.answer or ""), mine)

    return [
        ShownShare(
            state=share,
            room=numbers.get(share.room, 0),
            readers=sorted(numbers[each] for each in share.readers if each in numbers),
            title=texts.get(share.title or ""),
            texts=[texts[key] for key in (share.recommendation, share.reasons or "") if key in texts],
            comments=[comment(each) for each in comments[share.key]],
            steps=list(zip(step_words(), share.counts, strict=True)) if share.counts else [],
            may_judge=share.is_open and judges(own, share, room.pk),
            has_agreed=share.key in agreed,
        )
        for share in shares
    ]


def step_words() -> list[str]:
    """The steps of agreement, in the reader's language."""
    return [_("strongly against"), _("rather against"), _("undecided"), _("rather for"), _("strongly for")]
