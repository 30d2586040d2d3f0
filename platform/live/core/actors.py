"""Who stands at a door, and what a stream lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Actor:
    """A member as every door sees them, loaded once when the door opens."""

    key: str
    assembly: int
    role: str
    speaks: tuple[str, ...]
    reads: str
    name: str
    languages: tuple[str, ...] = ()
    """The working languages of the assembly: texts may be asked for in these and in the actor's own."""
    device: str = ""
    """Which of the member's browsers this is; ending a device closes its sockets only."""


class Standing(StrEnum):
    """How an actor stands towards a stream."""

    PARTICIPANT = "participant"
    """Present and counted: arriving and leaving are facts."""
    READER = "reader"
    """Reads along; presence is nobody's business."""
