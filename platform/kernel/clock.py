"""The civic clock: milliseconds since 1970, anchored to the process's monotonic clock.

Turns, phases and votes live on civic time; transport, presence and engine deadlines live on
`monotonic()`. They differ only in a rehearsal, whose civic clock may run `rate` times faster.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from django.conf import settings


def wall() -> int:
    """Milliseconds since 1970 as the machine's clock says; jumps when an administrator sets it."""
    return time.time_ns() // 1_000_000


def monotonic() -> float:
    """Seconds that only ever grow, for transport, leases and deadlines of engines."""
    return time.monotonic()


@dataclass(frozen=True, slots=True)
class Clock:
    """Civic time: `epoch + (real time since epoch) * rate`, immune to jumps of the wall clock."""

    epoch: int = 0
    rate: int = 1
    wall_anchor: int = field(default_factory=wall)
    monotonic_anchor: int = field(default_factory=time.monotonic_ns)

    def real(self) -> int:
        """Milliseconds since 1970, never going backwards within this process."""
        return self.wall_anchor + (time.monotonic_ns() - self.monotonic_anchor) // 1_000_000

    def now(self) -> int:
        """Civic milliseconds since 1970."""
        return self.civic(self.real())

    def civic(self, real: int) -> int:
        """The civic moment at a real one."""
        return self.epoch + (real - self.epoch) * self.rate

    def seconds_until(self, civic: int) -> float:
        """Real seconds until a civic moment; 0 when it has passed."""
        return max(0.0, (civic - self.now()) / 1000 / self.rate)


_clock: list[Clock] = []


def clock() -> Clock:
    """The process's clock, made on first use from `CIVIC_CLOCK_RATE` and `CIVIC_CLOCK_EPOCH`."""
    if not _clock:
        _clock.append(Clock(epoch=settings.CIVIC_CLOCK_EPOCH, rate=settings.CIVIC_CLOCK_RATE))
    return _clock[0]


def now() -> int:
    """Civic milliseconds since 1970."""
    return clock().now()
