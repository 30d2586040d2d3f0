"""Where each sentence of a text comes from: of a recommendation for everybody, of a draft for who may read its room.

The public page tells versions, times, languages and what is quoted, without names; the room's own page also shows how
sentences read before, who wrote them, and any two versions compared.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from assemblies.doors import member_required
from assemblies.models import Assembly
from assemblies.queries import names
from kernel.languages import is_foreign
from live.core.kinds import WordsShown
from live.names import parse_name
from public.doors import readable_room
from public.quotations import Quoted, quoted, wordings
from public.threads import Entry, entries_of, language, room_name
from recommendations.core.drafting import DraftState, VersionState
from recommendations.core.provenance import Thread, Wrote, bringing, merged_from, sentences, threads
from recommendations.models import Recommendation
from recommendations.queries import Passage, passages
from rooms.models import Contribution, Room
from rooms.queries import state_of
from translation.core.changes import Change, changes
from translation.core.sides import side_by_side

FIELDS = ("recommendation", "reasons")
"""The parts of a text that are followed sentence by sentence."""
ALL_FIELDS = ("title", *FIELDS)


@dataclass(frozen=True, slots=True)
class Stage:
    """A version that brought or changed a sentence."""

    version: VersionState
    name: str
    """Of who wrote it; empty where no names are told."""
    texts: list[WordsShown]
    """How it read before or what it was made of; empty where former wordings are not told."""
    said: int
    """Things that were said in the room since the version before."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence for one reader."""

    number: int
    shown: WordsShown
    original: WordsShown
    stages: list[Stage]
    quotes: list[Quoted]

    @property
    def is_translated(self) -> bool:
        """Whether what is shown is a translation."""
        return self.shown is not self.original


@dataclass(frozen=True, slots=True)
class History:
    """A text with the thread of each of its sentences, and what it quotes as a whole."""

    parts: list[tuple[str, list[Line]]]
    quotes: list[Quoted]


@dataclass(frozen=True, slots=True)
class Source:
    """A draft that a recommendation was written as, and its versions up to the one that was sent."""

    room: Room
    draft: DraftState
    versions: tuple[VersionState, ...]
    label: str
    """What the room is called."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A sentence of one room from which a sentence of a merged text was made."""

    room: str
    line: Line


@dataclass(frozen=True, slots=True)
class MergedLine:
    """One sentence of a merged text for one reader; without origins it came with the merge."""

    number: int
    shown: WordsShown
    original: WordsShown
    origins: list[Origin]

    @property
    def is_translated(self) -> bool:
        """Whether what is shown is a translation."""
        return self.shown is not self.original


@dataclass(frozen=True, slots=True)
class MergedHistory:
    """A merged text with what each sentence was made of, and what its texts quote as a whole."""

    parts: list[tuple[str, list[MergedLine]]]
    quotes: list[Quoted]
    is_partial: bool
    """Whether some of what was merged is not there in the language of the merged text, so that nothing leads to it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two versions: what differs as the reader reads it, and in the language it was written in."""

    name: str
    lang: str
    shown: tuple[Change, ...]
    written_in: str
    written: tuple[Change, ...]


@require_safe
def sentences_page(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The thread of each sentence of a recommendation, without names."""
    assembly = get_object_or_404(Assembly, slug=slug, public=True)
    row = get_object_or_404(Recommendation, key=key, assembly=assembly)
    context = {
        "assembly": assembly, "entry": entry_of(assembly, row), "history": history_of(row, language()),
        "merged": merged_history_of(row, language()),
    }  # fmt: skip
    return render(request, "public/sentences.html", context)


@require_GET
@member_required
def draft_page(request: Any, room: int, draft: str) -> HttpResponse:
    """A draft through its versions: two of them compared, and the thread of each sentence; 404 for whoever may not read
    the room."""
    found = readable_room(request, room)
    state = state_of(found).drafts.get(draft)
    if state is None or not state.versions:
        raise Http404
    reads = request.member.reads
    people = [*(version.member for version in state.versions), *(quote.member for quote in state.newest.quotes)]
    called = {key: shown.text for key, shown in names(people).items()}
    old, new = _chosen(request.GET, state)
    context = {
        "member": request.member, "assembly": request.member.assembly, "room": found, "draft": state, "old": old,
        "new": new, "compared": _compared(found, state, old, new, reads) if old < new else [],
        "history": _history(found, state.versions, reads, called),
    }  # fmt: skip
    return render(request, "public/draft.html", context)


def entry_of(assembly: Assembly, row: Recommendation) -> Entry:
    """A recommendation as its page shows it."""
    return next(entry for entry in entries_of(assembly, language()) if entry.row == row)


def history_of(row: Recommendation, lang: str) -> History | None:
    """The threads of a recommendation of one room without names; None: it is merged, or its room is not known here."""
    sources = [] if row.parents.exists() else sources_of(row)
    return _history(sources[0].room, sources[0].versions, lang, None) if sources else None


def merged_history_of(row: Recommendation, lang: str) -> MergedHistory | None:
    """Each sentence of a merged recommendation with the sentences it was made of, and their threads, without names;
    None: it is the text of one room."""
    if not row.parents.exists():
        return None
    sources = sources_of(row)
    read = [_history(each.room, each.versions, lang, None) for each in sources]
    there = [_history(each.room, each.versions, row.lang, None) for each in sources]
    lines = [[line for _heading, lines in history.parts for line in lines] for history in read]
    texts = [[_in(line, row.lang) for _heading, lines in history.parts for line in lines] for history in there]
    parts = [
        (heading, [_merged(number, passage, sentence, sources, lines, texts) for number, sentence in found])
        for heading, passage, found in _sentences_of(row, lang)
    ]
    quotes = [quote for history in read for quote in history.quotes]
    return MergedHistory(parts, quotes, is_partial=any("" in found for found in texts))


def _in(line: Line, lang: str) -> str:
    """How a sentence reads in the language of a merged text; empty where it is not there in it."""
    return "" if is_foreign(line.shown.lang, lang) else line.shown.text


def _sentences_of(row: Recommendation, lang: str) -> Iterator[tuple[str, Passage, list[tuple[int, str]]]]:
    texts = passages(row.origin_stream, (row.recommendation, row.reasons), lang)
    for heading, key in ((_("Recommendation"), row.recommendation), (_("Reasons"), row.reasons)):
        if key in texts:
            original = texts[key].original
            yield heading, texts[key], list(enumerate(sentences(original.text, original.lang), start=1))


def _merged(
    number: int, passage: Passage, sentence: str, sources: Sequence[Source], lines: Sequence[Sequence[Line]],
    texts: Sequence[Sequence[str]],
) -> MergedLine:  # fmt: skip
    shown, original = _sentence(passage, sentence)
    origins = [Origin(sources[place].label, lines[place][each]) for place, each in merged_from(sentence, texts)]
    return MergedLine(number, shown, original, origins)


def sources_of(row: Recommendation) -> list[Source]:
    """What a recommendation was written as: one draft of one room with its versions up to the one that was sent, or
    each of those that were merged. What is not known here is left out."""
    parents = list(row.parents.all())
    wanted = [(each.stream, each.draft, each.version, each.label) for each in parents] or [
        (row.origin_stream, row.draft, row.version, row.origin_label)
    ]
    return [
        source
        for stream, draft, version, label in wanted
        if (source := _source(row.assembly_id, stream, draft, version, label))
    ]


def _source(assembly_id: int, stream: str, key: str, version: int, label: str) -> Source | None:
    room = Room.objects.filter(pk=parse_name(stream).id, assembly=assembly_id).first()
    draft = state_of(room).drafts.get(key) if room else None
    versions = tuple(each for each in draft.versions if each.n <= version) if draft else ()
    return Source(room, draft, versions, room_name(label)) if room and draft and versions else None


def quotations_of(row: Recommendation, lang: str) -> list[Quoted]:
    """What a recommendation quotes, without names."""
    found: list[Quoted] = []
    for source in sources_of(row):
        quotes = source.versions[-1].quotes
        if quotes:
            found += quoted(quotes, passages(source.room.stream, wordings(quotes), lang))
    return found


def _history(room: Room, versions: Sequence[VersionState], lang: str, called: Mapping[str, str] | None) -> History:
    """As many queries for many versions as for one. Without names (`called` None) no former wordings are told."""
    newest = versions[-1]
    texts = passages(room.stream, [key for each in versions for field in FIELDS if (key := getattr(each, field))], lang)
    followed = {field: _followed(versions, field, texts) for field in FIELDS}
    quotes = quoted(newest.quotes, passages(room.stream, wordings(newest.quotes), lang), called)
    brought = {quote.words: bringing(quote, versions) for quote in newest.quotes}
    changed = {version for found in followed.values() for thread in found for version in thread.versions}
    heard = _heard(room, versions)

    def line(number: int, thread: Thread, field: str) -> Line:
        key = getattr(newest, field)
        shown, original = _sentence(texts[key], thread.text)
        stages = [_stage(versions, thread, each, called, heard) for each in thread.versions]
        own = [quote for quote in quotes if brought[quote.words] in thread.versions]
        return Line(number, shown, original, stages, own)

    headings = {"recommendation": _("Recommendation"), "reasons": _("Reasons")}
    parts = [
        (headings[field], [line(number, thread, field) for number, thread in enumerate(found, start=1)])
        for field, found in followed.items()
        if found
    ]
    return History(parts, [quote for quote in quotes if brought[quote.words] not in changed])


def _followed(versions: Sequence[VersionState], field: str, texts: Mapping[str, Passage]) -> tuple[Thread, ...]:
    keys = [(each, getattr(each, field)) for each in versions]
    known = [(each, texts[key].original) for each, key in keys if key in texts]
    if keys[-1][1] not in texts:
        return ()
    return _threads(tuple(Wrote(each.n, text.lang, text.text) for each, text in known))


@functools.lru_cache(maxsize=256)
def _threads(written: tuple[Wrote, ...]) -> tuple[Thread, ...]:
    return threads(written)


def _sentence(passage: Passage, sentence: str) -> tuple[WordsShown, WordsShown]:
    """A sentence as the reader reads it, and as it was written; what stands at its place in the translation."""
    shown, written = passage.shown, passage.original
    original = WordsShown(sentence, written.lang)
    if not passage.is_translated:
        return original, original
    rows = side_by_side(written.text, shown.text, source=written.lang, target=shown.lang)
    row = next((each for each in rows if sentence in each.original and each.text), None)
    return (WordsShown(row.text, shown.lang, label=shown.label), original) if row else (original, original)


def _stage(
    versions: Sequence[VersionState], thread: Thread, number: int, called: Mapping[str, str] | None,
    heard: Mapping[int, int],
) -> Stage:  # fmt: skip
    version = next(each for each in versions if each.n == number)
    former = [step for step in thread.steps if step.version == number and step.text != thread.text]
    texts = [WordsShown(step.text, step.lang) for step in former] if called else []
    return Stage(version, called.get(version.member, "…") if called else "", texts, heard[number])


def _heard(room: Room, versions: Sequence[VersionState]) -> dict[int, int]:
    """How many things were said in the room before each version and after the one before; one query."""
    moments = sorted(Contribution.objects.filter(room=room).values_list("at", flat=True))
    ends = [bisect_right(moments, version.at) for version in versions]
    return {version.n: end - start for version, start, end in zip(versions, [0, *ends], ends, strict=False)}


def _chosen(asked: Mapping[str, str], draft: DraftState) -> tuple[int, int]:
    """Which two versions to compare: those asked for, else the newest with the one before."""
    numbers = {f"{version.n}": version.n for version in draft.versions}
    new = numbers.get(asked.get("to", ""), draft.version)
    old = numbers.get(asked.get("from", ""), max(new - 1, 1))
    return min(old, new), max(old, new)


def _compared(room: Room, draft: DraftState, old: int, new: int, lang: str) -> list[Compared]:
    """Two queries."""
    by_number = {version.n: version for version in draft.versions}
    pair = by_number[old], by_number[new]
    texts = passages(room.stream, _keys(pair), lang)
    titles = {"title": _("Title"), "recommendation": _("Recommendation"), "reasons": _("Reasons")}
    found = [
        _difference(titles[field], [texts.get(getattr(version, field) or "") for version in pair])
        for field in ALL_FIELDS
    ]
    return [each for each in found if each]


def _keys(versions: Iterable[VersionState]) -> list[str]:
    return [key for version in versions for field in ALL_FIELDS if (key := getattr(version, field))]


def _difference(name: str, pair: Sequence[Passage | None]) -> Compared | None:
    """What differs in one field; where one version has no such field, all of the other."""
    there = [passage for passage in pair if passage]
    if not there:
        return None
    shown, written = there[-1].shown.lang, there[-1].original.lang
    old, new = pair
    read = _between(old.shown if old else None, new.shown if new else None)
    wrote = _between(old.original if old else None, new.original if new else None)
    is_same = all(passage.shown is passage.original for passage in there)
    return Compared(name, shown, read, written, () if is_same else wrote)


def _between(old: WordsShown | None, new: WordsShown | None) -> tuple[Change, ...]:
    """Nothing where the two stand in different languages."""
    if old and new and is_foreign(old.lang, new.lang):
        return ()
    return changes(old.text if old else "", new.text if new else "")
