"""The ASGI application of `board_server`: boards only, and each socket is told which inlet and outlet serve it."""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path

from live import hub, services
from live.consumer import LiveConsumer
from live.daphne import protocol_behind
from live.registry import install
from tests.shell.live.board import BOARD, COMMANDS
from tests.shell.live.sockets import find_actor


def install_board() -> None:
    """One board to write on."""
    install(kinds=[BOARD], doors=COMMANDS)
    services.create_stream("board.1")


class TellingConsumer(LiveConsumer):
    """Says how its frames travel."""

    async def connect(self, message: dict[str, Any]) -> None:
        await super().connect(message)
        read = getattr(protocol_behind(self.base_send), "dataReceived", None)
        self._tell("outlet", name=type(self.peer.outlet).__name__, inlet=type(getattr(read, "__self__", None)).__name__)


install(kinds=[BOARD], doors=COMMANDS)
hub.HEAL_S = float(os.environ.get("HEAL_S", hub.HEAL_S))
application = ProtocolTypeRouter(
    {"websocket": URLRouter([path("m/<str:member>/live", TellingConsumer.as_asgi(find_actor=find_actor))])}
)
