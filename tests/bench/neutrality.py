"""`python -m tests.bench.neutrality`: how often a planted bias is found, and how often a fair chair is accused.

Chairs of three kinds lead rooms of twelve in two groups of six, and traits that mean nothing are asked about as well.
"""

from __future__ import annotations

import sys
from random import Random

from facilitation.core.neutrality import Neutrality, neutrality
from rooms.core.overrides import ledger_of
from tests.bench.chairing import (
    BIASED,
    FAIR,
    FAVOURED,
    GENEROUS,
    HIDING,
    INVITING,
    PEOPLE,
    STRICT_WITH_OTHERS,
    Chair,
    lead,
)
from tests.bench.report import Row, arguments, finish
from tests.core.rooms.sitting import GUIDE

PLANTED = {
    "preferring": BIASED, "cutting": STRICT_WITH_OTHERS, "extending": GENEROUS, "inviting": INVITING, "hiding": HIDING,
}  # fmt: skip
TURNS = 80
ROOMS = 2


def judged(chair: Chair, seed: int, *, turns: int = TURNS) -> Neutrality:
    """What the ledger says of a chair who led a few rooms."""
    ledgers = [ledger_of(lead(chair, seed * ROOMS + room, turns=turns)) for room in range(ROOMS)]
    chance = Random(f"traits {seed}")
    groups = {"language: favoured": FAVOURED, "language: other": frozenset(PEOPLE) - FAVOURED}
    for trait in ("age", "town", "education"):
        groups[f"{trait}: one half"] = frozenset(chance.sample(PEOPLE, 6))
    return neutrality(ledgers, GUIDE, groups)


def share(chair: Chair, seeds: range, verdict: str, *, turns: int = TURNS) -> float:
    """Part of the runs that end with this verdict."""
    return sum(judged(chair, seed, turns=turns).verdict == verdict for seed in seeds) / len(seeds)


def rows(runs: int) -> list[Row]:
    """The figures; alarms may exceed what the level allows only as far as chance over so many runs does."""
    seeds, few = range(runs), max(10, runs // 4)
    allowed = round(0.05 + 2 * (0.05 * 0.95 / runs) ** 0.5, 3)
    alarms = share(FAIR, seeds, "sign")
    silent = share(FAIR, range(few), "too few", turns=2)
    return [
        *(
            part(f"found_{name}", share(chair, range(few), "sign"), gate=0.9, target=1.0, remark=f"{few} runs")
            for name, chair in PLANTED.items()
        ),
        part("false_alarms", alarms, gate=allowed, target=0.05, better="lower", remark=f"{runs} runs"),
        part("says_too_few", silent, gate=0.9, target=1.0, remark="4 turns in all"),
    ]


def part(name: str, value: float, *, gate: float, target: float, remark: str, better: str = "higher") -> Row:
    """A row that tells a part of the runs."""
    value = round(value, 3)
    return Row(name, value, "part of runs", gate, target, better, value, remark=remark)


def main() -> int:
    """Run it."""
    chosen = arguments(__doc__)
    return finish("neutrality", rows(40 if chosen.quick else 400), packages=("hemicycle",), as_json=chosen.json)


if __name__ == "__main__":
    sys.exit(main())
