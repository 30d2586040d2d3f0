"""Rooms are even, everybody in them can read everybody where possible, and the same chance gives the same rooms."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.core.composition import MOST, Composition, Person, Wishes, can_read, compose

CATALAN_HUB = frozenset((a, b) for a in ("es", "fr", "ca", "it") for b in ("es", "fr", "ca", "it") if "ca" in (a, b))


def people(*languages: str) -> list[Person]:
    return [Person(f"p{number}", (lang,), lang) for number, lang in enumerate(languages)]


def composed(who: list[Person], wishes: Wishes, *, seed: int = 1, tries: int = 3000) -> Composition:
    return compose(who, wishes, chance=Random(seed).randrange, tries=tries)


def languages(composition: Composition, who: list[Person]) -> list[list[str]]:
    spoken = {person.key: person.speaks[0] for person in who}
    return sorted(sorted(spoken[key] for key in room) for room in composition.rooms)


def test_rooms_are_of_even_size() -> None:
    composition = composed(people(*["es"] * 20), Wishes(size=8))
    assert sorted(map(len, composition.rooms)) == [10, 10]


def test_every_language_is_spread_when_everything_can_be_translated() -> None:
    who = people(*["es"] * 4, *["fr"] * 4, *["ca"] * 4)
    assert languages(composed(who, Wishes(size=6)), who) == [["ca", "ca", "es", "es", "fr", "fr"]] * 2


def test_people_without_a_translation_between_them_sit_apart() -> None:
    who = people(*["es", "fr"] * 8)
    composition = composed(who, Wishes(size=8, routes=frozenset()))
    assert languages(composition, who) == [["es"] * 8, ["fr"] * 8]
    assert composition.unread == ()


def test_rooms_are_uneven_rather_than_deaf() -> None:
    who = people(*["es"] * 9, *["fr"] * 7)
    composition = composed(who, Wishes(size=8, routes=frozenset()))
    assert languages(composition, who) == [["es"] * 9, ["fr"] * 7]


@given(st.integers(1, 60), st.integers(2, 15), st.integers())
def test_rooms_are_even_where_everybody_reads_everybody(count: int, size: int, seed: int) -> None:
    rooms = composed(people(*["es"] * count), Wishes(size=size), seed=seed, tries=100).rooms
    assert max(map(len, rooms)) - min(map(len, rooms)) <= 1


def test_who_speaks_both_languages_needs_no_translation() -> None:
    bridge = [Person(f"b{number}", ("es", "fr"), "es") for number in range(3)]
    spanish = people("es", "es", "es")
    assert composed([*bridge, *spanish], Wishes(size=6, routes=frozenset())).unread == ()


def test_what_cannot_be_helped_is_said() -> None:
    composition = composed(people("es", "fr"), Wishes(size=2, routes=frozenset()))
    assert composition.unread == (("p0", "p1"),)


def test_a_room_has_no_more_floor_languages_than_wished_where_that_is_possible() -> None:
    who = people(*["es", "fr", "ca", "it"] * 4)
    composition = composed(who, Wishes(size=8, most_languages=2))
    assert all(len(set(room)) <= 2 for room in languages(composition, who))


def test_people_who_have_met_are_parted() -> None:
    who = people(*["es"] * 8)
    met = frozenset(frozenset((f"p{a}", f"p{b}")) for a in range(4) for b in range(a))
    composition = composed(who, Wishes(size=4, met=met), tries=2000)
    assert [sum(key in ("p0", "p1", "p2", "p3") for key in room) for room in composition.rooms] == [2, 2]


def test_traits_are_spread() -> None:
    who = [Person(f"p{n}", ("es",), "es", traits=("young" if n < 4 else "old",)) for n in range(8)]
    composition = composed(who, Wishes(size=4))
    assert [sum(int(key[1:]) < 4 for key in room) for room in composition.rooms] == [2, 2]


def test_nobody_means_no_rooms() -> None:
    assert composed([], Wishes()).rooms == ()


def test_one_can_read_ones_own_language_a_spoken_one_or_a_translation() -> None:
    reader = Person("a", ("ca", "es"), "ca")
    said = [Person("b", (lang,), lang) for lang in ("ca", "es", "fr", "it")]
    assert [can_read(reader, speaker, {("fr", "ca")}) for speaker in said] == [True, True, True, False]


def test_two_hundred_people_are_seated_well_in_seconds() -> None:
    chance = Random(7)
    who = people(*[chance.choice(("es", "fr", "ca", "it")) for _ in range(200)])
    composition = composed(who, Wishes(size=8, routes=CATALAN_HUB | {("es", "fr"), ("fr", "es")}), tries=20_000)
    assert (len(composition.rooms), composition.unread) == (25, ())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(("es", "fr", "ca", "it")), max_size=60), st.integers(2, 15), st.integers())
def test_everybody_sits_in_one_room_and_again_in_the_same(spoken: list[str], size: int, seed: int) -> None:
    who, wishes = people(*spoken), Wishes(size=size, routes=CATALAN_HUB)
    composition = composed(who, wishes, seed=seed, tries=300)
    assert sorted(key for room in composition.rooms for key in room) == sorted(person.key for person in who)
    assert all(1 <= len(room) <= MOST for room in composition.rooms)
    assert composition == composed(who, wishes, seed=seed, tries=300)
