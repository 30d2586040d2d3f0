"""Which limits make sense: every duration within a day, and no turn shorter than the shortest."""

from __future__ import annotations

from dataclasses import fields

from floor.core.types import Limits
from kernel.errors import Refused

LONGEST_MS = 24 * 3600 * 1000
SHORTEST_TURN_MS = 5_000
MAY_BE_ZERO = (
    "gap_ms", "wrap_ms", "hold_ms", "aging_ms", "over_ms", "keep_ms", "orders", "soft_ms", "silence_ms", "prolong_ms",
    "max_gap_ms", "backchannel_ms", "carry_percent",
)  # fmt: skip


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
