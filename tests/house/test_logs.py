"""What the server writes about people to its output: as little as an operator can work with."""

from __future__ import annotations

import logging
import sys

import pytest
from daphne.cli import CommandLineInterface
from django.db import DataError, IntegrityError, OperationalError

from hemicycle.logs import formatter
from hemicycle.server import LIMITS

WORDS = "Nobody told me that the school would close"


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


def raised(error: Exception, cause: Exception | None = None) -> str:
    """What is written of an error."""
    try:
        raise error from cause
    except Exception:
        record = logging.LogRecord("live", logging.ERROR, "", 0, "command failed", (), sys.exc_info())
    return formatter().format(record)


@pytest.mark.parametrize("error", [KeyError(WORDS), ValueError(WORDS), IntegrityError(WORDS), DataError(WORDS)])
def test_an_error_that_quotes_somebody_is_told_without_its_message(error: Exception) -> None:
    for line in (raised(error), raised(OSError(5, "gone"), cause=error)):
        assert WORDS not in line
        assert type(error).__name__ in line
        assert "raise error from cause" in line


def test_an_error_of_the_machine_says_what_it_is() -> None:
    assert "OperationalError: database is locked" in raised(OperationalError("database is locked"))
    line = raised(ValueError(WORDS), cause=ConnectionRefusedError(111, "Connection refused"))
    assert line.index("Connection refused") < line.index("ValueError")
