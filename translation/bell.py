"""Between whoever wants a text and whoever dispatches the work, in this process or another."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kernel import clock
from live import bus, hub
from translation.leases import Leased

_WAKE = "translation.wake"
_TYPED = "live.typed"
_PASSAGE = "translation.passage"
MAX_TYPED = 400
"""How many people's unfinished words wait at a desk; what others type meanwhile is not translated ahead."""


class Typed(NamedTuple):
    """Finished sentences of something that `member` still writes in stream `root`; or, by the name of `passage`, a
    paragraph of a text that several write there, and `member` is that text's key."""

    root: str
    member: str
    lang: str
    text: str
    name: str = "typing"

    @property
    def slot(self) -> tuple[str, str]:
        """Whatever comes later for the same takes its place."""
        return self.root, self.text if self.name == "passage" else self.member


ASK = "translation.ask"


class Question(NamedTuple):
    """A text that somebody wants in one language now, to look at; it is stored nowhere."""

    key: str
    text: str
    source: str
    target: str
    scope: str


Answered = Callable[[str | None], None]
PATIENCE_S = 10.0
"""How long somebody waits for the answer to a question."""


class Asked(NamedTuple):
    """A question at a desk, whom to tell, and until when (monotonic seconds) somebody waits for it."""

    question: Question
    answered: Answered
    until: float


class Desk:
    """A dispatcher as those see it who bring work."""

    def __init__(self) -> None:
        self.rung = threading.Event()
        """There may be work in the table, or something was handed over."""
        self.free = 0
        """How many more texts it takes in hand, about."""
        self._handed: queue.SimpleQueue[Leased] = queue.SimpleQueue()
        self._typed: dict[tuple[str, str], Typed] = {}
        self._typing = threading.Lock()
        self._asked: queue.SimpleQueue[Asked] = queue.SimpleQueue()

    def hand(self, work: Iterable[Leased]) -> None:
        """Give it work that is leased already, so that it need not look for it. Call after the commit."""
        now = clock.monotonic()
        for leased in work:
            self.free -= 1
            self._handed.put(leased._replace(since=now))
        self.rung.set()

    def ask(self, question: Question, answered: Answered) -> None:
        """Put a question; `answered` is called once, from another thread, if an engine can be had in time."""
        self._asked.put(Asked(question, answered, clock.monotonic() + PATIENCE_S))
        self.rung.set()

    def ask_later(self, asked: Asked) -> None:
        """Put a question back that found no engine or no table: the next turn takes it up."""
        self._asked.put(asked)

    def questions(self) -> Iterator[Asked]:
        """What was asked and somebody still waits for; a reader that breaks off leaves the rest."""
        for _ in range(self._asked.qsize()):
            asked = self._asked.get()
            if clock.monotonic() < asked.until:
                yield asked

    def type(self, typed: Typed) -> None:
        """Somebody has finished another sentence, or taken all back: only their newest words count."""
        with self._typing:
            known = self._typed.pop(typed.slot, None)
            if typed.text and (known or len(self._typed) < MAX_TYPED):
                self._typed[typed.slot] = typed
        self.rung.set()

    def typed(self) -> list[Typed]:
        """Everybody's newest words since the last call."""
        with self._typing:
            taken, self._typed = list(self._typed.values()), {}
        return taken

    @property
    def has_work(self) -> bool:
        """Whether something handed over waits to be taken."""
        return not self._handed.empty()

    def handed(self) -> list[Leased]:
        """Everything handed over since the last call."""
        return [self._handed.get() for _ in range(self._handed.qsize())]


_desks: set[Desk] = set()


def desk() -> Desk | None:
    """A dispatcher of this process that takes work in hand now."""
    return next((each for each in tuple(_desks) if each.free > 0), None)


def any_desk() -> Desk | None:
    """A dispatcher of this process, busy or not."""
    return next(iter(tuple(_desks)), None)


def wake() -> None:
    """There is work: ring here, or tell the other processes where nobody listens here. Call after the commit."""
    if _desks:
        ring()
    elif here := hub.running():
        here.loop.call_soon_threadsafe(here.bus.tell, _WAKE)
    else:
        bus.publish_once(bus.News(told=[(_WAKE,)]))


def ring() -> None:
    """Wake the dispatchers of this process."""
    for each in tuple(_desks):
        each.rung.set()


def translate_passage(root: str, text: str, lang: str, *, of: str) -> None:
    """Let a paragraph of text `of`, which is still being written in stream `root`, be shown in every language that is
    read there; nothing is stored. From any thread."""
    typed = Typed(root, of, lang, text, "passage")
    if _desks:
        _type(*typed)
    elif here := hub.running():
        here.loop.call_soon_threadsafe(here.bus.tell, _PASSAGE, *typed)
    else:
        bus.publish_once(bus.News(told=[(_PASSAGE, *typed)]))


def _type(*typed: str) -> None:
    for each in tuple(_desks):
        each.type(Typed(*typed))


def listen(here: Desk) -> None:
    """Let this desk be rung, by this process and by what other processes tell."""
    _desks.add(here)
    bus.on(_WAKE, ring)
    bus.on(_TYPED, _type)
    bus.on(_PASSAGE, _type)


def forget(here: Desk) -> None:
    """No longer. Safe to repeat."""
    _desks.discard(here)
