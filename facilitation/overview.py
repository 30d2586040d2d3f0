"""The overview of all rooms of an assembly, told to those who lead: signals made from the logs, never stored.

In each process with readers one task looks once a second which rooms' logs have grown, makes the lines of those rooms
once for all readers, and again after a while for what changes without an event. A newcomer gets every line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import structlog
from django.db import close_old_connections

from assemblies.queries import names
from facilitation.core.chairs_types import Charge, RoomRelease
from facilitation.core.overview import RoomSummary, mentions, summary_of
from kernel import clock, wire
from live import folds, hub
from live.core import frames
from live.core.frames import Line
from live.folds import Position
from live.hub import Hub
from live.names import parse_name, stream_name
from live.peers import Peer
from live.services import submit
from rooms.core.types import RoomState
from rooms.models import Room
from translation.queries import troubles

log = structlog.get_logger(__name__)
EVERY_S = 1.0
AT_FIRST_S = 0.1
AGAIN_S = 10.0
"""After so long an open room's line is made anew: a turn goes on, translations arrive."""
FRAME_ROOMS = 20
"""Rooms in one frame: about 16 KiB."""
LATE_TEXTS = 10
"""Texts of a room whose translations count as of late."""
PATIENCE = 5
"""Turns without a reader after which a process looks no more."""


class Known(NamedTuple):
    """The last line of a room: up to which event, and when it was made (monotonic seconds)."""

    summary: RoomSummary
    seq: int
    made: float


@dataclass(slots=True)
class Overview:
    """What this process has told about the rooms of one assembly, and to whom."""

    assembly: int
    known: dict[int, Known] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    told: dict[Peer, object] = field(default_factory=dict)
    """Who knows every line, with what stands for their subscription: a new one begins anew."""
    idle: int = 0

    @property
    def stream(self) -> str:
        """The stream whose readers are told."""
        return stream_name("chairs", self.assembly)

    def look(self, now: float) -> list[RoomSummary]:
        """The lines that differ from those before. Two queries while nothing happens; at most two more, and what it
        takes to fold rooms that another process writes."""
        rooms = Room.objects.filter(assembly=self.assembly).values_list("pk", flat=True)
        due = [row for row in folds.positions([stream_name("room", pk) for pk in rooms]) if self._is_due(row, now)]
        states = {row.name: _state(row) for row in due}
        late = troubles({said.words for state in states.values() for said in state.said[-LATE_TEXTS:]})
        changed = []
        for row in due:
            room = parse_name(row.name).id
            failed, doubtful = late.get(row.name, (0, 0))
            line = replace(summary_of(room, states[row.name], clock.now()), failed=failed, doubtful=doubtful)
            before = self.known.get(room)
            self.known[room] = Known(line, row.last_seq, now)
            if before is None or before.summary != line:
                changed.append(line)
        self._learn_names(changed)
        return changed

    def _is_due(self, row: Position, now: float) -> bool:
        known = self.known.get(parse_name(row.name).id)
        if known is None or known.seq != row.last_seq:
            return True
        return known.summary.phase == "open" and now - known.made >= AGAIN_S

    def _learn_names(self, lines: Sequence[RoomSummary]) -> None:
        keys = {key for line in lines for key in mentions(line)}
        if keys:
            self.names |= {key: shown.text for key, shown in names(keys).items()}

    def vacated(self, taken: Iterable[Charge], changed: Sequence[RoomSummary]) -> list[int]:
        """Rooms among the changed ones that somebody took over who leads them no longer."""
        leads = {
            line.room: {each.member for each in line.leads} if line.phase != "closed" else set() for line in changed
        }
        return [each.room for each in taken if each.room in leads and each.member not in leads[each.room]]

    def tell(self, peers: Iterable[Peer], changed: Sequence[RoomSummary]) -> None:
        """What is new to who knows the rest, everything to the others; who is behind gets everything later."""
        here: dict[Peer, object] = {peer: peer.pending.get(self.stream) for peer in peers if peer.full_since is None}
        knowing = {peer for peer, mark in here.items() if peer in self.told and self.told[peer] is mark}
        for lines, readers in (
            (self._lines(changed), knowing),
            (self._lines([each.summary for each in self.known.values()]), here.keys() - knowing),
        ):
            for peer in readers:
                peer.outlet.send(b"".join(line.payload for line in lines), lines)
        self.told = here

    def _lines(self, rooms: Sequence[RoomSummary]) -> list[Line]:
        ordered = sorted(rooms, key=lambda line: line.room)
        parts = [ordered[start : start + FRAME_ROOMS] for start in range(0, len(ordered), FRAME_ROOMS)]
        return [frames.line(0, self._frame(part)) for part in parts]

    def _frame(self, rooms: Sequence[RoomSummary]) -> str:
        named = {key: self.names[key] for room in rooms for key in mentions(room) if key in self.names}
        data = {"rooms": [wire.encode(room) for room in rooms], "names": named}
        return wire.dumps({"type": "signal", "stream": self.stream, "by": None, "name": "rooms", "data": data})


def _state(row: Position) -> RoomState:
    fold = folds.current(row)
    folds.remember(row.name, fold)
    state: RoomState = fold.state
    return state


_running: dict[int, Overview] = {}


def begin(stream: str) -> None:
    """From any thread: this stream has a reader here, or will have one in a moment. Safe to repeat."""
    if here := hub.running():
        here.loop.call_soon_threadsafe(_begin, here, parse_name(stream).id)


def _begin(here: Hub, assembly: int) -> None:
    if assembly in _running:
        _running[assembly].idle = 0
        return
    _running[assembly] = Overview(assembly)
    here.spawn(_run(here, _running[assembly]))


async def _run(here: Hub, overview: Overview) -> None:
    try:
        await asyncio.sleep(AT_FIRST_S)
        while overview.idle < PATIENCE:
            await _turn(here, overview)
            await asyncio.sleep(EVERY_S)
    finally:
        _running.pop(overview.assembly, None)


async def _turn(here: Hub, overview: Overview) -> None:
    cell = here.cells.get(overview.stream)
    overview.idle = 0 if cell and cell.peers else overview.idle + 1
    if cell is None or not cell.peers:
        return
    try:
        changed = await here.in_thread(overview.look, clock.monotonic())
    except Exception:
        log.exception("overview not made", assembly=overview.assembly)
        return
    overview.tell(tuple(cell.peers), changed)
    vacated = overview.vacated(cell.fold.state.taken, changed)
    if vacated:
        here.writing.submit(_release, overview.stream, vacated)


def _release(stream: str, rooms: Sequence[int]) -> None:
    close_old_connections()
    try:
        for room in rooms:
            submit(stream, RoomRelease(room))
    except Exception:
        log.exception("charges not released", stream=stream)
