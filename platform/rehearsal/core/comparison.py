"""Each figure of a scenario's `expected` block beside what came out, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Any
PRECISION_S = 1.0
PRECISION_WALL_S = 0.05
ROUNDED = 0.00006
"""Shares in a scenario are rounded to four digits."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `holds` is None where it is reported without being judged."""

    path: str
    wanted: Json
    got: Json
    holds: bool | None

    def as_data(self) -> dict[str, Json]:
        """The form of the report."""
        return {"path": self.path, "wanted": self.wanted, "got": self.got, "holds": self.holds}


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one room or motion under the names of the `expected` block, with how exact they can be."""

    figures: Mapping[str, Json]
    precision: Mapping[str, float]
    """By figure, or `figure.person`: how far from the wanted number is still right; absent: exact."""
    unjudged: frozenset[str] = frozenset()


def turn_precision(speed: int) -> float:
    """Scenario seconds by which one turn may be off: 1 s, or 50 ms of wall time where that is more."""
    return max(PRECISION_S, PRECISION_WALL_S * speed)


def compare(expected: Mapping[str, Json], measured: Mapping[str, Mapping[str, Measured]]) -> tuple[Figure, ...]:
    """Every figure of `expected`, in its order; one that nobody measured does not hold."""
    return tuple(
        figure
        for group, members in expected.items()
        for name, figures in _mapping(members).items()
        for figure in _compare_one(f"{group}.{name}", figures, measured.get(group, {}).get(name))
    )


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {"": value}


def _compare_one(path: str, wanted: Json, measured: Measured | None) -> Iterator[Figure]:
    if measured is None or not isinstance(wanted, Mapping):
        yield Figure(path, wanted, None, holds=False)
        return
    for name, figure in wanted.items():
        yield from _compare_figure(f"{path}.{name}", figure, name, measured)


def _compare_figure(path: str, wanted: Json, name: str, measured: Measured) -> Iterator[Figure]:
    got = measured.figures.get(name)
    if not (isinstance(wanted, Mapping) and isinstance(got, Mapping)):
        yield _judged(path, wanted, got, name, measured, measured.precision.get(name, 0.0))
        return
    for part in (*wanted, *(extra for extra in got if extra not in wanted and got[extra])):
        precision = measured.precision.get(f"{name}.{part}", 0.0)
        yield _judged(f"{path}.{part}", wanted.get(part), got.get(part), name, measured, precision)


def _judged(path: str, wanted: Json, got: Json, name: str, measured: Measured, precision: float) -> Figure:
    holds = None if name in measured.unjudged else is_close(wanted, got, precision)
    return Figure(path, wanted, got, holds)


def is_close(wanted: Json, got: Json, precision: float) -> bool:
    """Equal; numbers may differ by `precision`; lists item by item, lists of names in any order."""
    if isinstance(wanted, bool) or isinstance(got, bool):
        return wanted is got
    if isinstance(wanted, int | float) and isinstance(got, int | float):
        return abs(wanted - got) <= precision + 1e-9
    if isinstance(wanted, list) and isinstance(got, list | tuple):
        if all(isinstance(item, str) for item in (*wanted, *got)):
            return sorted(wanted) == sorted(got)
        return len(wanted) == len(got) and all(is_close(a, b, precision) for a, b in zip(wanted, got, strict=True))
    return bool(wanted == got)
