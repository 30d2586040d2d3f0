"""Which way a text goes from one language to another: a reviewed table of measured routes, and what is installed.

Scores are chrF2 on the first 300 sentences of NTREX-128, as `hemicycle languages evaluate` gave them on Debian 12; with
Galician and Basque on the Universal Declaration, too well known to set beside the others. `python -m
tests.bench.routes` measures them again; docs/decisions/0021 tells more. Catalan, not Spanish, is the better hub for
French, Italian and Portuguese; Italian is reached through it in spite of a tie, because spa-ita renders "para" as
"gives birth".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kernel.languages import base_of, is_foreign
from translation.core.hops import Hop, Kind

MAX_HOPS = 3
_RULES = "apertium"

_MEASURED = """
en-es 48.5|en-es-ca-fr 39.9|en-ca 45.2|en-ca-es-it 44.5|en-ca-it 44.3|en-ca-pt 45.3
es-en 50.5|es-ca-fr 46.4|es-fr 44.7|es-ca 57.2|es-it 50.4|es-ca-it 50.2|es-ca-pt 53.2|es-pt 52.5
fr-ca-es-en 42.1|fr-es-en 41.5|fr-ca-es 47.6|fr-es 46.3|fr-ca 46.0
fr-ca-it 45.5|fr-es-it 44.0|fr-ca-pt 45.2|fr-es-pt 43.1
ca-es-en 48.8|ca-en 47.1|ca-es 59.5|ca-fr 46.2|ca-it 50.4|ca-pt 52.5
it-ca-es-en 48.1|it-es-en 47.7|it-ca-es 52.3|it-es 51.3|it-ca-fr 45.9|it-es-fr 43.4
it-ca 49.9|it-ca-pt 51.6|it-es-pt 48.2
pt-es-en 49.4|pt-ca-en 47.1|pt-ca-es 55.6|pt-es 55.2|pt-ca-fr 45.5|pt-es-fr 43.8
pt-ca 52.3|pt-es-it 50.2|pt-ca-it 49.9
ro-es 48.2|ro-es-ca 46.1|ro-es-en 45.2|ro-es-it 45.3|ro-es-ca-pt 45.3|ro-es-ca-fr 41.8
es-gl 90.7|gl-es 90.7|pt-gl 63.0|gl-pt 64.2|gl-en 52.2|en-gl 50.2|eu-es 39.4|sv-da 50.2|da-sv 51.6
ca-es-gl 74.6|fr-es-gl 61.4|fr-ca-es-gl 65.0|it-ca-es-gl 57.8|pt-es-gl 63.6|en-es-gl 52.0|ro-es-gl 55.0
gl-es-ca 73.6|gl-es-fr 60.3|gl-es-ca-fr 60.9|gl-es-it 54.9|gl-es-ca-it 54.3|gl-es-pt 63.5|gl-es-ca-pt 62.2|gl-es-en 52.8
eu-es-ca 37.3|eu-es-fr 35.2|eu-es-en 36.0|eu-es-it 35.4|eu-es-ca-it 35.1|eu-es-pt 35.7|eu-es-gl 38.1
"""

ROUGH_BELOW = 42.0
"""Measured routes with less leave no more than the gist, whatever the languages."""

WELL_KNOWN = frozenset({"gl", "eu"})
"""Languages whose routes were measured on the Universal Declaration, for want of news: a text that the makers of rules
and dictionaries know, so that the figure is higher than others would be."""

_REVIEWED = "es-ca-it pt-ca-it en-ca-it"
"""Where a person who read the output decided against the score: no other way by rules is used for the pair."""

_RULES_ARE_BETTER = """
es-ca ca-es es-gl gl-es es-pt pt-es es-oc oc-es es-an an-es es-ast ca-oc oc-ca ca-an an-ca ca-sc
fr-oc oc-fr fr-frp frp-fr pt-gl gl-pt nb-nn nn-nb nb-da da-nb nn-da da-nn nb-sv sv-nb nn-sv sv-nn sv-da da-sv
"""
"""Pairs of close languages where rules and good dictionaries beat a model that pivots through English."""


def _read_measured() -> dict[tuple[str, ...], float]:
    entries = (entry.split() for entry in _MEASURED.strip().replace("\n", "|").split("|"))
    return {tuple(path.split("-")): float(score) for path, score in entries}


MEASURED: Mapping[tuple[str, ...], float] = _read_measured()
REVIEWED = frozenset(tuple(path.split("-")) for path in _REVIEWED.split())
RULES_ARE_BETTER = frozenset((pair.partition("-")[0], pair.partition("-")[2]) for pair in _RULES_ARE_BETTER.split())


Figures = Mapping[str, float]
"""`Route.name` to the chrF measured on this machine; see `translation.evaluation`."""
NO_FIGURES: Figures = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Route:
    """A way of one to three hops. `rough` = readers are told that the text is a rough draft of its meaning."""

    hops: tuple[Hop, ...]
    figure: float | None = None
    """chrF on the operator's own texts."""
    stands_in: bool = False
    """It reads or writes the other script of a language whose scripts are not read alike, for want of the right one."""

    @property
    def path(self) -> tuple[str, ...]:
        """The languages on the way: `("es", "ca", "it")`."""
        return (self.hops[0].source, *(hop.target for hop in self.hops))

    @property
    def kind(self) -> Kind:
        """The weakest kind of hop on the way."""
        kinds = {hop.kind for hop in self.hops}
        return Kind.WORDS if Kind.WORDS in kinds else Kind.RULES if Kind.RULES in kinds else Kind.NEURAL

    @property
    def engine(self) -> str:
        """The engines on the way, each once: `argos+apertium`; `wordbook` where words were only looked up."""
        if self.kind is Kind.WORDS:
            return "wordbook"
        return "+".join(dict.fromkeys(hop.engine for hop in self.hops))

    @property
    def version(self) -> str:
        """The versions on the way, each once."""
        return ", ".join(dict.fromkeys(hop.version for hop in self.hops if hop.version))

    @property
    def name(self) -> str:
        """Way, engines and versions: what a figure was measured for."""
        return f"{' '.join(self.path)} by {self.engine} ({self.version})"

    @property
    def score(self) -> float | None:
        """chrF of the table above; None: not in it."""
        return MEASURED.get(self.path) if self.is_by_rules else None

    @property
    def is_flattered(self) -> bool:
        """Whether the score comes from a text that is too well known to be compared with other scores."""
        return self.score is not None and bool(WELL_KNOWN & {*self.path})

    @property
    def is_by_rules(self) -> bool:
        """Whether every hop is one of Apertium."""
        return all(hop.engine == _RULES for hop in self.hops)

    @property
    def known_score(self) -> float | None:
        """chrF that the table tells of it; a regional variant counts as the language it is a variant of."""
        return MEASURED.get(tuple(map(base_of, self.path))) if self.is_by_rules else None

    @property
    def rough(self) -> bool:
        """Word for word, rules to or from English, another script than the reader's, and chains of rules that nobody
        measured or that did badly."""
        by_rules = [hop for hop in self.hops if hop.kind is Kind.RULES]
        is_unknown = len(by_rules) > 1 and self.known_score is None
        return (
            self.kind is Kind.WORDS
            or self.stands_in
            or any("en" in hop.pair for hop in by_rules)
            or is_unknown
            or (self.known_score or ROUGH_BELOW) < ROUGH_BELOW
        )


def best_route(
    source: str, target: str, hops: Iterable[Hop], *, engines: Sequence[str] = (), figures: Figures = NO_FIGURES
) -> Route | None:
    """The best way from `source` to `target` over the hops there are, or None: the pair is missing.

    `engines` is the operator's order of preference. `figures` decide where the way that goes by rule has one.
    """
    ways = ranked_routes(source, target, hops, engines=engines, figures=figures)
    if not ways or ways[0].figure is None:
        return ways[0] if ways else None
    return max((way for way in ways if way.stands_in == ways[0].stands_in), key=lambda way: way.figure or 0.0)


def ranked_routes(
    source: str, target: str, hops: Iterable[Hop], *, engines: Sequence[str] = (), figures: Figures = NO_FIGURES
) -> list[Route]:
    """Every way from `source` to `target` that may be used, best first by rule."""
    return _reviewed(every_route(source, target, hops, engines=engines, figures=figures))


def every_route(
    source: str, target: str, hops: Iterable[Hop], *, engines: Sequence[str] = (), figures: Figures = NO_FIGURES
) -> list[Route]:
    """The same with the ways that a person decided against."""
    ways = [Route(way) for way in _ways(source, target, list(hops))]
    ways = [Route(way.hops, figures.get(way.name), _is_other_script(way.path, source, target)) for way in ways]
    return sorted(
        ways,
        key=lambda way: (
            way.stands_in, _tier(way, engines), _strangeness(way, source, target), *_rank(way, engines)
        ),
    )  # fmt: skip


def _is_other_script(path: Sequence[str], source: str, target: str) -> bool:
    return is_foreign(path[0], source) or is_foreign(path[-1], target)


def _ways(source: str, target: str, hops: Sequence[Hop]) -> Iterator[tuple[Hop, ...]]:
    """Every way without a circle, from and to variants of both languages too; a chain never mixes word-for-word hops
    with real ones."""
    leaving: dict[str, list[Hop]] = {}
    for hop in hops:
        leaving.setdefault(hop.source, []).append(hop)
    differs = is_foreign if base_of(source) == base_of(target) else _is_another
    arriving = {hop.source for hop in hops if not differs(hop.target, target)}
    stack: list[tuple[Hop, ...]] = [
        (hop,) for start, first in leaving.items() if not differs(start, source) for hop in first
    ]
    while stack:
        way = stack.pop()
        if not differs(way[-1].target, target):
            yield way
        elif len(way) < MAX_HOPS - 1 or (way[-1].target in arriving and len(way) < MAX_HOPS):
            stack.extend((*way, hop) for hop in leaving.get(way[-1].target, ()) if _may_follow(way, hop))


def _is_another(lang: str, wanted: str) -> bool:
    return base_of(lang) != base_of(wanted)


def _may_follow(way: tuple[Hop, ...], hop: Hop) -> bool:
    visited = (way[0].source, *(step.target for step in way))
    is_new = all(is_foreign(lang, hop.target) for lang in visited)
    return is_new and (hop.kind is Kind.WORDS) == (way[0].kind is Kind.WORDS)


def _reviewed(ways: list[Route]) -> list[Route]:
    """Without the ways by rules that a person decided against."""
    if not any(way.path in REVIEWED and way.is_by_rules for way in ways):
        return ways
    return [way for way in ways if way.path in REVIEWED or not way.is_by_rules]


def _strangeness(route: Route, source: str, target: str) -> int:
    """How many ends are only variants of what was asked for, such as `pt` for `pt-BR`."""
    return (route.path[0] != source) + (route.path[-1] != target)


def _rank(route: Route, engines: Sequence[str]) -> tuple[int, int, float, tuple[int, ...], str]:
    """Smaller is better within a tier: hops, the score, the operator's order; the path settles ties for ever."""
    order = tuple(_place(hop.engine, engines) for hop in route.hops)
    return *_length(route), -(route.score or 0.0), order, "-".join(route.path)


def _length(route: Route) -> tuple[int, int]:
    """Rules with English and hops count only among unmeasured routes: among measured ones the score knows better."""
    with_english = sum(hop.kind is Kind.RULES and "en" in hop.pair for hop in route.hops)
    return (with_english, len(route.hops)) if route.score is None else (0, 0)


def _place(engine: str, engines: Sequence[str]) -> int:
    """Place in the operator's order; an engine of their own has a name that the setting does not tell."""
    own = (at for at, name in enumerate(engines) if ":" in name)
    return engines.index(engine) if engine in engines else next(own, len(engines))


def _tier(route: Route, engines: Sequence[str]) -> int:
    if route.kind is Kind.WORDS:
        return 9
    if route.kind is Kind.RULES:
        return _tier_with_rules(route, rules_first=_RULES in engines[:1])
    return len(route.hops) + 1


def _tier_with_rules(route: Route, *, rules_first: bool) -> int:
    if _is_close(route.path[0], route.path[-1]) and route.is_by_rules:
        return 0
    if not route.is_by_rules:  # mixed: a model to the neighbour, then rules to the regional language
        return 3 if _is_close(*route.hops[-1].pair) and len(route.hops) == 2 else 7
    if rules_first:
        return 1
    return 6 if route.known_score is None else 5


def _is_close(source: str, target: str) -> bool:
    return (base_of(source), base_of(target)) in RULES_ARE_BETTER
