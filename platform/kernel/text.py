"""Text that people write: normalised once at the door, stored as typed, escaped when shown."""

from __future__ import annotations

import re
import unicodedata

from kernel.errors import Refused

_FORBIDDEN_IN_NAMES = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f]"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85]")
"""Word processors paste a line within a paragraph as a vertical tab."""
_ALIKE = str.maketrans(
    "авекмнорстухіјѕԁԛԝαβεικνορτυχ",
    "abekmhopctyxijsdqwabeikvoptux",
)
"""Cyrillic and Greek letters that look like Latin ones, after case folding."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\U000e0000-\U000e007f]")
"""What turns the order of writing by force, has no agreed look, or hides whole words."""
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
MAX_NAME = 60
MAX_MARKS = 4


def clean_text(text: str, *, limit: int) -> str:
    """NFC, line ends as `\\n`, no control characters, no blank ends; refused when empty or too long."""
    cleaned = unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))).strip()
    if not cleaned:
        raise Refused("text.empty")
    if len(cleaned) > limit:
        raise Refused("text.too_long", limit=limit, length=len(cleaned))
    return cleaned


def clean_name(name: str) -> str:
    """The name others see, normalised (NFKC, single blanks), or a refusal that says what is wrong.

    Rules of `docs/decisions`: no controls, bidi controls or private characters; at least one letter
    or digit; at most 60 characters and 4 marks in a row; no mix of Latin, Cyrillic and Greek in a word.
    """
    cleaned = " ".join(unicodedata.normalize("NFKC", name).split())
    if _FORBIDDEN_IN_NAMES.search(cleaned):
        raise Refused("name.bad_character")
    if not any(unicodedata.category(character)[0] in "LN" for character in cleaned):
        raise Refused("name.empty")
    if len(cleaned) > MAX_NAME:
        raise Refused("name.too_long", limit=MAX_NAME)
    if re.search(rf"(?:(?!\w)\S){{{2 * MAX_MARKS},}}", cleaned) or _longest_run_of_marks(cleaned) > MAX_MARKS:
        raise Refused("name.too_many_marks", limit=MAX_MARKS)
    if any(len(_scripts_of(word)) > 1 for word in cleaned.split()):
        raise Refused("name.mixed_scripts")
    return cleaned


def look_of(text: str) -> str:
    """What a hurried reader sees: no case, marks or unseen characters, single blanks, look-alikes as Latin letters."""
    decomposed = unicodedata.normalize("NFKD", _UNSEEN.sub("", text)).casefold()
    seen = "".join(character for character in decomposed if unicodedata.category(character) != "Mn")
    return " ".join(seen.translate(_ALIKE).split())


def is_turned(text: str) -> bool:
    """Whether it holds characters that make it look otherwise than it is written.

    Marks of direction and joiners, which Arabic, Hebrew or Persian text needs, do not.
    """
    return _TURNING.search(text) is not None


def _longest_run_of_marks(text: str) -> int:
    longest = run = 0
    for character in unicodedata.normalize("NFD", text):
        run = run + 1 if unicodedata.category(character) == "Mn" else 0
        longest = max(longest, run)
    return longest


def _scripts_of(word: str) -> set[str]:
    names = (unicodedata.name(character, "") for character in word if character.isalpha())
    return {script for name in names for script in _SCRIPTS if name.startswith(script)}
