"""What an engine is: something that offers hops and brings a batch of texts over one of them.

Engines run in the engine process, which has no network; only a server is asked by that process's parent
(`translation.remote`). They hold no Django, log no text, and pass `tests/shell/translation/conformance.py`.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from translation.core.hops import Hop
from translation.shelf import Shelf

NOT_THERE = "is not there any more"
"""How the reason of a failure ends where what a hop needs was removed: there may be another route."""


class EngineError(Exception):
    """An engine could not do what it was asked; the message names no text."""


class EngineDown(Exception):
    """What translates is not there right now; ask again later."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Stands in a batch's answer where one text failed; the others of the batch are not touched by it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A translation by an engine that knows how sure it is: `standing` counts spreads above what is usual for it."""

    text: str
    standing: float


Translated = str | Scored
"""Plain text where an engine does not know how sure it is."""
Answer = Translated | Failure


def text_of(translated: Translated) -> str:
    """The text alone."""
    return translated.text if isinstance(translated, Scored) else translated


class Engine(Protocol):
    """One way of translating. May be called from two threads, for two hops at a time."""

    name: str

    def hops(self) -> tuple[Hop, ...]:
        """What is offered now; looks again at each call, loads nothing. What is not there is not offered."""

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        """One answer for each text, in order; spans protected by `core.protection` come back with their marks.

        In a `hurry`, people are waiting: an engine that can be quicker at some cost in quality is.

        An engine that knows how sure it is of each says so by `Scored`; all others give the text alone.

        Texts are single sentences without line breaks. Without any, the engine loads what the hop needs: that may
        take many times as long as an answer. Raises `EngineError` for a hop that is not offered.
        """

    def close(self) -> None:
        """End child processes and give memory back; the engine may be used again afterwards."""


@dataclass(frozen=True, slots=True)
class Server:
    """A translation server of the operator's own, and the key it asks for."""

    url: str
    key: str = field(default="", repr=False)
    timeout_s: float = 8.0


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where engines live: the packages' folder, how much memory loaded models and pipelines may take, a server."""

    packages: Path
    memory: int = 2_700_000_000
    server: Server | None = None
    shelf: Shelf = field(init=False, compare=False, repr=False)
    """Where all engines of this workshop keep what they have loaded."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "shelf", Shelf(self.memory))


FACTORIES: Mapping[str, str] = {
    "argos": "translation.argos:ArgosEngine",
    "apertium": "translation.apertium:ApertiumEngine",
    "libretranslate": "translation.libretranslate:LibreTranslateEngine",
}


REMOTE = "libretranslate"
"""The engine that is asked by the parent of the engine process, which itself has no network."""


def make_engine(name: str, workshop: Workshop) -> Engine:
    """The engine of that name; `package.module:factory` names one of the operator's own."""
    module, _, factory = FACTORIES.get(name, name).partition(":")
    if not factory:
        raise EngineError(f"no engine is called {name!r}")
    engine: Engine = getattr(importlib.import_module(module), factory)(workshop)
    return engine
