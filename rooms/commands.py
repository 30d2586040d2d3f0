"""What members may send to a room: whoever takes part may ask, the room decides. One's own words one takes back from
wherever one sits by now."""

from __future__ import annotations

from typing import get_args

from kernel.wire import name_of
from live.doors import Door, participates
from rooms.core.control import ContributionWithdraw
from rooms.core.types import MemberAct, ScribeAct
from rooms.rules import may_withdraw

COMMANDS: dict[str, Door] = {
    **{name_of(command): Door(command, "room", participates) for command in (*get_args(MemberAct), ScribeAct)},
    name_of(ContributionWithdraw): Door(ContributionWithdraw, "room", may_withdraw),
}
