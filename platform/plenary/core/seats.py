"""The hemicycle: where each of n seats lies, left to right, so that equal choices form wedges.

The browser draws with the same numbers (`frontend/src/core/seats.ts`); `tests/exchanges/seats.json` holds both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

WIDTH = 800
INNER = 0.38
"""Radius of the innermost row as a share of the outermost."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Seats as (x, y) in a drawing of `width` by `height`, each a disc of radius `radius`."""

    width: float
    height: float
    radius: float
    seats: tuple[tuple[float, float], ...]


def hall(number: int) -> Hall:
    """The half circle for so many seats; coordinates to a tenth."""
    rows = max(3, round(math.sqrt(number / 2.6)))
    pad = max(8.0, WIDTH / 2 / (rows * 2.7))
    outer = WIDTH / 2 - pad
    radii = [outer * (INNER + (1 - INNER) * row / (rows - 1)) for row in range(rows)]
    counts = _counts(number, radii)
    pitch = min(math.pi * radius / max(1, count) / 2 for radius, count in zip(radii, counts, strict=True))
    dot = min(pitch * 0.82, 26.0)
    placed = [
        (_angle(index, count), radius) for radius, count in zip(radii, counts, strict=True) for index in range(count)
    ]
    placed.sort(key=lambda seat: (-round(seat[0], 9), -seat[1]))
    seats = tuple(
        (round(WIDTH / 2 + radius * math.cos(angle), 1), round(outer + pad - radius * math.sin(angle), 1))
        for angle, radius in placed
    )
    return Hall(WIDTH, round(outer + pad + dot + 4, 1), round(dot, 1), seats)


def _counts(number: int, radii: list[float]) -> list[int]:
    total = sum(radii)
    counts = [int(number * radius / total) for radius in radii]
    row = len(radii) - 1
    while sum(counts) < number:
        counts[row] += 1
        row = row - 1 if row else len(radii) - 1
    return counts


def _angle(index: int, count: int) -> float:
    return math.pi / 2 if count == 1 else math.pi * (1 - index / (count - 1))
