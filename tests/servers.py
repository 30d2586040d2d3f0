"""Scratch PostgreSQL and Redis servers of our own, on loopback, removed afterwards.

`python -m tests.servers COMMAND …` runs a command with `DATABASE_URL` and `REDIS_URL` pointing at them:
how `make test` runs the same tests on the other database and the other bus.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.patience import PATIENCE_S

NO_REDIS = "Redis is not installed"


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(port: int) -> None:
    """Until something listens there, or raise `TimeoutError`."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


def has_redis() -> bool:
    """Whether a Redis server can be started here."""
    return shutil.which("redis-server") is not None


@contextmanager
def redis(port: int | None = None) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis that keeps nothing; (address, process)."""
    port = port or free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", tempfile.gettempdir()]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until_up(port)
        yield f"redis://127.0.0.1:{port}/0", running
    finally:
        running.kill()
        running.wait()


def _postgresql_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL with an empty database; its address. As root it runs under the account `postgres`."""
    programs, port = _postgresql_programs(), free_port()
    account = "postgres" if os.geteuid() == 0 else getpass.getuser()
    with tempfile.TemporaryDirectory(prefix="hemicycle-pg-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, account)
        data = f"{folder}/data"
        initdb = [str(programs / "initdb"), "-D", data, "-U", "hemicycle", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, check=True, user=account, stdout=subprocess.DEVNULL, cwd=folder)
        running = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), "-k", folder, "-c", "listen_addresses=127.0.0.1",
             "-c", "fsync=off", "-c", "max_connections=200"],
            user=account, stderr=subprocess.DEVNULL, cwd=folder,
        )  # fmt: skip
        try:
            wait_until_up(port)
            yield f"postgres://hemicycle@127.0.0.1:{port}/postgres"
        finally:
            running.terminate()
            running.wait(timeout=PATIENCE_S)


def run(command: Sequence[str]) -> int:
    """Run a command beside both servers; its exit status."""
    with postgresql() as database, redis() as (bus, _):
        environment = {**os.environ, "DATABASE_URL": database, "REDIS_URL": bus}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
