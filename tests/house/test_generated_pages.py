"""Generated pages cannot lie: written anew, they are what stands in the repository."""

from __future__ import annotations

import pytest

from hemicycle import pages, protocol
from hemicycle.cli import build_parser


def test_the_page_of_settings_is_up_to_date() -> None:
    assert pages.CONFIGURATION.read_text() == pages.configuration()


def test_the_page_of_the_command_line_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert pages.COMMAND_LINE.read_text() == pages.command_line(build_parser())


def test_the_protocol_reference_is_up_to_date() -> None:
    assert protocol.REFERENCE.read_text() == protocol.reference()


def test_the_types_of_the_client_are_up_to_date() -> None:
    assert protocol.TYPESCRIPT.read_text() == protocol.typescript()
