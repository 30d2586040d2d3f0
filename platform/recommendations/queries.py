"""Reading recommendations, and the words they are made of in a reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kernel.languages import is_foreign
from live import queries as live_queries
from live.core.kinds import WordsShown
from recommendations.models import Apart, Recommendation, Revision
from translation import queries as translation_queries


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


def of_assembly(assembly_id: int) -> list[Recommendation]:
    """All recommendations in the order of their submission; one query."""
    return list(Recommendation.objects.filter(assembly_id=assembly_id))
