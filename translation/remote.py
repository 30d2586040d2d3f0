"""An engine that is asked over a network, as the parent of the engine process sees it: offered while it answers."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import structlog

from translation.core.hops import Hop
from translation.engine import Answer, Engine, EngineDown, Failure
from translation.libretranslate import BusyError, KeyRefusedError, UnreachableError

log = structlog.get_logger(__name__)

LOOK_AGAIN_S, LOOK_FOR_S = 30.0, 5.0
"""How often a server is asked what it offers, and how often one that offers nothing."""


class Remote:
    """One server. Its hops are looked up in a thread of their own, so that nobody waits for a server that hangs."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._closing = threading.Event()
        self._looking: threading.Thread | None = None
        self._lock = threading.Lock()
        self.hops: tuple[Hop, ...] = ()

    @property
    def name(self) -> str:
        """The engine's."""
        return self._engine.name

    def look(self) -> tuple[Hop, ...]:
        """What is offered now; from the first call on the server is watched."""
        with self._lock:
            if self._looking is None:
                self._look()
                self._looking = threading.Thread(target=self._watch, name="translation-server", daemon=True)
                self._looking.start()
        return self.hops

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool) -> list[Answer]:
        """One answer for each text; those that failed by themselves are asked once more, alone.

        Raises `EngineDown` where the server is not there or wants a pause: nothing was wrong with the texts.
        """
        if hop not in self.hops:
            raise EngineDown
        try:
            answers = self._engine.translate(hop, texts, hurry=hurry)
            return [self._again(hop, text, answer) for text, answer in zip(texts, answers, strict=True)]
        except UnreachableError as error:
            log.warning("translation server withdrawn", engine=self.name, reason=str(error))
            self.hops = ()
            if isinstance(error, KeyRefusedError):
                self.close()
            raise EngineDown from error
        except BusyError as error:
            raise EngineDown from error

    def close(self) -> None:
        """Watch no more: what is offered stays as it is."""
        self._closing.set()

    def _again(self, hop: Hop, text: str, answer: Answer) -> Answer:
        return self._engine.translate(hop, [text])[0] if isinstance(answer, Failure) else answer

    def _watch(self) -> None:
        while not self._closing.wait(LOOK_AGAIN_S if self.hops else LOOK_FOR_S):
            self._look()

    def _look(self) -> None:
        before, self.hops = self.hops, self._engine.hops()
        if bool(before) != bool(self.hops):
            log.info("translation server looked at", engine=self.name, pairs=len(self.hops))
