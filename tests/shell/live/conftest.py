"""The board kind is known to `live` while its tests run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from live import runtime, services
from live.runtime import Runtime
from tests.shell.live.board import known_to_live


@pytest.fixture(autouse=True)
def _board_kind() -> Iterator[None]:
    with known_to_live():
        yield


@pytest.fixture
def board(db: None) -> str:
    """A fresh stream of kind board."""
    services.create_stream("board.1")
    return "board.1"


@pytest_asyncio.fixture
async def stopped_runtime() -> AsyncIterator[list[Runtime]]:
    """The runtimes a test started, stopped after it."""
    yield runtime._runtime
    for started in list(runtime._runtime):
        await started.stop()
