"""`python -m tests.shell.rooms.killing FILE`: one room per scene in this house's database, as if just brought there.

Writes to FILE what readers need: keys and devices of two observers, and the stream of each scene.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django

from kernel import clock

if TYPE_CHECKING:
    from tests.cast import Cast


def build() -> dict[str, object]:
    """Migrate, seat the cast, bring a room into each state."""
    from django.core.management import call_command

    from assemblies.services import invite, join
    from tests.cast import make_cast
    from tests.factories import make_member
    from tests.shell.rooms.floors import SCENES

    call_command("migrate", verbosity=0)
    cast = make_cast()
    observers = [cast.otto, make_member(cast.assembly, "Olaf", role="observer")]
    devices = {
        each.key: join(invite(each), name=each.name, speaks=["es"], reads="es", device_label="Firefox").secret
        for each in observers
    }
    return {"devices": devices, "streams": {name: _just_now(cast, name) for name in SCENES}}


def _just_now(cast: Cast, name: str) -> str:
    """The stream of a room that comes into this state at this moment: tried once to see how long that takes."""
    tried = _bring(cast, name, 0)
    return _bring(cast, name, tried[1])[0]


def _bring(cast: Cast, name: str, ago_ms: int) -> tuple[str, int]:
    """A new room in this state, begun so long ago by a clock set back; its stream, and how long it took."""
    from rooms.services import create_room, seat_member
    from tests.shell.rooms.floors import bring

    clock._clock[:] = [clock.Clock(wall_anchor=clock.wall() - ago_ms)]
    room = create_room(cast.assembly)
    for member in (cast.ana, cast.bo, cast.fatou):
        seat_member(room, member)
    talk = bring(room, cast, name)
    return room.stream, talk.state.floor.settled_at - talk.start


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(build()))
