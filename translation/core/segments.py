"""A text taken apart into sentences and what stands between them, so that joining restores it exactly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from translation.core.abbreviations import is_abbreviation

MAX_TEXT = 5000
"""Characters of a text that is translated; a contribution has at most 4,000."""
MAX_SENTENCE = 500
"""Characters of one sentence handed to an engine, about 200 pieces of a tokenizer."""
MAX_WIDE_SENTENCE = 160
"""The same for scripts written without blanks, where a piece is about one character."""

_LINE = re.compile(r"(\s*[\r\n\u2028\u2029]\s*)")
_BULLET = re.compile(r"\s*(?:[-*+•–—·▪◦‣]|\(?\d{1,3}[.)]|\(?[A-Za-z][)])\s+")
_END = re.compile(
    r"""(?:[.!?…؟۔։]+(?:\s?»|["'”’)\]])*(?=\s)  # a mark that needs a blank after it
        |[。！？｡][」』”’）\]]*            # full-width marks need none
        |[।॥]["'”’)]*)                     # danda
        \s*""",
    re.VERBOSE,
)
_GREEK_QUESTION = re.compile(r"[;\u037e][»”\")]*(?=\s)\s*")
_LAST_WORD = re.compile(r"([\w.'’-]+)\.[\"'»”’)\]]*\s*$")
_CLAUSE = re.compile(r"[,;:،؛、，；：—–]\s*|\s+[-–—]\s+")
_ORDINALS_WITH_STOP = frozenset(
    ["de", "da", "nb", "nn", "is", "fi", "et", "hr", "sl", "cs", "sk", "hu", "lv", "sr", "bs"]
)
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


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
    if bullet and bullet.end() < len(line):
        yield Piece(bullet[0], speech=False)
        line = line[bullet.end() :]
    for sentence in _sentences(line, lang):
        yield from _trimmed(sentence)


def _trimmed(sentence: str) -> Iterator[Piece]:
    """A sentence with its outer blanks as pieces of their own."""
    core = sentence.strip()
    start = sentence.find(core) if core else len(sentence)
    for text in (sentence[:start], core, sentence[start + len(core) :]):
        if text:
            yield Piece(text, speech=has_letters(text))


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
    following = line[end:].lstrip("\"'«“‘([¿¡„‚")[:1]
    if not following or following.islower():
        return not following
    last = _LAST_WORD.search(line, start, end)
    if not last:
        return True
    word = re.split("['’]", last[1].lower())[-1]
    if word.isdigit():
        return lang.partition("-")[0] not in _ORDINALS_WITH_STOP
    is_initial = len(word) == 1 and last[1].isupper()
    return not is_initial and not is_abbreviation(word, lang=lang, following=following)


def _short(sentence: str) -> Iterator[str]:
    """A sentence cut at clause marks, else at blanks, so that no part is longer than an engine bears."""
    limit = MAX_WIDE_SENTENCE if len(_WIDE.findall(sentence)) * 2 > len(sentence) else MAX_SENTENCE
    while len(sentence) > limit:
        cut = _cut(sentence, limit)
        yield sentence[:cut]
        sentence = sentence[cut:]
    if sentence:
        yield sentence


def _cut(sentence: str, limit: int) -> int:
    clauses = [found.end() for found in _CLAUSE.finditer(sentence, limit // 3, limit)]
    if clauses:
        return clauses[-1]
    blank = sentence.rfind(" ", limit // 3, limit)
    return blank + 1 if blank > 0 else limit
