"""What a room's log says about who spoke: time, turns, contributions and notes per person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from floor.core.figures import gini
from live.core.kinds import Recorded
from rooms.core import room as core
from rooms.core.events import (
    ContributionMade,
    NoteMade,
    SeatGiven,
    TimeBrought,
)
from rooms.core.types import SPEAKING_ROLES, RoomState


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
    total = sum(spoken.ms for spoken in people.values())
    return RoomReport(
        people=people,
        share={key: Fraction(spoken.ms, total or 1) for key, spoken in people.items()},
        gini=gini([spoken.ms for spoken in people.values()]),
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
