"""A sitting of two rooms, on the database."""

from __future__ import annotations

import pytest

from live.registry import install
from rooms import services as rooms
from rooms.kinds import ROOM
from rooms.models import Room
from sittings.commands import COMMANDS
from sittings.kinds import SITTING
from tests.cast import Cast, make_cast
from tests.shell.sittings.meeting import Meeting
from translation.kinds import TEXT


@pytest.fixture(autouse=True)
def _kinds() -> None:
    install(kinds=[ROOM, SITTING, TEXT], doors=COMMANDS)


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, without seats."""
    return make_cast()


@pytest.fixture
def room(cast: Cast) -> Room:
    """A waiting room: Ana and Bo are seated, Fatou facilitates."""
    made = rooms.create_room(cast.assembly, title="Markets", title_lang="en")
    for member in (cast.ana, cast.bo, cast.fatou):
        rooms.seat_member(made, member)
    return made


@pytest.fixture
def other(cast: Cast) -> Room:
    """A waiting room with Chen alone."""
    made = rooms.create_room(cast.assembly)
    rooms.seat_member(made, cast.chen)
    return made


@pytest.fixture
def meeting(cast: Cast, room: Room, other: Room) -> Meeting:
    """A sitting with a discussion, a break and a draft of ten minutes each, not begun."""
    return Meeting(cast.assembly)
