"""Laws that every stream keeps, asserted by one function for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kernel import wire
from live import folds, services
from live.models import Event
from live.registry import kind_of


def assert_law(stream: str, act: Callable[[], object]) -> list[str]:
    """Earlier snapshot + events = later snapshot, for whatever `act` writes to the stream.

    The earlier state travels as a client gets it; the later one is read by a process that remembers nothing.
    Returns the names of the events.
    """
    _, kind = kind_of(stream)
    before = services.load(stream)
    received = wire.parse(wire.dumps(wire.encode(before.state)), limit=10**8)
    act()
    rows = list(Event.objects.filter(stream__name=stream, seq__gt=before.seq).order_by("seq"))
    folds.forget(stream)
    after = services.load(stream)

    assert [row.seq for row in rows] == list(range(before.seq + 1, after.seq + 1)), "numbers without gaps"
    state = wire.decode(kind.state, received)
    for row in rows:
        state = kind.evolve(state, folds.record_of(stream, row))
    assert state == after.state, "earlier snapshot + events = later snapshot"
    assert_log_alone(stream)
    return [row.kind for row in rows]


def assert_log_alone(stream: str) -> None:
    """The whole log, folded from nothing, is the state that is loaded."""
    _, kind = kind_of(stream)
    state = kind.initial()
    for row in Event.objects.filter(stream__name=stream).order_by("seq"):
        state = kind.evolve(state, folds.record_of(stream, row))
    folds.forget(stream)
    loaded = services.load(stream).state
    assert state == loaded, "the log alone leads to the state"
    assert _spelled(state) == _spelled(loaded), "in the same order, too"


def _spelled(state: Any) -> str:
    return wire.dumps(wire.encode(state))
