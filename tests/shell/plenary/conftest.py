"""The cast in a plenary, on the database."""

from __future__ import annotations

import pytest

from live.registry import install
from plenary.commands import COMMANDS
from plenary.core.presets import conference
from plenary.core.rules import Level
from plenary.kinds import PLENARY
from tests.cast import Cast, make_cast
from tests.shell.plenary.voting import Vote
from translation.kinds import TEXT


@pytest.fixture(autouse=True)
def _kinds() -> None:
    install(kinds=[PLENARY, TEXT], doors=COMMANDS)


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast."""
    return make_cast()


@pytest.fixture
def named(cast: Cast) -> Vote:
    """An open roll call at 70 %."""
    return Vote(cast.assembly).open()


@pytest.fixture
def assisted(cast: Cast) -> Vote:
    """An open ballot without names at 70 %."""
    return Vote(cast.assembly, conference(level=Level.ASSISTED)).open()
