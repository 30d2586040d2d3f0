"""The plenary as a value: who is present, which motions there are and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, assert_never

from kernel.errors import Refused
from live.core.kinds import Moment, Recorded
from plenary.core.rules import Rule, check
from plenary.core.tally import Count, Outcome, tally

Phase = Literal["draft", "open", "closed", "certified"]
MIN_OPEN_MS = 1_000


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
    rolls: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, Version] = field(default_factory=dict)
    outcome: Outcome | None = None
    certified_by: tuple[str, ...] = ()


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
    members: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, metadata={"transient": True}, compare=False, repr=False
    )
    """The rolls by name, on their way to the table; not in the log."""


@dataclass(frozen=True, slots=True)
class MotionClosed:
    """The ballot is closed and counted."""

    motion: str
    outcome: Outcome


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


EVENTS = (MotionAdded, MotionOpened, MotionClosed, MotionCertified, MemberArrived, MemberLeft)

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


Counts = Mapping[str, Sequence[Count]]
"""By motion: the counted ballots of each electorate."""


# --- rules


def decide(state: PlenaryState, command: Any, moment: Moment) -> Sequence[Any]:
    """Events that follow from a command; `moment.gathered` holds what it needs from the tables."""
    match command:
        case MemberArrive(member):
            return [] if member in state.present else [MemberArrived(member)]
        case MemberLeave(member):
            return [MemberLeft(member)] if member in state.present else []
        case MotionAdd():
            return [_added(state, command, moment)]
        case MotionOpen():
            return [_opened(state, command, moment)]
        case MotionClose(motion):
            return [_closed(_in_phase(state, motion, "open"), moment.gathered)]
        case MotionCertify(motion):
            certified = _in_phase(state, motion, "closed", "certified").certified_by
            return [] if moment.by in certified else [MotionCertified(motion, moment.by or "")]
    raise TypeError(type(command).__name__)


def _in_phase(state: PlenaryState, key: str, *phases: Phase) -> MotionState:
    motion = state.motions.get(key)
    if motion is None:
        raise Refused("motion.unknown")
    if motion.phase not in phases:
        raise Refused("motion.wrong_phase", phase=motion.phase)
    return motion


def _added(state: PlenaryState, command: MotionAdd, moment: Moment) -> MotionAdded:
    check(command.rule)
    source = moment.gathered
    if not isinstance(source, Source):
        raise Refused("recommendation.unknown")
    if any(motion.source == command.recommendation for motion in state.motions.values()):
        raise Refused("motion.exists")
    return MotionAdded(
        motion=moment.key("motion"),
        number=len(state.motions) + 1,
        source=command.recommendation,
        lang=source.lang,
        title=source.title,
        recommendation=source.recommendation,
        reasons=source.reasons,
        rule=command.rule,
    )


def _opened(state: PlenaryState, command: MotionOpen, moment: Moment) -> MotionOpened:
    motion = _in_phase(state, command.motion, "draft")
    opening: Opening = moment.gathered
    closes_at = command.closes_at
    if closes_at is None and command.duration_ms is not None:
        closes_at = moment.at + command.duration_ms
    if closes_at is not None and closes_at < moment.at + MIN_OPEN_MS:
        raise Refused("motion.closes_too_soon")
    if empty := [name for name, members in opening.members.items() if not members]:
        raise Refused("motion.nobody_entitled", electorate=empty[0])
    lacking = [lang for lang, version in opening.versions.items() if version.status == "missing"]
    if motion.rule.versions == "machine" and lacking:
        raise Refused("motion.versions_missing", languages=", ".join(sorted(lacking)))
    rolls = {name: len(members) for name, members in opening.members.items()}
    return MotionOpened(command.motion, closes_at, rolls, opening.versions, opening.members)


def _closed(motion: MotionState, counts: Counts) -> MotionClosed:
    return MotionClosed(motion.motion, tally(counts[motion.motion], motion.rule))


def next_deadline(state: PlenaryState) -> int | None:
    """When the next ballot closes by itself."""
    return min((motion.closes_at for motion in open_motions(state) if motion.closes_at is not None), default=None)


def open_motions(state: PlenaryState) -> list[MotionState]:
    """The motions whose ballot is open."""
    return [motion for motion in state.motions.values() if motion.phase == "open"]


def due(state: PlenaryState) -> list[MotionState]:
    """The motions that close at the next deadline."""
    deadline = next_deadline(state)
    return [motion for motion in open_motions(state) if motion.closes_at is not None and motion.closes_at == deadline]


def expire(state: PlenaryState, moment: Moment) -> Sequence[Any]:
    """Close what is due."""
    return [_closed(motion, moment.gathered) for motion in due(state) if (motion.closes_at or 0) <= moment.at]


Event = MotionAdded | MotionOpened | MotionClosed | MotionCertified | MemberArrived | MemberLeft


def evolve(state: PlenaryState, record: Recorded[PlenaryState]) -> PlenaryState:
    """The state after an event."""
    event: Event = record.event
    match event:
        case MemberArrived(member):
            return replace(state, present=(*state.present, member))
        case MemberLeft(member):
            return replace(state, present=tuple(key for key in state.present if key != member))
        case MotionAdded():
            return replace(state, motions={**state.motions, event.motion: _new(event)})
        case MotionOpened() | MotionClosed() | MotionCertified():
            changed = _moved_on(state.motions[event.motion], event, record.at)
            return replace(state, motions={**state.motions, event.motion: changed})
        case _:
            assert_never(event)


def _new(event: MotionAdded) -> MotionState:
    return MotionState(
        event.motion, event.number, "draft", event.source, event.lang, event.title, event.recommendation,
        event.reasons, event.rule,
    )  # fmt: skip


def _moved_on(motion: MotionState, event: MotionOpened | MotionClosed | MotionCertified, at: int) -> MotionState:
    match event:
        case MotionOpened():
            return replace(
                motion, phase="open", opened_at=at, closes_at=event.closes_at, rolls=event.rolls,
                versions=event.versions,
            )  # fmt: skip
        case MotionClosed():
            return replace(motion, phase="closed", outcome=event.outcome)
        case MotionCertified():
            certified_by = (*motion.certified_by, event.member)
            enough = len(certified_by) >= motion.rule.certifiers
            return replace(motion, phase="certified" if enough else "closed", certified_by=certified_by)


def mentions(value: Any) -> Iterable[str]:
    """Keys whose words a reader of an event or of the whole state needs."""
    match value:
        case PlenaryState():
            return [key for motion in value.motions.values() for key in words_of(motion)]
        case MotionAdded():
            return words_of(value)
    return ()


def words_of(motion: MotionState | MotionAdded | Source) -> list[str]:
    """Keys of a motion's texts."""
    return [key for key in (motion.title, motion.recommendation, motion.reasons) if key]
