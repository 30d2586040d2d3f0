"""What a composition gives and fails to give, counted from itself alone: for whoever decides whether to take it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rooms.core.composition import Composition, Person, Table, Wishes, are_covered

Fault = Literal["unread", "unguided", "apart", "crowded"]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A must that this room breaks: two who do not understand each other, or the facilitator and somebody
    (`unguided`), two who were to sit apart, or so many languages too many."""

    fault: Fault
    people: tuple[str, ...] = ()
    excess: int = 0


@dataclass(frozen=True, slots=True)
class TableReport:
    """One room: how many speak which language, how many pairs need translation or the facilitator, what is unmet."""

    table: Table
    languages: tuple[tuple[str, int], ...]
    """The most frequent first."""
    translated: int
    guided: int
    unmet: tuple[Unmet, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How one trait is spread over the rooms of a round: fewest and most in a room, beside what would be even."""

    trait: str
    people: int
    fewest: int
    most: int
    even: tuple[int, int]

    @property
    def is_even(self) -> bool:
        """Whether no room has more or fewer than an even share."""
        return self.even[0] <= self.fewest and self.most <= self.even[1]


@dataclass(frozen=True, slots=True)
class Company:
    """Whom people meet over all rounds: pairs who share a room at least once, of so many that could, and the fewest
    and the most others that one person meets."""

    pairs: int
    possible: int
    fewest: int
    most: int


def tables_of(
    tables: Sequence[Table], people: Mapping[str, Person], wishes: Wishes, guides: Mapping[str, Person]
) -> list[TableReport]:
    """Each room of a round."""
    return [_table(table, people, wishes, guides.get(table.guide or "")) for table in tables]


def _table(table: Table, people: Mapping[str, Person], wishes: Wishes, guide: Person | None) -> TableReport:
    here = [people[key] for key in table.people]
    spoken = Counter(person.said for person in here)
    pairs = list(itertools.combinations(here, 2))
    alone = sum(are_covered(one, other, frozenset()) for one, other in pairs)
    by_routes = sum(are_covered(one, other, wishes.routes) for one, other in pairs)
    covered = sum(are_covered(one, other, wishes.routes, guide) for one, other in pairs)
    languages = tuple(sorted(spoken.items(), key=lambda each: (-each[1], each[0])))
    return TableReport(table, languages, by_routes - alone, covered - by_routes, tuple(_unmet(here, wishes, guide)))


def _unmet(here: Sequence[Person], wishes: Wishes, guide: Person | None) -> Iterator[Unmet]:
    for one, other in itertools.combinations(here, 2):
        if not are_covered(one, other, wishes.routes, guide):
            yield Unmet("unread", (one.key, other.key))
        if frozenset((one.key, other.key)) in wishes.apart:
            yield Unmet("apart", (one.key, other.key))
    for person in here if guide else ():
        if guide and not are_covered(guide, person, wishes.routes, guide):
            yield Unmet("unguided", (guide.key, person.key))
    excess = len({person.said for person in here}) - wishes.most_languages
    if excess > 0:
        yield Unmet("crowded", excess=excess)


def spreads_of(tables: Sequence[Table], people: Mapping[str, Person]) -> list[Spread]:
    """How the traits of people are spread over the rooms of a round; the most frequent trait first."""
    rooms = [Counter(trait for key in table.people for trait in people[key].traits) for table in tables]
    shares = sum(rooms, Counter[str]())
    return [
        Spread(
            trait, share, min(room[trait] for room in rooms), max(room[trait] for room in rooms),
            (share // len(rooms), -(-share // len(rooms))),
        )
        for trait, share in sorted(shares.items(), key=lambda each: (-each[1], each[0]))
    ]  # fmt: skip


def company_of(composition: Composition) -> Company:
    """Whom people meet over all rounds."""
    met: dict[str, set[str]] = {}
    possible = 0
    for table in itertools.chain.from_iterable(composition):
        possible += len(table.people) * (len(table.people) - 1) // 2
        for key in table.people:
            met.setdefault(key, set()).update(other for other in table.people if other != key)
    counts = [len(others) for others in met.values()] or [0]
    everybody = len(met) * (len(met) - 1) // 2
    return Company(sum(counts) // 2, min(possible, everybody), min(counts), max(counts))
