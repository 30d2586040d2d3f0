"""The harvest of all rooms, for those who lead: every draft that its room accepts, every recommendation, in the
reader's language, and which of them may say nearly the same.

What a room still writes is counted and not shown: it is the room's own until more than half of it stand behind it.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assemblies.doors import member_required, organiser_required
from assemblies.models import Assembly
from exchange.queries import exchange_state
from facilitation.rules import CHAIRS
from facilitation.views import account_of
from kernel.errors import Refused
from live import rates
from plenary.models import Motion
from public.threads import language
from recommendations.core.drafting import DraftState, accepted_by, has_majority
from recommendations.core.similarity import Comparable, Likeness, near_duplicates
from recommendations.models import Recommendation
from recommendations.queries import Passage, kept_apart, merged_drafts, of_assembly, passages_anywhere, supporters_of
from recommendations.services import keep_apart
from rooms.core.types import RoomState
from rooms.models import Room
from rooms.queries import people_who_count, rooms_of_assembly, rooms_of_member, states_of
from translation.queries import unwanted
from translation.services import want_in

MOST_COMPARED = 200
"""The drafts that came last; comparing so many, each half a page long, takes about a second."""

Stage = Literal["accepted", "sent", "motion", "merged"]


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One draft that its room stands behind, for one reader."""

    room: Room
    draft: DraftState
    stage: Stage
    accepted: int
    present: int
    title: Passage | None
    text: Passage | None
    reasons: Passage | None
    row: Recommendation | None
    motion: Motion | None
    comments: int
    """Of other rooms."""
    supporters: int

    @property
    def disagreements(self) -> int:
        """Dissents that are not settled."""
        return sum(1 for each in self.draft.dissents.values() if each.fate in (None, "upheld"))


@dataclass(frozen=True, slots=True)
class Alike:
    """Two drafts of different rooms that may say nearly the same, and how alike they are in percent."""

    one: Sheaf
    other: Sheaf
    percent: int
    home: Room | None
    """The room of one of them, if the reader leads it and both may become one text."""

    @property
    def sides(self) -> tuple[Sheaf, Sheaf]:
        """Both, to be read side by side."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Harvest:
    """All that stands, what is alike, how many texts cannot be compared yet and how many drafts are still written."""

    sheaves: list[Sheaf]
    alike: list[Alike]
    waiting: int
    writing: int

    def chosen(self, asked: Mapping[str, str]) -> list[Sheaf]:
        """The sheaves of a room, a language and a stage, where one is asked for."""
        near = {side.draft.key for pair in self.alike for side in pair.sides}
        return [
            each
            for each in self.sheaves
            if asked.get("room", "") in ("", str(each.room.number))
            and asked.get("written", "") in ("", each.draft.newest.lang)
            and asked.get("stage", "") in ("", each.stage)
            and (not asked.get("alike") or each.draft.key in near)
        ]


@require_http_methods(["GET", "POST"])
@member_required
def member_page(request: Any) -> HttpResponse:
    """For the facilitators and organisers among the members; 404 for everybody else."""
    if request.actor.role not in CHAIRS:
        raise Http404
    rates.take(request.actor.key)
    context = {"member": request.member, "base": "public/harvest_member.html"}
    assembly = request.member.assembly
    return _page(request, assembly, request.actor.key, request.member.reads, context, _led(request, assembly))


def _led(request: Any, assembly: Assembly) -> set[int]:
    """The rooms that a member leads; one query."""
    if request.actor.role == "organiser":
        return {room.pk for room in rooms_of_assembly(assembly.pk)}
    return {each.room.pk for each in rooms_of_member(request.actor.key) if each.role == "facilitator"}


@require_http_methods(["GET", "POST"])
@organiser_required
def organiser_page(request: Any, assembly: Assembly) -> HttpResponse:
    """The same for an account that organises the assembly."""
    context = {"here": "rooms", "base": "public/harvest_organiser.html"}
    return _page(request, assembly, account_of(request), language(), context)


def _page(
    request: HttpRequest, assembly: Assembly, by: str, lang: str, context: Mapping[str, Any],
    leads: Collection[int] = (),
) -> HttpResponse:  # fmt: skip
    refusal = None
    if request.method == "POST":
        try:
            keep_apart(assembly.pk, request.POST.get("one", ""), request.POST.get("other", ""), by=by)
            return HttpResponseRedirect(f"{request.path}#alike")
        except Refused as refused:
            refusal = refused
    harvest = harvest_of(assembly, lang, leads)
    more = {
        "assembly": assembly, "harvest": harvest, "sheaves": harvest.chosen(request.GET), "asked": request.GET,
        "rooms": list(dict.fromkeys(each.room for each in harvest.sheaves)), "refusal": refusal,
        "langs": sorted({each.draft.newest.lang for each in harvest.sheaves}),
    }  # fmt: skip
    return render(request, "public/harvest.html", {**context, **more}, status=409 if refusal else 200)


def harvest_of(assembly: Assembly, lang: str, leads: Collection[int] = ()) -> Harvest:
    """Everything for who reads `lang` and leads these rooms; a dozen queries, however many rooms. What nobody has asked
    for in that language is asked for now."""
    rooms = list(rooms_of_assembly(assembly.pk))
    states = states_of(rooms)
    found = [(room, draft) for room in rooms if room.pk in states for draft in states[room.pk].drafts.values()]
    standing = [(room, draft) for room, draft in found if draft.submitted or _is_accepted(states[room.pk], draft)]
    keys = [key for _room, draft in standing for key in _keys(draft)]
    if missing := unwanted(keys, lang):
        want_in(missing, lang)
    sheaves = _sheaves(assembly, standing, states, passages_anywhere(keys, lang))
    alike, waiting = _alike(assembly, sheaves, leads)
    return Harvest(sheaves, alike, waiting, writing=len(found) - len(standing))


def _is_accepted(state: RoomState, draft: DraftState) -> bool:
    return bool(draft.versions) and has_majority(draft, people_who_count(state))


def _keys(draft: DraftState) -> list[str]:
    newest = draft.newest
    return [key for key in (newest.title, newest.recommendation, newest.reasons) if key]


def _sheaves(
    assembly: Assembly, standing: Iterable[tuple[Room, DraftState]], states: Mapping[int, RoomState],
    texts: Mapping[str, Passage],
) -> list[Sheaf]:  # fmt: skip
    """Five queries."""
    rows = {row.draft: row for row in of_assembly(assembly.pk)}
    motions = {
        key: motion
        for motion in Motion.objects.filter(assembly=assembly)
        for key in (motion.recommendation, *motion.others)
    }
    said = Counter(
        share.draft
        for share in exchange_state(assembly.pk).shares.values()
        for comment in share.comments.values()
        if not comment.withdrawn
    )
    support = supporters_of(row.key for row in rows.values())
    merged = {draft: version for draft, (version, _row) in merged_drafts(assembly.pk).items()}
    found = [
        _sheaf(room, draft, states[room.pk], texts, rows.get(draft.key), motions, said[draft.key], support)
        for room, draft in standing
    ]
    return [
        replace(each, stage="merged") if each.draft.version <= merged.get(each.draft.key, 0) else each for each in found
    ]


def _sheaf(
    room: Room, draft: DraftState, state: RoomState, texts: Mapping[str, Passage], row: Recommendation | None,
    motions: Mapping[str, Motion], comments: int, support: Mapping[str, int],
) -> Sheaf:  # fmt: skip
    newest, counted = draft.newest, people_who_count(state)
    motion = motions.get(row.key) if row else None
    return Sheaf(
        room=room,
        draft=draft,
        stage="motion" if motion else "sent" if row else "accepted",
        accepted=row.accepted if row else accepted_by(draft, counted),
        present=row.present if row else len(counted),
        title=texts.get(newest.title or ""),
        text=texts.get(newest.recommendation),
        reasons=texts.get(newest.reasons or ""),
        row=row,
        motion=motion,
        comments=comments,
        supporters=support.get(row.key, 0) if row else 0,
    )


def _alike(assembly: Assembly, sheaves: Sequence[Sheaf], leads: Collection[int]) -> tuple[list[Alike], int]:
    """Pairs that nobody has said are different, compared in the assembly's own language, and how many texts are not
    there in it; three queries."""
    alone = [each for each in sheaves if each.stage != "merged"]
    keys = [key for each in alone for key in (each.draft.newest.title, each.draft.newest.recommendation) if key]
    texts = passages_anywhere(keys, assembly.lang)
    ready = [each for each in alone if _is_ready(texts.get(each.draft.newest.recommendation))]
    by_key = {each.draft.key: each for each in ready}
    last = sorted(ready, key=lambda each: each.draft.newest.at)[-MOST_COMPARED:]
    found = _compared(tuple(_comparable(each, texts) for each in last))
    apart = kept_apart(assembly.pk)
    pairs = [
        Alike(*sides, round(100 * pair.degree), _home(sides, leads))
        for pair in found
        if frozenset((pair.one, pair.other)) not in apart
        for sides in [(by_key[pair.one], by_key[pair.other])]
    ]
    return pairs, len(alone) - len(ready)


def _home(pair: Sequence[Sheaf], leads: Collection[int]) -> Room | None:
    if any(each.stage == "motion" for each in pair):
        return None
    return next((each.room for each in pair if each.room.pk in leads), None)


def _is_ready(passage: Passage | None) -> bool:
    return passage is not None and not passage.is_missing


def _comparable(sheaf: Sheaf, texts: Mapping[str, Passage]) -> Comparable:
    newest = sheaf.draft.newest
    parts = [texts[key].shown.text for key in (newest.title, newest.recommendation) if key and key in texts]
    return Comparable(sheaf.draft.key, sheaf.room.stream, "\n".join(parts))


@functools.lru_cache(maxsize=32)
def _compared(texts: tuple[Comparable, ...]) -> tuple[Likeness, ...]:
    return tuple(near_duplicates(texts))
