"""The board kind is known to `live` while its tests run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from live import services
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
