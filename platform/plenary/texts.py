"""A motion as a page shows it: its texts in the reader's language, the original beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import translation

from assemblies.queries import names
from live import queries as live_queries
from live.core.kinds import WordsShown
from plenary.core.amendments import Amendment, paragraphs, same_place
from plenary.core.motions import MotionState, Objection, Option, PlenaryState, said_of
from plenary.core.rules import Level
from plenary.core.statements import Statement, published
from plenary.queries import plenary_of
from recommendations.queries import Passage, passages
from translation.core.changes import Change, changes


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection with its words in one language; none where they were erased."""

    objection: Objection
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Stated:
    """A minority statement with its words in one language, and the names of who signed it."""

    statement: Statement
    passage: Passage | None
    names: Sequence[str]

    @property
    def count(self) -> int:
        """How many signed it."""
        return len(self.statement.signed)


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
    unamended: Passage | None = None
    """The recommendation as it was put on the agenda."""

    @property
    def is_translated(self) -> bool:
        """Whether the reader sees a translation of the recommendation."""
        return bool(self.recommendation and self.recommendation.is_translated)


@dataclass(frozen=True, slots=True)
class Wording:
    """A paragraph before and after an amendment, in one language: word by word where both stand in it."""

    lang: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Proposed:
    """An amendment with its words in one language; none of them where they were erased."""

    amendment: Amendment
    number: int
    """Its place among the amendments to its motion, from 1."""
    motion: MotionState
    """The motion it amends."""
    read: Wording | None
    original: Wording | None
    """The same as it was written, where the reader reads a translation."""
    passage: Passage | None
    reasons: Passage | None
    vote: int | None
    """The number of the motion under which it is voted on."""
    rivals: Sequence[int] = ()
    """Numbers of the amendments of which at most one can be adopted beside it."""


def proposals(assembly_id: int, state: PlenaryState, motion: MotionState, lang: str | None = None) -> list[Proposed]:
    """The amendments to a motion in `lang`, by default the language of the page; two queries."""
    lang = lang or _reads()
    keys = [key for each in motion.amendments for key in (each.amendment, each.reasons) if key]
    texts = passages(plenary_of(assembly_id), [motion.unamended, *keys], lang) if keys else {}
    return [_proposed(number, state, motion, texts) for number in range(1, len(motion.amendments) + 1)]


def proposal(assembly_id: int, state: PlenaryState, motion: MotionState) -> Proposed | None:
    """The amendment that is voted on under this motion; None where it is no amendment."""
    if motion.amends is None:
        return None
    found = proposals(assembly_id, state, state.motions[motion.amends.motion])
    return next(each for each in found if each.amendment.amendment == motion.amends.amendment)


def _proposed(number: int, state: PlenaryState, motion: MotionState, texts: Mapping[str, Passage]) -> Proposed:
    each = motion.amendments[number - 1]
    passage, whole = texts.get(each.amendment), texts.get(motion.unamended)
    rivals = [
        place
        for place, other in enumerate(motion.amendments, start=1)
        if place != number and other.fate not in ("withdrawn", "unsupported") and same_place(each, other)
    ]
    return Proposed(
        each,
        number,
        motion,
        read=_wording(each, passage, whole, written=False),
        original=_wording(each, passage, whole, written=True) if _is_translated(passage, whole) else None,
        passage=passage,
        reasons=texts.get(each.reasons or ""),
        vote=state.motions[each.motion].number if each.motion else None,
        rivals=rivals,
    )


def _is_translated(*passages: Passage | None) -> bool:
    return any(passage is not None and passage.is_translated for passage in passages)


def _wording(amendment: Amendment, passage: Passage | None, whole: Passage | None, *, written: bool) -> Wording | None:
    """What becomes of the paragraph, as it was `written` or as it is read. A translation whose paragraphs are not those
    of the original is not cut up."""
    if passage is None:
        return None
    words = passage.original if written else passage.shown
    if amendment.act == "delete":
        return Wording(words.lang, [Change("gone", words.text)])
    before = _paragraph(amendment, whole, words.lang, written=written)
    return Wording(words.lang, changes(before, words.text) if before else [Change("new", words.text)])


def _paragraph(amendment: Amendment, whole: Passage | None, lang: str, *, written: bool) -> str:
    """The paragraph that is to be replaced; empty where there is none in this language."""
    if whole is None or amendment.act == "insert":
        return ""
    text = whole.original if written else whole.shown
    lines = paragraphs(text.text)
    fits = text.lang == lang and len(lines) == len(paragraphs(whole.original.text))
    return lines[amendment.paragraph - 1] if fits else ""


def numbered(shown: MotionShown) -> list[tuple[int, str, str]]:
    """Number, language and text of each paragraph as it was put on the agenda, in the reader's language where its
    translation has the same paragraphs."""
    if shown.unamended is None:
        return []
    read, written = shown.unamended.shown, shown.unamended.original
    if len(paragraphs(read.text)) != len(paragraphs(written.text)):
        read = written
    return [(number, read.lang, text) for number, text in enumerate(paragraphs(read.text), start=1)]


def history(shown: MotionShown) -> Wording | None:
    """What the adopted amendments changed in a motion, word by word; None where nothing was."""
    before, now = shown.unamended, shown.recommendation
    if not shown.motion.former or before is None or now is None:
        return None
    if before.shown.lang != now.shown.lang:
        return Wording(now.original.lang, changes(before.original.text, now.original.text))
    return Wording(now.shown.lang, changes(before.shown.text, now.shown.text))


def stated(assembly_id: int, motion: MotionState, lang: str | None = None) -> list[Stated]:
    """All minority statements on a motion with who signed them, for the assembly's members, the most signed first;
    three queries."""
    ordered = published(motion.statements, 1)
    texts = passages(plenary_of(assembly_id), [each.statement for each in ordered], lang or _reads())
    called = names(member for each in ordered for member in each.signed)
    return [
        Stated(each, texts.get(each.statement), [called[key].text for key in each.signed if key in called])
        for each in ordered
    ]


def stated_in_public(assembly_id: int, motion: MotionState, lang: str | None = None) -> list[Stated]:
    """The statements that enough people sign; by name where the ballots are public, by number where one is secret."""
    enough = [each for each in stated(assembly_id, motion, lang) if each.count >= motion.rule.signatures]
    return enough if are_names_public(motion) else [replace(each, names=()) for each in enough]


def are_names_public(motion: MotionState) -> bool:
    """Whether the public reads who signs a minority statement: where everybody's vote is published, too."""
    return all(each.level is Level.PUBLIC for each in motion.rule.electorates)


def reason(key: str | None) -> WordsShown | None:
    """The reasons for what was done, as they were given; one query."""
    return live_queries.words([key]).get(key) if key else None


def shown(assembly_id: int, motion: MotionState, lang: str | None = None) -> MotionShown:
    """The motion in `lang`, by default the language of the page; two queries."""
    lang = lang or _reads()
    texts: Mapping[str, Passage] = passages(plenary_of(assembly_id), said_of(motion), lang)
    alone = _alone(motion, texts)
    return replace(
        alone,
        departure=texts.get(motion.departure or ""),
        voided=texts.get(motion.voided or ""),
        unamended=texts.get(motion.unamended),
        objections=[Objected(each, texts.get(each.objection)) for each in motion.objections],
        options=[_alone(_as_motion(motion, option), texts) for option in motion.options],
    )


def _reads() -> str:
    return translation.get_language() or "en"


def _alone(motion: MotionState, texts: Mapping[str, Passage]) -> MotionShown:
    title, reasons = texts.get(motion.title or ""), texts.get(motion.reasons or "")
    return MotionShown(motion, title, texts.get(motion.recommendation), reasons, None)


def _as_motion(motion: MotionState, option: Option) -> MotionState:
    return replace(
        motion, source=option.source, lang=option.lang, title=option.title, recommendation=option.recommendation,
        reasons=option.reasons, options=(),
    )  # fmt: skip
