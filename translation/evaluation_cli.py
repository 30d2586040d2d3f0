"""`hemicycle languages evaluate`: figures and examples of each route of a pair."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kernel.errors import Refused
from translation.core.codes import read_pair
from translation.core.hops import Hop
from translation.core.routes import Route, every_route
from translation.evaluation import (
    Evaluator,
    Result,
    Texts,
    Watch,
    evaluator,
    read_texts,
    require_sacrebleu,
    typical_and_worst,
)
from translation.package_folder import keep_figures
from translation.reach import configuration, offered_hops, route_between

LINES, WAYS = 300, 4


def add_arguments(parser: Any) -> None:
    """What the verb takes."""
    parser.add_argument("--pairs", nargs="+", required=True, metavar="PAIR", help="pairs such as es-it")
    parser.add_argument(
        "--texts", required=True, type=Path, metavar="FILE",
        help="table with tabs, codes of languages in its first line, the same text in each column; may be .xz",
    )  # fmt: skip
    parser.add_argument("--lines", type=int, default=LINES, help=f"how many texts (default {LINES})")
    parser.add_argument("--ways", type=int, default=WAYS, help=f"at most so many routes of a pair (default {WAYS})")
    parser.add_argument("--keep", action="store_true", help="let these figures decide which route is taken from now on")


def evaluate(arguments: argparse.Namespace) -> None:
    """Measure, and print what came out."""
    require_sacrebleu()
    pairs = [_pair(word) for word in arguments.pairs]
    texts, hops = read_texts(arguments.texts), offered_hops()
    for pair in pairs:
        texts.pair(*pair, arguments.lines)  # a column that is missing is told of before an hour of work
    with evaluator(configuration()) as measuring:
        for pair in pairs:
            _evaluate(measuring, pair, texts, hops, arguments)


def _pair(word: str) -> tuple[str, str]:
    pair = read_pair(word)
    if pair is None:
        raise Refused("language.unknown", language=word[:40])
    return pair


def _evaluate(
    measuring: Evaluator, pair: tuple[str, str], texts: Texts, hops: Sequence[Hop], arguments: argparse.Namespace
) -> None:
    before, references = texts.pair(*pair, arguments.lines)
    routes = every_route(*pair, hops, engines=configuration().engines)[: max(1, arguments.ways)]
    print(f"{'-'.join(pair)}: {len(before)} texts, {len(routes)} routes")
    results = [measuring.measure(route, before, references, watch=_progress(route)) for route in routes]
    used = route_between(*pair, hops, configuration())
    for result in sorted(results, key=lambda each: -each.chrf):
        print(_line(result, is_used=used is not None and result.route.hops == used.hops))
    if results:
        _show_examples(pair, before, references, results)
    if arguments.keep:
        keep_figures(configuration().packages, {result.route.name: result.chrf for result in results})


def _line(result: Result, *, is_used: bool) -> str:
    pace = 1000 * result.seconds / len(result.translated)
    marks = f"{result.doubtful} doubtful, {result.failed} failed, {pace:.0f} ms a text"
    used = ", used now" if is_used else ""
    return f"  chrF {result.chrf:5.1f}  BLEU {result.bleu:5.1f}  {_name(result.route)}  ({marks}{used})"


def _name(route: Route) -> str:
    return f"{route.engine} {'-'.join(route.path)}"


def _show_examples(
    pair: tuple[str, str], before: Sequence[str], references: Sequence[str], results: Sequence[Result]
) -> None:
    """The texts with the middle and the lowest figure of the first route, as every route renders them."""
    for name, at in zip(("typical", "worst"), typical_and_worst(results[0], references), strict=True):
        print(f"  {name}, line {at + 1}\n    {pair[0]}: {before[at]}\n    {pair[1]}: {references[at]}")
        for result in results:
            print(f"    {_name(result.route)}: {result.translated[at] or '(failed)'}")


def _progress(route: Route) -> Watch:
    """A line on a terminal that counts up; nothing where nobody watches."""

    def watch(done: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r  {_name(route)}: {done}\033[K")

    return watch
