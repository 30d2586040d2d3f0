"""The socket: decode, ask who may, call one service, answer. No rule, no query, no text is made here."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NoReturn

import structlog
from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer

from kernel import clock, wire
from kernel.errors import Refused
from live import rates
from live.core.actors import Actor, Standing
from live.core.frames import ACK_BYTES, PROTOCOL, SUBPROTOCOL, unframed
from live.core.requests import Ack, DocumentLeave, DocumentOpen, DocumentWrite, Signal, Subscribe, Unsubscribe
from live.daphne import Send
from live.documents import MAX_UPDATE, opened_line
from live.doors import Door, participates
from live.inlet import take_directly
from live.log import Submission
from live.outlet import outlet_for
from live.peers import Peer
from live.registry import DOORS, document_of, kind_of
from live.runtime import Runtime, runtime

log = structlog.get_logger(__name__)
MAX_FRAME = 64 * 1024
MAX_STREAMS = 16
MAX_SOCKETS = 24
"""Sockets of one member in one process: a few windows on each of a few devices."""
MAX_TYPING = 2000
TYPED = "live.typed"
"""What the bus tells of finished sentences: (stream, member, language, text)."""
MAX_STRIKES = 20
"""Refusals by rate after which the socket is closed with 4429."""

Receive = Callable[[], Awaitable[dict[str, Any]]]
FindActor = Callable[[str, dict[str, str]], Actor | None]


class LiveConsumer(AsyncConsumer):
    """One member's socket."""

    find_actor: FindActor
    peer: Peer
    runtime: Runtime

    def __init__(self, find_actor: FindActor) -> None:
        self.find_actor = find_actor
        self.strikes = 0
        self.attended: dict[str, set[str]] = {}

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Channels' loop without a task for each message: there is no channel layer to wait for beside the socket."""
        self.scope, self.base_send = scope, send
        with contextlib.suppress(StopConsumer):
            while True:
                await self.dispatch(await receive())

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Channels' dispatch without its hop through the one database thread."""
        handler = {
            "websocket.connect": self.connect,
            "websocket.receive": self.receive,
            "websocket.disconnect": self.disconnect,
        }[message["type"]]
        await handler(message)

    async def connect(self, message: dict[str, Any]) -> None:
        """Accept, then say hello or why not."""
        self.runtime = runtime()
        offered = self.scope.get("subprotocols", [])
        await self.send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if SUBPROTOCOL in offered else None})
        key = self.scope["url_route"]["kwargs"]["member"]
        actor = await self.runtime.hub.in_thread(self.find_actor, key, cookies_of(self.scope))
        if actor is None or self.runtime.hub.closing:
            await self.send({"type": "websocket.close", "code": 4401 if actor is None else 1012})
            raise StopConsumer
        if self.runtime.sockets[actor.key] >= MAX_SOCKETS:
            await self._turn_away(Refused("live.too_many_sockets", limit=MAX_SOCKETS))
        self.runtime.sockets[actor.key] += 1
        self.peer = Peer(actor, outlet_for(self.base_send))
        self.runtime.hub.peers.add(self.peer)
        take_directly(self.base_send)
        civic = clock.clock()
        self._tell("hello", protocol=PROTOCOL, member=actor.key, now=civic.now(), rate=civic.rate,
                   ack_bytes=ACK_BYTES)  # fmt: skip

    async def _turn_away(self, refusal: Refused) -> NoReturn:
        """Say why before any hello, and close with 4429."""
        frame = {"type": "refused", "ref": None, "code": refusal.code, "params": refusal.params}
        await self.send({"type": "websocket.send", "text": wire.dumps(frame)})
        await self.send({"type": "websocket.close", "code": 4429})
        raise StopConsumer

    async def disconnect(self, message: dict[str, Any]) -> None:
        """The socket has gone: nothing is sent any more, presence begins to run out."""
        if hasattr(self, "peer"):
            participated = [
                stream for stream, standing in self.peer.standing.items() if standing is Standing.PARTICIPANT
            ]
            participated += [room for rooms in self.attended.values() for room in rooms]
            self.runtime.hub.leave(self.peer)
            self.runtime.sockets.subtract([self.peer.actor.key])
            self.peer.outlet.close(None)
            for stream in () if self.runtime.hub.closing else participated:
                await self.runtime.presence.exit(stream, self.peer.actor.key)
        raise StopConsumer

    async def receive(self, message: dict[str, Any]) -> None:
        """One frame: whatever it is, it gets an answer or does what it says."""
        ref: str | None = None
        try:
            data = message.get("bytes")
            text, body = (message.get("text") or "", b"") if data is None else unframed(data)
            frame = wire.parse(text, limit=MAX_FRAME)
            ref = _text(frame, "ref", optional=True)
            handle = self._handle if data is None else partial(self._document, body)
            await handle(_text(frame, "type") or "", frame, ref)
        except Refused as refusal:
            self._refuse(refusal, ref)
        except Exception:
            log.exception("frame failed")
            self._refuse(Refused("live.failed"), ref)

    def _refuse(self, refusal: Refused, ref: str | None) -> None:
        self._tell("refused", ref=ref, code=refusal.code, params=refusal.params)
        self.strikes += refusal.code == "rate.too_many"
        if self.strikes == MAX_STRIKES:
            self.peer.outlet.close(4429)

    def _tell(self, frame_type: str, **fields: Any) -> None:
        self.peer.tell(wire.dumps({"type": frame_type, **fields}))

    async def _handle(self, kind: str, frame: wire.Json, ref: str | None) -> None:
        if kind == "ack":
            self.runtime.hub.acknowledge(self.peer, wire.decode(Ack, _rest(frame)).seqs)
            return
        rates.take(self.peer.actor.key, DOORS[kind].cost if kind in DOORS else 1)
        match kind:
            case "subscribe":
                await self._subscribe(wire.decode(Subscribe, _rest(frame)))
            case "unsubscribe":
                await self._unsubscribe(wire.decode(Unsubscribe, _rest(frame)).stream)
            case "clock":
                self._tell("clock", ref=ref, now=clock.now(), rate=clock.clock().rate)
            case "signal":
                self._signal(wire.decode(Signal, _rest(frame)))
            case _:
                await self._command(kind, frame, ref)

    async def _subscribe(self, frame: Subscribe) -> None:
        peer, hub = self.peer, self.runtime.hub
        _, kind = kind_of(frame.stream)
        standing = await hub.in_thread(kind.standing, frame.stream, peer.actor)
        if standing is None:
            raise Refused("stream.not_yours", stream=frame.stream)
        if len(peer.standing) >= MAX_STREAMS and frame.stream not in peer.standing:
            raise Refused("stream.too_many", limit=MAX_STREAMS)
        await hub.in_thread(kind.subscribed, frame.stream)
        again = frame.stream in peer.standing
        await hub.subscribe(peer, frame.stream, frame.since, standing)
        if not again:
            await self.runtime.presence.enter(frame.stream, peer.actor.key, standing)
        if standing is Standing.PARTICIPANT:
            await self._attend(frame.stream, set(await hub.in_thread(kind.attends, frame.stream, peer.actor)))

    async def _document(self, body: bytes, kind: str, frame: wire.Json, ref: str | None) -> None:
        """A frame with bytes behind it: about a document."""
        rates.take(self.peer.actor.key)
        match kind:
            case "document.open":
                await self._open_document(wire.decode(DocumentOpen, _rest(frame)).stream, body, ref)
            case "document.write":
                await self._write_document(wire.decode(DocumentWrite, _rest(frame)), body, ref)
            case "document.leave":
                self.runtime.hub.unsubscribe(self.peer, wire.decode(DocumentLeave, _rest(frame)).stream)
            case _:
                raise Refused("command.unknown", command=kind[:60])

    async def _open_document(self, name: str, known: bytes, ref: str | None) -> None:
        """Whoever may read the stream may read what is written beside it; the answer is for the asker alone."""
        peer, hub = self.peer, self.runtime.hub
        document, kind = document_of(name)
        if await hub.in_thread(kind_of(document.root)[1].standing, document.root, peer.actor) is None:
            raise Refused("stream.not_yours", stream=name)
        if len(peer.standing) >= MAX_STREAMS and name not in peer.standing:
            raise Refused("stream.too_many", limit=MAX_STREAMS)
        hub.documents.open(peer, name)
        try:
            peer.hand(opened_line(name, ref, await hub.in_writing(kind.missing, document, known)))
        except Refused:
            hub.unsubscribe(peer, name)
            raise
        hub.documents.look_after(name)

    async def _write_document(self, frame: DocumentWrite, update: bytes, ref: str | None) -> None:
        """Stored first, then told to everybody, then answered. Who may write, its kind asks with each update."""
        hub, key = self.runtime.hub, self.peer.actor.key
        document, kind = document_of(frame.stream)
        if len(update) > MAX_UPDATE:
            raise Refused("document.too_large", limit=MAX_UPDATE)
        added = await hub.in_writing(kind.add, document, update, key, frame.member)
        if added:
            hub.spread(frame.stream, added.seq, frame.member or key, added.update)
            hub.documents.look_after(frame.stream)
        self._tell("done", ref=ref, seq=added.seq if added else None)

    async def _attend(self, stream: str, rooms: set[str]) -> None:
        """Be present in these streams because of that one, and no longer in others because of it."""
        before, self.attended[stream] = self.attended.get(stream, set()), rooms
        for room in rooms - before:
            await self.runtime.presence.enter(room, self.peer.actor.key, Standing.PARTICIPANT)
        for room in before - rooms:
            await self.runtime.presence.exit(room, self.peer.actor.key)

    async def _unsubscribe(self, stream: str) -> None:
        if self.peer.standing.get(stream) is Standing.PARTICIPANT:
            await self.runtime.presence.exit(stream, self.peer.actor.key)
            await self._attend(stream, set())
        self.runtime.hub.unsubscribe(self.peer, stream)

    def _signal(self, frame: Signal) -> None:
        """Pass on what somebody is typing who may; never stored, never numbered. Taking it back is always allowed."""
        stream, key = frame.stream, self.peer.actor.key
        if self.peer.standing.get(stream) is not Standing.PARTICIPANT:
            raise Refused("stream.not_yours", stream=stream)
        hub = self.runtime.hub
        if frame.text and not hub.may_type(stream, key):
            return
        typed = frame.text[:MAX_TYPING]
        data = {"text": typed, "lang": frame.lang}
        hub.signal(stream, wire.dumps({"type": "signal", "stream": stream, "by": key, "name": "typing", "data": data}))
        hub.bus.tell(TYPED, stream, key, frame.lang, typed)

    async def _command(self, kind: str, frame: wire.Json, ref: str | None) -> None:
        door = DOORS.get(kind)
        if door is None:
            raise Refused("command.unknown", command=kind[:60])
        stream = _text(frame, "stream") or ""
        _, stream_kind = kind_of(stream)
        command: Any = wire.decode(door.command, {key: value for key, value in _rest(frame).items() if key != "stream"})
        if stream_kind.name != door.kind or not await self._may(door, stream, command):
            raise Refused("command.not_yours", command=kind)
        answer = await self.runtime.writer.submit(Submission(stream, command, self.peer.actor.key, ref))
        self._tell("done", ref=ref, seq=answer.seq)

    async def _may(self, door: Door, stream: str, command: Any) -> bool:
        if door.may is participates and stream in self.peer.standing:
            return self.peer.standing[stream] is Standing.PARTICIPANT
        name, _ = kind_of(stream)
        return bool(await self.runtime.hub.in_thread(door.may, self.peer.actor, name, command))


def cookies_of(scope: dict[str, Any]) -> dict[str, str]:
    """The cookies of a handshake."""
    raw = b"; ".join(value for name, value in scope.get("headers", ()) if name == b"cookie").decode("latin-1")
    pairs = (part.strip().partition("=") for part in raw.split(";"))
    return {name: value for name, _, value in pairs if name}


def _rest(frame: wire.Json) -> wire.Json:
    return {key: value for key, value in frame.items() if key not in ("type", "ref")}


def _text(frame: wire.Json, field: str, *, optional: bool = False) -> str | None:
    value = frame.get(field)
    if value is None and optional:
        return None
    if not isinstance(value, str) or not 0 < len(value) <= 64:
        raise Refused("wire.wrong_type", field=field, wanted="text of 1 to 64 characters")
    return value
