"""Who sits with whom, as values: the people, what is wanted of the rooms, and a composition of them.

The search is in `composition_search`, what a composition fails to give in `composition_report`.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kernel.errors import Refused
from kernel.ids import digest

FEWEST, MOST = 2, 15
"""People in a room."""
MOST_ROUNDS = 10

Chance = Callable[[int], int]
"""`chance(n)` is a whole number from 0 to n - 1."""
Routes = Collection[tuple[str, str]] | None
"""Language pairs (from, to) that can be translated; None: all of them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be seated, or who guides: speaks these languages (the first one at the floor), reads one, and is of
    these traits."""

    key: str
    speaks: tuple[str, ...]
    reads: str
    traits: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The language this person speaks at the floor."""
        return self.speaks[0] if self.speaks else self.reads


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted of the rooms: the first four are musts where they can be had, the rest is had as far as it can."""

    most_languages: int = 5
    """Floor languages in a room."""
    routes: frozenset[tuple[str, str]] | None = None
    apart: frozenset[frozenset[str]] = frozenset()
    """Pairs who never sit together."""
    pins: Mapping[str, int] = field(default_factory=dict)
    """Who sits in which room of every round, counted from 0."""
    size: int = 8
    rooms: int | None = None
    """How many rooms; None: as the size asks for."""
    rounds: int = 1
    met: frozenset[frozenset[str]] = frozenset()
    """Pairs who have already sat together."""


@dataclass(frozen=True, slots=True)
class Table:
    """One room of a composition: keys of its people, and of the facilitator, if there is one for it."""

    people: tuple[str, ...]
    guide: str | None = None


Composition = tuple[tuple[Table, ...], ...]
"""The rooms of each round."""


@dataclass(frozen=True, slots=True)
class Question:
    """Everything a composition follows from: the same question has the same answer, at any time and place."""

    people: tuple[Person, ...]
    guides: tuple[Person, ...]
    wishes: Wishes
    seed: str
    tries: int


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer."""

    rounds: Composition


def chance_of(seed: str) -> Chance:
    """Chance that anybody can repeat from a published seed: SHA-256 of seed and counter as sixteen numbers of
    16 bits, each of which is divided by n; n is at most 65,536."""
    numbers = _numbers(seed)
    return lambda n: next(numbers) % n


def _numbers(seed: str) -> Iterator[int]:
    for counter in itertools.count():
        yield from struct.unpack(">16H", bytes.fromhex(digest(seed, str(counter))))


def can_read(reader: Person, speaker: Person, routes: Routes) -> bool:
    """Whether what `speaker` says at the floor reaches `reader`: known language, or a translation."""
    said = speaker.said
    return said == reader.reads or said in reader.speaks or routes is None or (said, reader.reads) in routes


def are_covered(one: Person, other: Person, routes: Routes, guide: Person | None = None) -> bool:
    """Whether these two understand each other, each way by themselves, by a translation or by the facilitator."""
    return all(
        can_read(reader, speaker, routes) or _interprets(guide, reader, speaker)
        for reader, speaker in ((one, other), (other, one))
    )


def _interprets(guide: Person | None, reader: Person, speaker: Person) -> bool:
    """The facilitator knows what is said and can say it in a language the reader knows."""
    return guide is not None and speaker.said in guide.speaks and bool({reader.reads, *reader.speaks} & {*guide.speaks})


def room_count(people: int, wishes: Wishes) -> int:
    """How many rooms these wishes make of so many people."""
    if wishes.rooms is not None:
        return wishes.rooms
    return max(1, -(-people // MOST), min(round(people / wishes.size), people // FEWEST)) if people else 0


def check(people: Sequence[Person], wishes: Wishes) -> None:
    """Refuse wishes that contradict themselves or one another, before anything is searched."""
    if not FEWEST <= wishes.size <= MOST:
        raise Refused("rooms.bad_size", least=FEWEST, most=MOST)
    if not 1 <= wishes.rounds <= MOST_ROUNDS:
        raise Refused("rooms.bad_rounds", most=MOST_ROUNDS)
    rooms = room_count(len(people), wishes)
    if rooms * FEWEST > len(people):
        raise Refused("rooms.too_many", rooms=rooms, people=len(people), least=FEWEST)
    if rooms * MOST < len(people):
        raise Refused("rooms.too_few", rooms=rooms, people=len(people), most=MOST)
    _check_pins(wishes, rooms)


def _check_pins(wishes: Wishes, rooms: int) -> None:
    pinned: dict[int, list[str]] = {}
    for key, room in sorted(wishes.pins.items()):
        if not 0 <= room < rooms:
            raise Refused("rooms.pin_nowhere", room=room + 1, rooms=rooms)
        pinned.setdefault(room, []).append(key)
    for room, keys in sorted(pinned.items()):
        if len(keys) > MOST:
            raise Refused("rooms.pins_too_many", room=room + 1, most=MOST)
        if any(frozenset(pair) in wishes.apart for pair in itertools.combinations(keys, 2)):
            raise Refused("rooms.pins_contradict", room=room + 1)
