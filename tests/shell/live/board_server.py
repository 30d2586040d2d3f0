"""A real Daphne serving boards over SQLite, in a process of its own; and a client to speak to it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from live.core.frames import SUBPROTOCOL
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[3]


PREPARED: list[bytes] = []
"""The database with one board, when it has been made."""


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One web process that can be killed and started again."""

    def __init__(self, state: Path, port: int, environment: dict[str, str]) -> None:
        self.port = port
        self._database = state / "board.sqlite3"
        self._environment = {
            **os.environ, "HEMICYCLE_STATE": str(state), "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"sqlite:///{self._database}", "REHEARSAL": "1", "CIVIC_CLOCK_RATE": "50",
            **environment,
        }  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Make the tables and one board; once in this process, others get a copy."""
        if not PREPARED:
            code = (
                "import django; django.setup()\n"
                "from django.core.management import call_command; call_command('migrate', 'live', verbosity=0)\n"
                "from tests.shell.live.board_app import install_board; install_board()"
            )
            subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=self._environment)
            PREPARED.append(self._database.read_bytes())
        self._database.write_bytes(PREPARED[0])

    def start(self) -> None:
        """Start and wait until it listens."""
        command = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "tests.shell.live.board_app:application"], cwd=ROOT, env=self._environment
        )
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise TimeoutError("the server did not start")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; the exit status."""
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE_S)

    @property
    def address(self) -> str:
        """Where sockets are opened, less the member."""
        return f"ws://127.0.0.1:{self.port}/m"


@contextmanager
def serving(state: Path, **environment: str) -> Iterator[Server]:
    """A prepared, running server."""
    server = Server(state, free_port(), environment)
    server.prepare()
    server.start()
    try:
        yield server
    finally:
        if server.process and server.process.poll() is None:
            server.stop(signal.SIGKILL)


@asynccontextmanager
async def socket_of(member: str, server: Server) -> AsyncIterator[Client]:
    """A member's socket after its hello."""
    async with connect(f"{server.address}/{member}/live", subprotocols=[Subprotocol(SUBPROTOCOL)]) as connection:
        client = Client(connection)
        await client.until("hello")
        yield client


class Client:
    """Frames as dictionaries."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, frame_type: str, **fields: Any) -> None:
        """Send one frame."""
        await self.connection.send(json.dumps({"type": frame_type, **fields}))

    async def until(self, frame_type: str, kind: str | None = None) -> dict[str, Any]:
        """The next frame of this type and kind."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                frame: dict[str, Any] = json.loads(await self.connection.recv())
                if frame["type"] == frame_type and kind in (None, frame.get("kind")):
                    return frame
