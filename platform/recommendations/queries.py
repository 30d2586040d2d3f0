"""Reading recommendations, and the words they are made of in a reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from assemblies.models import Assembly
from kernel.errors import Refused
from kernel.languages import is_foreign
from live import queries as live_queries
from live.core.kinds import WordsShown
from recommendations.models import Apart, Parent, Recommendation, Revision, Supporter
from translation import queries as translation_queries

TOGETHER = " + "
"""Between the names of the rooms of a merged recommendation."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text as a page shows it: in the reader's language where there is one, with the original beside it."""

    shown: WordsShown
    original: WordsShown
    reads: str = ""
    """The reader's language; empty where it does not matter."""

    @property
    def is_translated(self) -> bool:
        """Whether what is shown is a translation."""
        return self.shown is not self.original

    @property
    def is_missing(self) -> bool:
        """Whether the reader gets the original of a language that is not theirs."""
        return bool(self.reads) and not self.is_translated and is_foreign(self.original.lang, self.reads)

    @property
    def status(self) -> str:
        """Whose the translation is: `machine`, `human` or `signed`; empty for an original."""
        return (self.shown.label or {}).get("status", "")

    @property
    def rough(self) -> bool:
        """Whether the translation came by a rough route."""
        return bool(self.shown.label and self.shown.label.get("rough"))

    @property
    def doubts(self) -> list[str]:
        """Why the translation may be wrong: codes of `translation.core.doubt`."""
        return (self.shown.label or {}).get("doubts", "").split()

    @property
    def mark(self) -> tuple[str, ...]:
        """Whose the translation is and how sure: what a screen says once for passages that have it in common."""
        label = self.shown.label or {}
        return (self.status, str(self.rough), *self.doubts, label.get("engine", ""), label.get("version", ""))


def passages(root: str, keys: Iterable[str], lang: str) -> Mapping[str, Passage]:
    """Texts of these words in `lang` as the feed of `root` has them; two queries."""
    wanted = [key for key in keys if key]
    return _passages(wanted, translation_queries.shown(root, wanted, lang), lang)


def passages_anywhere(keys: Iterable[str], lang: str) -> Mapping[str, Passage]:
    """The same of words of several streams; two queries."""
    wanted = [key for key in keys if key]
    return _passages(wanted, translation_queries.shown_anywhere(wanted, lang), lang)


def _passages(wanted: Iterable[str], translated: Mapping[str, WordsShown], lang: str) -> Mapping[str, Passage]:
    originals = live_queries.words(wanted)
    return {key: Passage(translated.get(key, original), original, lang) for key, original in originals.items()}


def newest_revisions(assembly_id: int) -> list[Revision]:
    """Of each draft the version that counts, in the order of their rooms; one query."""
    newest: dict[str, Revision] = {}
    for revision in Revision.objects.filter(assembly_id=assembly_id).order_by("stream", "draft", "number"):
        newest[revision.draft] = revision
    return list(newest.values())


def kept_apart(assembly_id: int) -> set[frozenset[str]]:
    """Pairs of drafts that somebody said are not the same; one query."""
    return {frozenset(pair) for pair in Apart.objects.filter(assembly=assembly_id).values_list("one", "other")}


def merged_drafts(assembly_id: int) -> Mapping[str, tuple[int, Recommendation]]:
    """By draft: up to which version it became part of another recommendation, and of which; one query."""
    parents = Parent.objects.filter(merged__assembly=assembly_id).select_related("merged")
    return {each.draft: (each.version, each.merged) for each in parents}


def merged_into(row: Recommendation, merged: Mapping[str, tuple[int, Recommendation]]) -> Recommendation | None:
    """The recommendation that is put instead of this one."""
    version, instead = merged.get(row.draft, (0, None))
    return instead if row.version <= version else None


def refuse_merged(assembly_id: int, keys: Sequence[str]) -> None:
    """What became part of another recommendation is not put to the vote itself; two queries."""
    merged = merged_drafts(assembly_id)
    rows = Recommendation.objects.filter(assembly=assembly_id, key__in=keys)
    if any(merged_into(row, merged) for row in rows):
        raise Refused("recommendation.merged")


def supporters_of(keys: Iterable[str]) -> Mapping[str, int]:
    """How many members support each of these recommendations; those nobody supports are absent; one query."""
    rows = Supporter.objects.filter(recommendation__key__in=list(keys), member__removed_at=None)
    return dict(rows.values_list("recommendation__key").annotate(Count("pk")))


def supported_by(member_id: int) -> set[str]:
    """The recommendations that a member supports, by their keys; one query."""
    return set(Supporter.objects.filter(member=member_id).values_list("recommendation__key", flat=True))


def refuse_unless_supported(assembly_id: int, keys: Sequence[str]) -> None:
    """Where an assembly asks for supporters, none of these may have too few; two queries at most."""
    needed = Assembly.objects.get(pk=assembly_id).supporters_minimum
    found = supporters_of(keys) if needed else {}
    least = min((found.get(key, 0) for key in keys), default=0)
    if least < needed:
        raise Refused("recommendation.few_supporters", found=least, needed=needed)


def of_assembly(assembly_id: int) -> list[Recommendation]:
    """All recommendations in the order of their submission; one query."""
    return list(Recommendation.objects.filter(assembly_id=assembly_id))
