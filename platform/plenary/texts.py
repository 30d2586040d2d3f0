"""A motion as a page shows it: its texts in the reader's language, the original beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation

from plenary.core.motions import MotionState, words_of
from plenary.queries import plenary_of
from recommendations.queries import Passage, passages


@dataclass(frozen=True, slots=True)
class MotionShown:
    """A motion with its passages in one language."""

    motion: MotionState
    title: Passage | None
    recommendation: Passage | None
    reasons: Passage | None

    @property
    def is_translated(self) -> bool:
        """Whether the reader sees a translation of the recommendation."""
        return bool(self.recommendation and self.recommendation.is_translated)


def shown(assembly_id: int, motion: MotionState, lang: str | None = None) -> MotionShown:
    """The motion in `lang`, by default the language of the page; two queries."""
    texts: Mapping[str, Passage] = passages(
        plenary_of(assembly_id), words_of(motion), lang or translation.get_language() or "en"
    )
    return MotionShown(
        motion, texts.get(motion.title or ""), texts.get(motion.recommendation), texts.get(motion.reasons or "")
    )
