"""A cheap WebSocket client for load: frames are counted and timed, hardly read."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import time
from collections.abc import Callable, Mapping

SENT = re.compile(rb"t=(\d+);")


class LoadSocket(asyncio.Protocol):
    """One member. `on_frame(payload)` sees every text frame; `t=<ns>;` in it gives the latency."""

    def __init__(self, host: str, path: str, headers: Mapping[str, str]) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.on_frame: Callable[[bytes], None] = lambda payload: None
        self.latencies: list[float] = []
        self.closed = False
        self._buffer = b""
        self._request = _handshake(host, path, headers)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Take whole frames off the buffer."""
        self._buffer += data
        if not self.opened.done():
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.opened.set_exception(ConnectionError(head.decode("latin-1")))
                return
            self._buffer = rest
            self.opened.set_result(None)
        self._frames()

    def _frames(self) -> None:
        buffer, at = self._buffer, 0
        while len(buffer) - at >= 2:
            size, start = buffer[at + 1] & 127, at + 2
            if size == 126:
                size, start = int.from_bytes(buffer[start : start + 2], "big"), start + 2
            elif size == 127:
                size, start = int.from_bytes(buffer[start : start + 8], "big"), start + 8
            if len(buffer) < start + size:
                break
            self._frame(buffer[at] & 15, buffer[start : start + size])
            at = start + size
        self._buffer = buffer[at:]

    def _frame(self, opcode: int, payload: bytes) -> None:
        if opcode == 1:
            if sent := SENT.search(payload):
                self.latencies.append((time.monotonic_ns() - int(sent[1])) / 1e6)
            self.on_frame(payload)
        elif opcode == 9:
            self._send(0x8A, payload)
        elif opcode == 8:
            self.closed = True

    def send(self, text: str) -> None:
        """Send a text frame."""
        self._send(0x81, text.encode())

    def _send(self, head: int, body: bytes) -> None:
        size = len(body)
        length = bytes([0x80 | size]) if size < 126 else bytes([0xFE]) + size.to_bytes(2, "big")
        self.transport.write(bytes([head]) + length + b"\0\0\0\0" + body)

    def connection_lost(self, error: Exception | None) -> None:
        """The server hung up."""
        self.closed = True


def _handshake(host: str, path: str, headers: Mapping[str, str]) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def open_socket(port: int, path: str, headers: Mapping[str, str]) -> LoadSocket:
    """A connected member."""
    host = f"127.0.0.1:{port}"
    loop = asyncio.get_running_loop()
    _, socket = await loop.create_connection(lambda: LoadSocket(host, path, headers), "127.0.0.1", port)
    await asyncio.wait_for(socket.opened, timeout=20)
    return socket
