"""Terms an assembly agreed on: forms in several languages, which translations must use, and plain explanations."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kernel.languages import base_of
from translation.core.protection import CLOSE, OPEN, SPAN

_MARK_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Term:
    """One thing. `forms` maps a language to its forms, singular first; the n-th of one language answers the n-th of
    another, or its last. `meanings` maps a language to an explanation in plain words."""

    forms: Mapping[str, tuple[str, ...]]
    meanings: Mapping[str, str] = field(default_factory=dict)

    def form_in(self, lang: str, place: int) -> str | None:
        """The form at a place, or the last there is; None where nothing was agreed in this language."""
        forms = self.forms.get(lang) or self.forms.get(base_of(lang))
        return forms[min(place, len(forms) - 1)] if forms else None


def with_agreed(marked: str, terms: Sequence[Term], *, source: str, target: str) -> str:
    """A sentence whose terms are replaced by what was agreed in the target's language, protected from engines.

    What is protected already (a name, a link) stays as it is.
    """
    renderings = _renderings(terms, source, target)
    if not renderings:
        return marked
    pattern = _pattern(tuple(renderings))

    def put(found: re.Match[str]) -> str:
        return _protected(renderings[found[0].casefold()], found[0])

    parts = re.split(f"({OPEN}[^{CLOSE}]*{CLOSE})", marked)
    return "".join(part if SPAN.fullmatch(part) else pattern.sub(put, part) for part in parts)


def is_respected(before: str, after: str, terms: Sequence[Term], *, source: str, target: str) -> bool:
    """Whether every agreed term of the original has one of its agreed forms in the translation."""
    renderings = _renderings(terms, source, target)
    if not renderings:
        return True
    said = {found[0].casefold() for found in _pattern(tuple(renderings)).finditer(before)}
    return all(re.search(rf"(?<!\w){re.escape(renderings[each])}(?!\w)", after, re.IGNORECASE) for each in said)


def mark_of(terms: Sequence[Term], *, source: str, target: str) -> str:
    """A short mark that changes with what is agreed between two languages; empty where nothing is."""
    renderings = _renderings(terms, source, target)
    if not renderings:
        return ""
    told = "\n".join(f"{form}\t{rendering}" for form, rendering in sorted(renderings.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:_MARK_LENGTH]


def _renderings(terms: Iterable[Term], source: str, target: str) -> dict[str, str]:
    """Small-letter forms of the source to the agreed form of the target."""
    found = {}
    for term in terms:
        for place, form in enumerate(term.forms.get(source) or term.forms.get(base_of(source)) or ()):
            rendering = term.form_in(target, place)
            if rendering:
                found[form.casefold()] = rendering
    return found


@lru_cache(maxsize=256)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _protected(rendering: str, written: str) -> str:
    """The agreed form with its marks, with a capital where the writer began a sentence with the term."""
    begins = written[0].isupper() and rendering[0].islower()
    return f"{OPEN}{rendering[0].upper() + rendering[1:] if begins else rendering}{CLOSE}"
