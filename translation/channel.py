"""A socket pair between the engine process and its parent: JSON documents, each preceded by its length.

JSON and not pickle, because the far side has parsed models that strangers made.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Mapping
from typing import Any

MAX_DOCUMENT = 32 * 1024 * 1024
_LENGTH_BYTES = 4


class Channel:
    """One end. Any thread may send, one thread receives."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._sending = threading.Lock()

    def send(self, document: Mapping[str, Any]) -> None:
        """Raises `OSError` when the other side has gone."""
        data = json.dumps(document).encode()
        with self._sending:
            self._end.sendall(len(data).to_bytes(_LENGTH_BYTES, "big") + data)

    def receive(self) -> dict[str, Any] | None:
        """The next document, or None when the other side has gone or talks nonsense."""
        head = self._exactly(_LENGTH_BYTES)
        size = int.from_bytes(head or b"", "big")
        data = self._exactly(size) if head and 0 < size <= MAX_DOCUMENT else None
        if data is None:
            return None
        try:
            document = json.loads(data)
        except ValueError:
            return None
        return document if isinstance(document, dict) else None

    def hang_up(self) -> None:
        """Both sides hear it; whoever receives here gets None and closes. Safe to repeat."""
        with contextlib.suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the socket back; only the thread that receives does this."""
        self._end.close()

    def _exactly(self, size: int) -> bytes | None:
        data = bytearray()
        while len(data) < size:
            try:
                part = self._end.recv(size - len(data))
            except OSError:
                return None
            if not part:
                return None
            data += part
        return bytes(data)
