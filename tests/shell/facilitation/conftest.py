"""The room of the rooms' own tests."""

from tests.shell.rooms.conftest import _kinds, cast, room

__all__ = ["_kinds", "cast", "room"]
