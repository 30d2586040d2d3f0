"""Limits from the length of a turn, and which make sense: durations within a day, no turn shorter than the shortest."""

from __future__ import annotations

from dataclasses import fields, replace

from floor.core.types import Limits
from kernel.errors import Refused

WARNING_MS = 15_000
"""So long before its end a longest turn is warned."""
LONGEST_MS = 24 * 3600 * 1000
SHORTEST_TURN_MS = 5_000
MAY_BE_ZERO = (
    "gap_ms", "wrap_ms", "hold_ms", "aging_ms", "over_ms", "keep_ms", "orders", "soft_ms", "silence_ms", "prolong_ms",
    "max_gap_ms", "backchannel_ms", "carry_percent",
)  # fmt: skip


def of_length(limits: Limits, turn_ms: int) -> Limits:
    """The limits with longest turns of this length: the shortest is no longer, and the warning comes before the end."""
    shortest = min(limits.min_turn_ms, turn_ms)
    return replace(limits, turn_ms=turn_ms, min_turn_ms=shortest, soft_ms=max(0, turn_ms - WARNING_MS))


def with_lengths_of(limits: Limits, other: Limits) -> Limits:
    """The limits with turns as long as those have it."""
    return replace(limits, turn_ms=other.turn_ms, min_turn_ms=other.min_turn_ms, soft_ms=other.soft_ms)


def checked(limits: Limits) -> Limits:
    """The limits as they are, or `Refused("floor.bad_limits", field=…)`."""
    for each in fields(limits):
        value = getattr(limits, each.name)
        least = 0 if each.name in MAY_BE_ZERO else 1
        if not least <= value <= LONGEST_MS:
            raise Refused("floor.bad_limits", field=each.name)
    for name in ("turn_ms", "min_turn_ms"):
        if getattr(limits, name) < SHORTEST_TURN_MS:
            raise Refused("floor.bad_limits", field=name)
    if limits.cap_percent < 100:
        raise Refused("floor.bad_limits", field="cap_percent")
    if limits.carry_percent > 100:
        raise Refused("floor.bad_limits", field="carry_percent")
    if limits.min_turn_ms > limits.turn_ms:
        raise Refused("floor.bad_limits", field="min_turn_ms")
    return limits
