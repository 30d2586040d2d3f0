"""What differs between two texts: word by word, and letter by letter where a script puts no blanks between words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

MOST_PAIRS = 1_000_000
"""Pairs of equal words, one of each text, up to which all are looked at; beyond, frequent words begin no match."""
_RUNNING = ("word", "blank")
_WITHOUT_BLANKS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


class Change(NamedTuple):
    """Some text: of both (`same`), of the earlier one only (`gone`), or of the later one only (`new`)."""

    kind: Literal["same", "gone", "new"]
    text: str


def changes(before: str, now: str) -> tuple[Change, ...]:
    """Both texts in one: without what is new it is `before`, without what is gone it is `now`. Words that were
    replaced one after the other are one change."""
    old, new = _tokens(before), _tokens(now)
    matcher = SequenceMatcher(None, old, new, autojunk=_pairs(old, new) > MOST_PAIRS)
    return tuple(_told(old, new, matcher))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in their order, capitals ignored."""
    return tuple(token.casefold() for token in _tokens(text) if _says(token))


def _pairs(old: list[str], new: list[str]) -> int:
    others = Counter(new)
    return sum(count * others[token] for token, count in Counter(old).items())


def _told(old: list[str], new: list[str], matcher: SequenceMatcher[str]) -> Iterator[Change]:
    gone = come = between = ""
    for act, start, end, first, last in matcher.get_opcodes():
        left, right = "".join(old[start:end]), "".join(new[first:last])
        if act != "equal":
            gone, come, between = gone + between + left, come + between + right, ""
        elif gone and come and not between and not _says(left):
            between = left
        else:
            yield from _change(gone, come)
            gone = come = ""
            yield Change("same", between + left)
            between = ""
    yield from _change(gone, come)
    if between:
        yield Change("same", between)


def _change(gone: str, come: str) -> Iterator[Change]:
    if gone:
        yield Change("gone", gone)
    if come:
        yield Change("new", come)


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _tokens(text: str) -> list[str]:
    """Words, stretches of blanks, single marks and single letters of scripts without blanks; marks of letters stay with
    their letter."""
    tokens: list[str] = []
    last = ""
    for character in text:
        kind = _kind(character)
        if tokens and (kind == "part" or (kind == last and kind in _RUNNING)):
            tokens[-1] += character
        else:
            tokens.append(character)
        last = last if kind == "part" else kind
    return tokens


def _kind(character: str) -> str:
    if character.isspace():
        return "blank"
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf":
        return "part"
    if category[0] not in "LN":
        return "mark"
    return "letter" if _WITHOUT_BLANKS.match(character) else "word"
