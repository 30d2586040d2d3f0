"""A motion as a page shows it: its texts in the reader's language, the original beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import translation

from live import queries as live_queries
from live.core.kinds import WordsShown
from plenary.core.motions import MotionState, Objection, Option, said_of
from plenary.queries import plenary_of
from recommendations.queries import Passage, passages


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection with its words in one language; none where they were erased."""

    objection: Objection
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class MotionShown:
    """A motion with its passages in one language."""

    motion: MotionState
    title: Passage | None
    recommendation: Passage | None
    reasons: Passage | None
    departure: Passage | None
    objections: Sequence[Objected] = ()
    voided: Passage | None = None
    options: Sequence[MotionShown] = ()
    """Each recommendation of a vote on several, as if it were a motion alone."""

    @property
    def is_translated(self) -> bool:
        """Whether the reader sees a translation of the recommendation."""
        return bool(self.recommendation and self.recommendation.is_translated)


def reason(key: str | None) -> WordsShown | None:
    """The reasons for what was done, as they were given; one query."""
    return live_queries.words([key]).get(key) if key else None


def shown(assembly_id: int, motion: MotionState, lang: str | None = None) -> MotionShown:
    """The motion in `lang`, by default the language of the page; two queries."""
    lang = lang or translation.get_language() or "en"
    texts: Mapping[str, Passage] = passages(plenary_of(assembly_id), said_of(motion), lang)
    alone = _alone(motion, texts)
    return replace(
        alone,
        departure=texts.get(motion.departure or ""),
        voided=texts.get(motion.voided or ""),
        objections=[Objected(each, texts.get(each.objection)) for each in motion.objections],
        options=[_alone(_as_motion(motion, option), texts) for option in motion.options],
    )


def _alone(motion: MotionState, texts: Mapping[str, Passage]) -> MotionShown:
    title, reasons = texts.get(motion.title or ""), texts.get(motion.reasons or "")
    return MotionShown(motion, title, texts.get(motion.recommendation), reasons, None)


def _as_motion(motion: MotionState, option: Option) -> MotionState:
    return replace(
        motion, source=option.source, lang=option.lang, title=option.title, recommendation=option.recommendation,
        reasons=option.reasons, options=(),
    )  # fmt: skip
