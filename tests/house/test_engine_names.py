"""Engines have one name each, and doubts one sentence, whoever writes it: pages or the client."""

from __future__ import annotations

from pathlib import Path

import pytest

from hemicycle.templatetags.civic import DOUBTS, ENGINES, doubt_name, engine_name
from translation.core.doubt import Doubt
from translation.engine import FACTORIES

UI = Path(__file__).resolve().parents[2] / "frontend" / "src" / "ui"


def test_every_engine_has_a_name_for_people() -> None:
    assert {*FACTORIES, "wordbook"} == ENGINES.keys()
    assert engine_name("argos+apertium") == "Argos Translate + Apertium"


def test_the_client_calls_them_the_same() -> None:
    source = (UI / "engines.svelte.ts").read_text()
    assert [name for name in map(str, ENGINES.values()) if f'"{name}"' not in source] == []
    assert [engine for engine in ENGINES if f"{engine}:" not in source and f'"{engine}"' not in source] == []


@pytest.mark.parametrize("doubt", Doubt)
def test_every_reason_to_doubt_is_said_in_the_same_words_on_pages_and_in_rooms(doubt: Doubt) -> None:
    assert f'case "{doubt}":\n      return t("{DOUBTS[doubt]}");' in (UI / "doubts.svelte.ts").read_text()


def test_a_reason_that_a_page_does_not_know_is_a_doubt_all_the_same() -> None:
    assert doubt_name("weather") == "doubtful"
