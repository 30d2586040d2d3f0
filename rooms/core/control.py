"""Holding a room together: locking it, hiding what was said, and taking back what one said oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

HideReason = Literal["insult", "private", "unlawful", "unrelated", "mistake"]
"""Why words are hidden; a fixed list, so that everybody reads the reason in their own language."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of something said: hidden for a reason, taken back by its author, or neither."""

    hidden: HideReason | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """Something said, as the tables have it: who said it, who types for that person now, what became of it."""

    member: str
    scribe: str | None = None
    mark: Mark = Mark()
    length: int = 0
    """Characters of what was said first."""
    corrections: int = 0
    """How often its author has corrected it."""


# --- commands of the chair


@dataclass(frozen=True, slots=True)
class RoomLock:
    """Let in nobody else who would take part; who is here may come back after a lost connection."""


@dataclass(frozen=True, slots=True)
class RoomUnlock:
    """Let people in again."""


@dataclass(frozen=True, slots=True)
class ContributionHide:
    """Show these words to nobody but facilitators any more, for this reason, which everybody sees."""

    words: str
    reason: HideReason


@dataclass(frozen=True, slots=True)
class ContributionRestore:
    """Show hidden words again."""

    words: str


# --- command of a member


@dataclass(frozen=True, slots=True)
class ContributionWithdraw:
    """Take back what I said or noted, wherever I sit by now; that something was said stays."""

    words: str


# --- events


@dataclass(frozen=True, slots=True)
class RoomLocked:
    """Nobody else comes in who would take part; these are here, or were a moment ago."""

    inside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoomUnlocked:
    """People come in again."""


@dataclass(frozen=True, slots=True)
class ContributionHidden:
    """These words are shown to facilitators only."""

    words: str
    reason: HideReason


@dataclass(frozen=True, slots=True)
class ContributionRestored:
    """These words are shown to everybody again, with what their author made of them."""

    words: str
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContributionWithdrawn:
    """Their author took these words back; nobody is shown them any more."""

    words: str


LockCommand = RoomLock | RoomUnlock
HideCommand = ContributionHide | ContributionRestore
ControlCommand = LockCommand | HideCommand
SaidCommand = HideCommand | ContributionWithdraw
ControlEvent = RoomLocked | RoomUnlocked | ContributionHidden | ContributionRestored | ContributionWithdrawn
EVENTS: tuple[type, ...] = get_args(ControlEvent)
