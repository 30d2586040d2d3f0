"""Who sits with whom: rooms of even size in which everybody can read everybody, mixed as far as that allows.

A swap search with falling tolerance (methods, section 2), bounded by a number of tries and driven by the
caller's chance, so that the same people, chance and tries always give the same rooms.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from kernel.ids import digest

MOST = 15
UNREAD = 1000
"""Cost of two people in a room one of whom cannot read the other."""
UNBALANCED = 10
"""Cost of each person more or fewer than an even share of the people; a room never holds more than `MOST`."""
CROWDED = 20
"""Cost of a floor language beyond `most_languages`."""
UNEVEN = 1
REPEATED = 1

Chance = Callable[[int], int]
"""`chance(n)` is a whole number from 0 to n − 1."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be seated: speaks these languages (the first one at the floor), reads one, and is of these traits."""

    key: str
    speaks: tuple[str, ...]
    reads: str
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted of the rooms. `routes` None: every language can be translated into every other."""

    size: int = 8
    most_languages: int = 5
    routes: frozenset[tuple[str, str]] | None = None
    met: frozenset[frozenset[str]] = frozenset()
    """Pairs who have already sat together."""


@dataclass(frozen=True, slots=True)
class Composition:
    """The rooms, as keys, and the pairs in them who cannot read each other (none unless it cannot be helped)."""

    rooms: tuple[tuple[str, ...], ...]
    unread: tuple[tuple[str, str], ...]
    cost: int


def chance_of(seed: str) -> Chance:
    """Chance that anybody can repeat from a published seed: SHA-256 of seed and counter, divided by n."""
    counter = itertools.count()
    return lambda n: int(digest(seed, str(next(counter))), 16) % n


def compose(people: Sequence[Person], wishes: Wishes, *, chance: Chance, tries: int) -> Composition:
    """Rooms for these people; `tries` swaps are considered, about 100,000 a second."""
    hall = _Hall(people, wishes)
    start = min((_dealt(people, hall.rooms), _clustered(people, hall.rooms)), key=hall.cost)
    seating = _improved(start, hall, chance, tries)
    rooms = tuple(tuple(people[place].key for place in sorted(room)) for room in seating)
    unread = tuple((people[a].key, people[b].key) for room in seating for a, b in hall.unread_pairs(room))
    return Composition(rooms, unread, hall.cost(seating))


def can_read(reader: Person, speaker: Person, routes: Collection[tuple[str, str]] | None) -> bool:
    """Whether what `speaker` says at the floor reaches `reader`: known language, or a translation."""
    said = speaker.speaks[0] if speaker.speaks else speaker.reads
    return said == reader.reads or said in reader.speaks or routes is None or (said, reader.reads) in routes


Room = list[int]
Seating = list[Room]


class _Hall:
    """What a seating costs; people are numbers and sets of people are bits of one number."""

    def __init__(self, people: Sequence[Person], wishes: Wishes) -> None:
        self.wishes = wishes
        count = len(people)
        fewest = -(-count // MOST)
        self.rooms = max(1, fewest, round(count / wishes.size)) if count else 0
        self._smallest, self._largest = (count // self.rooms, -(-count // self.rooms)) if count else (0, 0)
        self._traits = [(f"speaks {person.speaks[:1]}", *person.traits) for person in people]
        self._languages = [person.speaks[0] if person.speaks else person.reads for person in people]
        self._unread = _bits(people, lambda one, other: not _understand(one, other, wishes.routes))
        self._met = _bits(people, lambda one, other: frozenset((one.key, other.key)) in wishes.met)
        shares = Counter(trait for traits in self._traits for trait in traits)
        self._least = {trait: number // max(1, self.rooms) for trait, number in shares.items()}
        self._most = {trait: -(-number // max(1, self.rooms)) for trait, number in shares.items()}

    def cost(self, seating: Seating) -> int:
        """What a whole seating costs."""
        return sum(self.room_cost(room) for room in seating)

    def room_cost(self, room: Room) -> int:
        """What one room costs."""
        everybody = sum(1 << person for person in room)
        unread = sum((self._unread[person] & everybody).bit_count() for person in room) // 2
        repeated = sum((self._met[person] & everybody).bit_count() for person in room) // 2
        crowded = max(0, len({self._languages[person] for person in room}) - self.wishes.most_languages)
        size = UNBALANCED * max(self._smallest - len(room), len(room) - self._largest, 0)
        return UNREAD * unread + CROWDED * crowded + size + UNEVEN * self._unevenness(room) + REPEATED * repeated

    def _unevenness(self, room: Room) -> int:
        seen = Counter(trait for person in room for trait in self._traits[person])
        over = sum(max(0, number - self._most[trait]) for trait, number in seen.items())
        return over + sum(max(0, least - seen[trait]) for trait, least in self._least.items())

    def unread_pairs(self, room: Room) -> list[tuple[int, int]]:
        """Pairs of a room one of whom cannot read the other."""
        ordered = sorted(room)
        return [(a, b) for a in ordered for b in ordered if a < b and self._unread[a] >> b & 1]


def _understand(one: Person, other: Person, routes: Collection[tuple[str, str]] | None) -> bool:
    return can_read(one, other, routes) and can_read(other, one, routes)


def _bits(people: Sequence[Person], holds: Callable[[Person, Person], bool]) -> list[int]:
    return [
        sum(1 << index for index, other in enumerate(people) if other is not one and holds(one, other))
        for one in people
    ]


def _by_language(people: Sequence[Person]) -> list[int]:
    return sorted(
        range(len(people)), key=lambda place: (people[place].speaks[:1], people[place].reads, people[place].key)
    )


def _dealt(people: Sequence[Person], rooms: int) -> Seating:
    """Like cards: every language spread over all rooms."""
    order = _by_language(people)
    return [order[room::rooms] for room in range(rooms)]


def _clustered(people: Sequence[Person], rooms: int) -> Seating:
    """Side by side: people of one language together."""
    order, count = _by_language(people), len(people)
    bounds = [count * room // rooms for room in range(rooms + 1)] if rooms else [0]
    return [order[low:high] for low, high in itertools.pairwise(bounds)]


def _improved(seating: Seating, hall: _Hall, chance: Chance, tries: int) -> Seating:
    """The best seating met on a walk of swaps and moves, the tolerance for worse ones falling to nothing."""
    if len(seating) < 2:
        return seating
    costs = [hall.room_cost(room) for room in seating]
    best, best_cost, cost = list(seating), sum(costs), sum(costs)
    for attempt in range(tries):
        one, other = _two_of(len(seating), chance)
        rooms = _exchanged(seating[one], seating[other], chance)
        after = hall.room_cost(rooms[0]), hall.room_cost(rooms[1])
        worse = sum(after) - costs[one] - costs[other]
        if worse > _tolerance(attempt, tries):
            continue
        (seating[one], seating[other]), (costs[one], costs[other]) = rooms, after
        cost += worse
        if cost < best_cost:
            best, best_cost = list(seating), cost
        if not best_cost:
            break
    return best


def _two_of(rooms: int, chance: Chance) -> tuple[int, int]:
    one = chance(rooms)
    return one, (one + 1 + chance(rooms - 1)) % rooms


def _exchanged(one: Room, other: Room, chance: Chance) -> tuple[Room, Room]:
    """Both rooms after somebody of the first changed places with somebody of the second, or just went there."""
    seat, place = chance(len(one)), chance(len(other) + 1)
    if place < len(other):
        return [*one[:seat], other[place], *one[seat + 1 :]], [*other[:place], one[seat], *other[place + 1 :]]
    if len(one) == 1 or len(other) >= MOST:
        return one, other
    return [*one[:seat], *one[seat + 1 :]], [*other, one[seat]]


def _tolerance(attempt: int, tries: int) -> int:
    """How much worse a swap may make things: three at first, nothing in the last third."""
    return max(0, 3 * (2 * tries - 3 * attempt) // (2 * tries))
