"""How equally the talk of a sitting is shared, for whoever leads it; nothing before ten minutes of talk.

In 147 recorded meetings of four, who was far over the fair share after ten minutes was so at the end only half of the
time; earlier figures would accuse by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from floor.core.ledger import settle
from floor.core.types import FloorState

LEAST_TALK_MS = 600_000
LEAST_PEOPLE = 5
"""Of fewer people together nothing is said: k of methods, section 6."""


@dataclass(frozen=True, slots=True)
class Equality:
    """The sitting so far. `gini` is 0 where all have spoken alike, `top` the part of whoever spoke longest."""

    gini: Fraction
    top: Fraction
    silent: tuple[str, ...]
    """Those present who have not spoken."""


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group's part of the people and of the talk."""

    people: Fraction
    talk: Fraction


def equality(floor: FloorState, at: int) -> Equality | None:
    """How equally everybody here has spoken up to `at`; None before ten minutes of talk."""
    spoken = _spoken(floor, at)
    talk = sum(spoken.values())
    if talk < LEAST_TALK_MS:
        return None
    silent = tuple(key for key, ms in spoken.items() if not ms)
    return Equality(gini(spoken.values()), Fraction(max(spoken.values()), talk), silent)


def by_group(floor: FloorState, at: int, group_of: Mapping[str, str]) -> dict[str, GroupShare]:
    """Parts of the groups that are large enough to be told; empty before ten minutes of talk.

    If those left out were fewer than `LEAST_PEOPLE` together, what is told would tell about them, so the smallest
    group that could be told is left out as well.
    """
    spoken = _spoken(floor, at)
    talk = sum(spoken.values())
    if talk < LEAST_TALK_MS:
        return {}
    groups: dict[str, list[int]] = {}
    for key, ms in spoken.items():
        groups.setdefault(group_of.get(key, ""), []).append(ms)
    told = tellable({name: len(members) for name, members in groups.items()})
    return {name: GroupShare(Fraction(len(groups[name]), len(spoken)), Fraction(sum(groups[name]), talk))
            for name in told}  # fmt: skip


def tellable(sizes: Mapping[str, int]) -> list[str]:
    """Groups large enough to be told, in alphabetical order, when so many people are in each."""
    ordered = sorted(sizes, key=lambda name: (sizes[name], name))
    hidden = 0
    while ordered and (sizes[ordered[0]] < LEAST_PEOPLE or 0 < hidden < LEAST_PEOPLE):
        hidden += sizes[ordered.pop(0)]
    return sorted(ordered)


def gini(values: Iterable[int]) -> Fraction:
    """How unequal these amounts are: 0 all equal, towards 1 all with one person."""
    ordered = sorted(values)
    total, count = sum(ordered), len(ordered)
    if not total:
        return Fraction(0)
    weighted = sum(rank * value for rank, value in enumerate(ordered, 1))
    return Fraction(2 * weighted, count * total) - Fraction(count + 1, count)


def _spoken(floor: FloorState, at: int) -> dict[str, int]:
    """Milliseconds of the sitting, by everybody who is here or has spoken."""
    people = settle(floor, at).people
    return {key: account.total_ms for key, account in people.items() if account.present or account.total_ms}
