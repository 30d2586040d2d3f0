"""The kind of stream that only those who lead rooms read: `chairs.<assembly>`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from django.db import transaction

from assemblies.models import scope_of
from assemblies.queries import names
from facilitation import help_calls, overview, queries, rules
from facilitation.core import chairs
from facilitation.core.chairs import ChairsEvent, HelpAnswered, HelpClosed
from facilitation.core.chairs_types import (
    ChairsCommand,
    ChairsState,
    LedRoom,
    MemberArrive,
    MemberLeave,
    RoomRelease,
    RoomTake,
)
from live import queries as live_queries
from live.core.actors import Actor, Standing
from live.core.kinds import Projection, StreamKind, WordsShown
from live.log import words_in
from live.names import parse_name
from live.services import create_stream
from translation.services import Wanted, want_all


def _project(projections: Sequence[Projection[ChairsState]]) -> None:
    """Translations of what was written, and word to those whose call was answered."""
    written = [
        Wanted(each.stream, scope_of(parse_name(each.stream).id), words)
        for each in projections
        if (words := [word for record in each.records for word in words_in(record.event)])
    ]
    want_all(written)
    for each in projections:
        for caller in _callers(each.state, [record.event for record in each.records]):
            at = each.records[-1].at
            transaction.on_commit(partial(help_calls.tell, each.stream, each.state, caller, at))


def _callers(state: ChairsState, events: Sequence[ChairsEvent]) -> set[str]:
    calls = {event.call for event in events if isinstance(event, HelpAnswered | HelpClosed)}
    return {call.member for call in state.calls if call.call in calls}


def _standing(stream: str, actor: Actor) -> Standing | None:
    return Standing.PARTICIPANT if rules.may_read_chairs(actor, parse_name(stream)) else None


def _words(keys: Iterable[str]) -> Mapping[str, WordsShown]:
    wanted = set(keys)
    return {**live_queries.words(wanted), **names(wanted)}


def _subscribed(stream: str) -> None:
    create_stream(stream)
    overview.begin(stream)


def _attends(stream: str, actor: Actor) -> list[str]:
    """Whoever is at the console is there for the rooms they lead, whichever of them is open on the screen."""
    return [room.stream for room in queries.rooms_led_by(actor)]


def _gather(stream: str, state: ChairsState, command: ChairsCommand | None) -> LedRoom | None:
    return (
        queries.led_room(parse_name(stream).id, command.room) if isinstance(command, RoomTake | RoomRelease) else None
    )


CHAIRS: StreamKind[ChairsState] = StreamKind(
    name="chairs",
    version=1,
    events=chairs.EVENTS,
    state=ChairsState,
    initial=ChairsState,
    decide=chairs.decide,
    evolve=chairs.evolve,
    mentions=chairs.mentions,
    project=_project,
    words=_words,
    standing=_standing,
    arrive=MemberArrive,
    leave=MemberLeave,
    subscribed=_subscribed,
    attends=_attends,
    gather=_gather,
)
