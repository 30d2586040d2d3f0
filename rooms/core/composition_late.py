"""Where somebody belongs who comes when the rooms are made already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rooms.core.composition import MOST, Person, Table, Wishes
from rooms.core.composition_costs import FOREIGN, REPEATED, UNBALANCED, UNEVEN
from rooms.core.composition_report import tables_of


def fitting(
    person: Person, tables: Sequence[Table], people: Mapping[str, Person], wishes: Wishes, guides: Mapping[str, Person]
) -> int | None:
    """The room that fits by the rule of the composition: no must is broken by it, and it costs least; the first one of
    equals. None: there is no such room. `people` are those who sit there already, `tables` may have new rooms empty."""
    everybody = {**people, person.key: person}
    before = tables_of(tables, people, wishes, guides)
    after = tables_of([Table((*each.people, person.key), each.guide) for each in tables], everybody, wishes, guides)
    open_to = [
        place
        for place, table in enumerate(tables)
        if len(table.people) < MOST and len(after[place].unmet) == len(before[place].unmet)
    ]
    return min(open_to, key=lambda place: (_cost(person, tables[place], people, wishes, guides), place), default=None)


def _cost(
    person: Person, table: Table, people: Mapping[str, Person], wishes: Wishes, guides: Mapping[str, Person]
) -> int:
    guide = guides.get(table.guide or "")
    alike = sum(trait in people[key].traits for key in table.people for trait in person.traits)
    met = sum(frozenset((person.key, key)) in wishes.met for key in table.people)
    foreign = guide is not None and person.said not in guide.speaks
    return UNBALANCED * len(table.people) + UNEVEN * alike + REPEATED * met + FOREIGN * foreign
