"""Starting a server pinned to one core, loading it from the other, and reading what it cost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.sockets import LoadSocket

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")
PYTHON = sys.executable
DAPHNE = [
    PYTHON,
    "-m",
    "daphne",
    "-b",
    "127.0.0.1",
    "--access-log",
    os.devnull,
    "--websocket-max-message-size",
    "65536",
]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run came to: CPU of the server per delivery, latency, and whether everything arrived."""

    cpu_us: float
    p99_ms: float
    delivered: int
    expected: int

    @property
    def complete(self) -> bool:
        """Nothing lost, nothing doubled."""
        return self.delivered == self.expected


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(command: Sequence[str], environment: Mapping[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ours, pinned to the first core, until it listens; ended by its id."""
    running = subprocess.Popen(
        ["taskset", "-c", "0", *command], cwd=ROOT, env={**os.environ, **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until_up(port)
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        try:
            running.wait(timeout=12)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@contextmanager
def redis() -> Iterator[str]:
    """A Redis of our own on the second core."""
    port = free_port()
    command = ["taskset", "-c", "1", "redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until_up(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        running.terminate()
        running.wait()


def wait_until_up(port: int) -> None:
    """Until something listens there, at most half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


def cpu_seconds(pid: int) -> float:
    """CPU that a process has used so far, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


async def measure(
    pid: int, members: Sequence[LoadSocket], say: Callable[[int], None], *, senders: int, rate: float,
    seconds: float, expected: Callable[[int], int], delivered: Callable[[], int],
) -> Cost:  # fmt: skip
    """Let `senders` say something `rate` times a second each, evenly spread, then wait for what is still under way."""
    for member in members:
        member.latencies.clear()
    before, cpu, said = delivered(), cpu_seconds(pid), 0
    total, start = int(senders * rate * seconds), time.monotonic()
    while said < total:
        due = min(total, int((time.monotonic() - start) * senders * rate) + 1)
        for number in range(said, due):
            say(number % senders)
        said = due
        await asyncio.sleep(0.002)
    wanted = expected(total)
    deadline = time.monotonic() + 5
    while delivered() - before < wanted and time.monotonic() < deadline:
        await asyncio.sleep(0.02)
    spent = cpu_seconds(pid) - cpu
    latencies = sorted(latency for member in members for latency in member.latencies)
    p99 = statistics.quantiles(latencies, n=100)[98] if len(latencies) > 1 else float("inf")
    arrived = delivered() - before
    return Cost(spent * 1e6 / max(1, arrived), p99, arrived, wanted)
