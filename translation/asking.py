"""A text brought into one language for whoever asks, by the dispatcher of all texts; nothing of it is kept."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress

from django.core.cache import cache

from kernel import ids
from live import bus, hub
from translation import bell
from translation.bell import PATIENCE_S, Question

_ANSWER = "translation.answer"
_waiting: dict[str, Future[str | None]] = {}


def ask(text: str, *, source: str, target: str, scope: str) -> str | None:
    """`text` in `target` (BCP 47); None where there is no way, or it takes too long. Waits: not from an event loop."""
    question = Question(ids.new_key(), text, source, target, scope)
    future = _waiting[question.key] = Future()
    try:
        _put(question)
        with suppress(TimeoutError):
            return future.result(PATIENCE_S)
        return None
    finally:
        del _waiting[question.key]


def _put(question: Question) -> None:
    if desk := bell.any_desk():
        desk.ask(question, lambda text: _answered(question.key, text))
    elif here := hub.running():
        here.loop.call_soon_threadsafe(here.bus.tell, bell.ASK, *question)
    else:
        _answered(question.key, None)


def _answered(key: str, text: str | None) -> None:
    future = _waiting.get(key)
    if future is not None and not future.done():
        future.set_result(text)


def _heard(*fields: str) -> None:
    """Another process asks: of those that dispatch, the first to hear it answers over the bus."""
    question, desk = Question(*fields), bell.any_desk()
    if desk and question.key not in _waiting and cache.add(f"asked.{question.key}", 1, PATIENCE_S):
        desk.ask(question, lambda text: bus.publish_once(bus.News(told=[(_ANSWER, question.key, text)])))


bus.on(bell.ASK, _heard)
bus.on(_ANSWER, _answered)
