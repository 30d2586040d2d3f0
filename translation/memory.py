"""What translators of an assembly have signed before, for texts like it: the same ones and near ones."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from live.models import Words
from translation.models import Rendering, Status

NEAR = 0.7
"""Share of two texts that is the same, from which the earlier one is offered."""
OFFERED = 3
LOOKED_AT = 500
"""Signed texts of the assembly that are compared, the newest ones."""


class Remembered(NamedTuple):
    """A text that was signed before, and how like the new one its original is: 100 is the same."""

    original: str
    text: str
    percent: int


def remembered(scope: str, text: str, *, source: str, target: str) -> list[Remembered]:
    """Signed translations of texts like this one, the likest first; two queries."""
    signed = Rendering.objects.filter(
        status=Status.SIGNED, target=target, passage__scope=scope, passage__lang=source, translation__isnull=False
    ).order_by("-pk")
    pairs = dict(signed.values_list("passage__words", "translation__text")[:LOOKED_AT])
    originals = dict(Words.objects.filter(key__in=pairs).values_list("key", "text"))
    found = {
        Remembered(originals[key], translation, percent)
        for key, translation in pairs.items()
        if key in originals and (percent := _likeness(originals[key], text)) >= round(100 * NEAR)
    }
    return sorted(found, key=lambda each: (-each.percent, each.original))[:OFFERED]


def _likeness(one: str, other: str) -> int:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR:
        return 0
    return int(100 * matcher.ratio())
