"""A sitting as a value, what may be asked of it and what happens in it.

All moments are civic milliseconds, all durations `…_ms`; steps are named by keys, rooms by their numbers in the log's
names (`room.12` is 12).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from floor.core.types import Mode
from live.core.kinds import Words
from rooms.core.step import StepKind

Phase = Literal["planning", "running", "ended"]
Screen = Literal["talk", "draft"]
EndReason = Literal["person", "clock", "ready", "closing"]
Template = Literal["short", "long", "drafting"]


@dataclass(frozen=True, slots=True)
class StepPlan:
    """What is planned for a step; what is None stays as it is in each room."""

    kind: StepKind
    planned_ms: int
    mode: Mode | None = None
    turn_ms: int | None = None
    screen: Screen | None = None
    """The part of the room that opens on the citizens' screens."""


@dataclass(frozen=True, slots=True)
class AgendaStep:
    """A step of the run of show, to come, going on, or passed."""

    key: str
    plan: StepPlan
    title: str | None = None
    """Key of its words."""
    text: str | None = None
    """Key of what people read while it goes on: what they are to do, or what it is about."""
    began_at: int | None = None
    ended_at: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message to all rooms; `member` None: from an organiser's page."""

    words: str
    lang: str
    member: str | None
    at: int


@dataclass(frozen=True, slots=True)
class SittingState:
    """Everything a screen shows of the sitting, except the words themselves."""

    number: int = 1
    phase: Phase = "planning"
    agenda: tuple[AgendaStep, ...] = ()
    by_itself: bool = False
    """Whether a step gives way to the next when its time is over, without anybody's act."""
    ends_at: int | None = None
    """When the current step ends, as planned or as it was extended."""
    closes_at: int | None = None
    """When all rooms close, once that has been announced."""
    ready: tuple[int, ...] = ()
    """Rooms that are ready for the next step."""
    open_rooms: int = 0
    """How many there are."""
    messages: tuple[Message, ...] = ()
    rooms: tuple[int, ...] = ()
    """Rooms that open with the sitting."""
    began_seq: int = 0
    told_seq: int = 0
    """Number of the event that rooms were last to hear of."""
    told_by: str | None = None
    is_early: bool = False
    """Whether the current step began before the planned end of the one before it."""


# --- commands of whoever drives the sitting


@dataclass(frozen=True, slots=True)
class AgendaFill:
    """Add the steps of a template at the end."""

    template: Template


@dataclass(frozen=True, slots=True)
class StepAdd:
    """Add a step at the end."""

    plan: StepPlan
    title: str | None = None
    lang: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class StepChange:
    """Plan a step to come differently, or write anew what people read in it, even while it goes on. `title` and `text`
    None leave them as they are, empty ones take them away."""

    step: str
    plan: StepPlan
    title: str | None = None
    lang: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class StepMove:
    """Put a step to come one place earlier or later."""

    step: str
    to: Literal["earlier", "later"]


@dataclass(frozen=True, slots=True)
class StepDrop:
    """Take out a step to come."""

    step: str


@dataclass(frozen=True, slots=True)
class SittingPace:
    """Say whether steps give way to the next by themselves."""

    by_itself: bool


@dataclass(frozen=True, slots=True)
class SittingBegin:
    """Open all rooms and begin the first step."""


@dataclass(frozen=True, slots=True)
class SittingAdvance:
    """End this step and begin the next; after the last one, end the sitting."""

    step: str


@dataclass(frozen=True, slots=True)
class SittingExtend:
    """Give all rooms more time for this step."""

    step: str
    seconds: int


@dataclass(frozen=True, slots=True)
class SittingClose:
    """Close all rooms in so many minutes, 0: now; None: not yet after all."""

    minutes: int | None


@dataclass(frozen=True, slots=True)
class SittingPrepare:
    """Plan the next sitting, when this one has ended."""


@dataclass(frozen=True, slots=True)
class MessageSend:
    """Tell all rooms this."""

    text: str
    lang: str


# --- commands of the system


@dataclass(frozen=True, slots=True)
class RoomsTell:
    """These rooms are ready to move on from this step, of so many that are open."""

    step: str
    ready: tuple[int, ...]
    open_rooms: int


# --- events


@dataclass(frozen=True, slots=True)
class StepAdded:
    """A step stands at the end of the run of show."""

    step: str
    plan: StepPlan
    title: Words | None
    text: Words | None = None


@dataclass(frozen=True, slots=True)
class StepChanged:
    """A step to come is planned differently."""

    step: str
    plan: StepPlan


@dataclass(frozen=True, slots=True)
class StepTitled:
    """A step to come is called something else."""

    step: str
    title: Words | None


@dataclass(frozen=True, slots=True)
class StepExplained:
    """People read something else in a step that is to come or goes on."""

    step: str
    text: Words | None


@dataclass(frozen=True, slots=True)
class StepMoved:
    """A step to come stands at another place, 0 for the first of all."""

    step: str
    place: int


@dataclass(frozen=True, slots=True)
class StepDropped:
    """A step to come was taken out."""

    step: str


@dataclass(frozen=True, slots=True)
class SittingPaced:
    """Whether steps give way to the next by themselves."""

    by_itself: bool


@dataclass(frozen=True, slots=True)
class SittingBegun:
    """The sitting begins: these rooms open."""

    rooms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StepBegun:
    """A step begins in all rooms."""

    step: str
    ends_at: int


@dataclass(frozen=True, slots=True)
class StepEnded:
    """A step is over: a person said so, its time was up, all rooms were ready, or all rooms close."""

    step: str
    reason: EndReason


@dataclass(frozen=True, slots=True)
class SittingExtended:
    """The step ends later, in all rooms."""

    step: str
    ends_at: int


@dataclass(frozen=True, slots=True)
class ClosingAnnounced:
    """All rooms close at this moment; None: that was withdrawn."""

    closes_at: int | None


@dataclass(frozen=True, slots=True)
class SittingEnded:
    """All rooms close; everybody goes to the plenary."""


@dataclass(frozen=True, slots=True)
class SittingPrepared:
    """The next sitting is being planned."""

    number: int


@dataclass(frozen=True, slots=True)
class RoomsReady:
    """These rooms are ready for the next step, of so many that are open."""

    step: str
    ready: tuple[int, ...]
    open_rooms: int


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A message to all rooms."""

    words: Words
    member: str | None


PlanCommand = AgendaFill | StepAdd | StepChange | StepMove | StepDrop
RunCommand = SittingBegin | SittingAdvance | SittingExtend | SittingClose
DrivingCommand = PlanCommand | RunCommand | SittingPace | SittingPrepare | MessageSend
SittingCommand = DrivingCommand | RoomsTell
PlanEvent = StepAdded | StepChanged | StepTitled | StepExplained | StepMoved | StepDropped
RunEvent = SittingBegun | StepBegun | StepEnded | SittingExtended | ClosingAnnounced | SittingEnded | RoomsReady
SittingEvent = PlanEvent | RunEvent | SittingPaced | SittingPrepared | MessageSent
COMMANDS: tuple[type, ...] = get_args(DrivingCommand)
EVENTS: tuple[type, ...] = get_args(SittingEvent)
