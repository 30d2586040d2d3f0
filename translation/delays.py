"""How long readers waited for translations: from the commit of a text to the moment its translation was told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction

from kernel import clock
from translation.core.delays import bound_of, within
from translation.core.queue import Urgency
from translation.leases import Leased
from translation.models import Delay
from translation.services import Finished

PAUSE_S = 5.0
"""At least so long between two writes."""
MOST_KNOWN = 10_000
Key = tuple[str, str, str, int]
"""Scope, source, target, step in milliseconds."""


class Delays:
    """What one dispatcher has measured and not stored yet."""

    def __init__(self) -> None:
        self._counts: Counter[Key] = Counter()
        self._since: dict[str, float] = {}
        self._next = 0.0

    def began(self, taken: Iterable[Leased]) -> None:
        """These were taken in hand. Safe to repeat: a second try is the same wait."""
        for leased in taken:
            if leased.since and leased.urgency is Urgency.LIVE:
                self._since.setdefault(leased.key, leased.since)
        while len(self._since) > MOST_KNOWN:  # what another process finished is never told here
            del self._since[next(iter(self._since))]

    def note(self, finished: Iterable[Finished]) -> None:
        """These were told just now; counts the translations whose beginning is known."""
        now = clock.monotonic()
        for each in finished:
            leased, since = each.leased, self._since.pop(each.leased.key, 0.0)
            if since and each.status == "machine":
                step = bound_of((now - since) * 1000)
                self._counts[leased.scope, leased.source, leased.target, step] += 1

    def due(self, now: float) -> Mapping[Key, int]:
        """What should be stored now, once."""
        if not self._counts or now < self._next:
            return {}
        self._next = now + PAUSE_S
        counts, self._counts = self._counts, Counter()
        return counts


@transaction.atomic
def store(counts: Mapping[Key, int]) -> None:
    """Add to what is there. Not safe to repeat."""
    rows = [(*key, texts) for key, texts in sorted(counts.items())]
    table = Delay._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (scope, source, target, at_most_ms, texts) VALUES (%s, %s, %s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (scope, source, target, at_most_ms) DO UPDATE SET texts = {table}.texts + excluded.texts",
            rows,
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """Within how many milliseconds half of the texts came, and 95 of 100."""

    half_ms: int
    most_ms: int


def waiting_by_pair(scope: str) -> dict[tuple[str, str], Waiting]:
    """How long readers waited, by pair of languages; one query."""
    found: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for source, target, step, texts in _rows(scope):
        found[source, target][step] = texts
    return {pair: waiting for pair, counts in found.items() if (waiting := _waiting(counts))}


def waiting_of(scope: str) -> Waiting | None:
    """The same of all languages together; one query."""
    counts: Counter[int] = Counter()
    for _, _, step, texts in _rows(scope):
        counts[step] += texts
    return _waiting(counts)


def _rows(scope: str) -> Iterable[tuple[str, str, int, int]]:
    return Delay.objects.filter(scope=scope).values_list("source", "target", "at_most_ms", "texts")


def _waiting(counts: Mapping[int, int]) -> Waiting | None:
    half, most = within(counts, 50), within(counts, 95)
    return Waiting(half, most) if half and most else None
