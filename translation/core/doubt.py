"""Marks of doubt: what can be seen in a translation without a second opinion.

Each mark is a reason a reader can be told, never a figure. None is proof that a translation is right. How many faults
are found and how many good translations are suspected is measured by `python -m tests.bench.doubt`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from translation.core import denial, figures, likeness, proportion, protection


class Doubt(StrEnum):
    """Why a translation may be wrong."""

    NUMBER = "number"
    DATE = "date"
    NEGATION = "negation"
    NAME = "name"
    GLOSSARY = "glossary"
    LENGTH = "length"
    REPETITION = "repetition"
    UNTRANSLATED = "untranslated"
    LANGUAGE = "language"
    UNSURE = "unsure"
    """The engine was much less sure than it usually is (`confidence`)."""
    MEANING = "meaning"
    """Brought back, it says something else (`way_back`)."""
    MODALITY = "modality"
    """It obliges, advises or permits where the original does something else; asked of official texts (`comparing`)."""


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0640]")
_SAME_SHARE, _NEARLY_SAME_SHARE, _ENOUGH_WORDS = 0.75, 0.4, 4
_TOGETHER = re.compile(rf"{protection.SPAN.pattern}(?:[ -]{protection.SPAN.pattern})*")
_SHORTEST_REPEATED = 2
_LONGEST_REPEATED = 12
_TOLD_TWICE = 5
"""Words of a phrase that no good text says twice although the original says it once."""


def doubts(marked_source: str, marked_target: str, *, source: str, target: str) -> frozenset[Doubt]:
    """The marks of one sentence; both texts may hold protected spans (`protection`), languages are BCP 47."""
    before, after = _plain(marked_source), _plain(marked_target)
    langs = {"source": source, "target": target}
    found = {
        Doubt.NUMBER: figures.numbers_differ(before, after, **langs),
        Doubt.DATE: figures.months_differ(before, after, **langs),
        Doubt.NEGATION: _negation_changed(before, after, **langs),
        Doubt.NAME: _is_somebody_lost(marked_source, after, target) or _people_lost(before, after, **langs),
        Doubt.LENGTH: proportion.is_odd(before, after, **langs),
        Doubt.REPETITION: _repeats(before, after),
        Doubt.UNTRANSLATED: _untranslated_share(marked_source, after) >= _SAME_SHARE,
    }
    return frozenset(doubt for doubt, holds in found.items() if holds)


def deserves_second_look(marked_source: str, marked_target: str, *, source: str, target: str) -> bool:
    """Whether a sentence without marks is near one: by size, words left as they were, a denial answered softly."""
    before, after = _plain(marked_source), _plain(marked_target)
    langs = {"source": source, "target": target}
    return (
        proportion.is_nearly_odd(before, after, **langs)
        or _untranslated_share(marked_source, after) >= _NEARLY_SAME_SHARE
        or (
            denial.is_listed(source)
            and denial.is_listed(target)
            and denial.denies(before, source) != denial.denies(after, target)
        )
    )


def _plain(marked: str) -> str:
    """The text as it is read, without the vowel signs that Arabic may add."""
    return _VOWEL_SIGNS.sub("", protection.release(marked))


def _negation_changed(before: str, after: str, *, source: str, target: str) -> bool:
    """Whether one side denies and the other does not even softly; only for languages whose words are listed."""
    if not (denial.is_listed(source) and denial.is_listed(target)):
        return False
    lost = denial.denies(before, source) and not denial.may_deny(after, target)
    return lost or (denial.denies(after, target) and not denial.may_deny(before, source))


def _is_somebody_lost(marked_source: str, after: str, lang: str) -> bool:
    """Whether a span is gone. Of names that stand together, one may stand for all: "Kim" for "Kim Jong-un"."""
    counts = Counter(protection.spans(marked_source))
    gone = {span for span, count in counts.items() if not _survives(span, count, after, lang)}
    groups = (protection.spans(together[0]) for together in _TOGETHER.finditer(marked_source))
    names = ([span for span in group if protection.is_name_like(span)] for group in groups)
    return any(not protection.is_name_like(span) for span in gone) or any(
        each and gone.issuperset(each) for each in names
    )


def _survives(span: str, count: int, after: str, lang: str) -> bool:
    """Links and the like survive as they are; a name may take an ending, or the letters of another script."""
    end = r"(?!\w)" if re.search(r"\w$", span) else ""
    if len(re.findall(rf"{re.escape(span)}{end}", after)) >= count:
        return True
    return protection.is_name_like(span) and all(likeness.is_written_in(word, after, lang) for word in span.split())


def _people_lost(before: str, after: str, *, source: str, target: str) -> bool:
    """Whether names of two words and more, which nobody translates, have nothing like them on the other side."""
    if not (likeness.shows_names(source) and likeness.shows_names(target)):
        return False
    fewer = len(likeness.names_in(after, target)) < len(likeness.names_in(before, source))
    names = likeness.full_names(before, source) if fewer else []
    return any(not any(likeness.has_like(word, after) for word in name) for name in names)


def _repeats(before: str, after: str) -> bool:
    """Whether a phrase is said again at once, or a long one anywhere, that the original does not say again."""
    ours, theirs = _words(before), _words(after)
    return _stutters(theirs) > _stutters(ours) or _told_again(theirs) > _told_again(ours)


def _stutters(words: Sequence[str]) -> int:
    """How often words follow themselves: the same word three times, a phrase of two and more twice."""
    thrice = sum(one == two == three for one, two, three in zip(words, words[1:], words[2:], strict=False))
    return thrice + sum(
        words[at : at + size] == words[at + size : at + 2 * size]
        for size in range(_SHORTEST_REPEATED, _LONGEST_REPEATED)
        for at in range(len(words) - 2 * size + 1)
    )


def _told_again(words: Sequence[str]) -> int:
    phrases = Counter(tuple(words[at : at + _TOLD_TWICE]) for at in range(len(words) - _TOLD_TWICE + 1))
    return sum(count - 1 for count in phrases.values())


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _untranslated_share(marked_source: str, after: str) -> float:
    """The part of ordinary words that came through as they were; names and short texts do not count."""
    plain = protection.SPAN.sub(" ", marked_source)
    words = [word for word in _WORD.findall(plain) if len(word) > 2 and word.islower()]
    there = set(_words(after))
    kept = [word for word in words if word in there]
    return len(kept) / len(words) if len(words) >= _ENOUGH_WORDS else 0.0
