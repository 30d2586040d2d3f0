"""What can be translated into what, and how: asked here by everybody, whether an engine process runs or not."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from kernel.languages import is_foreign
from translation.core.catalogue import Advice, State, advice_for, state_of
from translation.core.hops import Hop
from translation.core.routes import Route, best_route
from translation.engine import EngineError, Server, Workshop, make_engine
from translation.host import Configuration
from translation.package_folder import read_figures


def configuration() -> Configuration:
    """What the settings say."""
    url, key = settings.LIBRETRANSLATE_URL, settings.LIBRETRANSLATE_API_KEY
    return Configuration(
        packages=settings.TRANSLATION_PACKAGES_DIR,
        engines=tuple(settings.TRANSLATION_ENGINES),
        deadline_s=float(settings.TRANSLATION_DEADLINE_S),
        server=Server(url, key) if url else None,
    )


def offered_hops(tell_missing: Callable[[str], None] = lambda name: None) -> list[Hop]:
    """What the engines of the settings offer, without loading a model."""
    chosen = configuration()
    hops: list[Hop] = []
    for name in chosen.engines:
        try:
            hops.extend(make_engine(name, Workshop(chosen.packages, server=chosen.server)).hops())
        except (ImportError, AttributeError, EngineError):
            tell_missing(name)
    return hops


def route_between(source: str, target: str, hops: Sequence[Hop], chosen: Configuration) -> Route | None:
    """The route that texts take: by the operator's order of engines and the figures measured on this machine."""
    return best_route(source, target, hops, engines=chosen.engines, figures=read_figures(chosen.packages))


@dataclass(frozen=True, slots=True)
class Service:
    """How somebody who reads `target` follows `source`, and what could be installed to serve them better."""

    source: str
    target: str
    route: Route | None
    advice: tuple[Advice, ...]

    @property
    def state(self) -> State:
        """Missing, word for word, rough, or good."""
        return state_of(self.route)


def services_among(langs: Iterable[str], hops: Sequence[Hop]) -> list[Service]:
    """The matrix of these languages: every pair that does not read each other anyhow."""
    engines = configuration().engines
    found = routes_among(langs, hops).items()
    return [Service(*pair, route, advice_for(*pair, hops, engines=engines, now=route)) for pair, route in found]


_INSTALL = {
    "apertium": "apt-get install --no-install-recommends apertium {names}",
    "argos": "hemicycle languages install {names}",
}
"""Engine to the command that brings what it lacks."""


def install_lines(services: Iterable[Service]) -> list[str]:
    """The commands that would serve these pairs better, one for each engine that could."""
    wanted: dict[str, set[str]] = {}
    for advice in (advice for service in services for advice in service.advice):
        wanted.setdefault(advice.engine, set()).update(advice.names)
    return [_INSTALL[engine].format(names=" ".join(sorted(names))) for engine, names in sorted(wanted.items())]


def routes_among(langs: Iterable[str], hops: Sequence[Hop]) -> dict[tuple[str, str], Route | None]:
    """The route of every pair of these languages that do not read each other anyhow; None: missing."""
    chosen = configuration()
    pairs = [pair for pair in itertools.permutations(sorted(set(langs)), 2) if is_foreign(*pair)]
    return {pair: route_between(*pair, hops, chosen) for pair in pairs}


def translated_pairs(langs: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Which of these languages somebody who reads which other can follow: by whatever route, or as a variant of it."""
    known = set(langs)
    found = routes_among(known, offered_hops())
    pairs = itertools.permutations(known, 2)
    return frozenset(pair for pair in pairs if pair not in found or found[pair])
