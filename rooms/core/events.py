"""What has happened in a room, beside the events of its floor and its drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from floor.core import events as floor_events
from floor.core.events import FloorEvent
from floor.core.types import Request
from live.core.kinds import Words
from recommendations.core import drafting
from recommendations.core.drafting import DraftEvent
from rooms.core import agenda, control, exclusion, finding, poll, step, wording
from rooms.core.agenda import AgendaEvent
from rooms.core.control import ControlEvent
from rooms.core.exclusion import ExclusionEvent, ExclusionRule
from rooms.core.finding import FindingEvent
from rooms.core.poll import PollEvent
from rooms.core.step import StepEvent
from rooms.core.types import Role, Time
from rooms.core.wording import WordingEvent


@dataclass(frozen=True, slots=True)
class SeatGiven:
    """This person sits here, in this role, with these languages."""

    member: str
    role: Role
    speaks: tuple[str, ...]
    reads: str
    scribe: str | None = None
    """Who types for this person, who has no device."""


@dataclass(frozen=True, slots=True)
class TimeBrought:
    """This person comes from another room; `time` is what their account here comes to have."""

    member: str
    time: Time


@dataclass(frozen=True, slots=True)
class HandBrought:
    """A hand that somebody raised in the room they come from goes on waiting here; kept as that of somebody away."""

    hand: Request


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """This person no longer sits here; the time they spoke stays counted."""

    member: str


@dataclass(frozen=True, slots=True)
class RoomOpened:
    """The talk begins."""


@dataclass(frozen=True, slots=True)
class RoomClosed:
    """The talk is over; until then the room can be opened again."""

    final_at: int


@dataclass(frozen=True, slots=True)
class ReopeningProlonged:
    """The closed room can be opened again for longer: for a time nobody could be served."""

    final_at: int


@dataclass(frozen=True, slots=True)
class ItemOpened:
    """The next agenda item; nobody owes or is owed time, carry-over apart."""

    number: int
    title: Words | None
    motion: str | None = None
    point: str | None = None
    """Which of the agenda it was."""


@dataclass(frozen=True, slots=True)
class ContributionMade:
    """Said by the holder of the floor, in turn number `turn`."""

    words: Words
    member: str
    turn: int
    scribe: str | None = None
    """Who typed it for the person."""


@dataclass(frozen=True, slots=True)
class NoteMade:
    """Noted beside the floor."""

    words: Words
    member: str
    scribe: str | None = None
    """Who typed it for the person."""


@dataclass(frozen=True, slots=True)
class MemberRemoved:
    """This person was sent out, by the chair or by the others."""

    member: str
    rule: ExclusionRule | None = None
    """By which the others here did; None: whoever leads did."""


@dataclass(frozen=True, slots=True)
class MemberReadmitted:
    """This person may come in again."""

    member: str


StageEvent = RoomOpened | RoomClosed | ReopeningProlonged
OwnEvent = (
    SeatGiven
    | TimeBrought
    | HandBrought
    | SeatTaken
    | StageEvent
    | ItemOpened
    | ContributionMade
    | NoteMade
    | MemberRemoved
    | MemberReadmitted
)
RoomEvent = (
    OwnEvent
    | FloorEvent
    | DraftEvent
    | StepEvent
    | ControlEvent
    | FindingEvent
    | PollEvent
    | ExclusionEvent
    | WordingEvent
    | AgendaEvent
)
EVENTS: tuple[type, ...] = (
    *get_args(OwnEvent),
    *floor_events.EVENTS,
    *drafting.EVENTS,
    *step.EVENTS,
    *control.EVENTS,
    *finding.EVENTS,
    *poll.EVENTS,
    *exclusion.EVENTS,
    *wording.EVENTS,
    *agenda.EVENTS,
)
