"""What a name looks like: two names with one skeleton may not stand in one assembly."""

from __future__ import annotations

from kernel.ids import digest
from kernel.text import look_of


def skeleton_of(name: str) -> str:
    """Letters and digits of what it looks like; of a name that has none, a digest."""
    return "".join(character for character in look_of(name) if character.isalnum()) or digest(name)[:16]
