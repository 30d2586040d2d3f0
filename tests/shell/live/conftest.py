"""The board kind is known to `live` while its tests run."""

from __future__ import annotations

import pytest

from live import services
from live.registry import install
from tests.shell.live.board import BOARD, COMMANDS


@pytest.fixture(autouse=True)
def _board_kind() -> None:
    install(kinds=[BOARD], doors=COMMANDS)


@pytest.fixture
def board(db: None) -> str:
    """A fresh stream of kind board."""
    services.create_stream("board.1")
    return "board.1"
