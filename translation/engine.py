"""What an engine is: something that offers hops and brings a batch of texts over one of them.

Engines run in the engine process only. They hold no Django, log no text, and pass
`tests/shell/translation/conformance.py`.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from translation.core.hops import Hop


class EngineError(Exception):
    """An engine could not do what it was asked; the message names no text."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Stands in a batch's answer where one text failed; the others of the batch are not touched by it."""

    reason: str


Answer = str | Failure


class Engine(Protocol):
    """One way of translating. May be called from two threads, for two hops at a time."""

    name: str

    def hops(self) -> tuple[Hop, ...]:
        """What is offered now; looks at the disk again at each call, loads nothing."""

    def translate(self, hop: Hop, texts: Sequence[str]) -> list[Answer]:
        """One answer for each text, in order; spans protected by `core.protection` come back with their marks.

        Texts are single sentences without line breaks. Without any, the engine loads what the hop needs: that may
        take many times as long as an answer. Raises `EngineError` for a hop that is not offered.
        """

    def close(self) -> None:
        """End child processes and give memory back; the engine may be used again afterwards."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where engines live: the packages' folder and how much memory loaded models and pipelines may take."""

    packages: Path
    memory: int = 2_700_000_000


_FACTORIES: Mapping[str, str] = {
    "argos": "translation.argos:ArgosEngine",
    "apertium": "translation.apertium:ApertiumEngine",
}


def make_engine(name: str, workshop: Workshop) -> Engine:
    """The engine of that name; `package.module:factory` names one of the operator's own."""
    module, _, factory = _FACTORIES.get(name, name).partition(":")
    if not factory:
        raise EngineError(f"no engine is called {name!r}")
    engine: Engine = getattr(importlib.import_module(module), factory)(workshop)
    return engine
