"""What no engine may change: links, addresses, mentions, files, tags, emoji, names; marked in the text itself.

A protected span stands between U+E000 and U+E001. Engines give it back with its marks, so the
second hop of a route protects the same span; `release` takes the marks away at the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kernel.languages import LANGUAGES

OPEN, CLOSE = "\ue000", "\ue001"
SPAN = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_SYMBOLS = "\u2190-\u23ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff"
_PART_OF_SYMBOL = f"\ufe0f\u200d\u20e3\U000e0020-\U000e007f{_SYMBOLS}"
_END_MARKS = r"(?<![.,;:!?…،؛؟»›”’\"')\]])"
_LINK = rf"(?i:https?://|www\.)[^\s<>]+{_END_MARKS}"
_ADDRESS = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_FILE = r"\.(?i:pdf|docx?|xlsx?|pptx?|od[pst]|csv|txt|html?|zip|jpe?g|png|mp[34])"
_IN_HOST = "[a-z0-9\u00df-\u024f-]"
_OPAQUE = (
    r"</?(?i:a|p|b|i|u|em|br|ul|ol|li|strong|h[1-6]|blockquote|code|span|div|script|img)\b[^<>]*>",
    r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});",
    _LINK,
    _ADDRESS,
    r"(?<!\w)[@#]\w+(?:[.@-]\w+)*",
    rf"(?<![\w-])[\w-]+{_FILE}\b",
    rf"(?i:(?<![\w.@])(?<!{_IN_HOST}-){_IN_HOST}{{2,}}(?:\.{_IN_HOST}+)*\.(?:org|com|net|info|eu|gov|edu|cat|gal|eus)\b"
    rf"(?:/[^\s<>]*{_END_MARKS})?)",
    r"(?<!\w)\w*_\w+",
    r"[0-9#*]\ufe0f?\u20e3",
    rf"[{_SYMBOLS}][{_PART_OF_SYMBOL}]*",
)
"""What may be long begins where its letters begin and nowhere in them, so that a word of any length is read once."""
_ATTACHED = "(?:(?<!\\w)|(?<=(?<!\\w)[وفبلك]))"
"""Where a name begins: Arabic writes "and", "so", "in", "to", "as" before it without a blank."""
_MIN_NAME = 2
_WITHIN_A_WORD = re.compile(r"\w{2}\.\w")
"""A stop that files and addresses have, and names have not."""


def clean(text: str) -> str:
    """The text without controls, lone surrogates and private characters, which only we may use as marks."""
    return _UNWANTED.sub("", text)


def visible(text: str) -> str:
    """The text without what nobody sees and no engine knows: marks of direction, soft hyphens, blanks of no width."""
    return _INVISIBLE.sub("", text)


def protect(text: str, names: Iterable[str] = ()) -> str:
    """The text with every span that must survive marked; `names` are those of members and places, as written."""
    return _pattern(names).sub(lambda found: f"{OPEN}{found[0]}{CLOSE}", text)


def release(text: str) -> str:
    """The text without marks."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def shown(marked: str, lang: str) -> str:
    """The text as readers of `lang` get it: without marks, and what runs in the other direction kept to itself.

    Links and addresses stay bare, for whatever finds them in a text would take the isolates for a part of them.
    """
    return clean(SPAN.sub(lambda span: _isolated(span[1], LANGUAGES[lang].direction), marked))


def _isolated(span: str, direction: str) -> str:
    kinds = {unicodedata.bidirectional(character) for character in span}
    against = kinds & ({"R", "AL", "AN"} if direction == "ltr" else {"L", "EN"})
    is_bare = not against or span[0] in "<&" or re.fullmatch(f"{_LINK}|{_ADDRESS}", span)
    return span if is_bare else f"{_ISOLATE}{span}{_END_OF_ISOLATE}"


def spans(marked: str) -> tuple[str, ...]:
    """The protected spans of a marked text, in their order."""
    return tuple(SPAN.findall(marked))


def is_name_like(span: str) -> bool:
    """Whether a span may travel among ordinary words (a name), unlike a link that a tokenizer would tear."""
    return not _WITHIN_A_WORD.search(span) and all(
        character in " '’.-·" or unicodedata.category(character)[0] in "LM" for character in span
    )


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    wanted = sorted({clean(name) for name in names if is_protectable(name)}, key=len, reverse=True)
    words = (rf"{_ATTACHED}{re.escape(name)}(?!\w)" for name in wanted)
    return re.compile("|".join((*_OPAQUE, *words)))


def is_protectable(name: str) -> bool:
    """A name is recognised by its exact spelling, so one in small letters would swallow ordinary words."""
    return len(name) >= _MIN_NAME and not name[0].islower() and any(character.isalpha() for character in name)
