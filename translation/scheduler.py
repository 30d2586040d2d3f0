"""Lanes that take what waits to whoever translates: one hop at a time each, everything that waits for it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from translation.core.hops import Hop
from translation.core.queue import MAX_BATCH, Urgency, Waiting, choose, is_hurried
from translation.engine import Answer, EngineDown, Failure, Translated
from translation.host import EngineHost
from translation.process import LANES

log = structlog.get_logger(__name__)
Done = Callable[[list[Answer] | None], None]

REMEMBERED = 20_000
"""Sentences whose translation over one hop is kept in memory: pivots, repeated phrases, what was typed ahead."""
REMOTE_LANES = 2


@dataclass(frozen=True, slots=True)
class Request:
    """Sentences for one hop. `done` gets an answer for each, or None when nobody is there who translates."""

    hop: Hop
    sentences: Sequence[str]
    room: str
    urgency: Urgency
    done: Done
    since: float = 0.0
    """When the text was brought, in monotonic seconds, for the second hop of a way is as old as the first; 0 = now."""


class Scheduler:
    """The queue in front of an `EngineHost`; `done` is called from a lane, or at once, and must not wait.

    No sentence is translated twice over a hop while it is remembered: a hop is in one lane at a time, and what the
    batch before it brought is known when the next is taken.
    """

    def __init__(self, host: EngineHost) -> None:
        self._host = host
        self._memory = Memory()
        self._changed = threading.Condition()
        self._waiting: list[tuple[Waiting, Request]] = []
        self._busy: set[str] = set()
        self._closing = False
        lanes = [False] * LANES + [True] * (REMOTE_LANES if host.remote else 0)
        self._lanes = [
            threading.Thread(target=self._lane, args=(is_remote,), name="translation-lane", daemon=True)
            for is_remote in lanes
        ]
        for lane in self._lanes:
            lane.start()

    def put(self, request: Request) -> None:
        """Queue a request; an answer comes later, from another thread, or at once where all is remembered."""
        known = self._memory.recall(request.hop, request.sentences)
        if request.sentences and len(known) == len(set(request.sentences)):
            _tell(request, [known[sentence] for sentence in request.sentences])
            return
        for part in _in_parts(request):
            size = sum(map(len, part.sentences))
            place = Waiting(_name(part.hop), part.room, part.urgency, part.since or time.monotonic(), size)
            with self._changed:
                self._waiting.append((place, part))
                self._changed.notify_all()

    def close(self) -> None:
        """Stop the lanes; requests that still wait are dropped, their rows stay wanted."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
            self._changed.notify_all()
        self._host.close()
        for lane in self._lanes:
            lane.join(timeout=2)

    def _lane(self, is_remote: bool) -> None:
        while taken := self._take(is_remote=is_remote):
            batch, hurry = taken
            try:
                self._translate(batch, hurry=hurry)
            finally:
                with self._changed:
                    self._busy.discard(_name(batch[0].hop))
                    self._changed.notify_all()

    def _take(self, *, is_remote: bool) -> tuple[list[Request], bool] | None:
        """The next batch, its hop marked busy, and whether people have waited; waits for one. None when closing."""
        with self._changed:
            while not self._closing:
                places, now = [place for place, _ in self._waiting], time.monotonic()
                others = {_name(each.hop) for _, each in self._waiting if self._host.is_remote(each.hop) != is_remote}
                if chosen := choose(places, self._busy | others, now):
                    batch = [self._waiting[index][1] for index in chosen]
                    taken = set(chosen)
                    self._waiting = [each for index, each in enumerate(self._waiting) if index not in taken]
                    self._busy.add(_name(batch[0].hop))
                    return batch, is_hurried(places, now)
                self._changed.wait()
        return None

    def _translate(self, batch: Sequence[Request], *, hurry: bool) -> None:
        """Ask for what no earlier batch has brought, each sentence once, and tell everybody who waits."""
        hop, sentences = batch[0].hop, [sentence for request in batch for sentence in request.sentences]
        found: dict[str, Answer] | None = dict(self._memory.recall(hop, sentences))
        unknown = [sentence for sentence in dict.fromkeys(sentences) if sentence not in (found or {})]
        try:
            if unknown or not sentences:
                answers = self._host.translate(hop, unknown, hurry=hurry)
                fresh = dict(zip(unknown, answers, strict=True))
                self._memory.keep(hop, {each: text for each, text in fresh.items() if not isinstance(text, Failure)})
                found = {**(found or {}), **fresh}
        except EngineDown:
            found = None
        except Exception:
            log.exception("batch failed", hop=hop.pair, sentences=len(sentences))
            found = dict.fromkeys(sentences, Failure("failed"))
        for request in batch:
            _tell(request, None if found is None else [found[sentence] for sentence in request.sentences])


def _in_parts(request: Request) -> Iterator[Request]:
    """A request that is too large for one batch as several; it is told when all of them have come."""
    parts: list[list[str]] = [[]]
    for sentence in request.sentences:
        if parts[-1] and sum(map(len, parts[-1])) + len(sentence) > MAX_BATCH:
            parts.append([])
        parts[-1].append(sentence)
    if len(parts) == 1:
        yield request
        return
    whole = _Whole(request, len(parts))
    for number, sentences in enumerate(parts):
        yield replace(request, sentences=sentences, done=whole.taker(number))


class _Whole:
    """The answers of a request that went in parts."""

    def __init__(self, request: Request, parts: int) -> None:
        self._request = request
        self._lock = threading.Lock()
        self._answers: dict[int, list[Answer] | None] = {}
        self._parts = parts

    def taker(self, number: int) -> Done:
        """Takes the answers of one part."""

        def take(answers: list[Answer] | None) -> None:
            with self._lock:
                self._answers[number] = answers
                is_last = len(self._answers) == self._parts
            if is_last:
                parts = [self._answers[each] for each in range(self._parts)]
                came = [part for part in parts if part is not None]
                self._request.done([each for part in came for each in part] if len(came) == self._parts else None)

        return take


class Memory:
    """The last translated sentences per hop and version, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Hop, str], Translated] = OrderedDict()

    def recall(self, hop: Hop, sentences: Sequence[str]) -> dict[str, Translated]:
        """What is known of these."""
        with self._lock:
            return {each: self._kept[hop, each] for each in sentences if (hop, each) in self._kept}

    def keep(self, hop: Hop, translated: Mapping[str, Translated]) -> None:
        """Know these from now on, and forget the oldest."""
        with self._lock:
            for sentence, text in translated.items():
                self._kept[hop, sentence] = text
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)


def _tell(request: Request, answers: list[Answer] | None) -> None:
    """A listener that breaks costs its own text, never the lane."""
    try:
        request.done(answers)
    except Exception:
        log.exception("answer could not be used", hop=request.hop.pair)


def _name(hop: Hop) -> str:
    return f"{hop.engine}/{hop.source}-{hop.target}/{hop.folder}"
