"""A line to the sockets of this very process: the same consumer and the same frames, without a network between."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from websockets.exceptions import ConnectionClosedError
from websockets.frames import Close

from live.consumer import LiveConsumer
from live.core.actors import Actor
from rehearsal.line import SUBPROTOCOL, Socket

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Inside:
    """The socket of one member in this process. `find_actor` says who that is; no cookie and no link lets them in."""

    key: str
    find_actor: Callable[[str, Mapping[str, str]], Actor | None]

    @property
    def url(self) -> str:
        """A name for messages."""
        return f"inside:{self.key}"

    def connect(self) -> AbstractAsyncContextManager[Socket]:
        """Open the socket; it is closed afterwards."""
        return _connected(self)

    def cut(self, socket: Socket) -> None:
        """Break an open socket without a word."""
        socket.hang_up()  # type: ignore[attr-defined]


@contextlib.asynccontextmanager
async def _connected(line: Inside) -> AsyncIterator[Socket]:
    scope = {
        "type": "websocket",
        "headers": [],
        "subprotocols": [SUBPROTOCOL],
        "url_route": {"kwargs": {"member": line.key}},
    }
    socket = _InsideSocket()
    consumer = LiveConsumer(find_actor=line.find_actor)
    serving = asyncio.create_task(consumer(scope, socket.to_server.get, socket.take))
    try:
        yield socket
    finally:
        socket.hang_up()
        await serving


class _InsideSocket:
    """Two queues between a client and a consumer."""

    def __init__(self) -> None:
        self.to_server: asyncio.Queue[Message] = asyncio.Queue()
        self._to_client: asyncio.Queue[str | ConnectionClosedError] = asyncio.Queue()
        self._hung_up = False
        self.to_server.put_nowait({"type": "websocket.connect"})

    async def take(self, message: Message) -> None:
        """What the consumer sends."""
        if message["type"] == "websocket.send":
            self._to_client.put_nowait(message["text"])
        elif message["type"] == "websocket.close":
            self._to_client.put_nowait(ConnectionClosedError(Close(message.get("code", 1000), ""), None))

    async def recv(self) -> str:
        """The next frame."""
        frame = await self._to_client.get()
        if isinstance(frame, ConnectionClosedError):
            raise frame
        return frame

    async def send(self, message: str) -> None:
        """Send a frame."""
        self.to_server.put_nowait({"type": "websocket.receive", "text": message})

    async def close(self) -> None:
        """Close; what the server still says is lost."""
        self.hang_up()

    def hang_up(self) -> None:
        """The line is gone for both. Safe to repeat."""
        if not self._hung_up:
            self._hung_up = True
            self.to_server.put_nowait({"type": "websocket.disconnect", "code": 1006})
            self._to_client.put_nowait(ConnectionClosedError(None, None))
