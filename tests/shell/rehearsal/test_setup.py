"""What a scenario asks becomes the question of its assembly, in the language it was asked in."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assemblies.models import Assembly
from hemicycle.realtime import COMMANDS, KINDS
from live.registry import install
from rehearsal.setup import set_up
from tests.core.rehearsal.invented import invent, scenario_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "question", "mandate", "lang"),
    [
        (
            {"question": {"ca": "Sense cotxes?", "it": "Senza auto?"}, "mandate": {"ca": "Es respon."}},
            "Sense cotxes?",
            "Es respon.",
            "ca",
        ),
        ({"question": {"ca": "Sense cotxes?"}, "mandate": {"it": "Si risponde."}}, "Sense cotxes?", "", "ca"),
        ({}, "Invented", "", None),
    ],
)
def test_the_first_language_counts(change: Mapping[str, object], question: str, mandate: str, lang: str | None) -> None:
    install(kinds=KINDS, doors=COMMANDS)
    scenario = scenario_of({**invent(1), **change})
    set_up(scenario, mode_of=lambda room: "balanced")
    asked = Assembly.objects.get()
    assert (asked.question, asked.mandate, asked.lang) == (question, mandate, lang or scenario.languages()[0])
