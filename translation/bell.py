"""The bell between whoever wants a text and whoever dispatches the work, in this process or another."""

from __future__ import annotations

import threading

from live import bus, hub

_WAKE = "translation.wake"

_bells: set[threading.Event] = set()


def wake() -> None:
    """There is work: ring here, or tell the other processes where nobody listens here. Call after the commit."""
    if _bells:
        ring()
    elif here := hub.running():
        here.loop.call_soon_threadsafe(here.bus.tell, _WAKE)
    else:
        bus.publish_once((), [(_WAKE,)])


def ring() -> None:
    """Wake the dispatchers of this process."""
    for bell in tuple(_bells):
        bell.set()


def listen(bell: threading.Event) -> None:
    """Let `bell` be rung, by this process and by what other processes tell."""
    _bells.add(bell)
    bus.on(_WAKE, ring)


def forget(bell: threading.Event) -> None:
    """No longer. Safe to repeat."""
    _bells.discard(bell)
