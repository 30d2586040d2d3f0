"""`python -m tests.bench.allocation`: 200 people of 22 languages in 25 rooms over 5 rounds, as methods 2.3 measured it.

Ours against chance and against a greedy rule, in turns; then at most four languages a room, five of the languages
without any translation, and facilitators some of whom speak those.
"""

from __future__ import annotations

import itertools
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from rooms.core.composition import Composition, Person, Table, Wishes, chance_of
from rooms.core.composition_report import company_of, spreads_of, tables_of
from rooms.core.composition_search import compose, tries_for
from tests.bench import report

SPOKEN = {
    "de": 34, "fr": 28, "it": 25, "es": 20, "pl": 16, "nl": 10, "ro": 9, "el": 6, "pt": 6, "sv": 6, "cs": 5, "hu": 5,
    "bg": 4, "da": 4, "fi": 4, "sk": 4, "hr": 3, "lt": 3, "sl": 2, "lv": 2, "et": 2, "mt": 2,
}  # fmt: skip
RARE = ("lt", "sl", "lv", "et", "mt")
"""Languages into and out of which nothing is translated."""
TRAITS = {"gender": "fm", "age": "abcd", "education": "abc", "where": "ur"}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done."""

    people: int = 200
    rooms: int = 25
    rounds: int = 5
    passes: int = 5
    share: float = 1.0
    """Of the product's own tries."""


@dataclass(frozen=True, slots=True)
class Run:
    """One composition, the seconds it took, the part of possible pairs that met, and the pairs left uncovered."""

    seconds: float
    met: float
    fewest: int
    uncovered: int
    uneven: float


def members(plan: Plan, seed: int) -> list[Person]:
    """Made-up people: as many of each language as the plan has room for, traits at random."""
    chance = Random(seed)
    spoken = [lang for lang, count in SPOKEN.items() for _ in range(count)][: plan.people]
    return [
        Person(f"p{place:03}", (lang,), lang, tuple(f"{name} {chance.choice(of)}" for name, of in TRAITS.items()))
        for place, lang in enumerate(spoken)
    ]


def facilitators(plan: Plan) -> list[Person]:
    """Five speak a language without translation and the three largest, the others two of the large ones."""
    large = [lang for lang in SPOKEN if lang not in RARE]
    rare = [Person(f"g{lang}", (lang, "de", "fr", "it"), "de") for lang in RARE]
    others = (Person(f"g{place}", (large[place % 8], "en"), large[place % 8]) for place in range(plan.rooms))
    return [*rare, *others][: plan.rooms]


# --- references


def by_chance(people: Sequence[Person], plan: Plan, seed: int) -> Composition:
    """Shuffled anew in each round and cut into rooms."""
    chance, rounds = Random(seed), []
    for _ in range(plan.rounds):
        order = chance.sample(people, len(people))
        rounds.append(tuple(Table(tuple(one.key for one in order[room :: plan.rooms])) for room in range(plan.rooms)))
    return tuple(rounds)


def by_greed(people: Sequence[Person], plan: Plan, seed: int) -> Composition:
    """Who comes next goes where they have met fewest and find fewest of their traits; the best of ten beginnings."""
    found = [_greedy(people, plan, Random(seed * 100 + beginning)) for beginning in range(10)]
    return max(found, key=lambda composition: company_of(composition).pairs)


def _greedy(people: Sequence[Person], plan: Plan, chance: Random) -> Composition:
    met: dict[str, set[str]] = {one.key: set() for one in people}
    size, rounds = -(-len(people) // plan.rooms), []
    for _ in range(plan.rounds):
        rooms: list[list[Person]] = [[] for _ in range(plan.rooms)]
        for one in chance.sample(people, len(people)):
            places = [place for place, room in enumerate(rooms) if len(room) < size]
            costs = [(_annoyance(one, rooms[place], met), place) for place in places]
            rooms[min(costs)[1]].append(one)
        for room in rooms:
            for one, other in itertools.permutations(room, 2):
                met[one.key].add(other.key)
        rounds.append(tuple(Table(tuple(one.key for one in room)) for room in rooms))
    return tuple(rounds)


def _annoyance(one: Person, room: Sequence[Person], met: dict[str, set[str]]) -> tuple[int, int]:
    alike = sum(trait in other.traits for other in room for trait in one.traits)
    return sum(other.key in met[one.key] for other in room), alike + len(room)


# --- measuring


def ours(people: Sequence[Person], wishes: Wishes, guides: Sequence[Person], plan: Plan, seed: int) -> Composition:
    """The product's search."""
    tries = int(tries_for(len(people), plan.rounds) * plan.share)
    return compose(people, wishes, chance=chance_of(f"bench {seed}"), tries=tries, guides=guides)


def judged(
    composition: Composition, people: Sequence[Person], wishes: Wishes, guides: Sequence[Person], seconds: float
) -> Run:
    """What a composition gives."""
    by_key, leading = {one.key: one for one in people}, {one.key: one for one in guides}
    reports = [each for tables in composition for each in tables_of(tables, by_key, wishes, leading)]
    spreads = [spread for tables in composition for spread in spreads_of(tables, by_key)]
    company = company_of(composition)
    return Run(
        seconds, 100 * company.pairs / company.possible, company.fewest, sum(len(each.unmet) for each in reports),
        100 * sum(not spread.is_even for spread in spreads) / len(spreads),
    )  # fmt: skip


def is_honest(composition: Composition, people: Sequence[Person], plan: Plan) -> bool:
    """Whether everybody sits in one room in each round, and no room has more than its share."""
    size = -(-len(people) // plan.rooms)
    everybody = sorted(one.key for one in people)
    return len(composition) == plan.rounds and all(
        sorted(key for table in tables for key in table.people) == everybody
        and all(len(table.people) <= size for table in tables)
        for tables in composition
    )


def measure(plan: Plan) -> tuple[dict[str, list[Run]], bool]:
    """Runs of each way, and whether the references seated everybody."""
    runs: dict[str, list[Run]] = {"chance": [], "greedy": [], "free": [], "four": []}
    guides, honest = facilitators(plan), True
    langs = [lang for lang in SPOKEN if lang not in RARE]
    routes = frozenset(itertools.permutations([*langs, "en"], 2))
    free = Wishes(rooms=plan.rooms, rounds=plan.rounds, most_languages=len(SPOKEN))
    four = Wishes(rooms=plan.rooms, rounds=plan.rounds, most_languages=4, routes=routes)
    for seed in range(plan.passes):
        people = members(plan, seed)
        ways: dict[str, tuple[Wishes, Sequence[Person], Callable[[], Composition]]] = {
            "chance": (free, (), lambda: by_chance(people, plan, seed)),  # noqa: B023 (called in this turn)
            "greedy": (free, (), lambda: by_greed(people, plan, seed)),  # noqa: B023
            "free": (free, (), lambda: ours(people, free, (), plan, seed)),  # noqa: B023
            "four": (four, guides, lambda: ours(people, four, guides, plan, seed)),  # noqa: B023
        }
        for name, (wishes, leading, way) in ways.items():
            began = time.process_time()
            composition = way()
            runs[name].append(judged(composition, people, wishes, leading, time.process_time() - began))
            honest = honest and (name not in ("chance", "greedy") or is_honest(composition, people, plan))
    return runs, honest


def rows_of(runs: dict[str, list[Run]], *, honest: bool) -> list[report.Row]:
    """The figures, ratios first."""

    def row(way: str, field: str, name: str, unit: str, gate: float, target: float, better: str) -> report.Row:
        values = [float(getattr(run, field)) for run in runs[way]]
        worst = min(values) if better == "higher" else max(values)
        middle = statistics.median(values)
        return report.Row(name, round(middle, 2), unit, gate, target, better, round(worst, 2))

    def ratios(name: str, way: str, field: str, gate: float, target: float) -> report.Row:
        pairs = zip(runs["free"], runs[way], strict=True)
        values = [(getattr(mine, field), getattr(theirs, field)) for mine, theirs in pairs]
        better = [mine / theirs if field == "met" else theirs / max(mine, 1) for mine, theirs in values]
        return report.ratio_row(name, better, gate=gate, target=target, valid=honest)

    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        ratios("pairs met, ours to chance", "chance", "met", 1.05, 1.07),
        ratios("pairs met, ours to greedy", "greedy", "met", 0.99, 1.0),
        ratios("traits even, ours to chance", "chance", "uneven", 2.0, 8.0),
        ratios("traits even, ours to greedy", "greedy", "uneven", 2.0, 8.0),
        row("free", "met", "pairs met, no limit", "%", 98, 99.9, "higher"),
        row("free", "seconds", "CPU, no limit", "s", 10, 5, "lower"),
        row("free", "fewest", "fewest met by anyone", "of 35", 30, 34, "higher"),
        row("free", "uneven", "traits uneven, no limit", "%", 40, 10, "lower"),
        row("four", "uncovered", "musts broken, 4 languages", "pairs", 0, 0, "lower"),
        row("four", "met", "pairs met, 4 languages", "%", 93, 98, "higher"),
        row("four", "seconds", "CPU, 4 languages", "s", 20, 5, "lower"),
        report.Row("memory", round(memory, 1), "MB", 100, 40, "lower", round(memory, 1)),
    ]


def main() -> int:
    """Measure and report."""
    arguments = report.arguments(__doc__)
    runs, honest = measure(Plan(passes=2 if arguments.quick else 5))
    return report.finish("allocation", rows_of(runs, honest=honest), packages=("hemicycle",), as_json=arguments.json)


if __name__ == "__main__":
    sys.exit(main())
