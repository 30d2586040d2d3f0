"""The table of contents of the live half: every kind of stream and document, every command, where sockets enter."""

from __future__ import annotations

from functools import partial
from typing import Any

from channels.routing import URLRouter
from django.conf import settings
from django.urls import path

import facilitation.commands
import plenary.commands
import rooms.commands
import sittings.commands
from assemblies.doors import actor_of_socket
from exchange.kinds import EXCHANGE
from facilitation.core.overview import RoomSummary
from facilitation.kinds import CHAIRS
from learning.kinds import LEARNING
from live.consumer import LiveConsumer
from live.core.kinds import StreamKind
from live.doors import Door
from live.origin import same_origin
from live.registry import install
from live.runtime import when_started
from plenary.kinds import PLENARY
from rehearsal.practice import keeper
from rooms.kinds import ROOM
from rooms.services import report_lag
from rooms.writing import DRAFT
from sittings import conductor
from sittings.kinds import SITTING
from translation import dispatcher
from translation.kinds import TEXT

KINDS: tuple[StreamKind[Any], ...] = (ROOM, PLENARY, SITTING, LEARNING, EXCHANGE, CHAIRS, TEXT)
COMMANDS: dict[str, Door] = {
    **rooms.commands.COMMANDS,
    **facilitation.commands.COMMANDS,
    **plenary.commands.COMMANDS,
    **sittings.commands.COMMANDS,
}
DOCUMENTS = (DRAFT,)

SIGNALS: dict[str, type] = {"rooms": RoomSummary}
"""Signals of the server that carry a type of their own."""

consumer = LiveConsumer.as_asgi(find_actor=actor_of_socket)
sockets = same_origin(URLRouter([path("m/<str:member>/live", consumer)]))


def wire_up() -> None:
    """Hand the tables to `live`; on the embedded default the web process keeps the engine process."""
    install(kinds=KINDS, doors=COMMANDS, documents=DOCUMENTS)
    when_started(conductor.start)
    when_started(keeper.start)
    if settings.TRANSLATION_IN_PROCESS:
        when_started(partial(dispatcher.start, report_lag))
