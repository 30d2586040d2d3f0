"""How long texts took, as counts of rounded times: enough for "half within 0.3 s", and nothing about any one text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

BOUNDS_MS = (50, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 7_000, 10_000, 15_000, 20_000, 30_000,
             60_000, 120_000)  # fmt: skip
"""Steps that people tell apart; whatever took longer counts as the last."""


def bound_of(milliseconds: float) -> int:
    """The first step that is not less."""
    return BOUNDS_MS[min(bisect_left(BOUNDS_MS, milliseconds), len(BOUNDS_MS) - 1)]


def within(counts: Mapping[int, int], percent: int) -> int | None:
    """The step within which so many percent came; None where nothing came."""
    total, passed = sum(counts.values()), 0
    for bound in sorted(counts):
        passed += counts[bound]
        if passed * 100 >= total * percent:
            return bound
    return None
