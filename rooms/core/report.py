"""What a room's log says about how it was led: time and turns per person, and every act of the chair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from floor.core.events import (
    FloorChanged,
    FloorOffered,
    FloorPaused,
    FloorResumed,
    HandLowered,
    MemberMuted,
    MemberUnmuted,
    TurnEnded,
    TurnExtended,
    TurnStarted,
    TurnSuspended,
)
from floor.core.figures import gini
from live.core.kinds import Recorded
from rooms.core import room as core
from rooms.core.events import (
    ContributionMade,
    ItemOpened,
    MemberReadmitted,
    MemberRemoved,
    NoteMade,
    RoomClosed,
    RoomOpened,
    SeatGiven,
    TimeBrought,
)
from rooms.core.exclusion import ExclusionRule
from rooms.core.types import SPEAKING_ROLES, RoomState

PLAIN_ACTS: dict[type, str] = {
    FloorPaused: "pause",
    FloorResumed: "resume",
    FloorChanged: "set",
    MemberMuted: "mute",
    MemberUnmuted: "unmute",
    MemberRemoved: "remove",
    MemberReadmitted: "readmit",
    ItemOpened: "item",
    RoomOpened: "open",
    RoomClosed: "close",
    TurnExtended: "extend",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One person's part: milliseconds at the floor, turns (a yes in free speech is none), contributions, notes."""

    ms: int = 0
    turns: int = 0
    contributions: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Brought:
    """What people brought with them from other rooms, by person."""

    ms: Counter[str] = field(default_factory=Counter)
    turns: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class RoomReport:
    """One room's talk. `share` is of all speech; `gini` over all who could speak, spoken or not."""

    people: Mapping[str, Spoken]
    share: Mapping[str, Fraction]
    gini: Fraction
    interventions: Mapping[str, int]
    """Acts of the chair by kind."""
    departures: int
    """Calls that differed from what the policy suggested."""
    extended_s: int
    last_seq: int


def report_of(log: Sequence[Recorded[RoomState]]) -> RoomReport:
    """The report of a log, from its first event."""
    state, brought = RoomState(), Brought()
    for record in log:
        if isinstance(record.event, TimeBrought):
            key, time = record.event.member, record.event.time
            before = state.floor.people[key]
            brought.ms[key] += time.total_ms - before.total_ms
            brought.turns[key] += time.total_turns - before.total_turns
        state = core.evolve(state, record.event, record.at)
    people = _people(state, log, brought)
    scribes = {(record.event.member, record.event.scribe) for record in log if isinstance(record.event, SeatGiven)}
    total = sum(spoken.ms for spoken in people.values())
    return RoomReport(
        people=people,
        share={key: Fraction(spoken.ms, total or 1) for key, spoken in people.items()},
        gini=gini([spoken.ms for spoken in people.values()]),
        interventions=dict(Counter(act for record in log if (act := _act(record, scribes)))),
        departures=sum(_departs(record.event) for record in log),
        extended_s=sum(record.event.seconds for record in log if isinstance(record.event, TurnExtended)),
        last_seq=log[-1].seq if log else 0,
    )


def _people(state: RoomState, log: Sequence[Recorded[RoomState]], brought: Brought) -> dict[str, Spoken]:
    """What was said here; what people spoke in other rooms is not of this report."""
    speakers = dict.fromkeys(
        record.event.member
        for record in log
        if isinstance(record.event, SeatGiven) and record.event.role in SPEAKING_ROLES
    )
    counts = Counter((type(record.event), getattr(record.event, "member", None)) for record in log)
    return {
        key: Spoken(
            ms=state.floor.people[key].total_ms - brought.ms[key],
            turns=state.floor.people[key].total_turns - brought.turns[key],
            contributions=counts[ContributionMade, key],
            notes=counts[NoteMade, key],
        )
        for key in speakers
    }


def _act(record: Recorded[RoomState], scribes: Collection[tuple[str, str | None]]) -> str | None:
    """The kind of intervention an event is, if it is one: an act of a person in the member's stead or over all.

    What a scribe does for their person, the person does.
    """
    event: Any = record.event
    if record.by is None:
        return None
    match event:
        case MemberRemoved(rule=ExclusionRule()):
            return None
        case TurnSuspended(member=member) if record.by != member:
            return "interrupt"
        case TurnStarted(member=member, kind=kind) if kind != "interposed" and not _is_own(record, member, scribes):
            return "give"
        case FloorOffered(reason="call"):
            return "give"
        case TurnEnded(reason="chair"):
            return "end"
        case HandLowered(reason="skipped"):
            return "skip"
        case _:
            return PLAIN_ACTS.get(type(event))


def _departs(event: Any) -> bool:
    """Each departing call once: an offer that departs starts a turn that departs as well."""
    return isinstance(event, TurnStarted) and event.departs


def _is_own(record: Recorded[RoomState], member: str, scribes: Collection[tuple[str, str | None]]) -> bool:
    return record.by == member or (member, record.by) in scribes
