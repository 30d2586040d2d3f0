"""Hub, log writer and presence of one process, started by its first connection and left well at SIGTERM."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from live import hub as hubs
from live import outages
from live.hub import Hub
from live.presence import PresenceKeeper
from live.writer import LogWriter

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Runtime:
    """What a process with sockets runs."""

    hub: Hub
    writer: LogWriter
    presence: PresenceKeeper
    sockets: Counter[str] = field(default_factory=Counter)
    """How many sockets each member has here."""

    async def stop(self) -> None:
        """Finish the batch, send everybody home with a time to come back, forget the hub."""
        await self.writer.drain()
        await self.hub.stop()
        await self.writer.close()
        outages.stop()
        _runtime.clear()
        hubs._hub.clear()


_runtime: list[Runtime] = []
_started: list[Callable[[], None]] = []


def when_started(action: Callable[[], None]) -> None:
    """Call `action` once, when this process begins to serve sockets or pages."""
    _started.append(action)


def runtime() -> Runtime:
    """The process's runtime, started now if this is the first call; must run on the event loop.

    Daphne has no lifespan, so the first connection starts it; there is no await, hence no race.
    """
    if _runtime and _runtime[0].hub.loop is asyncio.get_running_loop():
        return _runtime[0]
    hub = Hub()
    writer = LogWriter(hub.accept, hub.writing)
    hub.nudge = writer.nudge
    started = Runtime(hub, writer, PresenceKeeper(hub, writer))
    _runtime[:] = [started]
    hubs._hub[:] = [hub]
    outages.watch()
    hub.start()
    hub.spawn(started.presence.keep())
    _leave_well(started)
    for action in _started:
        action()
    return started


def _leave_well(started: Runtime) -> None:
    """Ask Twisted, where it runs, to wait for us before it shuts down."""
    from twisted.internet import reactor
    from twisted.internet.defer import Deferred

    core: Any = reactor
    if getattr(core, "running", False):
        core.addSystemEventTrigger(
            "before", "shutdown", lambda: Deferred.fromFuture(asyncio.ensure_future(_stop_and_linger(started)))
        )


async def _stop_and_linger(started: Runtime) -> None:
    try:
        await asyncio.wait_for(started.stop(), timeout=8)
    except TimeoutError:
        log.warning("left in a hurry")
    await asyncio.sleep(0.2)
