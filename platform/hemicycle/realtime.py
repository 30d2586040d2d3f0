"""The table of contents of the live half: every kind of stream and every command, and where sockets enter."""

from __future__ import annotations

from django.urls import path

from live.consumer import LiveConsumer
from live.registry import install

KINDS = ()
COMMANDS = {}


def wire_up() -> None:
    """Hand the tables to `live`."""
    install(kinds=KINDS, doors=COMMANDS)
