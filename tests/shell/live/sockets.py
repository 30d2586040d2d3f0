"""A member's socket in a test, spoken to as a dialogue."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.urls import path

from live.consumer import LiveConsumer
from live.core.actors import Actor
from live.core.frames import SUBPROTOCOL
from tests.patience import PATIENCE_S

ROLES = {"ana": "citizen", "bo": "citizen", "fatou": "facilitator", "otto": "observer", "sam": "stranger"}


def find_actor(key: str, cookies: dict[str, str]) -> Actor | None:
    """Everybody with a role is signed in; nobody else."""
    return Actor(key, 1, ROLES[key], ("en",), "en", key.title()) if key in ROLES else None


application = URLRouter([path("m/<str:member>/live", LiveConsumer.as_asgi(find_actor=find_actor))])


class Socket:
    """What a browser does with its socket."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self.communicator = communicator

    async def send(self, frame_type: str, **fields: Any) -> None:
        """Send one frame."""
        await self.communicator.send_to(text_data=json.dumps({"type": frame_type, **fields}))

    async def receive(self) -> dict[str, Any]:
        """The next frame, whatever it is."""
        frame: dict[str, Any] = json.loads(await self.communicator.receive_from(timeout=PATIENCE_S))
        return frame

    async def until(self, frame_type: str, kind: str | None = None) -> dict[str, Any]:
        """The next frame of this type (and event kind), others are passed over."""
        while True:
            frame = await self.receive()
            if frame["type"] == frame_type and kind in (None, frame.get("kind")):
                return frame

    async def subscribe(self, stream: str, since: int | None = None) -> dict[str, Any]:
        """Subscribe and wait for the snapshot."""
        await self.send("subscribe", stream=stream, **({} if since is None else {"since": since}))
        return await self.until("snapshot") if since is None else {}

    async def is_silent(self) -> bool:
        """Whether nothing more comes."""
        return bool(await self.communicator.receive_nothing(timeout=0.2))


@asynccontextmanager
async def joined_by(member: str) -> AsyncIterator[Socket]:
    """A socket of this member after its hello."""
    communicator = WebsocketCommunicator(application, f"/m/{member}/live", subprotocols=[SUBPROTOCOL])
    connected, _ = await communicator.connect(timeout=PATIENCE_S)
    assert connected
    socket = Socket(communicator)
    await socket.until("hello")
    yield socket
    await communicator.disconnect(timeout=PATIENCE_S)
