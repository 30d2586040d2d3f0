"""A sitting that is played in memory: commands at given seconds, deadlines applied first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from kernel import wire
from kernel.errors import Refused
from live.core.kinds import Moment, Recorded
from sittings.core import sitting
from sittings.core.types import SittingBegin, SittingState, StepAdd, StepPlan

START = 1_700_000_000_000
ROOMS = (11, 12, 13)
CHAIR = "chair"


class Played:
    """One sitting and its log."""

    def __init__(self) -> None:
        self.state = SittingState()
        self.log: list[Recorded[SittingState]] = []

    def advance(self, second: float) -> list[str]:
        """Let every deadline up to this second take effect at its own moment."""
        names: list[str] = []
        while (due := sitting.next_deadline(self.state)) is not None and due <= at(second):
            names += self._append(sitting.expire(self.state, self._moment(due, None)), due, None)
        return names

    def do(self, second: float, command: Any, by: str | None = CHAIR) -> list[str]:
        """Names of the events that a command comes to, those of passed deadlines not among them."""
        self.advance(second)
        events = sitting.decide(self.state, command, self._moment(at(second), by))
        return self._append(events, at(second), by)

    def refused(self, second: float, command: Any) -> str:
        """The code with which a command is refused."""
        with pytest.raises(Refused) as caught:
            self.do(second, command)
        return caught.value.code

    def key(self, place: int) -> str:
        """The key of the step at this place of the agenda."""
        return self.state.agenda[place].key

    def exchange(self) -> dict[str, Any]:
        """Nothing, the events, and the state they lead to."""
        return {
            "kind": "sitting",
            "initial": wire.encode(SittingState()),
            "events": [
                {
                    "seq": each.seq,
                    "at": each.at,
                    "by": each.by,
                    "kind": wire.name_of(type(each.event)),
                    "data": wire.encode(each.event),
                }
                for each in self.log
            ],
            "state": wire.encode(self.state),
        }

    def _moment(self, when: int, by: str | None) -> Moment:
        return Moment(at=when, by=by, seed=f"seed {len(self.log)}", gathered=ROOMS)

    def _append(self, events: Sequence[Any], when: int, by: str | None) -> list[str]:
        for event in events:
            record: Recorded[SittingState] = Recorded("sitting.1", len(self.log) + 1, when, by, event)
            self.log.append(record)
            self.state = sitting.evolve(self.state, record)
        return [wire.name_of(type(event)) for event in events]


def at(second: float) -> int:
    """Civic milliseconds of this second."""
    return START + round(second * 1000)


def minutes(count: int) -> int:
    return count * 60_000


def planned(*lengths: int) -> Played:
    """A sitting with a discussion of so many minutes for each number."""
    played = Played()
    for length in lengths or (10, 20, 5):
        played.do(0, StepAdd(StepPlan("discussion", minutes(length))))
    return played


def begun(*lengths: int) -> Played:
    """The same, going on since second 0."""
    played = planned(*lengths)
    played.do(0, SittingBegin())
    return played
