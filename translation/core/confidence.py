"""How sure a model was of a translation, beside how sure it usually is: the figures of two models mean two things."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 8
"""Sentences from which something can be learned of a model."""
SMALLEST_SPREAD = 0.001
"""Natural logarithm of a probability a piece; a model that is always equally sure says nothing by it."""
UNSURE = -3.0
"""How many spreads below its mean a sentence stands that readers are warned of."""
LESS_SURE = -2.0
"""The same for one that deserves a second look."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Mean and spread of a model's scores over ordinary sentences."""

    mean: float
    spread: float

    def standing(self, score: float) -> float:
        """How many spreads above its mean; below 0, it is less sure than usual."""
        return (score - self.mean) / self.spread


def usual(scores: Sequence[float]) -> Usual | None:
    """What is usual for whoever gave these scores; None where they tell nothing."""
    if len(scores) < FEWEST:
        return None
    spread = statistics.stdev(scores)
    return Usual(statistics.fmean(scores), spread) if spread >= SMALLEST_SPREAD else None
