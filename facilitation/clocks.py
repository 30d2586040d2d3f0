"""The clocks of a debate, as pages without a script show them: seconds, and how they change from now on."""

from __future__ import annotations

from dataclasses import dataclass

from floor.core.ledger import holder_of
from floor.core.types import FloorState, Paused, Phase, Speaking, Wrapping
from plenary.naming import electorate_name


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds as `m:ss`, and by how many they change in a second: 0 while it stands."""

    seconds: int
    step: int = 0

    def __str__(self) -> str:
        left = abs(self.seconds)
        return f"{'−' if self.seconds < 0 else ''}{left // 60}:{left % 60:02}"


def left_of_turn(floor: FloorState, at: int) -> Clock | None:
    """How long the turn lasts still, or how long it has lasted where nobody waits."""
    step = 1
    phase: Phase = floor.phase
    if isinstance(phase, Paused):
        at, step, phase = phase.since, 0, phase.before
    if not isinstance(phase, Speaking | Wrapping):
        return None
    if phase.ends_at is None:
        return Clock((at - phase.since) // 1000, step)
    return Clock((phase.ends_at - at) // 1000, -step)


def left_of_chambers(floor: FloorState) -> list[tuple[str, Clock]]:
    """By the name of the chamber; of a floor that was settled at this moment."""
    runs, speaker = not isinstance(floor.phase, Paused), holder_of(floor)
    return [
        (electorate_name(name), Clock(group.left_ms // 1000, -int(runs and speaker in group.members)))
        for name, group in sorted(floor.groups.items())
    ]
