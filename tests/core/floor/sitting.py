"""A floor that is played: commands at given seconds, deadlines applied first as the log writer does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import pytest

from floor.core import ledger, machine
from floor.core.commands import FloorCommand, HandRaise, MemberArrive, OfferAccept, TurnYield
from floor.core.events import FloorChanged, FloorEvent
from floor.core.types import FloorState, Limits, Mode, Phase
from kernel.errors import Refused
from kernel.wire import encode, name_of

E = TypeVar("E")
START = 1_000_000
ROOM = ("alba", "bruno", "carla", "dora")
CHAIR = "chair"


@dataclass(frozen=True, slots=True)
class At:
    """When, and who asks."""

    at: int
    by: str | None = None


@dataclass(frozen=True, slots=True)
class ItemOpened:
    """Stands in the log where the room began a new agenda item."""


@dataclass
class Sitting:
    """A floor, its log of (event, at, by), and a clock in seconds from the opening."""

    floor: FloorState = field(default_factory=FloorState)
    log: list[tuple[FloorEvent | ItemOpened, int, str | None]] = field(default_factory=list)
    initial: FloorState = field(default_factory=FloorState)
    weights: Mapping[str, int] = field(default_factory=dict)
    """What decisions know of accommodations, and nobody else."""

    def advance(self, second: float) -> None:
        """Let every deadline up to this second take effect at its own moment."""
        until = START + round(second * 1000)
        while (due := machine.next_deadline(self.floor)) is not None and due <= until:
            events = machine.expire(self.confided, At(due))
            assert events, f"deadline {due} in {self.floor.phase} moves nothing"
            self._append(events, due, None)

    def do(self, second: float, by: str | None, command: FloorCommand) -> list[str]:
        """Names of the events that a command comes to."""
        self.advance(second)
        at = START + round(second * 1000)
        return self._append(machine.decide(self.confided, command, At(at, by)), at, by)

    def refused(self, second: float, by: str | None, command: FloorCommand) -> str:
        """The code with which a command is refused."""
        with pytest.raises(Refused) as caught:
            self.do(second, by, command)
        return caught.value.code

    def turn(self, start: float, member: str, *, end: float) -> None:
        """This person asks, takes the floor and gives it back; nobody else is in line."""
        self.do(start, member, HandRaise())
        self.do(start, member, OfferAccept())
        self.do(end, member, TurnYield())

    def begin_item(self, second: float) -> None:
        """A new agenda item."""
        self.advance(second)
        following = machine.open_item(self.confided, at(second))
        self.floor = ledger.begin_item(self.floor, at(second))
        self.log.append((ItemOpened(), at(second), CHAIR))
        self._append(following, at(second), CHAIR)

    def replayed(self) -> FloorState:
        """The floor that the log alone leads to."""
        floor = self.initial
        for event, when, _ in self.log:
            if isinstance(event, ItemOpened):
                floor = ledger.begin_item(floor, when)
            else:
                floor = machine.evolve(floor, event, when)
        return floor

    def records(self) -> list[tuple[int, str, dict[str, Any]]]:
        """The log as plain data: (moment, name, fields)."""
        return [(when, name_of(type(event)), encode(event)) for event, when, _ in self.log]

    @property
    def confided(self) -> FloorState:
        """The floor as a decision sees it."""
        return replace(self.floor, weights=self.weights)

    @property
    def phase(self) -> Phase:
        """What goes on."""
        return self.floor.phase

    def phase_at(self, second: float) -> Phase:
        """What goes on then, if nobody does anything."""
        self.advance(second)
        return self.floor.phase

    def seconds(self, member: str) -> float:
        """Spoken in this item."""
        return self.floor.people[member].spoken_ms / 1000

    def names(self) -> list[str]:
        """Names of all events so far."""
        return [name_of(type(event)) for event, _, _ in self.log]

    def events_of(self, kind: type[E]) -> list[E]:
        """All events of a kind so far."""
        return [event for event, _, _ in self.log if isinstance(event, kind)]

    def _append(self, events: Sequence[FloorEvent], at: int, by: str | None) -> list[str]:
        for event in events:
            self.floor = machine.evolve(self.floor, event, at)
            self.log.append((event, at, by))
        return [name_of(type(event)) for event in events]


def opened(
    *members: str, mode: Mode = "balanced", limits: Limits | None = None, weights: Mapping[str, int] | None = None
) -> Sitting:
    """An open floor at second 0 with these people present."""
    sitting = Sitting(weights=weights or {})
    for member in members or ROOM:
        sitting.floor = ledger.add_person(sitting.floor, member)
    sitting.initial = sitting.floor
    sitting._append([FloorChanged(mode, limits or Limits()), *machine.open_floor(sitting.floor, START)], START, CHAIR)
    for member in members or ROOM:
        sitting.do(0, None, MemberArrive(member))
    return sitting


def at(second: float) -> int:
    """Civic milliseconds of this second."""
    return START + round(second * 1000)
