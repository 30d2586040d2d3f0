"""What could be installed, known without asking anybody: the distribution's Apertium and the public Argos index.

The index is that of June 2025: English with 47 languages both ways, Spanish with Portuguese. An operator's own index
may hold more, and `hemicycle languages list --from INDEX` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from translation.core.codes import APERTIUM_MODES, APERTIUM_PACKAGES, from_argos
from translation.core.hops import Hop, Kind
from translation.core.routes import Route, best_route

_WITH_ENGLISH = """
ar az bg bn ca cs da de el eo es et eu fa fi fr ga gl he hi hu id it ja ko ky lt lv ms nb nl pb pl pt ro ru sk sl sq sv
th tl tr uk ur zh zt
"""
_OTHERS = (("es", "pt"), ("pt", "es"))


def _argos() -> tuple[Hop, ...]:
    langs = _WITH_ENGLISH.split()
    pairs = (*(("en", lang) for lang in langs), *((lang, "en") for lang in langs), *_OTHERS)
    return tuple(Hop("argos", from_argos(a), from_argos(b), folder=f"{a}-{b}") for a, b in pairs)


def _apertium() -> tuple[Hop, ...]:
    modes = APERTIUM_MODES.items()
    return tuple(Hop("apertium", *pair, kind=Kind.RULES, folder=APERTIUM_PACKAGES[mode]) for mode, pair in modes)


INSTALLABLE = {"apertium": _apertium(), "argos": _argos()}
"""Engine to the hops it could offer; `folder` is what to install: the distribution's package, or the pair."""


class State(IntEnum):
    """How well a pair is served; more is better."""

    MISSING = 0
    WORDS = 1
    ROUGH = 2
    GOOD = 3


@dataclass(frozen=True, slots=True)
class Advice:
    """What to install with one engine, and what the pair would then be."""

    engine: str
    names: tuple[str, ...]
    """Packages of the distribution, or pairs in the codes of Argos."""
    state: State


def state_of(route: Route | None) -> State:
    """Missing, word for word, rough, or good."""
    if route is None:
        return State.MISSING
    if route.kind is Kind.WORDS:
        return State.WORDS
    return State.ROUGH if route.rough else State.GOOD


def advice_for(
    source: str, target: str, hops: Iterable[Hop], *, engines: Sequence[str], now: Route | None
) -> tuple[Advice, ...]:
    """What would serve a pair better than its route of `now` does; nothing where it is served well."""
    if state_of(now) is State.GOOD:
        return ()
    offered = list(hops)
    found = [
        _with_more(source, target, offered, engines=engines, engine=name) for name in INSTALLABLE if name in engines
    ]
    return tuple(advice for advice in found if advice and advice.state > state_of(now))


def _with_more(source: str, target: str, offered: list[Hop], *, engines: Sequence[str], engine: str) -> Advice | None:
    known = {(hop.engine, hop.pair) for hop in offered if hop.kind is not Kind.WORDS}
    more = [hop for hop in INSTALLABLE[engine] if (hop.engine, hop.pair) not in known]
    route = best_route(source, target, [*offered, *more], engines=engines)
    names = tuple(dict.fromkeys(hop.folder for hop in route.hops if hop in more)) if route else ()
    return Advice(engine, names, state_of(route)) if names else None
