"""Two lanes that take what waits to the engine process: one hop at a time each, everything that waits for it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from translation.core.hops import Hop
from translation.core.queue import Urgency, Waiting, choose
from translation.engine import Answer, Failure
from translation.host import EngineDown, EngineHost
from translation.process import LANES

log = structlog.get_logger(__name__)
Done = Callable[[list[Answer] | None], None]


@dataclass(frozen=True, slots=True)
class Request:
    """Sentences for one hop. `done` gets an answer for each, or None when no engine process can be had."""

    hop: Hop
    sentences: Sequence[str]
    room: str
    urgency: Urgency
    done: Done


class Scheduler:
    """The queue in front of an `EngineHost`; `done` is called from a lane and must not wait."""

    def __init__(self, host: EngineHost) -> None:
        self._host = host
        self._changed = threading.Condition()
        self._waiting: list[tuple[Waiting, Request]] = []
        self._busy: set[str] = set()
        self._arrivals = itertools.count()
        self._closing = False
        self._lanes = [threading.Thread(target=self._lane, name="translation-lane", daemon=True) for _ in range(LANES)]
        for lane in self._lanes:
            lane.start()

    def put(self, request: Request) -> None:
        """Queue a request; an answer comes later, from another thread."""
        size = sum(map(len, request.sentences))
        place = Waiting(_name(request.hop), request.room, request.urgency, next(self._arrivals), size)
        with self._changed:
            self._waiting.append((place, request))
            self._changed.notify()

    def close(self) -> None:
        """Stop the lanes; requests that still wait are dropped, their rows stay wanted."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
            self._changed.notify_all()
        self._host.close()
        for lane in self._lanes:
            lane.join(timeout=2)

    def _lane(self) -> None:
        while batch := self._take():
            try:
                self._translate(batch)
            finally:
                with self._changed:
                    self._busy.discard(_name(batch[0].hop))
                    self._changed.notify_all()

    def _take(self) -> list[Request]:
        """The next batch, its hop marked busy; waits for one. Empty when closing."""
        with self._changed:
            while not self._closing:
                chosen = choose([place for place, _ in self._waiting], self._busy)
                if chosen:
                    batch = [self._waiting[index][1] for index in chosen]
                    taken = set(chosen)
                    self._waiting = [each for index, each in enumerate(self._waiting) if index not in taken]
                    self._busy.add(_name(batch[0].hop))
                    return batch
                self._changed.wait()
        return []

    def _translate(self, batch: Sequence[Request]) -> None:
        sentences = [sentence for request in batch for sentence in request.sentences]
        try:
            answers: list[Answer] | None = self._host.translate(batch[0].hop, sentences)
        except EngineDown:
            answers = None
        except Exception:
            log.exception("batch failed", hop=batch[0].hop.pair, sentences=len(sentences))
            answers = [Failure("failed")] * len(sentences)
        rest = iter(answers or [])
        for request in batch:
            _tell(request, None if answers is None else [next(rest) for _ in request.sentences])


def _tell(request: Request, answers: list[Answer] | None) -> None:
    """A listener that breaks costs its own text, never the lane."""
    try:
        request.done(answers)
    except Exception:
        log.exception("answer could not be used", hop=request.hop.pair)


def _name(hop: Hop) -> str:
    return f"{hop.engine}/{hop.source}-{hop.target}/{hop.folder}"
