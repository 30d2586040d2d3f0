"""Engines have one name each, whoever writes it: pages or the client."""

from __future__ import annotations

from pathlib import Path

from hemicycle.templatetags.civic import ENGINES, engine_name
from translation.engine import FACTORIES

CLIENT = Path(__file__).resolve().parents[2] / "frontend" / "src" / "ui" / "engines.svelte.ts"


def test_every_engine_has_a_name_for_people() -> None:
    assert {*FACTORIES, "wordbook"} == ENGINES.keys()
    assert engine_name("argos+apertium") == "Argos Translate + Apertium"


def test_the_client_calls_them_the_same() -> None:
    source = CLIENT.read_text()
    assert [name for name in map(str, ENGINES.values()) if f'"{name}"' not in source] == []
    assert [engine for engine in ENGINES if f"{engine}:" not in source and f'"{engine}"' not in source] == []
