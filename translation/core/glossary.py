"""Terms an assembly agreed on: forms in several languages, which translations must use, and plain explanations."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kernel.languages import base_of
from translation.core.protection import CLOSE, OPEN, SPAN, is_protectable

_MARK_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Term:
    """One thing. `forms` maps a language to its forms, singular first; the n-th of one language answers the n-th of
    another, or its last. `meanings` maps a language to an explanation in plain words."""

    forms: Mapping[str, tuple[str, ...]]
    meanings: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        """Whether it is a name, of a place for instance, that stays as it is in every language: there is no other
        language's word for it, and it is not written as ordinary words are."""
        return len(self.forms) == 1 and all(is_protectable(form) for forms in self.forms.values() for form in forms)

    def forms_in(self, lang: str) -> tuple[str, ...]:
        """What it is called in texts of this language."""
        kept = next(iter(self.forms.values())) if self.is_kept else ()
        return self.forms.get(lang) or self.forms.get(base_of(lang)) or kept

    def form_in(self, lang: str, place: int) -> str | None:
        """The form at a place, or the last there is; None where nothing was agreed in this language."""
        forms = self.forms_in(lang)
        return forms[min(place, len(forms) - 1)] if forms else None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term means, in plain words of one language."""

    text: str
    lang: str


def kept(terms: Iterable[Term]) -> tuple[str, ...]:
    """The names among the terms: they stay as they are in every language."""
    return tuple(form for term in terms if term.is_kept for forms in term.forms.values() for form in forms)


def with_agreed(marked: str, terms: Sequence[Term], *, source: str, target: str) -> str:
    """A sentence whose terms are replaced by what was agreed in the target's language, protected from engines.

    What is protected already (a name, a link) stays as it is.
    """
    renderings = _renderings(terms, source, target)
    if not renderings:
        return marked
    agreed = {_folded(form): (form, rendering) for form, rendering in renderings.items()}

    def put(found: re.Match[str]) -> str:
        form, rendering = agreed.get(_folded(found[0]), ("", ""))
        if not rendering:
            return found[0]
        is_first = not re.search(r"\w", marked[: found.start()])
        return _protected(rendering, found[0], is_capital=is_first or form[0].islower())

    return re.sub(f"{SPAN.pattern}|{_pattern(tuple(renderings)).pattern}", put, marked, flags=re.IGNORECASE)


def is_respected(before: str, after: str, terms: Sequence[Term], *, source: str, target: str) -> bool:
    """Whether every agreed term of the original has one of its agreed forms in the translation."""
    renderings = _renderings(terms, source, target)
    if not renderings:
        return True
    agreed = {_folded(form): rendering for form, rendering in renderings.items()}
    said = {agreed.get(_folded(found[0]), "") for found in _pattern(tuple(renderings)).finditer(before)}
    return all(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", after, re.IGNORECASE) for each in said)


def mark_of(terms: Sequence[Term], *, source: str, target: str) -> str:
    """A short mark that changes with what is agreed between two languages; empty where nothing is."""
    renderings = _renderings(terms, source, target)
    if not renderings:
        return ""
    told = "\n".join(f"{form}\t{rendering}" for form, rendering in sorted(renderings.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:_MARK_LENGTH]


def meanings(terms: Iterable[Term], *, lang: str, reads: str) -> dict[str, Meaning]:
    """What the terms of a text in `lang` mean, by their forms; in the words of `reads` where somebody wrote them."""
    found: dict[str, Meaning] = {}
    for term in terms:
        codes = (reads, base_of(reads), lang, base_of(lang), *term.meanings)
        told = next((Meaning(term.meanings[code], code) for code in codes if code in term.meanings), None)
        found |= dict.fromkeys(term.forms_in(lang), told) if told else {}
    return found


def explained(text: str, told: Mapping[str, Meaning]) -> list[tuple[str, Meaning | None]]:
    """The text in parts: each term where it first stands with its meaning, everything else with none."""
    known = {_folded(form): meaning for form, meaning in told.items()}
    parts: list[tuple[str, Meaning | None]] = []
    at, seen = 0, set()
    for found in _pattern(tuple(told)).finditer(text) if told else ():
        meaning = known.get(_folded(found[0]))
        if meaning and meaning not in seen:
            seen.add(meaning)
            parts += [(text[at : found.start()], None), (found[0], meaning)]
            at = found.end()
    return [part for part in (*parts, (text[at:], None)) if part[0]]


def _renderings(terms: Iterable[Term], source: str, target: str) -> dict[str, str]:
    """Forms of the source to the agreed form of the target; names to themselves."""
    found = {}
    for term in terms:
        for place, form in enumerate(term.forms_in(source)):
            rendering = form if term.is_kept else term.form_in(target, place)
            if rendering:
                found[form] = rendering
    return found


def _folded(form: str) -> str:
    """What is the same for a search that knows no capitals; Turkish has two letters more than it does."""
    return form.translate(_DOTS).casefold()


_DOTS = str.maketrans("İı", "ii")


@lru_cache(maxsize=256)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _protected(rendering: str, written: str, *, is_capital: bool) -> str:
    """The agreed form with its marks, with a capital where the writer began a sentence with the term."""
    begins = is_capital and written[0].isupper() and rendering[0].islower()
    return f"{OPEN}{rendering[0].upper() + rendering[1:] if begins else rendering}{CLOSE}"
