"""What can be translated into what, asked without an engine process: for pages and the command line."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from translation.core.hops import Hop
from translation.core.routes import best_route
from translation.dispatcher import configuration
from translation.engine import EngineError, Workshop, make_engine
from translation.services import is_foreign


def offered_hops(tell_missing: Callable[[str], None] = lambda name: None) -> list[Hop]:
    """What the engines of the settings offer, without loading a model."""
    chosen = configuration()
    hops: list[Hop] = []
    for name in chosen.engines:
        try:
            hops.extend(make_engine(name, Workshop(chosen.packages)).hops())
        except (ImportError, AttributeError, EngineError):
            tell_missing(name)
    return hops


def translated_pairs(langs: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Which of these languages somebody who reads which other can follow: by whatever route, or as a variant of it."""
    hops, ranked = offered_hops(), configuration().ranked
    pairs = itertools.permutations(sorted(set(langs)), 2)
    return frozenset(pair for pair in pairs if not is_foreign(*pair) or best_route(*pair, hops, engines=ranked))
