"""The product as people run it: `hemicycle release`, then `hemicycle serve`, in a scratch folder on a free port."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rehearsal.processes import Process, free_ports
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
STEP_S = 5 * PATIENCE_S


class Product:
    """One server that can be killed and started again, and what stands in its database: these assemblies, or all."""

    def __init__(self, folder: Path, *slugs: str, **surroundings: str) -> None:
        (port,) = free_ports(1)
        self.base = f"http://127.0.0.1:{port}"
        self._environment = {
            "DJANGO_SETTINGS_MODULE": "hemicycle.settings",
            "HEMICYCLE_STATE": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'browser.sqlite3'}",
            "REDIS_URL": "",
            "PORT": str(port),
            "BASE_URL": self.base,
            "SECRET_KEY": "only for tests, never for people",
            "TRANSLATION_PACKAGES_DIR": str(folder / "languages"),
            "LOG_LEVEL": "WARNING",
            "NO_PROXY": "127.0.0.1",
            **surroundings,
        }
        self._server = Process(["serve"], self._environment, folder / "server.log")
        self.run("-m", "hemicycle", "release")
        self.run("-m", "tests.browser.house", str(folder / "house.json"), *slugs)
        self.house: dict[str, Any] = json.loads((folder / "house.json").read_text())

    def run(self, *arguments: str, ends: int = 0) -> None:
        """Run Python with these arguments over the same database; it must end like this."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env={**os.environ, **self._environment}, timeout=STEP_S
        )
        if done.returncode != ends:
            raise ChildProcessError(f"{arguments} ended with {done.returncode}")

    def start(self) -> None:
        """Start the server; returns when it says that it is ready."""
        self._server.start()
        deadline = time.monotonic() + STEP_S
        while not self._is_ready():
            running = self._server.running
            if time.monotonic() > deadline or (running and running.poll() is not None):
                raise ChildProcessError(f"the server did not start:\n{self._server.output.read_text()[-2000:]}")
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.base}/readyz", timeout=PATIENCE_S) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    @contextlib.contextmanager
    def dead(self) -> Iterator[None]:
        """End it at once, as a crash does; start it again afterwards, whatever happened meanwhile."""
        self._server.kill()
        try:
            yield
        finally:
            self.start()

    def stop(self) -> None:
        """End it as an operator does."""
        self._server.stop()

    def complaints(self) -> list[str]:
        """What the server said of errors."""
        return self._server.complaints()
