"""Where a member's socket is, how it is opened, and what a command comes to."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

SUBPROTOCOL = Subprotocol("hemicycle.1")


class Socket(Protocol):
    """An open socket; a closed one raises `ConnectionClosed` of `websockets`."""

    async def recv(self) -> str | bytes:
        """The next frame."""

    async def send(self, message: str) -> None:
        """Send a frame."""

    async def close(self) -> None:
        """Close politely."""


class Line(Protocol):
    """A way to a member's socket."""

    @property
    def url(self) -> str:
        """The socket's address, for messages."""

    def connect(self) -> AbstractAsyncContextManager[Socket]:
        """Open the socket; it is closed afterwards."""

    def cut(self, socket: Socket) -> None:
        """Break an open socket without a word, as a lost network does."""


@dataclass(frozen=True, slots=True)
class Address:
    """A line through the network, as browsers have it: where the socket is, and what to show there."""

    base: str
    origin: str
    key: str
    cookies: Mapping[str, str]

    @property
    def url(self) -> str:
        """The socket's address."""
        return f"{self.base.replace('http', 'ws', 1)}/m/{self.key}/live"

    @property
    def headers(self) -> dict[str, str]:
        """The cookies as a browser sends them."""
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def connect(self) -> AbstractAsyncContextManager[Socket]:
        """Open the socket; it is closed afterwards."""
        return connect(
            self.url,
            origin=Origin(self.origin),
            subprotocols=[SUBPROTOCOL],
            additional_headers=self.headers,
            compression=None,
            proxy=None,
            max_size=None,
            max_queue=None,
            close_timeout=2,
        )

    def cut(self, socket: Socket) -> None:
        """Break an open socket without a word."""
        socket.transport.abort()  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a command: the number of its event, or the code of the refusal."""

    seq: int | None = None
    refused: str | None = None

    def __bool__(self) -> bool:
        return self.refused is None
