"""A machine whose clock stands in our hands."""

from __future__ import annotations

from kernel import clock
from live import folds


class Machine:
    """A machine whose wall clock somebody sets; it stands in for the module `time` of `kernel.clock`."""

    def __init__(self) -> None:
        self.ticks, self.set_by = 0, 0

    def monotonic_ns(self) -> int:
        return self.ticks * 1_000_000

    def monotonic(self) -> float:
        return self.ticks / 1000

    def time_ns(self) -> int:
        return (1_800_000_000_000 + self.ticks + self.set_by) * 1_000_000

    def pass_seconds(self, seconds: int) -> None:
        self.ticks += seconds * 1000

    def new_process(self) -> None:
        folds.forget()
        clock._clock[:] = [clock.Clock(wall_anchor=clock.wall(), monotonic_anchor=self.monotonic_ns())]
