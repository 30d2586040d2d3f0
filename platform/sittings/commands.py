"""Doors of the sitting's stream."""

from __future__ import annotations

from kernel.wire import name_of
from live.doors import Door
from sittings.core.types import COMMANDS as DRIVING
from sittings.rules import may_drive

COMMANDS = {name_of(command): Door(command, "sitting", may_drive) for command in DRIVING}
