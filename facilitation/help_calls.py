"""Calling for a person, and hearing what became of it. The stream of calls is not for callers: each is told alone."""

from __future__ import annotations

from typing import Any

from assemblies.queries import names
from facilitation.core.chairs import calls_of
from facilitation.core.chairs_types import ChairsState, HelpCall
from facilitation.queries import chairs_state
from facilitation.rules import may_call_for_help
from kernel import wire
from kernel.errors import Refused
from live import hub
from live.core.actors import Actor
from live.names import stream_name
from live.services import create_stream, submit
from translation.services import open_feed

SHOWN_MS = 30 * 60_000
"""How long a call that is done is still shown to who made it."""


def call_for_help(actor: Actor, *, room: int | None, text: str = "", lang: str = "", ref: str = "") -> None:
    """Ask those who lead for a person. Safe to repeat without a text or with a `ref`; each other text is a new call."""
    if not may_call_for_help(actor, room):
        raise Refused("room.not_seated")
    stream = stream_name("chairs", actor.assembly)
    create_stream(stream)
    for working in actor.languages:  # for the organisers' board, which nobody subscribes to
        open_feed(stream, working)
    submit(stream, HelpCall(room, text, lang or next(iter(actor.speaks), actor.reads)), by=actor.key, ref=ref or None)


def calls_shown(member: str, state: ChairsState, at: int) -> list[dict[str, Any]]:
    """A member's own calls that wait, are answered, or were done lately, oldest first, with who answered; one query."""
    mine = [call for call in calls_of(state, member) if call.closed_at is None or at - call.closed_at < SHOWN_MS]
    who = names(call.answered_by for call in mine if call.answered_by)
    return [
        {
            "call": call.call, "room": call.room, "at": call.at, "answered_at": call.answered_at,
            "by": who[call.answered_by].text if call.answered_by in who else None, "closed_at": call.closed_at,
        }
        for call in mine
    ]  # fmt: skip


def own_calls(actor: Actor, at: int) -> list[dict[str, Any]]:
    """The same, for who asks; five queries."""
    return calls_shown(actor.key, chairs_state(actor.assembly), at)


def tell(stream: str, state: ChairsState, member: str, at: int) -> None:
    """Every window of this member hears how their calls stand now. Call after the commit."""
    data = {"calls": calls_shown(member, state, at)}
    hub.tell(member, wire.dumps({"type": "signal", "stream": stream, "by": None, "name": "help", "data": data}))
