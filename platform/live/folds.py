"""The folded state of streams in this process, and how it is brought up to the log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from kernel import wire
from kernel.errors import Refused
from live import bulk
from live.core.kinds import Recorded, StreamKind
from live.models import Event, Stream
from live.registry import EVENTS, kind_of

SNAPSHOT_EVERY = 200
"""Events after which the folded state is stored again beside the log."""


class Fold(NamedTuple):
    """A stream's state after event `seq`; `at` and `head` are that event's."""

    state: Any
    seq: int
    at: int
    head: str
    deadline: int | None
    """Civic milliseconds at which the state moves by itself: asked of the rules once, read by all."""


class Position(NamedTuple):
    """How far a stream is in the log, and where its snapshot stands."""

    id: int
    name: str
    version: int
    last_seq: int
    last_at: int
    head: str
    snapshot_seq: int


_folds: dict[str, Fold] = {}


def folded(kind: StreamKind[Any], state: Any, seq: int, at: int, head: str) -> Fold:
    """The fold with this state, and its deadline."""
    return Fold(state, seq, at, head, kind.next_deadline(state))


def record_of(stream: str, row: Event) -> Recorded[Any]:
    """A row of the log as a typed event, older versions brought up."""
    name, kind = kind_of(stream)
    event_name, data = row.kind, row.data
    if row.version != kind.version:
        event_name, data = kind.upcast(row.version, event_name, data)
    event: Any = wire.decode(EVENTS[name.kind][event_name], data)
    return Recorded(stream, row.seq, row.at, row.by or None, event)


def fold_on(fold: Fold, kind: StreamKind[Any], records: Iterable[tuple[Recorded[Any], str]]) -> Fold:
    """The fold after further (record, head) pairs."""
    state, seq, at, head = fold.state, fold.seq, fold.at, fold.head
    for record, record_head in records:
        state, seq, at, head = kind.evolve(state, record), record.seq, record.at, record_head
    return folded(kind, state, seq, at, head)


def current(row: Position) -> Fold:
    """The fold of a stream up to `row.last_seq`, from memory, the snapshot and the log, whichever is nearest."""
    _, kind = kind_of(row.name)
    fold = _folds.get(row.name)
    if fold and fold.seq == row.last_seq and fold.head == row.head:
        return fold
    if fold is None or fold.seq > row.last_seq or fold.seq < row.snapshot_seq:
        fold = _from_snapshot(row, kind)
    missing = Event.objects.filter(stream=row.id, seq__gt=fold.seq, seq__lte=row.last_seq).order_by("seq")
    return fold_on(fold, kind, ((record_of(row.name, event), event.head) for event in missing))


def _from_snapshot(row: Position, kind: StreamKind[Any]) -> Fold:
    if row.snapshot_seq == 0 or row.version != kind.version:
        return folded(kind, kind.initial(), 0, 0, "")
    snapshot = Stream.objects.values_list("snapshot", flat=True).get(pk=row.id)
    newest = row.snapshot_seq == row.last_seq
    return folded(
        kind,
        wire.decode(kind.state, json.loads(snapshot)),
        row.snapshot_seq,
        row.last_at if newest else 0,
        row.head if newest else "",
    )


def remember(stream: str, fold: Fold) -> None:
    """Keep a committed fold for the next decision; an older one never replaces a newer one."""
    known = _folds.get(stream)
    if known is None or known.seq < fold.seq:
        _folds[stream] = fold


def forget(stream: str | None = None) -> None:
    """Drop what is remembered of a stream, or of all."""
    if stream is None:
        _folds.clear()
    else:
        _folds.pop(stream, None)


def positions(streams: Collection[str], *, lock: bool = False) -> list[Position]:
    """Where these streams are now; unknown ones are absent. With `lock` nobody else moves them in the meantime."""
    return [Position(*row) for row in bulk.select(Stream, Position._fields, lock=lock, name=streams)]


def position(stream: str) -> Position:
    """Where one stream is now, or `Refused("stream.unknown")`."""
    for found in positions([stream]):
        return found
    raise Refused("stream.unknown")
