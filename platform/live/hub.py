"""One hub per process: who listens to what here, and one way for every event to reach them."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import functools
import itertools
import json
import random
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from kernel import clock, wire
from live import bus, folds, queries
from live.bus import News
from live.core import frames
from live.core.actors import Standing
from live.core.frames import Line
from live.core.kinds import Recorded, StreamKind
from live.folds import Fold
from live.log import Published
from live.open_documents import OpenDocuments
from live.peers import RING, Cell, Peer
from live.registry import EVENTS, kind_of

log = structlog.get_logger(__name__)

PATIENCE_S = 10.0
"""How long a window may stay full before the socket is closed with 4408."""
RESUME_LIMIT = 500
"""Missed events above which a snapshot is cheaper."""
HEAL_S = 3.0
"""How often a process compares the last numbers of its active streams with the log."""
HUSH_S = 10.0
"""How long, after words of a stream were withheld, its feeds are read from the log and not taken from whoever tells of
them: what was made ready before may still hold the words."""
IDLE_S = 60.0
READERS = 4
"""Threads that read for subscriptions, never in the way of the log writer."""


class Hub:
    """Everything live in this process. All methods run on its event loop unless they say otherwise."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.process = f"{settings_name()}-{random.getrandbits(48):x}"
        self.cells: dict[str, Cell] = {}
        self.rooted: defaultdict[str, set[str]] = defaultdict(set)
        """The cells of each stream and of its feeds: a process may serve a feed without its stream."""
        self.hushed: dict[str, float] = {}
        """Streams of which words were withheld, and until when their feeds are read from the log."""
        self.peers: set[Peer] = set()
        self.closing = False
        self.readers = ThreadPoolExecutor(READERS, thread_name_prefix="live-read")
        self.writing = ThreadPoolExecutor(1, thread_name_prefix="live-write")
        self._opening: dict[str, asyncio.Task[Cell]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self.documents = OpenDocuments(self.spawn, self.in_thread)
        self.nudge: Callable[[str], None] = lambda stream: None
        self.bus = bus.open_bus(self.process, self._from_bus)

    def start(self) -> None:
        """Begin healing, watching slow readers and listening to the bus."""
        for duty in (self._heal, self._watch, self.bus.listen):
            self.spawn(duty())

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run a coroutine of ours until the hub stops; its failure is logged."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._spawned)
        return task

    def _spawned(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("live task failed", exc_info=error)

    async def in_thread(self, function: Callable[..., Any], *args: Any) -> Any:
        """A query in a reading thread, never in the fan-out."""
        return await self.loop.run_in_executor(self.readers, _with_fresh_connection, function, *args)

    async def in_writing(self, function: Callable[..., Any], *args: Any) -> Any:
        """The same in the one thread that writes, between two batches of the log writer."""
        return await self.loop.run_in_executor(self.writing, _with_fresh_connection, function, *args)

    async def _lines_after(self, stream: str, seq: int) -> list[Line]:
        read = functools.partial(queries.lines_after, stream, seq, limit=RESUME_LIMIT)
        lines: list[Line] = await self.in_thread(read)
        return lines

    # --- subscriptions

    async def subscribe(self, peer: Peer, stream: str, since: int | None, standing: Standing) -> None:
        """Send what the reader lacks and keep sending; the snapshot or the missed events come first."""
        cell = await self._cell(stream)
        peer.drop(stream)
        cell.peers.add(peer)
        cell.idle_since = None
        peer.standing[stream] = standing
        peer.pending[stream] = deque()
        if since is not None and 0 <= cell.fold.seq - since <= RESUME_LIMIT:
            peer.cursors[stream] = since
            await self._refill(peer, cell)
        else:
            await self._send_snapshot(peer, cell)

    def unsubscribe(self, peer: Peer, stream: str) -> None:
        """Stop sending a stream to this socket. Safe to repeat."""
        peer.drop(stream)
        self.documents.close(peer, stream)
        cell = self.cells.get(stream)
        if cell:
            cell.peers.discard(peer)
            if not cell.peers:
                cell.idle_since = clock.monotonic()

    def spread(self, name: str, seq: int, by: str, update: bytes, *, tell_others: bool = True) -> None:
        """Tell those who have a document open of an update that is stored."""
        self.documents.changed(name, seq, by, update)
        if tell_others:
            self.bus.tell("document", name, seq, by, base64.b64encode(update).decode())

    def leave(self, peer: Peer) -> None:
        """The socket has gone."""
        for stream in list(peer.standing):
            self.unsubscribe(peer, stream)
        self.peers.discard(peer)

    async def _cell(self, stream: str) -> Cell:
        if cell := self.cells.get(stream):
            return cell
        if stream not in self._opening:
            self._opening[stream] = self.loop.create_task(self._open_cell(stream))
        return await asyncio.shield(self._opening[stream])

    async def _open_cell(self, stream: str) -> Cell:
        try:
            fold = await self.in_thread(_load, stream)
            name, kind = kind_of(stream)
            cell = self.cells.setdefault(stream, Cell(stream, kind, fold))
            self.rooted[name.root].add(stream)
        finally:
            self._opening.pop(stream, None)
        self._arm(cell)
        self.spawn(self._heal_cell(cell))
        return cell

    async def _send_snapshot(self, peer: Peer, cell: Cell) -> None:
        snapshot = cell.snapshot
        if snapshot is None or not cell.reaches(snapshot.seq) or cell.fold.seq - snapshot.seq > RING // 4:
            snapshot = await self._make_snapshot(cell)
            if cell.snapshot is None or cell.snapshot.seq <= snapshot.seq:
                cell.snapshot = snapshot
        if cell.stream not in peer.standing:
            return
        peer.outlet.send(snapshot.payload, (snapshot,))
        peer.sent(cell.stream, snapshot.seq, len(snapshot.payload))
        await self._refill(peer, cell)

    async def _make_snapshot(self, cell: Cell) -> Line:
        while True:
            silenced = cell.silenced
            line: Line = await self.in_thread(_snapshot_line, cell.stream, cell.kind, cell.fold)
            if cell.silenced == silenced:
                return line

    async def _refill(self, peer: Peer, cell: Cell) -> None:
        """Send from the ring, or from the log where the ring does not reach, until up to date or the window is full."""
        while cell.stream in peer.cursors and peer.full_since is None:
            cursor = peer.cursors[cell.stream]
            if cell.reaches(cursor):
                self._send(peer, cell, cell.after(cursor))
                return
            lines = await self._lines_after(cell.stream, cursor)
            if cell.stream not in peer.cursors or peer.cursors[cell.stream] != cursor:
                return
            if not lines:
                return
            self._send(peer, cell, lines)

    def _send(self, peer: Peer, cell: Cell, lines: Sequence[Line]) -> None:
        if lines:
            payload = b"".join(line.payload for line in lines)
            peer.outlet.send(payload, lines)
            peer.sent(cell.stream, lines[-1].seq, len(payload))

    def acknowledge(self, peer: Peer, seqs: Mapping[str, int]) -> None:
        """The reader has these numbers; a window that was full goes on."""
        was_full = peer.full_since is not None
        for stream, seq in seqs.items():
            peer.acknowledge(stream, seq)
        if was_full and peer.full_since is None:
            for stream in list(peer.cursors):
                self.spawn(self._refill(peer, self.cells[stream]))

    # --- what has been committed

    def accept(self, published: Sequence[Published]) -> None:
        """Something was committed by this process: tell local readers, then the other processes."""
        for each in published:
            self.publish(each.stream, each.lines, each.records, each.fold)
        self.bus.publish([line.text for each in published for line in each.lines])

    def publish(self, stream: str, lines: Sequence[Line], records: Sequence[Recorded[Any]], fold: Fold | None) -> None:
        """Fan out committed events in order; a gap is read from the log, and so are feeds that were just hushed."""
        root, cell = kind_of(stream)[0].root, self.cells.get(stream)
        if cell and root != stream and self.hushed.get(root, 0) > clock.monotonic():
            self.spawn(self._heal_cell(cell))
        else:
            self._publish(stream, lines, records, fold)

    def _publish(self, stream: str, lines: Sequence[Line], records: Sequence[Recorded[Any]], fold: Fold | None) -> None:
        """Fan out; what the events withhold is not kept ready."""
        self._spread(stream, lines, records, fold)
        silences = kind_of(stream)[1].silences
        if any(silences(record.event) for record in records):
            self._silence(stream)

    def _spread(self, stream: str, lines: Sequence[Line], records: Sequence[Recorded[Any]], fold: Fold | None) -> None:
        cell = self.cells.get(stream)
        if cell is None or not lines or lines[-1].seq <= cell.fold.seq:
            return
        if lines[0].seq > cell.fold.seq + 1:
            self.spawn(self._heal_cell(cell))
            return
        skip = cell.fold.seq + 1 - lines[0].seq
        lines, records = lines[skip:], records[skip:]
        before = cell.fold.seq
        cell.fold = fold or folds.fold_on(cell.fold, cell.kind, ((record, "") for record in records))
        cell.lines.extend(lines)
        payload = b"".join(line.payload for line in lines)
        size, last = len(payload), lines[-1].seq
        for peer in tuple(cell.peers):
            if peer.cursors.get(stream) == before and peer.full_since is None:
                peer.outlet.send(payload, lines)
                peer.sent(stream, last, size)
        self._arm(cell)
        for record in records:
            if member := cell.kind.banished(record.event):
                self._banish(stream, member)

    def _silence(self, stream: str) -> None:
        now = clock.monotonic()
        self.hushed = {**{name: until for name, until in self.hushed.items() if until > now}, stream: now + HUSH_S}
        for name in self.rooted.get(stream, ()):
            self.cells[name].silence()

    def _banish(self, stream: str, member: str) -> None:
        """A member lost the stream: its feeds too, at once, on every socket."""
        for peer in [peer for peer in self.peers if peer.actor.key == member]:
            for name in [name for name in peer.standing if name == stream or name.startswith(f"{stream}.")]:
                self.unsubscribe(peer, name)
                peer.tell(wire.dumps({"type": "gone", "stream": name, "code": "stream.removed"}))

    def revoke(self, member: str, device: str = "", *, tell_others: bool = True) -> None:
        """Close every socket of a member who is one no longer (4403), or of one device that was ended (4401)."""
        for peer in [peer for peer in self.peers if peer.actor.key == member]:
            if not device:
                peer.outlet.close(4403)
            elif peer.actor.device == device:
                peer.outlet.close(4401)
        if tell_others:
            self.bus.tell("revoke", member, device)

    def may_type(self, stream: str, member: str) -> bool:
        """Whether unfinished words of this member are shown to all who read the stream."""
        cell = self.cells.get(stream)
        return cell is not None and cell.kind.may_type(cell.fold.state, member)

    def signal(self, stream: str, text: str, *, tell_others: bool = True) -> None:
        """Send an unnumbered frame to the readers of a stream; whoever is behind does without."""
        cell = self.cells.get(stream)
        if cell:
            line = frames.line(0, text)
            for peer in cell.peers:
                if peer.full_since is None:
                    peer.outlet.send(line.payload, (line,))
        if tell_others:
            self.bus.tell("signal", stream, text)

    def tell(self, member: str, text: str, *, tell_others: bool = True) -> None:
        """Send a frame that is no fact to every socket of one member."""
        for peer in [peer for peer in self.peers if peer.actor.key == member]:
            peer.tell(text)
        if tell_others:
            self.bus.tell("tell", member, text)

    def _from_bus(self, news: News) -> None:
        """News from another process."""
        read = [(json.loads(text), text) for text in news.frames]
        for stream, group in itertools.groupby(read, key=lambda each: each[0]["stream"]):
            if stream in self.cells or stream in self.rooted:
                told = [(frames.line(data["seq"], text), _record(data)) for data, text in group]
                self.publish(stream, [line for line, _ in told], [record for _, record in told], None)
        for what, *args in news.told:
            if what == "signal":
                self.signal(args[0], args[1], tell_others=False)
            elif what == "revoke":
                self.revoke(args[0], args[1], tell_others=False)
            elif what == "tell":
                self.tell(args[0], args[1], tell_others=False)
            elif what == "document":
                self.spread(args[0], args[1], args[2], base64.b64decode(args[3]), tell_others=False)
            else:
                bus.heard(what, *args)

    # --- deadlines

    def _arm(self, cell: Cell) -> None:
        due = cell.fold.deadline
        if due == cell.due and cell.alarm is not None:
            return
        if cell.alarm:
            cell.alarm.cancel()
        cell.due = due
        cell.alarm = None if due is None else self.loop.call_later(clock.clock().seconds_until(due), self._ring, cell)

    def _ring(self, cell: Cell) -> None:
        cell.alarm = None
        if not self.closing and self.cells.get(cell.stream) is cell:
            self.nudge(cell.stream)
            cell.alarm = self.loop.call_later(1.0, self._ring, cell)

    # --- healing

    async def _heal(self) -> None:
        """Every few seconds: what did the bus not tell, and which deadlines does nobody serve?"""
        while True:
            await asyncio.sleep(HEAL_S)
            with contextlib.suppress(Exception):
                now = clock.monotonic()
                for cell in [c for c in self.cells.values() if c.idle_since and now - c.idle_since > IDLE_S]:
                    self._close_cell(cell)
                positions = await self.in_thread(queries.positions, list(self.cells))
                for stream, seq in positions.items():
                    cell_now = self.cells.get(stream)
                    if cell_now and seq > cell_now.fold.seq:
                        await self._heal_cell(cell_now)
                await self.documents.heal()
                for stream in await self.in_thread(queries.overdue, clock.now()):
                    self.nudge(stream)

    def _close_cell(self, cell: Cell) -> None:
        if cell.alarm:
            cell.alarm.cancel()
        self.cells.pop(cell.stream, None)
        root = kind_of(cell.stream)[0].root
        self.rooted[root].discard(cell.stream)
        if not self.rooted[root]:
            del self.rooted[root]

    async def _heal_cell(self, cell: Cell) -> None:
        """Read from the log what this cell lacks."""
        if cell.healing:
            return
        cell.healing = True
        try:
            while lines := await self._lines_after(cell.stream, cell.fold.seq):
                self._publish(cell.stream, lines, [_record(json.loads(line.text)) for line in lines], None)
        finally:
            cell.healing = False

    async def _watch(self) -> None:
        """Close readers whose window has been full for too long; they come back with their last number."""
        while True:
            await asyncio.sleep(1.0)
            limit = clock.monotonic() - PATIENCE_S
            for peer in [peer for peer in self.peers if peer.full_since is not None and peer.full_since < limit]:
                peer.outlet.close(4408)

    async def stop(self) -> None:
        """Leave well: every socket is told when to come back, and closed with 1012."""
        self.closing = True
        duties = list(self._tasks)
        for task in duties:
            task.cancel()
        for peer in list(self.peers):
            peer.tell(wire.dumps({"type": "bye", "retry_ms": random.randint(250, 3000)}))  # noqa: S311 (jitter)
            peer.outlet.close(1012)
        await asyncio.gather(*duties, return_exceptions=True)
        await self.bus.close()
        await asyncio.gather(*(self.in_thread(_close_connection, barrier) for barrier in [Barrier(READERS)] * READERS))
        self.readers.shutdown(wait=False)


def settings_name() -> str:
    """The kind of this process, for names in tables and logs."""
    return "rehearsal" if settings.REHEARSAL else "web"


def _with_fresh_connection(function: Callable[..., Any], *args: Any) -> Any:
    close_old_connections()
    return function(*args)


def _close_connection(everybody: Barrier) -> None:
    """In each reading thread: wait until all are here, so that each of them closes its own."""
    everybody.wait(timeout=5)
    connection.close()


def _load(stream: str) -> Fold:
    fold = folds.current(folds.position(stream))
    folds.remember(stream, fold)
    return fold


def _snapshot_line(stream: str, kind: StreamKind[Any], fold: Fold) -> Line:
    words = kind.words(set(kind.mentions(fold.state)))
    return frames.line(fold.seq, frames.snapshot_frame(stream, fold.seq, fold.at, wire.encode(fold.state), words))


def _record(frame: wire.Json) -> Recorded[Any]:
    stream = frame["stream"]
    event: Any = wire.decode(EVENTS[kind_of(stream)[0].kind][frame["kind"]], frame["data"])
    return Recorded(stream, frame["seq"], frame["at"], frame["by"], event)


_hub: list[Hub] = []


def running() -> Hub | None:
    """This process's hub, if it has one."""
    return _hub[0] if _hub else None


def announce(published: Iterable[Published]) -> None:
    """From any thread: tell this process's hub, or, where there is none, the other processes."""
    batch = list(published)
    if not batch:
        return
    if here := running():
        here.loop.call_soon_threadsafe(here.accept, batch)
    else:
        bus.publish_once(News([line.text for each in batch for line in each.lines]))


def revoke(member: str, device: str = "") -> None:
    """From any thread: close every socket of a member, or of one of their devices, in every process."""
    if here := running():
        here.loop.call_soon_threadsafe(here.revoke, member, device)
    else:
        bus.publish_once(News(told=[("revoke", member, device)]))


def signal(stream: str, text: str) -> None:
    """From any thread: send an unnumbered frame to the readers of a stream, in every process."""
    if here := running():
        here.loop.call_soon_threadsafe(here.signal, stream, text)
    else:
        bus.publish_once(News(told=[("signal", stream, text)]))


def spread(name: str, seq: int, by: str, update: bytes) -> None:
    """From any thread: tell those who have a document open of an update that is stored, in every process."""
    if here := running():
        here.loop.call_soon_threadsafe(here.spread, name, seq, by, update)
    else:
        bus.publish_once(News(told=[("document", name, seq, by, base64.b64encode(update).decode())]))


def tell(member: str, text: str) -> None:
    """From any thread: send a frame that is no fact to every socket of one member, in every process."""
    if here := running():
        here.loop.call_soon_threadsafe(here.tell, member, text)
    else:
        bus.publish_once(News(told=[("tell", member, text)]))
