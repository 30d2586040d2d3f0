"""What a name looks like: two names with one skeleton may not stand in one assembly."""

from __future__ import annotations

import unicodedata

from kernel.ids import digest

_ALIKE = str.maketrans(
    "авекмнорстухіјѕԁԛԝαβεικνορτυχ",
    "abekmhopctyxijsdqwabeikvoptux",
)
"""Cyrillic and Greek letters that look like Latin ones, after case folding."""


def skeleton_of(name: str) -> str:
    """Letters and digits only, without case and marks, look-alikes of other alphabets as Latin letters."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(character for character in decomposed if character.isalnum())
    return letters.translate(_ALIKE) or digest(name)[:16]
