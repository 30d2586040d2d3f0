"""What no engine may change: links, addresses, mentions, emoji, members' names; marked in the text itself.

A protected span stands between U+E000 and U+E001. Engines give it back with its marks, so the
second hop of a route protects the same span; `release` takes the marks away at the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

OPEN, CLOSE = "\ue000", "\ue001"
SPAN = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]")
_END_MARKS = r"(?<![.,;:!?»”’\"')\]])"
_OPAQUE = (
    rf"(?:https?://|www\.)\S+{_END_MARKS}",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"(?<!\w)[@#]\w+",
    r"\w*_\w+",
    "[\U0001f000-\U0001faff\u2600-\u27bf](?:[\ufe0f\u200d\U0001f3fb-\U0001f3ff\U0001f000-\U0001faff\u2600-\u27bf])*",
)
_MIN_NAME = 2


def clean(text: str) -> str:
    """The text without controls, lone surrogates and private characters, which only we may use as marks."""
    return _UNWANTED.sub("", text)


def protect(text: str, names: Iterable[str] = ()) -> str:
    """The text with every span that must survive marked; `names` are those of members and places, as written."""
    return _pattern(names).sub(lambda found: f"{OPEN}{found[0]}{CLOSE}", text)


def release(text: str) -> str:
    """The text without marks."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def spans(marked: str) -> tuple[str, ...]:
    """The protected spans of a marked text, in their order."""
    return tuple(SPAN.findall(marked))


def is_name_like(span: str) -> bool:
    """Whether a span may travel among ordinary words (a name), unlike a link that a tokenizer would tear."""
    return all(character in " '’.-·" or unicodedata.category(character)[0] in "LM" for character in span)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    wanted = sorted({clean(name) for name in names if _is_protectable(name)}, key=len, reverse=True)
    words = (rf"(?<!\w){re.escape(name)}(?!\w)" for name in wanted)
    return re.compile("|".join((*_OPAQUE, *words)))


def _is_protectable(name: str) -> bool:
    """A name is recognised by its exact spelling, so one in small letters would swallow ordinary words."""
    return len(name) >= _MIN_NAME and not name[0].islower() and any(character.isalpha() for character in name)
