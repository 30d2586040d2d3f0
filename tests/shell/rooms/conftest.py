"""A room with people in it, on the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kernel import clock
from live.registry import install
from rooms import services
from rooms.kinds import ROOM
from rooms.models import Room
from tests.cast import Cast, make_cast
from tests.shell.rooms.machines import Machine
from translation.kinds import TEXT


@pytest.fixture(autouse=True)
def _kinds() -> None:
    install(kinds=[ROOM, TEXT], doors={})


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, without seats."""
    return make_cast()


@pytest.fixture
def room(cast: Cast) -> Room:
    """A waiting room: Ana and Bo are seated, Fatou facilitates."""
    made = services.create_room(cast.assembly, title="Markets", title_lang="en")
    for member in (cast.ana, cast.bo, cast.fatou):
        services.seat_member(made, member)
    return made


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """The clock of this process, in our hands."""
    machine = Machine()
    monkeypatch.setattr(clock, "time", machine)
    machine.new_process()
    yield machine
    clock._clock.clear()
