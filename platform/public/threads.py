"""A recommendation as readers follow it: its text, its room, its motion and the outcome."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from assemblies.models import Assembly
from plenary.models import Motion
from recommendations.models import Recommendation
from recommendations.queries import TOGETHER, Passage, merged_drafts, merged_into, of_assembly, passages


@dataclass(frozen=True, slots=True)
class Entry:
    """One recommendation with its texts in the reader's language, and its motion if there is one."""

    number: int
    row: Recommendation
    title: Passage | None
    text: Passage | None
    reasons: Passage | None
    motion: Motion | None
    instead: Recommendation | None
    """The merged recommendation that is put instead of it."""

    @property
    def room(self) -> str:
        """What its room is called: a title, or `Room 2`; of a merged one all rooms."""
        return TOGETHER.join(room_name(label) for label in self.row.origin_label.split(TOGETHER))


def room_name(label: str) -> str:
    """What a room is called, of which a recommendation keeps the title or the number."""
    return gettext("Room %(number)s") % {"number": label} if label.isdecimal() else label


def language() -> str:
    """What the reader of a page for everybody reads."""
    return get_language() or "en"


def entries_of(assembly: Assembly, lang: str) -> list[Entry]:
    """All recommendations of an assembly, in order; two queries a room and three more."""
    rows = of_assembly(assembly.pk)
    motions = {
        key: motion
        for motion in Motion.objects.filter(assembly=assembly)
        for key in (motion.recommendation, *motion.others)
    }
    words, merged = _words(rows, lang), merged_drafts(assembly.pk)
    return [
        Entry(
            number=number,
            row=row,
            title=words.get(row.title),
            text=words.get(row.recommendation),
            reasons=words.get(row.reasons),
            motion=motions.get(row.key),
            instead=merged_into(row, merged),
        )
        for number, row in enumerate(rows, start=1)
    ]


def _words(rows: list[Recommendation], lang: str) -> Mapping[str, Passage]:
    found: dict[str, Passage] = {}
    for stream, group in itertools.groupby(sorted(rows, key=lambda row: row.origin_stream), _stream):
        found |= passages(stream, [key for row in group for key in (row.title, row.recommendation, row.reasons)], lang)
    return found


def _stream(row: Recommendation) -> str:
    return row.origin_stream
