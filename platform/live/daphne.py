"""Daphne's own WebSocket protocol object behind an ASGI application, where its plain TCP transport may be used.

What `live.inlet` and `live.outlet` take past Daphne's queue and tasks touches private names of Twisted and autobahn.
So every one of them is feature-detected, nothing of it happens under TLS, and `tests/shell/live/test_daphne.py`
holds it to the pinned versions.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]
TRANSPORT = ("socket", "write", "abortConnection", "dataBuffer", "_tempDataBuffer", "_tempDataLen", "offset")
PROTOCOL = (
    "STATE_OPEN", "state", "send_queue", "data", "current_frame", "inside_message", "muted", "last_ping",
    "application_queue", "dataReceived",
)  # fmt: skip


def protocol_behind(send: Send) -> Any:
    """Daphne's WebSocket protocol behind an ASGI `send`, if its transport is Twisted's plain TCP server; else None."""
    if not isinstance(send, functools.partial) or not send.args:
        return None
    protocol = send.args[0]
    transport = getattr(protocol, "transport", None)
    plain = f"{type(transport).__module__}.{type(transport).__qualname__}" == "twisted.internet.tcp.Server"
    if not plain or getattr(transport, "TLS", False):
        return None
    known = all(hasattr(transport, name) for name in TRANSPORT) and all(hasattr(protocol, name) for name in PROTOCOL)
    return protocol if known else None
