"""A step of a programme as one room has it, what may be asked about it, and what happens to it.

The room does not know who makes the programme: a step is given to it with the number `seq` of whoever gave it, and a
number that is not higher than the last one changes nothing. So the same step may be given as often as one likes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from floor.core.types import Limits, Mode

StepKind = Literal["introduction", "round", "discussion", "exercise", "draft", "temperature", "vote", "break"]
STEP_KINDS: tuple[StepKind, ...] = get_args(StepKind)
OPENS_ITEM: tuple[StepKind, ...] = ("round", "discussion", "exercise")
"""Kinds with which an agenda item begins, so that speaking time is balanced anew."""
MOST_EXTRA_MS = 600_000
"""How much longer than the others one room may stay at a step."""


@dataclass(frozen=True, slots=True)
class StepHere:
    """The step this room is at."""

    key: str
    kind: StepKind
    ends_at: int
    """Planned end, for all rooms alike."""
    extra_ms: int = 0
    """What this room's facilitator added."""
    ready: tuple[str, ...] = ()
    """Members who want to move on."""
    is_done: bool = False
    """The room wants to move on, and waits for the others."""
    turn_ms: int | None = None
    """The longest turn that the step gives; None: the room's own."""
    usual: Limits | None = None
    """The room's own limits, which hold again after a step that gives turns another length."""


# --- commands of the programme


@dataclass(frozen=True, slots=True)
class StepTake:
    """Be at this step now; a step the room is at already only gets its new end.

    Refused never: a room that is not open, or that its facilitator paused, takes it when it is asked again later.
    """

    seq: int
    step: str
    kind: StepKind
    ends_at: int
    planned_ms: int
    mode: Mode | None = None
    turn_ms: int | None = None


@dataclass(frozen=True, slots=True)
class StepLeave:
    """The programme is over: close the room."""

    seq: int


# --- commands of the chair


@dataclass(frozen=True, slots=True)
class StepExtend:
    """Stay at this step longer than the other rooms."""

    step: str
    seconds: int


@dataclass(frozen=True, slots=True)
class StepFinish:
    """This room has done what the step is for."""

    step: str


# --- commands of members


@dataclass(frozen=True, slots=True)
class ReadyDeclare:
    """I want to move on from this step."""

    step: str


@dataclass(frozen=True, slots=True)
class ReadyWithdraw:
    """I do not want to move on yet."""

    step: str


# --- events


@dataclass(frozen=True, slots=True)
class StepTaken:
    """The room is at this step of the programme."""

    seq: int
    step: str
    kind: StepKind
    ends_at: int
    turn_ms: int | None = None
    usual: Limits | None = None


@dataclass(frozen=True, slots=True)
class StepTimed:
    """The step ends at another time than was planned, in all rooms."""

    seq: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class StepExtended:
    """This room stays at its step so many seconds longer than the others."""

    seconds: int


@dataclass(frozen=True, slots=True)
class ReadyDeclared:
    """This person wants to move on."""

    member: str


@dataclass(frozen=True, slots=True)
class ReadyWithdrawn:
    """This person wants to stay at the step after all."""

    member: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """The room is ready for the next step: at least half of those present want it, or the facilitator says so."""

    reason: Literal["vote", "chair"]


@dataclass(frozen=True, slots=True)
class StepLeft:
    """The programme is over here."""

    seq: int


ProgrammeCommand = StepTake | StepLeave
StepCommand = StepExtend | StepFinish
ReadyCommand = ReadyDeclare | ReadyWithdraw
StepEvent = StepTaken | StepTimed | StepExtended | ReadyDeclared | ReadyWithdrawn | StepDone | StepLeft
EVENTS: tuple[type, ...] = get_args(StepEvent)
