"""What the engines of a process have loaded, within one bound for all of them: what was longest unused goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple


class _Held(NamedTuple):
    thing: Any
    memory: int
    let_go: Callable[[], None]


class Shelf:
    """Models and pipelines by engine and name; `limit` in bytes. Safe from several threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, str], _Held] = OrderedDict()

    @property
    def names(self) -> list[tuple[str, str]]:
        """Engine and name of what is loaded, the longest unused first."""
        with self._lock:
            return list(self._held)

    def find(self, engine: str, name: str) -> Any | None:
        """What is loaded under this name; from now on it is what was used last."""
        with self._lock:
            held = self._held.get((engine, name))
            if held is None:
                return None
            self._held.move_to_end((engine, name))
            return held.thing

    def put(self, engine: str, name: str, thing: Any, memory: int, let_go: Callable[[], None]) -> None:
        """Keep something that was just loaded. Whatever no longer fits beside it is let go, of whichever engine."""
        with self._lock:
            self._held[engine, name] = _Held(thing, memory, let_go)
            former = []
            while len(self._held) > 1 and sum(each.memory for each in self._held.values()) > self._limit:
                former.append(self._held.popitem(last=False)[1])
        for each in former:
            each.let_go()

    def drop(self, engine: str, name: str = "") -> None:
        """Let go of this, or of everything of an engine."""
        with self._lock:
            gone = [place for place in self._held if place[0] == engine and name in ("", place[1])]
            former = [self._held.pop(place) for place in gone]
        for each in former:
            each.let_go()
