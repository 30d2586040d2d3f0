"""`python -m tests.bench.routes`: the shipped table of routes, measured again with what is installed here.

Each route of `translation.core.routes.MEASURED` that Apertium offers on this machine translates the first 300 lines of
the news (Galician and Basque: the articles of the Universal Declaration), as `hemicycle languages evaluate` does, and
its chrF2 is set beside the table's. `--table` prints what was measured in the form of the table, to replace it.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import parallel
from tests.bench.report import Row, finish
from translation.core.hops import Hop
from translation.core.routes import MEASURED, WELL_KNOWN, Route
from translation.evaluation import Evaluator, evaluator
from translation.host import Configuration, EngineHost

LINES = 300
QUICK = (("es", "ca"), ("fr", "es"), ("es", "ca", "fr"), ("en", "es"))
SAME = 0.2
"""chrF by which two runs differ without any cause: Apertium's tagger remembers the sentence before."""
Way = tuple[str, ...]


def offered() -> dict[tuple[str, str], Hop]:
    """What Apertium does on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        host = EngineHost(Configuration(Path(folder), ("apertium",)))
        try:
            return {hop.pair: hop for hop in host.hops()}
        finally:
            host.close()


def texts(path: Way) -> tuple[list[str], list[str]]:
    """Texts and what people made of them: of the two ends of a way."""
    rows = articles() if WELL_KNOWN & {*path} else parallel.news()
    both = [(row[path[0]], row[path[-1]]) for row in rows[:LINES] if row[path[0]] and row[path[-1]]]
    return [before for before, _ in both], [after for _, after in both]


def articles() -> Sequence[dict[str, str]]:
    """The Universal Declaration, an article a line."""
    header, *rows = parallel.read_lines("mt-dev/udhr-articles.tsv.xz")
    return [dict(zip(header, row, strict=True)) for row in rows]


def measured(paths: Sequence[Way], hops: dict[tuple[str, str], Hop]) -> Iterator[tuple[Way, float]]:
    """chrF2 of each way, as it comes."""
    with tempfile.TemporaryDirectory() as folder, evaluator(Configuration(Path(folder), ("apertium",))) as measuring:
        for path in paths:
            yield path, figure(measuring, path, hops)


def figure(measuring: Evaluator, path: Way, hops: dict[tuple[str, str], Hop]) -> float:
    """chrF2 of one way."""
    route = Route(tuple(hops[pair] for pair in itertools.pairwise(path)))
    before, after = texts(path)
    return measuring.measure(route, before, after, watch=lambda done: None).chrf


def rows_of(found: dict[Way, float], absent: int) -> list[Row]:
    """How far the table is from what was measured."""
    apart = {path: round(abs(score - MEASURED[path]), 1) for path, score in found.items()}
    worst = max(apart.values(), default=0.0)
    same = round(sum(each <= SAME for each in apart.values()) / len(apart), 3) if apart else 0.0
    said = ", ".join(f"{'-'.join(path)} {found[path]} not {MEASURED[path]}" for path in apart if apart[path] > SAME)
    remark = f"{len(apart)} ways, {absent} not installed here" + (f"; {said}" if said else "")
    return [
        Row("routes_reproduced", same, "share", 0.9, 1.0, "higher", same, bool(apart), remark),
        Row("worst_difference_chrf", worst, "chrF", 1.0, SAME, "lower", worst, bool(apart)),
    ]


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="four ways only, at most a minute")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--table", action="store_true", help="print the table as it was measured here")
    chosen = parser.parse_args()
    hops = offered()
    here = [path for path in MEASURED if all(pair in hops for pair in itertools.pairwise(path))]
    found: dict[Way, float] = {}
    for path, score in measured([path for path in here if path in QUICK or not chosen.quick], hops):
        found[path] = score
        sys.stderr.write(f"{'-'.join(path)} {score} ({MEASURED[path]})\n")
    if chosen.table:
        print("|".join(f"{'-'.join(path)} {score}" for path, score in found.items()))
    rows = rows_of(found, len(MEASURED) - len(here))
    return finish("routes", rows, packages=["sacrebleu"], as_json=chosen.json)


if __name__ == "__main__":
    sys.exit(main())
