"""The way in of one socket: a frame that came whole and alone is taken at once, all else goes through autobahn.

Nearly every frame of ours is one short text that arrives in one piece. autobahn's general machine costs five times
as much for it as what is done here; it still gets fragments, control frames, several frames at once and whatever
is wrong, and answers for them.
"""

from __future__ import annotations

from typing import Any

from kernel import clock
from live.daphne import Send, protocol_behind

_FINAL_TEXT, _MASKED, _LONG = 0x81, 0x80, 126


def take_directly(send: Send) -> None:
    """Let simple frames of the socket behind an ASGI `send` past autobahn, where that is safe."""
    protocol = protocol_behind(send)
    if protocol is not None:
        protocol.dataReceived = DirectInlet(protocol).receive


class DirectInlet:
    """Stands in for one protocol's `dataReceived`."""

    __slots__ = ("_general", "_protocol")

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol
        self._general = protocol.dataReceived

    def receive(self, data: bytes) -> None:
        """Bytes from the transport, as they came."""
        protocol = self._protocol
        begins = not (protocol.data or protocol.inside_message or protocol.current_frame or protocol.muted)
        text = text_in(data) if begins and protocol.state == protocol.STATE_OPEN else None
        if text is None:
            self._general(data)
        else:
            protocol.last_ping = clock.wall() / 1000
            protocol.application_queue.put_nowait({"type": "websocket.receive", "text": text})


def text_in(data: bytes) -> str | None:
    """The text of bytes that are exactly one final masked text frame under 64 KiB (RFC 6455, 5.2); else None."""
    if len(data) < 6 or data[0] != _FINAL_TEXT or data[1] < _MASKED:
        return None
    size, begin = data[1] - _MASKED, 2
    if size == _LONG:
        size, begin = int.from_bytes(data[2:4], "big"), 4
        if size < _LONG:
            return None
    elif size > _LONG:
        return None
    mask, body = data[begin : begin + 4], data[begin + 4 :]
    if len(body) != size:
        return None
    key = (mask * (size // 4 + 1))[:size]
    plain = (int.from_bytes(body, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return None
