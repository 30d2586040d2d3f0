"""A live room as a value, and what may be asked of it beyond the floor and the drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from floor.core.commands import (
    HandLower,
    HandRaise,
    InvitationsAllow,
    InvitationsStop,
    OfferAccept,
    OfferDecline,
    OfferProlong,
    QuestionAllow,
    SpeechStart,
    SpeechStop,
    TurnYield,
)
from floor.core.types import FloorState, Request
from recommendations.core.dissenting import DissentLeave, DissentRaise, DissentShare
from recommendations.core.drafting import (
    DraftAccept,
    DraftBegin,
    DraftFreeze,
    DraftRelease,
    DraftState,
    DraftSubmit,
    DraftWrite,
)
from rooms.core.agenda import Agenda
from rooms.core.control import ContributionWithdraw, HideReason, Mark
from rooms.core.exclusion import Exclusion, ExclusionAnswer, ExclusionPropose, ExclusionRule, ExclusionSupport
from rooms.core.finding import Finding, FindingAccept, FindingRelease
from rooms.core.poll import Poll, TemperatureAsk
from rooms.core.step import ReadyDeclare, ReadyWithdraw, StepHere
from rooms.core.wording import ContributionCorrect, Suggestion, SuggestionMake

Stage = Literal["waiting", "open", "closed"]
SaidKind = Literal["contribution", "note"]
Role = Literal["citizen", "facilitator", "organiser", "chair", "translator", "scribe", "expert", "observer"]

SPEAKING_ROLES: tuple[Role, ...] = ("citizen",)
"""Who takes turns and writes drafts; the others have no account at the floor and count in no share. A scribe types
for a person who has one."""
MAX_CONTRIBUTION = 4000
MAX_NOTE = 250
LATE_MS = 60_000
"""How long after a turn its unsent rest may be posted as a note of full length, be the room closed or not."""
REOPEN_MS = 600_000
"""How long after it was closed a room may be opened again; then it has ended, and its report is final."""
KEPT = 200
"""Contributions and notes that stay in the state, and marks of older ones; the rest stands in the log and in the
tables."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A member's place in the room: what they do here, speak and read."""

    role: Role
    speaks: tuple[str, ...]
    reads: str
    present: bool = False
    removed: bool = False
    rule: ExclusionRule | None = None
    """By which the others here sent this person out; None: they did not."""
    scribe: str | None = None
    """Who types for this person, who has no device."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something said or noted; `words` is the key of its text, `turn` the number of the speaker's last turn."""

    words: str
    member: str
    kind: SaidKind
    at: int
    lang: str
    turn: int
    scribe: str | None = None
    """Who typed it for the person."""
    hidden: HideReason | None = None
    """The facilitator hid the words from everybody else, for this reason."""
    withdrawn: bool = False
    """The author took the words back."""
    corrections: tuple[str, ...] = ()
    """Keys of the author's later wordings, oldest first; `lang` is that of the last."""
    flags: Mapping[str, int] = field(default_factory=dict)
    """Reading language to how many do not understand its translation."""

    @property
    def wording(self) -> str:
        """Key of the words as they stand now."""
        return self.corrections[-1] if self.corrections else self.words


@dataclass(frozen=True, slots=True)
class RoomState:
    """Everything a screen of this room shows, except the words themselves."""

    phase: Stage = "waiting"
    opened_at: int | None = None
    final_at: int | None = None
    """While it is closed: from when it can be opened no more."""
    item: int = 0
    """Number of the agenda item, 0 before the first."""
    item_title: str | None = None
    """Key of its words."""
    item_motion: str | None = None
    """Key of the motion that is debated in it."""
    agenda: Agenda = ()
    """What comes after it."""
    seats: Mapping[str, Seat] = field(default_factory=dict)
    floor: FloorState = field(default_factory=FloorState)
    said: tuple[Said, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """What became of words that were said before `said`, by their key and in its order; the last ones, of the others
    the tables know."""
    suggestions: Mapping[str, Suggestion] = field(default_factory=dict)
    """Translations that wait to be accepted."""
    polls: Mapping[str, Poll] = field(default_factory=dict)
    """The last ones, oldest first."""
    exclusion_rule: ExclusionRule | None = None
    """By which the others may send somebody out; None: they may not."""
    exclusion: Exclusion | None = None
    proposed: tuple[str, ...] = ()
    """Whom it was proposed to send out in this item; nobody twice."""
    inside: tuple[str, ...] | None = None
    """While the room is locked: who may come in beside those who lead or read."""
    drafts: Mapping[str, DraftState] = field(default_factory=dict)
    findings: Mapping[str, Finding] = field(default_factory=dict)
    step: StepHere | None = None
    step_seq: int = 0
    """Number of the last thing the programme said to this room."""


@dataclass(frozen=True, slots=True)
class Time:
    """What somebody who changes rooms has on their account (`floor.core.types.Account`) and keeps: time, a mute, and
    what they want and wanted of invitations and offers."""

    spoken_ms: int
    fair_us: int
    turns: int
    total_ms: int
    total_turns: int
    carried_us: int = 0
    orders: int = 0
    muted: bool = False
    uninvited: bool = False
    declined: bool = False
    passed: bool = False


# --- commands of members


@dataclass(frozen=True, slots=True)
class ContributionMake:
    """Say this, having the floor."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class NoteMake:
    """Note this beside the floor."""

    text: str
    lang: str


MemberAct = (
    HandRaise
    | HandLower
    | OfferAccept
    | OfferDecline
    | OfferProlong
    | InvitationsStop
    | InvitationsAllow
    | TurnYield
    | QuestionAllow
    | SpeechStart
    | SpeechStop
    | ContributionMake
    | NoteMake
    | DraftBegin
    | DraftFreeze
    | DraftWrite
    | DraftAccept
    | DraftRelease
    | DraftSubmit
    | DissentRaise
    | DissentShare
    | DissentLeave
    | FindingAccept
    | FindingRelease
    | TemperatureAsk
    | ReadyDeclare
    | ReadyWithdraw
    | ContributionWithdraw
    | ContributionCorrect
    | SuggestionMake
    | ExclusionPropose
    | ExclusionAnswer
    | ExclusionSupport
)
"""What a member does for themself, and a scribe for a person without a device."""


@dataclass(frozen=True, slots=True)
class ScribeAct:
    """Do this for the person I type for."""

    member: str
    act: MemberAct


# --- commands of the chair


@dataclass(frozen=True, slots=True)
class RoomOpen:
    """Let the talk begin."""


@dataclass(frozen=True, slots=True)
class RoomClose:
    """End the talk."""


@dataclass(frozen=True, slots=True)
class ItemOpen:
    """Go on to the next agenda item; speaking time is balanced anew."""

    title: str | None = None
    lang: str | None = None
    motion: str | None = None
    """Key of the motion that is debated."""
    point: str | None = None
    """Which of the agenda it is."""


@dataclass(frozen=True, slots=True)
class MemberRemove:
    """Send this person out; their screens stop at once."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberReadmit:
    """Let this person in again."""

    member: str


# --- commands of the organiser


@dataclass(frozen=True, slots=True)
class SeatGive:
    """Seat this person here, or change role and languages of who sits here already."""

    member: str
    role: Role
    speaks: tuple[str, ...]
    reads: str
    brings: Time | None = None
    hands: tuple[Request, ...] = ()
    """Raised in the room they come from; they go on waiting."""
    scribe: str | None = None
    """Who types for this person."""


@dataclass(frozen=True, slots=True)
class SeatTake:
    """This person no longer sits here; refused while they have the floor."""

    member: str


ChairCommand = RoomOpen | RoomClose | ItemOpen | MemberRemove | MemberReadmit
SpeechCommand = ContributionMake | NoteMake
SeatCommand = SeatGive | SeatTake
