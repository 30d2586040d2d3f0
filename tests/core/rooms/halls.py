"""Made-up people to be seated, and instances whose solution is known because it was there first."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from rooms.core.composition import Composition, Person, Table, Wishes, chance_of
from rooms.core.composition_report import Unmet, tables_of
from rooms.core.composition_search import compose

CATALAN_HUB = frozenset((a, b) for a in ("es", "fr", "ca", "it") for b in ("es", "fr", "ca", "it") if "ca" in (a, b))


def people(*languages: str) -> list[Person]:
    """Who speaks and reads one language each."""
    return [Person(f"p{number}", (lang,), lang) for number, lang in enumerate(languages)]


def composed(
    who: list[Person], wishes: Wishes, *, guides: list[Person] | None = None, seed: str = "a", tries: int = 4000
) -> Composition:
    """Their rooms after a few thousand tries."""
    return compose(who, wishes, chance=chance_of(seed), tries=tries, guides=guides or [])


def unmet(
    composition: Composition, who: list[Person], wishes: Wishes, guides: list[Person] | None = None
) -> list[Unmet]:
    """Everything that was a must and is broken."""
    by_key, leading = {one.key: one for one in who}, {one.key: one for one in guides or []}
    return [
        fault for tables in composition for each in tables_of(tables, by_key, wishes, leading) for fault in each.unmet
    ]


def languages(tables: tuple[Table, ...], who: list[Person]) -> list[list[str]]:
    """What is spoken in each room."""
    spoken = {person.key: person.said for person in who}
    return sorted(sorted(spoken[key] for key in table.people) for table in tables)


@dataclass(frozen=True, slots=True)
class Planted:
    """People who can all be seated without breaking a must."""

    people: list[Person]
    guides: list[Person]
    wishes: Wishes


def planted(seed: int, *, guided: bool = True) -> Planted:
    """An instance built from rooms: a few languages each, translated or spoken by the facilitator, some people pinned
    to their room and some of different rooms to be kept apart."""
    chance = Random(seed)
    count, size = chance.randint(2, 6), chance.randint(3, 8)
    pool = ["es", "fr", "ca", "it", "pt", "ar", "uk", "tr"][: chance.randint(2, 8)]
    rooms, guides, routes = [], [], set()
    for number in range(count):
        spoken = chance.sample(pool, min(len(pool), chance.randint(1, 3)))
        if guided and chance.random() < 0.4:
            guides.append(Person(f"guide{number}", tuple(spoken), spoken[0]))
        else:
            guides.append(Person(f"guide{number}", (spoken[0],), spoken[0]))
            routes |= set(itertools.permutations(spoken, 2))
        rooms.append([chance.choice(spoken) for _ in range(size)])
    who = [
        Person(f"p{room}.{seat}", (lang,), lang, (f"age {chance.choice('abc')}",))
        for room, spoken in enumerate(rooms)
        for seat, lang in enumerate(spoken)
    ]
    chance.shuffle(who)
    apart = [(one, other) for one, other in itertools.combinations(who, 2) if one.key[:2] != other.key[:2]]
    kept = frozenset(frozenset((one.key, other.key)) for one, other in chance.sample(apart, min(3, len(apart))))
    wishes = Wishes(most_languages=3, routes=frozenset(routes), apart=kept, rooms=count)
    return Planted(who, guides if guided else [], wishes)


def with_pins(found: Planted, composition: Composition, *, count: int, seed: int) -> Wishes:
    """The same wishes, and some people pinned to where they sit in this composition."""
    seats = [(key, room) for room, table in enumerate(composition[0]) for key in table.people]
    return replace(found.wishes, pins=dict(Random(seed).sample(seats, min(count, len(seats)))))


def meetings(composition: Composition) -> Counter[frozenset[str]]:
    """How often each pair sits together."""
    tables = itertools.chain.from_iterable(composition)
    return Counter(frozenset(pair) for table in tables for pair in itertools.combinations(table.people, 2))
