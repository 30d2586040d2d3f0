"""The plenary as a value: who is present, which motions there are and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from live.core.kinds import Words
from plenary.core.rules import Rule
from plenary.core.tally import Count, Outcome, Settled

Phase = Literal["draft", "open", "closed", "certified"]


@dataclass(frozen=True, slots=True)
class Version:
    """One language version of a motion as it was frozen: status and digest of its texts."""

    status: Literal["original", "machine", "missing"]
    digest: str


@dataclass(frozen=True, slots=True)
class MotionState:
    """One motion. Title, recommendation and reasons are keys of words; its text is authentic in `lang`."""

    motion: str
    number: int
    phase: Phase
    source: str
    """Key of the recommendation it was made of."""
    lang: str
    title: str | None
    recommendation: str
    reasons: str | None
    rule: Rule
    opened_at: int | None = None
    closes_at: int | None = None
    is_prolonged: bool = False
    """It closes later than was said, because for a time nobody could be served."""
    rolls: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, Version] = field(default_factory=dict)
    outcome: Outcome | None = None
    certified_by: tuple[str, ...] = ()
    lot: str | None = None
    """Digest of the seed that a lot would be drawn from, until the ballot has closed; then the seed."""
    departure: str | None = None
    """Key of the reasons that the majority gave for departing from what was advised."""

    @property
    def awaits(self) -> Literal["chair", "reasons"] | None:
        """What has to come before the count can be certified."""
        if self.outcome and self.outcome.settled is Settled.TIE_OPEN:
            return "chair"
        owes = self.outcome and self.outcome.departs_from and self.rule.departure == "with_reasons"
        return "reasons" if owes and self.departure is None else None


@dataclass(frozen=True, slots=True)
class PlenaryState:
    """Everything a screen of the plenary shows, except the words themselves."""

    present: tuple[str, ...] = ()
    motions: Mapping[str, MotionState] = field(default_factory=dict)


# --- commands


@dataclass(frozen=True, slots=True)
class MotionAdd:
    """Put a recommendation on the agenda, to be decided under this rule."""

    recommendation: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class MotionOpen:
    """Open the ballot until `closes_at`, or for `duration_ms`, or until somebody closes it."""

    motion: str
    closes_at: int | None = None
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True)
class MotionClose:
    """Close the ballot now and count."""

    motion: str


@dataclass(frozen=True, slots=True)
class MotionSettle:
    """End a tie by the chair's vote."""

    motion: str
    adopt: bool


@dataclass(frozen=True, slots=True)
class MotionExplain:
    """Say why the majority departs from what was advised; said again, it takes the place of what was said before."""

    motion: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class MotionCertify:
    """Confirm that the count was done rightly; when enough people have, the result is published."""

    motion: str


@dataclass(frozen=True, slots=True)
class MemberArrive:
    """This member is in the plenary."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberLeave:
    """This member has left the plenary."""

    member: str


# --- events


@dataclass(frozen=True, slots=True)
class MotionAdded:
    """A recommendation stands on the agenda as a motion."""

    motion: str
    number: int
    source: str
    lang: str
    title: str | None
    recommendation: str
    reasons: str | None
    rule: Rule


@dataclass(frozen=True, slots=True)
class MotionOpened:
    """The ballot is open; roll and language versions are frozen."""

    motion: str
    closes_at: int | None
    rolls: Mapping[str, int]
    versions: Mapping[str, Version]
    lot: str | None = None
    """Where a tie is ended by lot: SHA-256 of the seed, which nobody is told before closing."""
    seed: str = field(default="", metadata={"transient": True}, compare=False, repr=False)
    members: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, metadata={"transient": True}, compare=False, repr=False
    )
    """The rolls by name, on their way to the table; not in the log."""


@dataclass(frozen=True, slots=True)
class MotionProlonged:
    """The ballot closes later than was said, because for a time nobody could be served."""

    motion: str
    closes_at: int


@dataclass(frozen=True, slots=True)
class MotionClosed:
    """The ballot is closed and counted."""

    motion: str
    outcome: Outcome
    seed: str | None = None
    """What a lot was, or would have been, drawn from."""


@dataclass(frozen=True, slots=True)
class MotionSettled:
    """The chair ended a tie."""

    motion: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class MotionExplained:
    """The majority gave its reasons for departing from what was advised."""

    motion: str
    words: Words


@dataclass(frozen=True, slots=True)
class MotionCertified:
    """A person confirmed the count; when enough have, the result is published."""

    motion: str
    member: str


@dataclass(frozen=True, slots=True)
class MemberArrived:
    """This member is in the plenary."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """This member has left the plenary."""

    member: str


EVENTS = (
    MotionAdded, MotionOpened, MotionProlonged, MotionClosed, MotionSettled, MotionExplained, MotionCertified,
    MemberArrived, MemberLeft,
)  # fmt: skip

# --- what decisions need from the tables


@dataclass(frozen=True, slots=True)
class Source:
    """The recommendation a motion is to be made of."""

    lang: str
    title: str | None
    recommendation: str
    reasons: str | None


@dataclass(frozen=True, slots=True)
class Opening:
    """Rolls and language versions as they stand at the opening."""

    members: Mapping[str, tuple[str, ...]]
    versions: Mapping[str, Version]


@dataclass(frozen=True, slots=True)
class Counted:
    """The counted ballots of each electorate, and what a lot is drawn from."""

    counts: Sequence[Count]
    seed: str = ""


Counts = Mapping[str, Counted]
"""By motion."""

# --- words


def mentions(value: Any) -> Iterable[str]:
    """Keys whose words a reader of an event or of the whole state needs."""
    match value:
        case PlenaryState():
            return [key for motion in value.motions.values() for key in (*words_of(motion), motion.departure) if key]
        case MotionAdded():
            return words_of(value)
        case MotionExplained():
            return [value.words.key]
    return ()


def words_of(motion: MotionState | MotionAdded | Source) -> list[str]:
    """Keys of a motion's texts."""
    return [key for key in (motion.title, motion.recommendation, motion.reasons) if key]
