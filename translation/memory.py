"""What translators of an assembly have signed before, sentence by sentence: the same ones and near ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from live.models import Words
from live.queries import withheld
from translation.core.changes import Change, changes
from translation.core.sides import Row, side_by_side
from translation.models import Rendering, Status

NEAR = 0.7
"""Share of two sentences that is the same, from which the earlier one is offered."""
OFFERED = 3
LOOKED_AT = 500
"""Signed texts of the assembly that are looked through, the newest ones."""
_WORD = re.compile(r"\w+")


class Remembered(NamedTuple):
    """A sentence that was signed before, how like the new one its original is (100: the same), and what differs."""

    original: str
    text: str
    percent: int
    changes: tuple[Change, ...]


class Memory:
    """Sentences that were signed; of the same one the newest translation."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._texts: dict[str, str] = {}
        for row in rows:
            self._texts.setdefault(row.original, row.text)
        self._having: dict[str, set[str]] = defaultdict(set)
        for original in self._texts:
            for word in _words(original):
                self._having[word].add(original)

    def like(self, text: str) -> list[Remembered]:
        """What was signed for sentences like this one, the likest first."""
        shared = Counter(original for word in _words(text) for original in self._having.get(word, ()))
        near = [original for original, count in shared.items() if 2 * count >= NEAR * len(_words(text))]
        found = [
            Remembered(original, self._texts[original], percent, changes(original, text))
            for original in near
            if (percent := _likeness(original, text)) >= round(100 * NEAR)
        ]
        return sorted(found, key=lambda each: (-each.percent, each.original))[:OFFERED]


def memory_of(scope: str, *, source: str, target: str) -> Memory:
    """The sentences that were signed in a scope from one language to another; two queries."""
    signed = Rendering.objects.filter(
        status=Status.SIGNED, target=target, passage__scope=scope, passage__lang=source, translation__isnull=False
    ).exclude(passage__words__in=withheld())
    pairs = dict(signed.order_by("-pk").values_list("passage__words", "translation__text")[:LOOKED_AT])
    originals = dict(Words.objects.filter(key__in=pairs).values_list("key", "text"))
    texts = ((originals[key], text) for key, text in pairs.items() if key in originals)
    return Memory(row for pair in texts for row in side_by_side(*pair, source=source, target=target))


def _words(text: str) -> set[str]:
    """The words of a sentence; its letters where it is one long word, as without blanks."""
    words = set(_WORD.findall(text.casefold()))
    return words if len(words) > 1 else set(text)


def _likeness(one: str, other: str) -> int:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR:
        return 0
    return int(100 * matcher.ratio())
