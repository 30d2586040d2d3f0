"""A room that is played: commands at given seconds, deadlines applied first, events numbered as in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from floor.core.commands import FloorSet, MemberArrive
from floor.core.types import Limits, Mode
from kernel import wire
from kernel.errors import Refused
from live.core.kinds import Moment
from rooms.core import room
from rooms.core.events import RoomEvent
from rooms.core.room import RoomCommand
from rooms.core.types import RoomOpen, RoomState, SeatGive

START = 1_700_000_000_000
GUIDE = "guide"
LANGUAGES = {"alba": "es", "bruno": "it", "carla": "ca", "dora": "fr"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as the log has it."""

    seq: int
    at: int
    by: str | None
    event: RoomEvent


@dataclass
class RoomSitting:
    """A room, its log, and a clock in seconds."""

    room: RoomState = field(default_factory=RoomState)
    log: list[Entry] = field(default_factory=list)
    gathered: Any = None
    """What the tables would say to the next command."""

    def advance(self, second: float) -> None:
        """Let every deadline up to this second take effect at its own moment."""
        while (due := room.next_deadline(self.room)) is not None and due <= at(second):
            self._append(room.expire(self.room, self._moment(due, None)), due, None)

    def do(self, second: float, by: str | None, command: RoomCommand) -> list[str]:
        """Names of the events that a command comes to."""
        self.advance(second)
        events = room.decide(self.room, command, self._moment(at(second), by))
        return self._append(events, at(second), by)

    def refused(self, second: float, by: str | None, command: RoomCommand) -> str:
        """The code with which a command is refused."""
        with pytest.raises(Refused) as caught:
            self.do(second, by, command)
        return caught.value.code

    def stall(self, began: float, ended: float) -> list[str]:
        """Nobody is served between these seconds; names of the events that follow."""
        self.advance(began)
        found = room.stalled(self.room, at(began), at(ended))
        return [name for event, when in found for name in self._append([event], when, None)]

    def exchange(self, after: int) -> dict[str, Any]:
        """State after event `after`, the events since, and the state now: what the browser's twin is held to."""
        return {
            "kind": "room",
            "initial": wire.encode(replay(self.log[:after])),
            "events": [frame(entry) for entry in self.log[after:]],
            "state": wire.encode(self.room),
        }

    def _moment(self, when: int, by: str | None) -> Moment:
        return Moment(at=when, by=by, seed=f"seed {len(self.log)}", gathered=self.gathered)

    def _append(self, events: Sequence[RoomEvent], when: int, by: str | None) -> list[str]:
        for event in events:
            self.log.append(Entry(len(self.log) + 1, when, by, event))
            self.room = room.evolve(self.room, event, when)
        return [wire.name_of(type(event)) for event in events]


def frame(entry: Entry) -> dict[str, Any]:
    """An event as it is sent."""
    kind = wire.name_of(type(entry.event))
    return {"seq": entry.seq, "at": entry.at, "by": entry.by, "kind": kind, "data": wire.encode(entry.event)}


def replay(log: Sequence[Entry]) -> RoomState:
    """The room that a log leads to."""
    state = RoomState()
    for entry in log:
        state = room.evolve(state, entry.event, entry.at)
    return state


def at(second: float) -> int:
    """Civic milliseconds of this second."""
    return START + round(second * 1000)


def seated(*members: str) -> RoomSitting:
    """A waiting room with these citizens (or the whole cast) and a guide, nobody present yet."""
    sitting = RoomSitting()
    sitting.do(0, None, SeatGive(GUIDE, "facilitator", ("en",), "en"))
    for member in members or LANGUAGES:
        lang = LANGUAGES.get(member, "es")
        sitting.do(0, None, SeatGive(member, "citizen", (lang,), lang))
    return sitting


def opened(*members: str, mode: Mode = "balanced", limits: Limits | None = None) -> RoomSitting:
    """An open room with everybody present."""
    sitting = seated(*members)
    sitting.do(0, GUIDE, FloorSet(mode, limits or Limits()))
    for member in (GUIDE, *(members or LANGUAGES)):
        sitting.do(0, None, MemberArrive(member))
    sitting.do(0, GUIDE, RoomOpen())
    return sitting
