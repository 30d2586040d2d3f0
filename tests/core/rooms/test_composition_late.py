"""Who comes late gets the room that breaks no must and costs least, or none."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.core.composition import MOST, Person, Table, Wishes
from rooms.core.composition_late import fitting
from tests.core.rooms.halls import composed, people, planted, unmet

LATE = Person("late", ("es",), "es", ("age a",))


def found(tables: list[Table], who: list[Person], wishes: Wishes, guides: list[Person] | None = None) -> int | None:
    by_key, leading = {one.key: one for one in who}, {one.key: one for one in guides or []}
    return fitting(LATE, tables, by_key, wishes, leading)


def test_the_emptiest_room_comes_first_and_a_full_one_never() -> None:
    who = people(*["es"] * 40)
    cut = [Table(tuple(one.key for one in who[low:high])) for low, high in pairwise((0, MOST, 27, 40))]
    assert found(cut, who, Wishes()) == 1
    assert found(cut[:1], who, Wishes()) is None


def test_among_equals_new_company_and_rarer_traits_decide() -> None:
    who = [Person(f"p{n}", ("es",), "es", ("age a",) if n < 2 else ()) for n in range(6)]
    cut = [Table(("p0", "p1")), Table(("p2", "p3")), Table(("p4", "p5"))]
    met = frozenset({frozenset({"late", "p2"})})
    assert found(cut, who, Wishes(met=met)) == 2


def test_where_nobody_would_understand_them_or_they_must_not_sit_there_is_no_room() -> None:
    who = people("fr", "tr", "es")
    cut = [Table(("p0",)), Table(("p1",)), Table(("p2",))]
    apart = frozenset({frozenset({"late", "p2"})})
    assert found(cut, who, Wishes(routes=frozenset(), apart=apart)) is None
    assert found(cut, who, Wishes(routes=frozenset({("fr", "es"), ("es", "fr")}), apart=apart)) == 0
    assert found(cut, who, Wishes(routes=None, most_languages=1, apart=apart)) is None


def test_a_room_with_too_many_languages_already_gets_no_further_one() -> None:
    who = people("fr", "it", "pt", "es")
    assert found([Table(("p0", "p1", "p2"))], who, Wishes(most_languages=2)) is None
    assert found([Table(("p0", "p1", "p2", "p3"))], who, Wishes(most_languages=2)) == 0


def test_a_facilitator_who_knows_both_languages_opens_a_room() -> None:
    who, guide = people("uk"), Person("g", ("uk", "es"), "uk")
    assert found([Table(("p0",), "g")], who, Wishes(routes=frozenset()), [guide]) == 0
    assert found([Table(("p0",))], who, Wishes(routes=frozenset()), [guide]) is None


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_nobody_who_comes_late_breaks_a_must(seed: int) -> None:
    made = planted(seed)
    (tables,) = composed(made.people, made.wishes, guides=made.guides, tries=5_000)
    place = found(list(tables), made.people, made.wishes, made.guides)
    if place is not None:
        after = list(tables)
        after[place] = replace(tables[place], people=(*tables[place].people, LATE.key))
        everybody = [*made.people, LATE]
        before = unmet((tables,), made.people, made.wishes, made.guides)
        assert unmet((tuple(after),), everybody, made.wishes, made.guides) == before
