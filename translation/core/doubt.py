"""Cheap marks of doubt: what can be seen in a translation without a second opinion.

Each mark is a reason a reader can be told, never a figure. None is proof that a translation is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from translation.core import protection
from translation.core.segments import has_letters


class Doubt(StrEnum):
    """Why a translation may be wrong."""

    NUMBER = "number"
    NEGATION = "negation"
    NAME = "name"
    LENGTH = "length"
    REPETITION = "repetition"
    UNTRANSLATED = "untranslated"


_NEGATIONS = {
    "en": r"not|no|never|nobody|nothing|none|nor|neither|without|cannot|\w+n['’]t",
    "es": r"no|nunca|jamás|nadie|nada|ningun[oa]?s?|ningún|ni|sin|tampoco",
    "fr": r"ne|n['’]\w+|pas|non|ni|sans|aucune?s?",
    "ca": r"no|mai|ningú|res|ni|sense|tampoc",
    "it": r"non|mai|nessun[oa]?|niente|nulla|né|senza|no|neppure|nemmeno|neanche",
    "pt": r"não|nunca|jamais|ninguém|nada|nenhu(?:m|ma|ns|mas)|nem|sem|tampouco",
    "gl": r"non|nunca|xamais|ninguén|nada|ningu(?:n|nha|ns|nhas)|nin|sen|tampouco",
    "de": r"nicht|kein\w*|nie|niemals|niemand\w*|nichts|weder|ohne|nein",
}
_NOT_DENYING = {
    "en": r"not only|not just|no doubt|no\.|nothing but|none other",
    "es": r"sin embargo|no obstante|no s[oó]lo|sin duda|nada más|sin parar|no deja\w* de|ni más ni menos",
    "fr": r"non seulement|sans doute|sans cesse|n['’]\w+ qu[e'’]|ne \w+ qu[e'’]|néanmoins|pas seulement|pas à pas",
    "ca": r"no obstant(?: això)?|no només|no sols|sens dubte|sense cap dubte|més que mai|res més|no deixa de",
    "it": r"non solo|non soltanto|senza dubbio|ciononostante|più che mai|non appena",
    "pt": r"não obstante|não só|não apenas|sem dúvida|nada mais|no entanto",
    "gl": r"non obstante|non só|sen dúbida|nada máis",
    "de": r"nicht nur|nichts anderes|ohne weiteres|ohne Zweifel",
}
"""Phrases of denying words that deny nothing: "however" in one language, "not only" in all."""
_NUMBER = re.compile(r"\d+(?:[.,:/\u00a0\u202f' ]\d{2,})*(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MIN_RATIO, _MAX_RATIO, _SHORT = 0.4, 2.6, 25
_SAME_SHARE, _ENOUGH_WORDS = 0.75, 4
_REPEATED = re.compile(r"\b(\w{2,}(?:\W+\w+){0,3}?)(?:\W+\1\b){2,}", re.IGNORECASE)


def doubts(marked_source: str, marked_target: str, *, source: str, target: str) -> frozenset[Doubt]:
    """The marks of one sentence; both texts may hold protected spans (`protection`), languages are BCP 47."""
    before, after = protection.release(marked_source), protection.release(marked_target)
    found = {
        Doubt.NUMBER: _numbers(before) != _numbers(after),
        Doubt.NEGATION: _negation_changed(before, after, source=source, target=target),
        Doubt.NAME: bool(_lost(protection.spans(marked_source), after)),
        Doubt.LENGTH: _length_is_odd(before, after),
        Doubt.REPETITION: bool(_REPEATED.search(after)) and not _REPEATED.search(before),
        Doubt.UNTRANSLATED: _is_untranslated(marked_source, after),
    }
    return frozenset(doubt for doubt, holds in found.items() if holds)


def _numbers(text: str) -> Counter[str]:
    """Numbers by their digits alone: `1.000`, `1 000` and `1,000` are one number."""
    return Counter(re.sub(r"\D", "", number) for number in _NUMBER.findall(text))


def _negation_changed(before: str, after: str, *, source: str, target: str) -> bool:
    """Whether one side denies and the other does not; only for languages whose words are listed."""
    return source in _NEGATIONS and target in _NEGATIONS and _denies(before, source) != _denies(after, target)


def _denies(text: str, lang: str) -> bool:
    plain = re.sub(rf"\b(?:{_NOT_DENYING[lang]})", " ", text, flags=re.IGNORECASE)
    return re.search(rf"(?<![\w'’-])(?:{_NEGATIONS[lang]})(?![\w-])", plain, re.IGNORECASE) is not None


def _lost(spans: Iterable[str], after: str) -> Counter[str]:
    wanted = Counter(spans)
    return Counter({span: count for span, count in wanted.items() if after.count(span) < count})


def _length_is_odd(before: str, after: str) -> bool:
    if len(before) < _SHORT:
        return not has_letters(after) and has_letters(before)
    return not _MIN_RATIO <= len(after) / len(before) <= _MAX_RATIO


def _is_untranslated(marked_source: str, after: str) -> bool:
    """Whether most ordinary words came through as they were; names and short texts do not count."""
    plain = protection.SPAN.sub(" ", marked_source)
    words = [word for word in _WORD.findall(plain) if len(word) > 2 and word.islower()]
    there = {word.lower() for word in _WORD.findall(after)}
    kept = [word for word in words if word in there]
    return len(words) >= _ENOUGH_WORDS and len(kept) / len(words) >= _SAME_SHARE
