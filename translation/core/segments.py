"""A text taken apart into sentences and what stands between them, so that joining restores it exactly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from translation.core import figures
from translation.core.abbreviations import is_abbreviation

MAX_TEXT = 5000
"""Characters of a text that is translated; a contribution has at most 4,000."""
MAX_SENTENCE = 500
"""Characters of one sentence handed to an engine, about 200 pieces of a tokenizer."""
MAX_WIDE_SENTENCE = 160
"""The same for scripts written without blanks, where a piece is about one character."""

_LINE = re.compile(r"((?<!\s)\s*[\t\n\v\f\r\x85\u2028\u2029]\s*)")
"""As below, a long run is read from its beginning only, so that the time it takes grows with its length."""
_BULLET = re.compile(
    r"""\s*(?:[-*+•–—·▪◦‣→➤☐☑✓✔]+
          |\(?(?P<number>\d{1,3}(?:\.\d{1,3})*)[.)]
          |\(?(?:[^\W\d_]|[ivxIVX]{2,4})\))\s+""",
    re.VERBOSE,
)
_CLOSERS = "\"'”’“‘»«›‹)\\]\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d"
_CLOSERS += "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
"""What may stand between a mark and the blank behind it, marks of direction too; „German“ and »Danish« quotations end
with what opens others."""
_OPENERS = re.compile(r"[\"'«»“”„‚‘‹›(\[{¿¡*_\s–—⎯-]*")
_END = re.compile(
    rf"""(?:(?<![.!?…؟۔։])[.!?…؟۔։]++(?:\s?[»›](?=\s)|[{_CLOSERS}]|</\w+>)*(?=\s)  # a mark that needs a blank after it
        |[。！？｡][」』”’）\]]*  # full-width marks need none
        |[।॥]["'”’)]*)  # danda
        \s*""",
    re.VERBOSE,
)
_GREEK_QUESTION = re.compile(rf"[;\u037e](?:\s?»(?=\s)|[{_CLOSERS}])*(?=\s)\s*")
_STOPPED = re.compile(rf"[\"'«“„»‚‘(\[{{¿¡–—-]*(?P<word>\w(?:[\w.'’·/-]*\w)?)\.[{_CLOSERS}]*")
"""The last word of a sentence and its stop: one, for more of them are an ellipsis."""
_CLAUSE = re.compile(r"[,;:،؛—–](?=\s)\s*|[、，；：]|\s+[-–—]\s+")
_BLANK = re.compile(r"\s+")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_UNBREAKABLE = re.compile(r"(\S{300,})")
"""No word is that long; an address may be."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence to be translated (`speech`), or blanks, bullets, numbers, emoji that stay as they are."""

    text: str
    speech: bool


def split(text: str, lang: str) -> tuple[Piece, ...]:
    """The pieces of a text in language `lang` (BCP 47); `join` gives the text back, character for character."""
    return tuple(piece for line in _lines(text) for piece in _pieces(line, lang))


def join(pieces: Iterable[Piece]) -> str:
    """The text of pieces in their order."""
    return "".join(piece.text for piece in pieces)


def has_letters(text: str) -> bool:
    """Whether there is anything to translate: engines invent words for emoji, marks and numbers alone."""
    return any(unicodedata.category(character)[0] == "L" for character in text)


def _lines(text: str) -> Iterator[str]:
    return (line for line in _LINE.split(text) if line)


def _pieces(line: str, lang: str) -> Iterator[Piece]:
    bullet = _BULLET.match(line)
    if bullet and bullet.end() < len(line) and not _is_date(bullet, line, lang):
        yield Piece(bullet[0], speech=False)
        line = line[bullet.end() :]
    for sentence in _sentences(line, lang):
        yield from _trimmed(sentence)


def _is_date(bullet: re.Match[str], line: str, lang: str) -> bool:
    """Whether the number at the beginning of a line is a day: `3. Mai`."""
    return bool(bullet["number"]) and figures.begins_with_month(line[bullet.end() :], lang)


def _trimmed(sentence: str) -> Iterator[Piece]:
    """A sentence with its outer blanks as pieces of their own."""
    core = sentence.strip()
    start = sentence.find(core) if core else len(sentence)
    for text in (sentence[:start], core, sentence[start + len(core) :]):
        if text:
            yield Piece(text, speech=has_letters(text) and not _is_unbreakable(text))


def _is_unbreakable(text: str) -> bool:
    return bool(_UNBREAKABLE.fullmatch(text)) and not _is_wide(text)


def _sentences(line: str, lang: str) -> Iterator[str]:
    start = 0
    for end in _ends(line, lang):
        if _is_boundary(line, start, end, lang):
            yield from _short(line[start:end])
            start = end
    if start < len(line):
        yield from _short(line[start:])


def _ends(line: str, lang: str) -> list[int]:
    ends = {found.end() for found in _END.finditer(line)}
    if lang == "el":
        ends |= {found.end() for found in _GREEK_QUESTION.finditer(line)}
    return sorted(ends)


def _is_boundary(line: str, start: int, end: int, lang: str) -> bool:
    """Whether a sentence ends at `end`: what follows may begin one, and what precedes is no abbreviation."""
    opened = _OPENERS.match(line, end)
    following = line[opened.end() if opened else end :]
    if not following or following[0].islower() or following[0] in ",;:.!?،؛؟":
        return not following
    *former, last = line[start:end].split() or [""]
    stopped = _STOPPED.fullmatch(last)
    if not stopped:
        return True
    return not is_abbreviation(stopped["word"], lang=lang, preceding=former[-1] if former else "", following=following)


def _short(sentence: str) -> Iterator[str]:
    """A sentence cut at clause marks, else at blanks, so that no part is longer than an engine bears.

    What has no blank for longer than any word stays whole, and is no speech.
    """
    if _is_wide(sentence):
        yield from _parts(sentence, MAX_WIDE_SENTENCE)
        return
    for part in _UNBREAKABLE.split(sentence):
        yield from [part] if _UNBREAKABLE.fullmatch(part) else _parts(part, MAX_SENTENCE)


def _is_wide(sentence: str) -> bool:
    return len(_WIDE.findall(sentence)) * 2 > len(sentence)


def _parts(sentence: str, limit: int) -> Iterator[str]:
    while len(sentence) > limit:
        cut = _cut(sentence, limit)
        yield sentence[:cut]
        sentence = sentence[cut:]
    if sentence:
        yield sentence


def _cut(sentence: str, limit: int) -> int:
    """Where to cut: behind the last clause or word that fits, never between a letter and its marks."""
    for ends in (_CLAUSE, _BLANK):
        found = [each.end() for each in ends.finditer(sentence, limit // 3, limit)]
        if found:
            return found[-1]
    while limit > 1 and unicodedata.category(sentence[limit])[0] == "M":
        limit -= 1
    return limit
