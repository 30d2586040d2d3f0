"""Translating in a process of its own, for installations with several machines: `hemicycle worker`."""

from __future__ import annotations

import asyncio
import os
import threading

from live import bus
from translation.dispatcher import IN_FLIGHT_OF_MANY, Report, run_forever


def run(stop: threading.Event, report: Report) -> None:
    """Dispatch until told to stop; woken over the bus, and by itself where there is none."""
    ear = threading.Thread(target=_hear_the_bus, name="translation-bus", daemon=True)
    ear.start()
    run_forever(stop, report, in_flight=IN_FLIGHT_OF_MANY)


def _hear_the_bus() -> None:
    asyncio.run(_listen())


async def _listen() -> None:
    await bus.open_bus(f"worker-{os.getpid()}", _pass_on).listen()


def _pass_on(news: bus.News) -> None:
    for what, *args in news.told:
        bus.heard(what, *args)
