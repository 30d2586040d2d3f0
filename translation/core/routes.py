"""Which way a text goes from one language to another: a reviewed table of measured routes, and what is installed.

Scores are chrF2 on the first 300 sentences of NTREX-128 (Galician, Basque: on the Universal Declaration),
measured on Debian 12; docs/decisions/0021 tells how. Catalan, not Spanish, is the better hub for French, Italian
and Portuguese; Italian is reached through it in spite of a tie, because spa-ita renders "para" as "gives birth".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from translation.core.hops import Hop, Kind

MAX_HOPS = 3
_RULES = "apertium"

_MEASURED = """
en-es 48.6|en-es-ca-fr 39.9|en-ca 45.2|en-ca-es-it 44.5|en-ca-it 44.3|en-ca-pt 45.3
es-en 50.5|es-ca-fr 46.4|es-fr 44.7|es-ca 57.4|es-it 50.5|es-ca-it 50.3|es-ca-pt 53.3|es-pt 52.5
fr-ca-es-en 42.2|fr-es-en 41.5|fr-ca-es 47.6|fr-es 46.3|fr-ca 46.0
fr-ca-it 45.5|fr-es-it 44.0|fr-ca-pt 45.2|fr-es-pt 43.1
ca-es-en 48.8|ca-en 47.1|ca-es 59.5|ca-fr 46.2|ca-it 50.4|ca-pt 52.6
it-ca-es-en 48.2|it-es-en 47.6|it-ca-es 52.3|it-es 51.3|it-ca-fr 45.9|it-es-fr 43.3
it-ca 49.9|it-ca-pt 51.6|it-es-pt 48.2
pt-es-en 49.4|pt-ca-en 47.1|pt-ca-es 55.6|pt-es 55.2|pt-ca-fr 45.5|pt-es-fr 43.8
pt-ca 52.3|pt-es-it 50.2|pt-ca-it 49.9
ro-es 48.2|ro-es-ca 46.1|ro-es-en 45.2|ro-es-it 45.2|ro-es-ca-pt 45.3|ro-es-ca-fr 41.8
es-gl 90.7|gl-es 90.7|pt-gl 63.0|gl-pt 64.2|gl-en 52.2|en-gl 50.2|eu-es 39.4|sv-da 50.2|da-sv 51.6
"""

_REVIEWED = "es-ca-it pt-ca-it en-ca-it"
"""Where a person who read the output decided against the score."""

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


@dataclass(frozen=True, slots=True)
class Route:
    """A way of one to three hops. `rough` = readers are told that the text is a rough draft of its meaning."""

    hops: tuple[Hop, ...]
    score: float | None = None

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
    def rough(self) -> bool:
        """Word for word, rules to or from English, and unmeasured chains of rules are rough."""
        by_rules = [hop for hop in self.hops if hop.kind is Kind.RULES]
        return (
            self.kind is Kind.WORDS
            or any("en" in hop.pair for hop in by_rules)
            or (len(by_rules) > 1 and self.score is None)
        )


def best_route(source: str, target: str, hops: Iterable[Hop], *, engines: Sequence[str] = ()) -> Route | None:
    """The best way from `source` to `target` over the hops there are, or None: the pair is missing.

    `engines` is the operator's order of preference; hops of engines it does not name are not used.
    """
    usable = [hop for hop in hops if not engines or hop.engine in engines]
    candidates = list(_routes(source, target, usable))
    return min(candidates, key=lambda route: _rank(route, engines)) if candidates else None


def _routes(source: str, target: str, hops: Sequence[Hop]) -> Iterator[Route]:
    """Every way without a circle; a chain never mixes word-for-word hops with real ones."""
    leaving: dict[str, list[Hop]] = {}
    for hop in hops:
        leaving.setdefault(hop.source, []).append(hop)
    stack: list[tuple[Hop, ...]] = [(hop,) for hop in leaving.get(source, ())]
    while stack:
        way = stack.pop()
        if way[-1].target == target:
            yield Route(way, _score(way))
        elif len(way) < MAX_HOPS:
            stack.extend((*way, hop) for hop in leaving.get(way[-1].target, ()) if _may_follow(way, hop))


def _may_follow(way: tuple[Hop, ...], hop: Hop) -> bool:
    visited = {way[0].source, *(step.target for step in way)}
    return hop.target not in visited and (hop.kind is Kind.WORDS) == (way[0].kind is Kind.WORDS)


def _score(way: tuple[Hop, ...]) -> float | None:
    path = (way[0].source, *(hop.target for hop in way))
    return MEASURED.get(path) if all(hop.engine == _RULES for hop in way) else None


def _rank(route: Route, engines: Sequence[str]) -> tuple[int, bool, int, float, str]:
    """Smaller is better: tier, a person's review, hops, the measured score; the path itself settles ties for ever."""
    reviewed = route.score is not None and route.path in REVIEWED
    return (_tier(route, engines), not reviewed, _length(route), -(route.score or 0.0), "-".join(route.path))


def _length(route: Route) -> int:
    """Hops count only among unmeasured routes: among measured ones the score knows better."""
    return len(route.hops) if route.score is None else 0


def _tier(route: Route, engines: Sequence[str]) -> int:
    rules_first = _RULES in engines and "argos" in engines and engines.index(_RULES) < engines.index("argos")
    if route.kind is Kind.WORDS:
        return 9
    if route.kind is Kind.RULES:
        return _tier_with_rules(route, rules_first=rules_first)
    return len(route.hops) + 1


def _tier_with_rules(route: Route, *, rules_first: bool) -> int:
    close = route.hops[0].source, route.hops[-1].target
    if close in RULES_ARE_BETTER and route.engine == _RULES:
        return 0
    if route.engine != _RULES:  # mixed: a model to the neighbour, then rules to the regional language
        return 3 if route.hops[-1].pair in RULES_ARE_BETTER and len(route.hops) == 2 else 7
    if rules_first:
        return 1
    return 5 if route.score is not None else 6
