"""Which documents are open in this process: who hears of their updates, and up to which number they did."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from live.core.actors import Standing
from live.documents import changed_line
from live.peers import Peer
from live.registry import DOCUMENTS, document_of

LOOK_S = 1.0
"""How long after a change a document is looked at, and how often from then on."""


class OpenDocuments:
    """The documents of one hub, on its event loop; `spawn` and `in_thread` are the hub's."""

    def __init__(
        self, spawn: Callable[[Coroutine[Any, Any, Any]], object], in_thread: Callable[..., Awaitable[Any]]
    ) -> None:
        self.readers: dict[str, set[Peer]] = {}
        self._told: dict[str, int] = {}
        self._looking: set[str] = set()
        self._spawn, self._in_thread = spawn, in_thread

    def open(self, peer: Peer, name: str) -> None:
        """Tell this socket what becomes of a document, from now on. Safe to repeat."""
        peer.standing[name] = Standing.READER
        self.readers.setdefault(name, set()).add(peer)

    def close(self, peer: Peer, name: str) -> None:
        """Tell this socket no more. Safe to repeat."""
        readers = self.readers.get(name, set())
        readers.discard(peer)
        if not readers:
            self.readers.pop(name, None)
            self._told.pop(name, None)

    def changed(self, name: str, seq: int, by: str, update: bytes) -> None:
        """Tell those who have it open of an update that is stored; without bytes, only how far the document is."""
        if readers := self.readers.get(name):
            self._told[name] = max(seq, self._told.get(name, 0))
            line = changed_line(name, seq, by, update)
            for peer in tuple(readers):
                if peer.full_since is None:
                    peer.hand(line)

    async def heal(self) -> None:
        """Those who have a document open hear how far it is, where nobody said; they ask for what they lack."""
        kinds: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.readers:
            kinds[document_of(name)[0].kind].append(name)
        for kind, names in kinds.items():
            for name, seq in (await self._in_thread(DOCUMENTS[kind].seqs, names)).items():
                if seq > self._told.get(name, 0):
                    self.changed(name, seq, "", b"")

    def look_after(self, name: str) -> None:
        """Let the kind of a document look at it soon, and again as long as it wants to. Safe to repeat."""
        if name not in self._looking:
            self._looking.add(name)
            self._spawn(self._look(name))

    async def _look(self, name: str) -> None:
        document, kind = document_of(name)
        goes_on = True
        try:
            while goes_on:
                await asyncio.sleep(LOOK_S)
                goes_on = await self._in_thread(kind.looked_at, document)
        finally:
            self._looking.discard(name)
