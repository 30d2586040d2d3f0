"""What the server writes about people to its output: as little as an operator can work with."""

from __future__ import annotations

import logging

from daphne.cli import CommandLineInterface

from hemicycle.logs import formatter
from hemicycle.server import LIMITS


def written(message: str, *values: object) -> str:
    return formatter().format(logging.LogRecord("django.request", logging.WARNING, "", 0, message, values, None))


def test_there_is_no_access_log() -> None:
    chosen = CommandLineInterface().parser.parse_args([*LIMITS, "hemicycle.asgi:application"])
    assert (chosen.verbosity, chosen.access_log) == (0, None)


def test_the_code_of_a_personal_link_is_not_logged() -> None:
    line = written("Bad Request: %s", "/join/Q-VWnIFiAeJma9N_l__1Gg/")
    assert '"event": "Bad Request: /join/…/"' in line


def test_the_code_of_the_first_link_is_not_logged() -> None:
    for door in ("welcome", "organiser"):
        assert "UlmJV5AnENgdlr97BNw" not in written("Internal Server Error: %s", f"/{door}/UlmJV5AnENgdlr97BNw_CA/")
