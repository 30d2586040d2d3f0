"""How late the texts of each stream are, as one dispatcher sees it, and when that is worth telling."""

from __future__ import annotations

import statistics
from collections import defaultdict, deque

NOTABLE_MS = 2_000
"""Lags below this count as none, and changes below this are not told."""
PAUSE_S = 5.0
"""At least so long between two reports of one stream."""
MEMORY_S = 60.0
"""How long a text that has come says something about the next."""
LAST = 5
PATIENCE_S = 120.0
"""A text that has been on its way for longer says nothing any more: it was given up, or another took it."""


class Lags:
    """Texts on their way and texts that came, by stream. All moments are monotonic seconds."""

    def __init__(self) -> None:
        self._running: dict[str, tuple[str, float]] = {}
        self._came: defaultdict[str, deque[tuple[float, float]]] = defaultdict(lambda: deque(maxlen=LAST))
        self._told: dict[str, tuple[int, float]] = {}

    def began(self, key: str, root: str, at: float) -> None:
        """This text of `root` is wanted. Safe to repeat: a second try is the same wait."""
        self._running.setdefault(key, (root, at))

    def ended(self, key: str, at: float) -> None:
        """This text has come, or never will. Safe to repeat."""
        if found := self._running.pop(key, None):
            root, since = found
            self._came[root].append((at, at - since))

    def due(self, now: float) -> list[tuple[str, int]]:
        """Streams whose lag has changed notably since it was told, with the lag in milliseconds: whole seconds."""
        self._running = {key: found for key, found in self._running.items() if now - found[1] <= PATIENCE_S}
        roots = {root for root, _ in self._running.values()} | self._came.keys() | self._told.keys()
        changed = [(root, lag) for root in sorted(roots) if self._is_news(root, lag := self.lag_ms(root, now), now)]
        self._told |= {root: (lag, now) for root, lag in changed}
        return changed

    def lag_ms(self, root: str, now: float) -> int:
        """What the last texts took, or how long the oldest has been on its way if that is more; 0 if not notable."""
        took = [took for at, took in self._came[root] if now - at <= MEMORY_S] if root in self._came else []
        waits = max((now - since for other, since in self._running.values() if other == root), default=0.0)
        seconds = max(statistics.median(took) if took else 0.0, waits)
        return 0 if seconds * 1000 < NOTABLE_MS else -(-round(seconds * 1000) // 1000) * 1000

    def _is_news(self, root: str, lag: int, now: float) -> bool:
        if root not in self._told:
            return True  # what an earlier process told may still stand
        before, at = self._told[root]
        return abs(lag - before) >= NOTABLE_MS and now - at >= PAUSE_S
