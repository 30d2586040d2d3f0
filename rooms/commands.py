"""What members may send to a room: whoever takes part may ask, the room decides."""

from __future__ import annotations

from typing import get_args

from kernel.wire import name_of
from live.doors import Door, participates
from rooms.core.types import MemberAct, ScribeAct

COMMANDS: dict[str, Door] = {
    name_of(command): Door(command, "room", participates) for command in (*get_args(MemberAct), ScribeAct)
}
