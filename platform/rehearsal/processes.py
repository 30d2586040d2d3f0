"""The rehearsal's own server: web processes on free loopback ports, and a worker where translation needs one."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

UP_S = 60.0
DOWN_S = 12.0
POLL_S = 0.1
PORTS = range(20_000, 32_000)
"""Below those that Linux gives to outgoing connections."""
ENGINE = "translation.process"


def end_on_signals() -> None:
    """Ctrl-C and SIGTERM raise `KeyboardInterrupt`, also in a process that was started in the background."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback interface that nobody uses now.

    The machine gives none of them to an outgoing connection, so a server that was killed finds its own free again.
    """
    found = (port for port in secrets.SystemRandom().sample(PORTS, len(PORTS)) if _is_free(port))
    return list(itertools.islice(found, count))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class PortTaken(OSError):
    """Somebody else listens on the port that we were told to use."""


def refuse_taken(port: int) -> None:
    """Raise `PortTaken` where somebody listens on a port of the loopback interface."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise PortTaken(f"port {port} is in use; choose another with --port")


@dataclass(slots=True)
class Process:
    """One process of ours with the file it writes to."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    output: Path
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it (again); what it says is added to its file."""
        with self.output.open("ab") as output:
            self.running = subprocess.Popen(  # noqa: S603 (our own interpreter)
                [sys.executable, "-m", "hemicycle", *self.arguments],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it at once, as a crash does."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()

    def stop(self) -> None:
        """Ask it to end; kill it if it does not."""
        if self.running is None or self.running.poll() is not None:
            return
        self.running.terminate()
        try:
            self.running.wait(DOWN_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def complaints(self) -> list[str]:
        """What its output tells of errors, a line each."""
        text = self.output.read_text(errors="replace") if self.output.exists() else ""
        return [said for line in text.splitlines() if (said := _error_in(line))]


def _error_in(line: str) -> str | None:
    """The error that a line of output tells of: what happened, and the exception's own sentence."""
    if line.startswith("Traceback"):
        return line
    if '"level": "error"' not in line:
        return None
    try:
        entry = json.loads(line)
    except ValueError:
        return line
    exception = str(entry.get("exception", "")).strip().rpartition("\n")[2]
    return f"{entry.get('event')}: {exception}"


@dataclass(slots=True)
class OwnServer:
    """All processes of one rehearsal."""

    ports: Sequence[int]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    worker: bool = False
    web: list[Process] = field(default_factory=list)
    workers: list[Process] = field(default_factory=list)

    @property
    def bases(self) -> list[str]:
        """Addresses of the web processes."""
        return [f"http://127.0.0.1:{port}" for port in self.ports]

    async def start(self) -> None:
        """Start everything; returns when every web process answers. Raises `PortTaken`."""
        for port in self.ports:
            refuse_taken(port)
        for number, port in enumerate(self.ports):
            output = self.folder / f"web-{number}.log"
            self.web.append(Process(["serve"], {**self.environment, "PORT": str(port)}, output))
        if self.worker:
            self.workers.append(Process(["worker"], self.environment, self.folder / "worker.log"))
        for process in (*self.web, *self.workers):
            process.start()
        await asyncio.gather(*(self.until_up(number) for number in range(len(self.web))))

    async def until_up(self, number: int) -> None:
        """Return when a web process says it is ready, or raise with the end of its output."""
        deadline = time.monotonic() + UP_S
        while not await asyncio.to_thread(_answers, f"{self.bases[number]}/readyz"):
            running = self.web[number].running
            if time.monotonic() > deadline or (running is not None and running.poll() is not None):
                raise ChildProcessError(f"the server did not start:\n{self.web[number].output.read_text()[-2000:]}")
            await asyncio.sleep(POLL_S)

    async def stop(self) -> None:
        """End every process."""
        await asyncio.gather(*(asyncio.to_thread(process.stop) for process in (*self.web, *self.workers)))

    def kill_engines(self) -> int:
        """Kill the engine processes of our processes at once; returns how many there were."""
        parents = {process.running.pid for process in (*self.web, *self.workers) if process.running is not None}
        engines = [pid for pid, parent, words in _processes() if parent in parents and ENGINE in words]
        for pid in engines:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(engines)

    def complaints(self) -> list[str]:
        """What any process said of errors."""
        return [
            f"{process.output.name}: {line}" for process in (*self.web, *self.workers) for line in process.complaints()
        ]


def _processes() -> Iterator[tuple[int, int, str]]:
    """Number, parent and command line of every process that can be seen."""
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            yield int(entry.name), parent, (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
