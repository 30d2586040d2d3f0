"""Quick polls and temperature checks in a room. Who answered what is written nowhere: see `rooms.polls`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from live.core.kinds import Words

SCALE = 5
"""Steps of a temperature check, from strongly against to strongly for."""
FEWEST_OPTIONS, MOST_OPTIONS = 2, 7
MAX_QUESTION, MAX_OPTION = 200, 80
LEAST_ANSWERS = 5
"""With fewer answers nothing is told but their number: k of methods, section 6."""
LEAST_SEATS = LEAST_ANSWERS
"""Of people who may answer: in a smaller room nobody asks for the temperature of a draft, since it is never told."""
TEMPERATURE_MS = 120_000
"""How long a room may say how warm it is towards a draft, unless whoever leads ends it before."""
KEPT_POLLS = 10
"""Polls that stay in the state; older ones stand in the log."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A question to the room; `question` and `options` are keys of words, and without options it is the scale. Without
    a question it asks for the temperature of a draft."""

    key: str
    question: str | None
    options: tuple[str, ...]
    draft: str | None = None
    version: int = 0
    """The version of the draft that is asked about."""
    closes_at: int | None = None
    """When a temperature of a draft ends by itself."""
    is_open: bool = True
    answers: int = 0
    """How many there were, once it is closed."""
    counts: tuple[int, ...] | None = None
    """By option or step; None before the end, and for ever if there were too few answers."""

    @property
    def choices(self) -> int:
        """How many answers there are to choose from."""
        return len(self.options) or SCALE


Polls = Mapping[str, Poll]


# --- commands of the chair


@dataclass(frozen=True, slots=True)
class PollOpen:
    """Ask the room; without options, on the scale of five."""

    question: str
    options: tuple[str, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class PollClose:
    """End the poll and tell what came of it."""

    poll: str


# --- command of anybody who writes here, or leads


@dataclass(frozen=True, slots=True)
class TemperatureAsk:
    """Ask the room how warm it is towards this version of a draft; once for each."""

    draft: str
    version: int


# --- events


@dataclass(frozen=True, slots=True)
class PollOpened:
    """The room is asked: a question, or how warm it is towards a version of a draft, until `closes_at`."""

    poll: str
    question: Words | None
    draft: str | None = None
    version: int = 0
    closes_at: int | None = None


@dataclass(frozen=True, slots=True)
class OptionOffered:
    """This is the next of the answers to choose from."""

    poll: str
    option: Words


@dataclass(frozen=True, slots=True)
class PollClosed:
    """The poll is over; `counts` are told only if there were enough answers."""

    poll: str
    answers: int
    counts: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class PollProlonged:
    """It ends later than was said, because for a time nobody could be served."""

    poll: str
    closes_at: int


PollCommand = PollOpen | PollClose
PollEvent = PollOpened | OptionOffered | PollClosed | PollProlonged
EVENTS: tuple[type, ...] = get_args(PollEvent)
