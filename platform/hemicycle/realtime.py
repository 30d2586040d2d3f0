"""The table of contents of the live half: every kind of stream and every command, and where sockets enter."""

from __future__ import annotations

from typing import Any

from live.core.kinds import StreamKind
from live.doors import Door
from live.registry import install

KINDS: tuple[StreamKind[Any], ...] = ()
COMMANDS: dict[str, Door] = {}


def wire_up() -> None:
    """Hand the tables to `live`."""
    install(kinds=KINDS, doors=COMMANDS)
