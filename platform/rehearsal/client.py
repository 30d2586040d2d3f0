"""One member's connection: speaks the public protocol as a browser does and keeps what it received."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from rehearsal.civic import CivicTime, here
from rehearsal.core.received import ClientLog, Received
from rehearsal.core.report import CommandSent
from rehearsal.line import Line, Outcome, Socket

ACK_BYTES = 64 * 1024
ANSWER_S = 20.0
RETRY_S = 0.25
GIVE_UP_S = 30.0
NO_RETURN = {4401, 4403}
"""Close codes after which coming back is useless."""

Frame = dict[str, Any]


@dataclass(slots=True)
class _Pending:
    frame: Frame
    sent: float
    answer: asyncio.Future[Outcome]


class Client:
    """A socket that comes back by itself until it is told to leave."""

    def __init__(
        self, member: str, line: Line, time: CivicTime, *, connection: int = 1, kept: int | None = None
    ) -> None:
        self.member = member
        self.line = line
        self.connection = connection
        self.positions: dict[str, int] = {}
        self.wanted: dict[str, None] = {}
        """Streams it asked for and has not left, in order."""
        self.errors: list[str] = []
        self.commands: list[CommandSent] = []
        self.foreseen_closes = False
        """While a fault is on, a socket that breaks is no error."""
        self.heard: list[Callable[[Frame], None]] = []
        """Told of each snapshot and event."""
        self._time = time
        self._frames: deque[tuple[float, Frame]] = deque(maxlen=kept)
        self._socket: Socket | None = None
        self._reader: asyncio.Task[None] | None = None
        self._greeted = asyncio.Event()
        self._subscribed: dict[str, asyncio.Event] = {}
        self._pending: dict[str, _Pending] = {}
        self._asked: dict[str, float] = {}
        self._gaps: set[str] = set()
        self._unacknowledged = 0
        self._leaving = False
        self._arrived = asyncio.Event()

    # --- coming and going

    async def open(self) -> None:
        """Connect; returns when the server has said hello. Safe to repeat."""
        if self._reader is None or self._reader.done():
            self._leaving = False
            self._greeted.clear()
            self._reader = asyncio.create_task(self._stay())
        greeted = asyncio.create_task(self._greeted.wait())
        await asyncio.wait({greeted, self._reader}, timeout=GIVE_UP_S, return_when=asyncio.FIRST_COMPLETED)
        greeted.cancel()
        if not self._greeted.is_set():
            raise ConnectionError(f"{self.member}: no hello from {self.line.url}")

    async def close(self) -> None:
        """Leave for good, politely."""
        self._leaving = True
        if self._socket is not None:
            await self._socket.close()
        await self._ended()

    async def lose(self) -> None:
        """Break the line without a word, as a lost network does; `open` comes back."""
        self._leaving = True
        if self._socket is not None:
            self.line.cut(self._socket)
        await self._ended()

    async def _ended(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader
            self._reader = None

    async def _stay(self) -> None:
        """Be connected until told to leave; come back with the last numbers after a loss."""
        broken_since = here()
        while not self._leaving and here() - broken_since < GIVE_UP_S:
            try:
                async with self.line.connect() as self._socket:
                    await self._converse(self._socket)
            except ConnectionClosed as closed:
                if not self._may_return(closed):
                    return
            except (OSError, InvalidHandshake, TimeoutError) as error:
                if not self.foreseen_closes and self._greeted.is_set():
                    self.errors.append(f"{self.member}: {type(error).__name__} while connecting: {error}")
            finally:
                self._socket = None
            if self._greeted.is_set():
                broken_since = here()
                self._greeted.clear()
            await asyncio.sleep(RETRY_S)

    def _may_return(self, closed: ConnectionClosed) -> bool:
        code = closed.rcvd.code if closed.rcvd else 1006
        if not (self._leaving or self.foreseen_closes or code == 1012):
            self.errors.append(f"{self.member}: socket closed with {code}")
        return code not in NO_RETURN

    async def _converse(self, socket: Socket) -> None:
        while True:
            text = await socket.recv()
            self._unacknowledged += len(text)
            frame = json.loads(text)
            handler = self._HANDLERS.get(frame.get("type", ""))
            if handler is None:
                self.errors.append(f"{self.member}: unknown frame {frame.get('type')!r}")
            else:
                await handler(self, frame, here())

    def is_open(self) -> bool:
        """Whether the server has said hello on a socket that still stands."""
        return self._socket is not None and self._greeted.is_set()

    # --- streams

    async def subscribe(self, stream: str) -> bool:
        """Follow a stream; returns when its snapshot has come; False where the stream was refused."""
        self.wanted[stream] = None
        begun = self._subscribed[stream] = asyncio.Event()
        await self._ask_for(stream)
        if stream not in self.positions:
            async with asyncio.timeout(ANSWER_S):
                await begun.wait()
        return stream in self.wanted

    async def _ask_for(self, stream: str) -> None:
        """Ask for a stream from the last number on; the `ref` is the stream's name, so that a refusal names it."""
        since = self.positions.get(stream)
        await self._send({"type": "subscribe", "stream": stream, "since": since, "ref": stream})

    async def unsubscribe(self, stream: str) -> None:
        """Follow a stream no more."""
        self.wanted.pop(stream, None)
        await self._send({"type": "unsubscribe", "stream": stream})

    # --- commands

    async def command(self, kind: str, stream: str, /, **fields: Any) -> Outcome:
        """Send a command and wait for its answer, through reconnections: the same `ref` has one effect."""
        ref = secrets.token_urlsafe(8)
        frame = {"type": kind, "stream": stream, "ref": ref, **fields}
        pending = _Pending(frame, here(), asyncio.get_running_loop().create_future())
        self._pending[ref] = pending
        await self._send(frame)
        try:
            async with asyncio.timeout(ANSWER_S):
                outcome = await pending.answer
        except TimeoutError:
            outcome = Outcome(refused="no.answer")
            self.errors.append(f"{self.member}: {kind} was never answered")
        finally:
            self._pending.pop(ref, None)
        self.commands.append(CommandSent(self.member, kind, outcome.refused, (here() - pending.sent) * 1000))
        return outcome

    async def signal(self, stream: str, name: str, *, text: str, lang: str) -> None:
        """Tell others something that is no fact."""
        await self._send({"type": "signal", "stream": stream, "name": name, "text": text, "lang": lang})

    async def measure_clock(self) -> None:
        """Ask the server for its civic time."""
        ref = secrets.token_urlsafe(8)
        pending = _Pending({}, here(), asyncio.get_running_loop().create_future())
        self._pending[ref] = pending
        self._asked[ref] = here()
        await self._send({"type": "clock", "ref": ref})
        async with asyncio.timeout(ANSWER_S):
            await pending.answer
        self._pending.pop(ref, None)

    async def _send(self, frame: Frame) -> None:
        """Send now; while disconnected, subscriptions and commands go out again after the next hello."""
        with contextlib.suppress(ConnectionClosed):
            if self._socket is not None:
                await self._socket.send(json.dumps(frame, ensure_ascii=False))

    # --- what comes in

    async def _hello(self, frame: Frame, at: float) -> None:
        self._time.observe(at - 1, at, frame["now"], frame["rate"])
        for stream in self.wanted:
            await self._ask_for(stream)
        for pending in list(self._pending.values()):
            if pending.frame:
                await self._send(pending.frame)
        self._greeted.set()

    async def _snapshot(self, frame: Frame, at: float) -> None:
        self._frames.append((at, frame))
        self.positions[frame["stream"]] = frame["seq"]
        self._gaps.discard(frame["stream"])
        self._told(frame)

    async def _event(self, frame: Frame, at: float) -> None:
        stream, seq = frame["stream"], frame["seq"]
        position = self.positions.get(stream, seq - 1)
        if seq > position + 1:
            await self._mend(stream, position, seq)
            return
        self._frames.append((at, frame))
        self._gaps.discard(stream)
        self.positions[stream] = max(position, seq)
        self._told(frame)

    async def _mend(self, stream: str, position: int, seq: int) -> None:
        """A gap: what follows is not kept; ask once for everything after the last number."""
        if stream not in self._gaps:
            self._gaps.add(stream)
            self.errors.append(f"{self.member}: {stream} went from {position} to {seq}")
            await self._ask_for(stream)

    def _told(self, frame: Frame) -> None:
        if begun := self._subscribed.get(frame["stream"]):
            begun.set()
        self._arrived.set()
        for listener in self.heard:
            listener(frame)
        if self._unacknowledged >= ACK_BYTES:
            self._acknowledge()

    def _acknowledge(self) -> None:
        self._unacknowledged = 0
        seqs = {stream: self.positions[stream] for stream in self.wanted if stream in self.positions}
        self._acking = asyncio.ensure_future(self._send({"type": "ack", "seqs": seqs}))

    async def _done(self, frame: Frame, at: float) -> None:
        self._answer(frame.get("ref"), Outcome(seq=frame.get("seq")))

    async def _refused(self, frame: Frame, at: float) -> None:
        if self._answer(frame.get("ref"), Outcome(refused=frame["code"])):
            return
        stream = str(frame.get("ref"))
        self.errors.append(f"{self.member}: {stream} was refused: {frame['code']} {frame.get('params')}")
        if stream in self._subscribed:
            self.wanted.pop(stream, None)
            self._subscribed[stream].set()

    def _answer(self, ref: str | None, outcome: Outcome) -> bool:
        pending = self._pending.get(ref or "")
        if pending is None:
            return False
        if not pending.answer.done():
            pending.answer.set_result(outcome)
        return True

    async def _clock(self, frame: Frame, at: float) -> None:
        asked = self._asked.pop(frame.get("ref") or "", at - 1)
        self._time.observe(asked, at, frame["now"], frame["rate"])
        self._answer(frame.get("ref"), Outcome())

    async def _gone(self, frame: Frame, at: float) -> None:
        self.wanted.pop(frame["stream"], None)

    async def _ignore(self, frame: Frame, at: float) -> None:
        """Signals are not facts; a farewell is followed by a close."""

    _HANDLERS: Mapping[str, Callable[[Client, Frame, float], Any]] = {
        "hello": _hello,
        "snapshot": _snapshot,
        "event": _event,
        "done": _done,
        "refused": _refused,
        "clock": _clock,
        "gone": _gone,
        "signal": _ignore,
        "bye": _ignore,
    }

    # --- what it has seen

    async def event(self, stream: str, seq: int, *, timeout_s: float) -> Frame:
        """The event of this number as this client received it; raises `TimeoutError`."""
        async with asyncio.timeout(timeout_s):
            while self.positions.get(stream, 0) < seq:
                self._arrived.clear()
                await self._arrived.wait()
        for _, frame in reversed(self._frames):
            if frame["type"] == "event" and frame["stream"] == stream and frame["seq"] == seq:
                return frame
        raise TimeoutError(f"{self.member}: event {seq} of {stream} is past")

    def log(self) -> ClientLog:
        """Everything received, with the civic moment of arrival."""
        frames = tuple(Received(self._time.at(at), frame) for at, frame in self._frames)
        held = frozenset(self.wanted) if self._reader is not None and not self._leaving else frozenset[str]()
        return ClientLog(self.member, self.connection, frames, held)
