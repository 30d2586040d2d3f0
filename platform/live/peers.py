"""One socket as the hub sees it, and one stream that somebody here listens to."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from kernel import clock
from live.core import frames
from live.core.actors import Actor, Standing
from live.core.frames import Line
from live.core.kinds import StreamKind
from live.folds import Fold
from live.outlet import Outlet

WINDOW = 256 * 1024
"""Bytes sent to one socket and not acknowledged, above which it gets nothing more."""
RING = 512
"""Events of a stream kept ready for whoever comes back."""


class Peer:
    """One socket: who it is, how far each of its streams has been sent, and how much is unacknowledged."""

    __slots__ = ("actor", "cursors", "full_since", "inflight", "outlet", "pending", "standing")

    def __init__(self, actor: Actor, outlet: Outlet) -> None:
        self.actor = actor
        self.outlet = outlet
        self.cursors: dict[str, int] = {}
        self.standing: dict[str, Standing] = {}
        self.pending: dict[str, deque[tuple[int, int]]] = {}
        self.inflight = 0
        self.full_since: float | None = None

    def tell(self, text: str) -> None:
        """Send a frame that belongs to no stream."""
        lines = (frames.line(0, text),)
        self.outlet.send(lines[0].payload, lines)

    def hand(self, line: Line) -> None:
        """Send a line that is not numbered among those of a stream."""
        self.outlet.send(line.payload, (line,))

    def sent(self, stream: str, seq: int, size: int) -> None:
        """Account for bytes sent up to `seq`."""
        self.cursors[stream] = seq
        self.pending[stream].append((seq, size))
        self.inflight += size
        if self.inflight > WINDOW and self.full_since is None:
            self.full_since = clock.monotonic()

    def acknowledge(self, stream: str, seq: int) -> None:
        """The reader has everything of `stream` up to `seq`."""
        pending = self.pending.get(stream)
        while pending and pending[0][0] <= seq:
            self.inflight -= pending.popleft()[1]
        if self.full_since is not None:
            self.full_since = None if self.inflight <= WINDOW else clock.monotonic()

    def drop(self, stream: str) -> None:
        """Forget a stream."""
        self.cursors.pop(stream, None)
        self.standing.pop(stream, None)
        self.inflight -= sum(size for _, size in self.pending.pop(stream, ()))


class Cell:
    """One stream that somebody here listens to."""

    __slots__ = (
        "alarm",
        "due",
        "fold",
        "healing",
        "idle_since",
        "kind",
        "lines",
        "peers",
        "silenced",
        "snapshot",
        "stream",
    )

    def __init__(self, stream: str, kind: StreamKind[Any], fold: Fold) -> None:
        self.stream = stream
        self.kind = kind
        self.fold = fold
        self.lines: deque[Line] = deque(maxlen=RING)
        self.peers: set[Peer] = set()
        self.snapshot: Line | None = None
        self.alarm: asyncio.TimerHandle | None = None
        self.due: int | None = None
        self.healing = False
        self.idle_since: float | None = None
        self.silenced = 0

    def silence(self) -> None:
        """Words that stand in what is kept ready are withheld from now on: it is made anew."""
        self.lines.clear()
        self.snapshot = None
        self.silenced += 1

    def reaches(self, seq: int) -> bool:
        """Whether everything after `seq` is in the ring."""
        return seq >= self.fold.seq or (bool(self.lines) and self.lines[0].seq <= seq + 1)

    def after(self, seq: int) -> list[Line]:
        """Lines after `seq`; only if `reaches(seq)`."""
        skip = max(0, len(self.lines) - (self.fold.seq - seq))
        return [line for index, line in enumerate(self.lines) if index >= skip]
