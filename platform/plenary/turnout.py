"""How many have voted, told to every reader while a ballot is open: a signal, counted at most once a second."""

from __future__ import annotations

import asyncio

from kernel import wire
from live import hub
from live.hub import Hub
from plenary.queries import turnout

EVERY_S = 1.0
_counting: set[str] = set()


def tell_turnout(stream: str, motion: str) -> None:
    """From any thread: within a second every reader of the plenary hears the new number. Safe to repeat."""
    if here := hub.running():
        here.loop.call_soon_threadsafe(_begin, here, stream, motion)


def _begin(here: Hub, stream: str, motion: str) -> None:
    if motion not in _counting:
        _counting.add(motion)
        here.spawn(_tell(here, stream, motion))


async def _tell(here: Hub, stream: str, motion: str) -> None:
    try:
        await asyncio.sleep(EVERY_S)
    finally:
        _counting.discard(motion)
    cast = await here.in_thread(turnout, motion)
    here.signal(stream, frame(stream, motion, cast=cast))


def frame(stream: str, motion: str, *, cast: object) -> str:
    """The signal as it travels."""
    return wire.dumps(
        {"type": "signal", "stream": stream, "by": None, "name": "turnout", "data": {"motion": motion, "cast": cast}}
    )
