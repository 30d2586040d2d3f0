"""What a seating costs, and by how much a swap would change that.

People, facilitators, languages and trait values are numbers here, and sets of people the bits of one number. One
number more than there are people means nobody: an empty chair.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rooms.core.composition import FEWEST, MOST, Chance, Person, Wishes, are_covered, room_count

MUST = 100
"""Cost of a broken must: two people who do not understand each other or shall sit apart, a language too many."""
UNBALANCED = 10
"""Cost of each person more or fewer than an even share of the people; a room never holds more than `MOST`."""
UNEVEN = REPEATED = FOREIGN = 1
"""Cost of a person of one trait too many or too few, of a pair that meets again, and of a person whose language the
facilitator does not know."""

Move = tuple[int, int, int, int]
"""Two rooms, and the number of a chair in each; the last may be empty."""


class Hall:
    """What does not change while people are moved about."""

    def __init__(self, people: Sequence[Person], guides: Sequence[Person], wishes: Wishes) -> None:
        self.people, self.guides, self.wishes = len(people), len(guides), wishes
        self.rooms = room_count(len(people), wishes)
        self.places = max(self.rooms, len(guides))
        """Of guides: one in each room, and those who guide none."""
        self.smallest, self.largest = len(people) // self.rooms, -(-len(people) // self.rooms)
        spoken = sorted({person.said for person in people})
        self.languages = [spoken.index(person.said) for person in people] + [len(spoken)]
        self.pins = [wishes.pins.get(person.key, -1) for person in people] + [-1]
        self._find_clashes(people, guides)
        has_clashes = any(any(row) for row in (*self.clashes, *self.strange))
        self.is_free = not has_clashes and len(spoken) <= wishes.most_languages
        self._find_values(people)
        self.met = [[0] * len(people) for _ in people]
        for one, other in _places(people, wishes.met):
            self.met[one][other] = self.met[other][one] = 1

    def _find_clashes(self, people: Sequence[Person], guides: Sequence[Person]) -> None:
        """`clashes[guide][person]` are those whom the person must not meet there, `strange` whom the guide does not
        understand, `foreign` whose language the guide does not know. The last guide is none."""
        apart = [0] * len(people)
        for one, other in _places(people, self.wishes.apart):
            apart[one], apart[other] = apart[one] | 1 << other, apart[other] | 1 << one
        self.clashes, self.strange, self.foreign = [], [], []
        for guide in (*guides, None):
            deaf = [_without(bits, place) for place, bits in enumerate(self._deaf_to(people, guide))]
            self.clashes.append([one | other for one, other in zip(deaf, apart, strict=True)] + [0])
            self.strange.append([int(self._is_strange(guide, one)) for one in people] + [0])
            self.foreign.append([int(guide is not None and one.said not in guide.speaks) for one in people] + [0])

    def _deaf_to(self, people: Sequence[Person], guide: Person | None) -> list[int]:
        """For each person those they would not understand, or who would not understand them."""
        alike: dict[tuple[tuple[str, ...], str], list[int]] = {}
        for place, one in enumerate(people):
            alike.setdefault((one.speaks, one.reads), []).append(place)
        groups = [(people[places[0]], sum(1 << place for place in places)) for places in alike.values()]
        found = {
            (one.speaks, one.reads): sum(
                bits for other, bits in groups if not are_covered(one, other, self.wishes.routes, guide)
            )
            for one, _ in groups
        }
        return [found[one.speaks, one.reads] for one in people]

    def _is_strange(self, guide: Person | None, one: Person) -> bool:
        return guide is not None and not are_covered(guide, one, self.wishes.routes, guide)

    def _find_values(self, people: Sequence[Person]) -> None:
        """`values[person]` are numbers of traits; `uneven[value][count]` what so many of them in a room cost."""
        traits = [tuple(dict.fromkeys((f"speaks {one.said}", *one.traits))) for one in people]
        shares = Counter(trait for each in traits for trait in each)
        number = {trait: place for place, trait in enumerate(sorted(shares))}
        self.values = [tuple(sorted(number[trait] for trait in each)) for each in traits] + [()]
        self.uneven = [
            [UNEVEN * max(shares[trait] // self.rooms - count, count + shares[trait] // -self.rooms, 0)
             for count in range(MOST + 2)]
            for trait in sorted(shares)
        ]  # fmt: skip


def _places(people: Sequence[Person], pairs: Iterable[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """The numbers of two people for each pair of them."""
    place = {person.key: number for number, person in enumerate(people)}
    for pair in pairs:
        if len(pair) == 2 and pair <= place.keys():
            one, other = pair
            yield place[one], place[other]


def _without(bits: int, place: int) -> int:
    return bits & ~(1 << place)


class Round:
    """The rooms of one round, and running counts of what their costs depend on."""

    def __init__(self, hall: Hall, order: Iterable[int], guides: Iterable[int], *, clustered: bool) -> None:
        self.hall, self.nobody = hall, hall.people
        order = sorted(order, key=hall.languages.__getitem__)
        self.rooms = _filled(hall, order, clustered=clustered)
        self.bits = [sum(1 << person for person in room) for room in self.rooms]
        self.spoken = [_counted((hall.languages[one] for one in room), hall.people + 1) for room in self.rooms]
        self.distinct = [sum(map(bool, counts)) for counts in self.spoken]
        self.seen = [_counted((v for one in room for v in hall.values[one]), len(hall.uneven)) for room in self.rooms]
        self.guides = [place % hall.guides if hall.guides else 0 for place in guides]
        self.has_guides = len(set(self.guides)) > 1

    def musts(self) -> int:
        """What the broken musts and uneven sizes of this round cost."""
        return sum(self._room_musts(room, self.guides[room])[0] for room in range(len(self.rooms))) + sum(
            self._size_cost(len(room)) for room in self.rooms
        )

    def _room_musts(self, room: int, guide: int) -> tuple[int, int]:
        """What the room costs with this guide: broken musts, and people whose language the guide does not know."""
        clashes, bits, people = self.hall.clashes[guide], self.bits[room], self.rooms[room]
        pairs = sum((clashes[one] & bits).bit_count() for one in people) // 2
        strange = sum(map(self.hall.strange[guide].__getitem__, people))
        crowded = max(0, self.distinct[room] - self.hall.wishes.most_languages)
        return MUST * (pairs + strange + crowded), FOREIGN * sum(map(self.hall.foreign[guide].__getitem__, people))

    def _size_cost(self, size: int) -> int:
        return UNBALANCED * max(self.hall.smallest - size, size - self.hall.largest, 0)

    # --- people

    def drawn(self, chance: Chance) -> Move | None:
        """Two chairs in two rooms whose people might change places, the second of which may be empty."""
        count = len(self.rooms)
        if count < 2:
            return None
        here = chance(count)
        there = (here + 1 + chance(count - 1)) % count
        one, other = chance(len(self.rooms[here])), chance(len(self.rooms[there]) + 1)
        pins = self.hall.pins
        if pins[self.rooms[here][one]] >= 0:
            return None
        if other == len(self.rooms[there]):
            return (here, there, one, other) if other < MOST and len(self.rooms[here]) > FEWEST else None
        return (here, there, one, other) if pins[self.rooms[there][other]] < 0 else None

    def _people(self, here: int, there: int, one: int, other: int) -> tuple[int, int]:
        there_room = self.rooms[there]
        return self.rooms[here][one], there_room[other] if other < len(there_room) else self.nobody

    def worse_musts(self, here: int, there: int, one: int, other: int) -> int:
        """By how much the musts and sizes would cost more after this move."""
        hall = self.hall
        left, right = self._people(here, there, one, other)
        if hall.is_free and right != self.nobody:
            return 0
        here_guide, there_guide = self.guides[here], self.guides[there]
        here_clashes, there_clashes = hall.clashes[here_guide], hall.clashes[there_guide]
        here_bits, there_bits = self.bits[here] & ~(1 << left), self.bits[there] & ~(1 << right)
        broken = (
            (there_clashes[left] & there_bits).bit_count()
            - (here_clashes[left] & here_bits).bit_count()
            + (here_clashes[right] & here_bits).bit_count()
            - (there_clashes[right] & there_bits).bit_count()
        )
        here_strange, there_strange = hall.strange[here_guide], hall.strange[there_guide]
        broken += there_strange[left] - here_strange[left] + here_strange[right] - there_strange[right]
        worse = MUST * (broken + self._crowding(here, there, hall.languages[left], hall.languages[right]))
        if right == self.nobody:
            here_size, there_size = len(self.rooms[here]), len(self.rooms[there])
            worse += self._size_cost(here_size - 1) - self._size_cost(here_size)
            worse += self._size_cost(there_size + 1) - self._size_cost(there_size)
        return worse

    def _crowding(self, here: int, there: int, left: int, right: int) -> int:
        """Languages too many after `left` was exchanged for `right`, less those before."""
        if left == right:
            return 0
        most, none = self.hall.wishes.most_languages, self.hall.languages[self.nobody]
        here_spoken, there_spoken = self.spoken[here], self.spoken[there]
        here_after = self.distinct[here] - (here_spoken[left] == 1)
        there_after = self.distinct[there] + (not there_spoken[left])
        if right != none:
            here_after += not here_spoken[right]
            there_after -= there_spoken[right] == 1
        return (
            max(0, here_after - most) - max(0, self.distinct[here] - most)
            + max(0, there_after - most) - max(0, self.distinct[there] - most)
        )  # fmt: skip

    def worse_wishes(self, here: int, there: int, one: int, other: int) -> int:
        """By how much traits, meetings and the guides' languages would cost more after this move."""
        hall = self.hall
        left, right = self._people(here, there, one, other)
        here_foreign, there_foreign = hall.foreign[self.guides[here]], hall.foreign[self.guides[there]]
        worse = there_foreign[left] - here_foreign[left] + here_foreign[right] - there_foreign[right]
        return worse + self._meetings(here, there, left, right) + self._unevenness(here, there, left, right)

    def _meetings(self, here: int, there: int, left: int, right: int) -> int:
        """Pairs that would meet once more, each counted as often as it has met, less those that would not."""
        here_room, there_room = self.rooms[here], self.rooms[there]
        met = self.hall.met[left].__getitem__
        worse = sum(map(met, there_room)) - sum(map(met, here_room)) + len(here_room) - 1
        if right != self.nobody:
            worse -= 2 * met(right)
            met = self.hall.met[right].__getitem__
            worse += sum(map(met, here_room)) - sum(map(met, there_room)) + len(there_room) - 1
        return REPEATED * worse

    def _unevenness(self, here: int, there: int, left: int, right: int) -> int:
        uneven, here_seen, there_seen = self.hall.uneven, self.seen[here], self.seen[there]
        gone, come = self.hall.values[left], self.hall.values[right]
        worse = 0
        for value in gone:
            if value not in come:
                costs, less, more = uneven[value], here_seen[value], there_seen[value]
                worse += costs[less - 1] - costs[less] + costs[more + 1] - costs[more]
        for value in come:
            if value not in gone:
                costs, more, less = uneven[value], here_seen[value], there_seen[value]
                worse += costs[less - 1] - costs[less] + costs[more + 1] - costs[more]
        return worse

    def exchange(self, here: int, there: int, one: int, other: int) -> None:
        """Do the move; meetings are not booked."""
        left, right = self._people(here, there, one, other)
        self._count(here, left, -1)
        self._count(there, left, 1)
        if right == self.nobody:
            del self.rooms[here][one]
            self.rooms[there].append(left)
            return
        self._count(there, right, -1)
        self._count(here, right, 1)
        self.rooms[here][one], self.rooms[there][other] = right, left

    def _count(self, room: int, person: int, by: int) -> None:
        self.bits[room] ^= 1 << person
        for value in self.hall.values[person]:
            self.seen[room][value] += by
        spoken, language = self.spoken[room], self.hall.languages[person]
        spoken[language] += by
        self.distinct[room] += by if spoken[language] == (by > 0) else 0

    def book_move(self, here: int, there: int, one: int, other: int) -> None:
        """Do the move and book who meets whom."""
        left, right = self._people(here, there, one, other)
        self._book(left, self.rooms[here], -1)
        self._book(right, self.rooms[there], -1)
        self.exchange(here, there, one, other)
        self._book(left, self.rooms[there], 1)
        self._book(right, self.rooms[here], 1)

    def book_meetings(self) -> None:
        """Count everybody's meetings of this round."""
        for room in self.rooms:
            for one, other in itertools.combinations(room, 2):
                self.hall.met[one][other] += 1
                self.hall.met[other][one] += 1

    def _book(self, person: int, room: Iterable[int], by: int) -> None:
        if person == self.nobody:
            return
        met, mine = self.hall.met, self.hall.met[person]
        for other in room:
            if other != person:
                mine[other] += by
                met[other][person] += by

    # --- guides

    def worse_by_guides(self, one: int, other: int) -> tuple[int, int]:
        """By how much musts and wishes would cost more if the guides of these two changed places."""
        pairs = [(room, self.guides[room], self.guides[new]) for room, new in ((one, other), (other, one))]
        changes = [
            (self._room_musts(room, after), self._room_musts(room, before))
            for room, before, after in pairs
            if room < len(self.rooms)
        ]
        return sum(new[0] - old[0] for new, old in changes), sum(new[1] - old[1] for new, old in changes)

    def exchange_guides(self, one: int, other: int) -> None:
        """They change places; places beyond the rooms are for those who guide none."""
        self.guides[one], self.guides[other] = self.guides[other], self.guides[one]


def _filled(hall: Hall, order: Iterable[int], *, clustered: bool) -> list[list[int]]:
    """The pinned where they belong, the others side by side or dealt like cards, into rooms of even size."""
    rooms: list[list[int]] = [[] for _ in range(hall.rooms)]
    sizes = [hall.people * (room + 1) // hall.rooms - hall.people * room // hall.rooms for room in range(hall.rooms)]
    for person in range(hall.people):
        if hall.pins[person] >= 0:
            rooms[hall.pins[person]].append(person)
    room = 0
    for person in order:
        if hall.pins[person] >= 0:
            continue
        while len(rooms[room]) >= sizes[room]:
            room = (room + 1) % hall.rooms
        rooms[room].append(person)
        room = room if clustered else (room + 1) % hall.rooms
    return rooms


def _counted(numbers: Iterable[int], kinds: int) -> list[int]:
    counts = [0] * kinds
    for number in numbers:
        counts[number] += 1
    return counts
