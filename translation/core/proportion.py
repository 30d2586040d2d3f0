"""How long a translation should be, and how many sentences it should have.

Sizes are medians of characters for the same news sentences (NTREX-128, first 500), English being 100.
"""

from __future__ import annotations

import math

from translation.core import segments

_SIZES = """
en 100 fr 117 de 118 es 115 it 118 nl 116 pt 114 pl 114 ro 117 el 121 hu 114 cs 95 sk 102 sl 101 bg 112 hr 104 sv 97
da 102 fi 105 et 101 lv 109 lt 103 mt 111 ga 117 ar 94 ca 119 tr 104 uk 102 gl 114 oc 117 ast 113 eu 112 nb 100 nn 99
"""
_SIZE = dict(zip(_SIZES.split()[::2], map(int, _SIZES.split()[1::2]), strict=True))
_USUAL_SIZE = 105
_SPREAD_OF_LONG, _SPREAD_OF_SHORT = 0.42, 2.9
"""A long text's size may differ by this logarithm; a short one's by more, falling with the root of its length."""
_LOST, _MORE = 0.4, 0.3
"""Good translators join sentences and part them, but then nothing is missing: fewer sentences are a loss where this
part of the shortest one has gone from the text's size, more an addition where its size has grown by this logarithm."""
_SHORT = 12
_NEARLY = 0.7


def is_odd(before: str, after: str, *, source: str, target: str) -> bool:
    """Whether so much is missing or too much that it cannot be the whole text and nothing but it."""
    said, told = _content(before, source), _content(after, target)
    if said < _SHORT:
        return told == 0 < said
    change = math.log(max(told, 1.0) / said)
    return abs(change) > _allowed(said) or _lacks_a_sentence(before, after, change, source=source, target=target)


def is_nearly_odd(before: str, after: str, *, source: str, target: str) -> bool:
    """Whether its size is one that few good translations have."""
    said, told = _content(before, source), _content(after, target)
    return said >= _SHORT and abs(math.log(max(told, 1.0) / said)) > _NEARLY * _allowed(said)


def _allowed(said: float) -> float:
    return _SPREAD_OF_LONG + _SPREAD_OF_SHORT / math.sqrt(said)


def _lacks_a_sentence(before: str, after: str, change: float, *, source: str, target: str) -> bool:
    """Fewer sentences that say less, or more that say more."""
    said, told = _sentences(before, source), _sentences(after, target)
    if len(told) < len(said):
        return change < math.log(1 - _LOST * min(said) / sum(said))
    return change > _MORE and len(told) > len(said)


def _sentences(text: str, lang: str) -> list[float]:
    """The size of each."""
    return [_content(piece.text, lang) for piece in segments.split(text, lang) if piece.speech]


def _content(text: str, lang: str) -> float:
    """Letters and digits, as many as an English text would have."""
    return sum(character.isalnum() for character in text) * 100 / _SIZE.get(lang.partition("-")[0], _USUAL_SIZE)
