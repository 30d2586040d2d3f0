"""Fixtures every test may use."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.db import connections
from hypothesis import HealthCheck, settings
from xdist.scheduler.loadfile import LoadFileScheduling

from live import folds, rates, runtime
from live.runtime import Runtime
from tests import skips

JOURNEYS = "tests/browser/"
ALONE = {"tests/browser/test_practice.py"}
"""It has a server of its own."""

ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", ANY_MACHINE, derandomize=True)
settings.register_profile("chance", ANY_MACHINE)
settings.load_profile("same")
"""The same examples each time: a red run says something about the change, never about luck or a busy machine.
`make deep` draws others."""


class _Units(LoadFileScheduling):
    """A file's tests stay in one process; so do the journeys in a browser that share a server and its assemblies."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return JOURNEYS if file.startswith(JOURNEYS) and file not in ALONE else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Units:
    """Who runs what, where there are several processes."""
    return _Units(config, log)


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """Nothing remembered in memory may travel from one test to the next."""
    folds.forget()
    rates._buckets.clear()
    yield
    folds.forget()


@pytest_asyncio.fixture
async def stopped_runtime() -> AsyncIterator[list[Runtime]]:
    """The runtimes a test started, stopped after it; the thread of its own `sync_to_async` leaves the database too."""
    yield runtime._runtime
    for started in list(runtime._runtime):
        await started.stop()
    await sync_to_async(connections.close_all)()


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
    """In CI a test may be skipped only for a reason on the one short list."""
    reasons = [
        str(report.longrepr[2]).removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", [])
    ]
    unknown = sorted({reason for reason in reasons if not reason.startswith(skips.REASONS)})
    if unknown and os.environ.get("CI"):
        terminalreporter.write_line(f"skipped for no listed reason: {unknown}", red=True)
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED
