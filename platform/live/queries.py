"""Reading the log: words, missed events, positions of active streams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from kernel import wire
from live import folds
from live.core.frames import Line
from live.core.kinds import WordsShown
from live.log import lines_of
from live.models import Event, Stream, Withheld, Words
from live.registry import kind_of


def words(keys: Iterable[str]) -> dict[str, WordsShown]:
    """The words of these keys that have been neither erased nor withheld; one query."""
    rows = Words.objects.filter(key__in=list(keys)).exclude(key__in=withheld())
    return {row.key: WordsShown(row.text, row.lang) for row in rows}


def withheld() -> QuerySet[Withheld, str]:
    """Keys of words that are shown to nobody for now, for a query to exclude."""
    return Withheld.objects.values_list("key", flat=True)


def words_withheld(key: str) -> WordsShown | None:
    """Words that are withheld, for whoever may see them all the same; one query."""
    row = Words.objects.filter(key=key, key__in=withheld()).first()
    return WordsShown(row.text, row.lang) if row else None


def lines_after(stream: str, seq: int, *, limit: int) -> list[Line]:
    """Frames of the events of a stream after `seq`, at most `limit`; two queries."""
    _, kind = kind_of(stream)
    rows = list(Event.objects.filter(stream__name=stream, seq__gt=seq).order_by("seq")[:limit])
    records = [folds.record_of(stream, row) for row in rows]
    return lines_of(kind, records, [wire.canonical(row.data) for row in rows], {})


def positions(streams: Sequence[str]) -> dict[str, int]:
    """The last number of each of these streams; one query."""
    return dict(Stream.objects.filter(name__in=streams).values_list("name", "last_seq"))


def overdue(now: int) -> list[str]:
    """Streams whose deadline has passed and that nobody may be serving; one query."""
    return list(Stream.objects.filter(deadline__lte=now).values_list("name", flat=True))
