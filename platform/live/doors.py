"""A door: which command enters which kind of stream, and who may send it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from live.core.actors import Actor, Standing
from live.names import StreamName


@dataclass(frozen=True, slots=True)
class Door:
    """One line of a package's table `COMMANDS`."""

    command: type
    kind: str
    may: Callable[[Actor, StreamName, Any], bool]
    """Whether this actor may send it to this stream; may query, runs in a thread."""
    cost: int = 1
    """Tokens it takes from the sender's bucket."""


def participates(actor: Actor, name: StreamName, command: Any) -> bool:
    """The rule of most commands: whoever takes part in the stream may send it; its core decides the rest.

    A socket answers it from its subscription, without a query.
    """
    from live.registry import KINDS  # the table is filled after this module is loaded

    return KINDS[name.kind].standing(name.full, actor) is Standing.PARTICIPANT
