"""The server's civic time as a client knows it: from the best of the answers to its questions."""

from __future__ import annotations

import asyncio
import math
import time

SPIN_S = 0.002


def here() -> float:
    """Seconds of this machine that only ever grow."""
    return time.perf_counter()


class CivicTime:
    """Civic milliseconds of the server, anchored to this machine's monotonic clock."""

    def __init__(self) -> None:
        self.rate = 1
        self._best = math.inf
        self._here = here()
        self._civic = 0.0

    def observe(self, asked: float, answered: float, civic: int, rate: int) -> None:
        """The server said `civic` between `asked` and `answered`; the narrowest answer is believed."""
        self.rate = rate
        if answered - asked <= self._best:
            self._best = answered - asked
            self._here = (asked + answered) / 2
            self._civic = float(civic)

    def at(self, moment: float) -> float:
        """Civic milliseconds at a moment of this machine."""
        return self._civic + (moment - self._here) * 1000 * self.rate

    def now(self) -> float:
        """Civic milliseconds."""
        return self.at(here())

    async def sleep_until(self, civic: float) -> None:
        """Return at a civic moment, to about a millisecond of real time."""
        while True:
            left = (civic - self.now()) / 1000 / self.rate
            if left <= SPIN_S / 4:
                return
            await asyncio.sleep(left - SPIN_S / 4 if left > SPIN_S else 0)
