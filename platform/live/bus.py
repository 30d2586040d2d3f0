"""Between processes: one Redis message per tick, or nothing when there is one process.

The bus only makes things fast. What it loses is found in the log a few seconds later.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

import redis
import redis.asyncio
import structlog
from django.conf import settings

from kernel import wire

log = structlog.get_logger(__name__)
CHANNEL = "hemicycle.live"
TICK_S = 0.005
RETRY_S = 1.0


@dataclass(frozen=True, slots=True)
class News:
    """One message: event frames in the order of each stream, and (what, *args) for everything that is no event.

    On the wire the first line says who speaks, the second holds `told` as JSON, and each further line is a frame,
    just as a reader gets it.
    """

    frames: Sequence[str] = ()
    told: Sequence[Sequence[Any]] = ()

    def message(self, process: str) -> str:
        """The form on the wire."""
        return "\n".join([process, wire.dumps(list(self.told)), *self.frames])

    @classmethod
    def parsed(cls, message: str) -> News:
        """What somebody said."""
        _, told, *frames = message.split("\n")
        return cls(frames, json.loads(told))


_ears: dict[str, list[Callable[..., None]]] = {}


def on(what: str, ear: Callable[..., None]) -> None:
    """Call `ear(*args)` when any process says `tell(what, *args)`, this one included."""
    ears = _ears.setdefault(what, [])
    if ear not in ears:
        ears.append(ear)


def heard(what: str, *args: Any) -> None:
    """Pass a message on to whoever asked for it."""
    for ear in _ears.get(what, ()):
        ear(*args)


class Bus(Protocol):
    """News between hubs."""

    def publish(self, frames: Sequence[str]) -> None:
        """Events that this process committed."""

    def tell(self, what: str, *args: Any) -> None:
        """Anything that is no event: a signal, a revocation, a wake-up."""

    async def listen(self) -> None:
        """Hear the others until cancelled."""

    async def close(self) -> None:
        """Send what is still waiting and disconnect."""


def open_bus(process: str, hear: Callable[[News], None]) -> Bus:
    """The bus that the settings ask for."""
    return RedisBus(settings.REDIS_URL, process, hear) if settings.REDIS_URL else LocalBus()


class LocalBus:
    """One process: there is nobody else to tell."""

    def publish(self, frames: Sequence[str]) -> None:
        """Nothing to do."""

    def tell(self, what: str, *args: Any) -> None:
        """Only this process's own ears."""
        heard(what, *args)

    async def listen(self) -> None:
        """Nobody speaks."""

    async def close(self) -> None:
        """Nothing to close."""


class RedisBus:
    """Redis publish and subscribe, one message per tick, two connections per process."""

    def __init__(self, url: str, process: str, hear: Callable[[News], None]) -> None:
        self._redis = redis.asyncio.Redis.from_url(url, socket_connect_timeout=2)
        self._process = process
        self._mark = f"{process}\n".encode()
        self._hear = hear
        self._frames: list[str] = []
        self._told: list[tuple[Any, ...]] = []
        self._sending: asyncio.Task[None] | None = None
        self._closed = False

    def publish(self, frames: Sequence[str]) -> None:
        """Events that this process committed."""
        self._frames += frames
        self._wake()

    def tell(self, what: str, *args: Any) -> None:
        """Anything that is no event."""
        if what not in ("signal", "revoke", "tell", "document"):
            heard(what, *args)
        self._told.append((what, *args))
        self._wake()

    def _wake(self) -> None:
        if not self._closed and (self._sending is None or self._sending.done()):
            self._sending = asyncio.get_running_loop().create_task(self._send())

    async def _send(self) -> None:
        while self._frames or self._told:
            await asyncio.sleep(TICK_S)
            message = News(self._frames, self._told).message(self._process)
            self._frames, self._told = [], []
            try:
                await self._redis.publish(CHANNEL, message)
            except (redis.RedisError, OSError) as error:
                log.warning("bus silent", reason=type(error).__name__)

    async def listen(self) -> None:
        """Hear the others; a lost connection is taken up again."""
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as subscription:
                    await subscription.subscribe(CHANNEL)
                    async for item in subscription.listen():
                        self._receive(item["data"])
            except (redis.RedisError, OSError) as error:
                log.warning("bus deaf", reason=type(error).__name__)
            await asyncio.sleep(RETRY_S)

    def _receive(self, data: bytes) -> None:
        if not data.startswith(self._mark):
            self._hear(News.parsed(data.decode()))

    async def close(self) -> None:
        """Send what is still waiting and disconnect; whatever is said later would only connect again."""
        self._closed = True
        if self._sending:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._sending, timeout=1)
        await self._redis.aclose()


def publish_once(news: News) -> None:
    """From a process without a hub: one message, if there is a bus; the others heal by themselves if not."""
    if not settings.REDIS_URL:
        return
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2) as connection:
            connection.publish(CHANNEL, news.message(""))
    except (redis.RedisError, OSError) as error:
        log.warning("bus silent", reason=type(error).__name__)
