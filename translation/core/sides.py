"""A text and its translation side by side, sentence by sentence, and back into one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kernel.languages import base_of
from translation.core.segments import has_letters, split

_WITHOUT_BLANKS = frozenset({"zh", "ja", "th"})
"""Written without blanks between sentences."""
LONGEST_BULLET = 3


@dataclass(frozen=True, slots=True)
class Row:
    """Part of a text and its translation, which may still be empty."""

    original: str
    text: str


def side_by_side(original: str, translation: str, *, source: str, target: str) -> tuple[Row, ...]:
    """Sentence by sentence where a line has as many on both sides, else line by line, else the whole.

    Lines without letters, blanks and bullets are in no row.
    """
    lines, others = _lines(original), _lines(translation)
    if not others:
        return tuple(Row(sentence, "") for line in lines for sentence in _sentences(line, source))
    if len(lines) != len(others):
        return (Row(original.strip(), translation.strip()),)
    return tuple(row for pair in zip(lines, others, strict=True) for row in _rows(*pair, source=source, target=target))


def together(original: str, rows: Sequence[Row], *, target: str) -> str | None:
    """The original with these parts, in their order, in the words of their translations, and what stands between them
    as it is. None: they are not the whole of it."""
    done, at = [], 0
    blank = "" if base_of(target) in _WITHOUT_BLANKS else " "
    for row in rows:
        found = original.find(row.original, at)
        between = original[at : max(found, at)]
        if found < 0 or not row.original or has_letters(_without_bullet(between)):
            return None
        done += [between or (blank if at else ""), row.text.strip()]
        at = found + len(row.original)
    rest = original[at:]
    return None if has_letters(rest) else "".join((*done, rest))


def _without_bullet(text: str) -> str:
    """Bullets may be letters: `b)`."""
    return "" if len(text.strip()) <= LONGEST_BULLET else text


def _rows(line: str, other: str, *, source: str, target: str) -> Iterator[Row]:
    sentences, translated = _sentences(line, source), _sentences(other, target)
    if len(sentences) != len(translated):
        yield Row(line, other)
        return
    yield from (Row(*pair) for pair in zip(sentences, translated, strict=True))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if has_letters(line)]


def _sentences(line: str, lang: str) -> list[str]:
    return [piece.text for piece in split(line, lang) if piece.speech]
