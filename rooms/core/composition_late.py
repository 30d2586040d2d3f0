"""Where somebody belongs who comes when the rooms are made already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rooms.core.composition import MOST, Person, Table, Wishes, are_covered
from rooms.core.composition_costs import FOREIGN, REPEATED, UNBALANCED, UNEVEN


def fitting(
    person: Person, tables: Sequence[Table], people: Mapping[str, Person], wishes: Wishes, guides: Mapping[str, Person]
) -> int | None:
    """The room that fits by the rule of the composition: they break no must there, and it costs least; the first one of
    equals. None: there is no such room. `people` are those who sit there already, `tables` may have new rooms empty."""
    here = [[people[key] for key in table.people] for table in tables]
    leading = [guides.get(table.guide or "") for table in tables]
    open_to = [
        place
        for place, company in enumerate(here)
        if len(company) < MOST and not _breaks_must(person, company, wishes, leading[place])
    ]
    return min(open_to, key=lambda place: (_cost(person, here[place], wishes, leading[place]), place), default=None)


def _breaks_must(person: Person, company: Sequence[Person], wishes: Wishes, guide: Person | None) -> bool:
    spoken = {other.said for other in company}
    if person.said not in spoken and len(spoken) >= wishes.most_languages:
        return True
    if guide is not None and not are_covered(guide, person, wishes.routes, guide):
        return True
    return any(
        frozenset((person.key, other.key)) in wishes.apart or not are_covered(person, other, wishes.routes, guide)
        for other in company
    )


def _cost(person: Person, company: Sequence[Person], wishes: Wishes, guide: Person | None) -> int:
    alike = sum(trait in other.traits for other in company for trait in person.traits)
    met = sum(frozenset((person.key, other.key)) in wishes.met for other in company)
    foreign = guide is not None and person.said not in guide.speaks
    return UNBALANCED * len(company) + UNEVEN * alike + REPEATED * met + FOREIGN * foreign
