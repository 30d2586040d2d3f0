"""The recorded exchanges are what this code says now; the TypeScript tests read the same files."""

from __future__ import annotations

import json

import pytest

from kernel import wire
from live.core.kinds import Recorded
from plenary.core import machine
from plenary.core.motions import EVENTS, PlenaryState
from tests.core.plenary.exchanges import EXCHANGES, FOLDER, seats_text, text_of

BY_NAME = {wire.name_of(event): event for event in EVENTS}


@pytest.mark.parametrize("name", EXCHANGES)
def test_the_file_is_up_to_date(name: str) -> None:
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == text_of(EXCHANGES[name]())


@pytest.mark.parametrize("name", EXCHANGES)
def test_the_file_alone_leads_to_its_state(name: str) -> None:
    exchange = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    state = wire.decode(PlenaryState, exchange["initial"])
    for event in exchange["events"]:
        decoded = wire.decode(BY_NAME[event["kind"]], event["data"])
        state = machine.evolve(state, Recorded("plenary.1", event["seq"], event["at"], event["by"], decoded))
    assert wire.encode(state) == exchange["state"]


def test_every_event_of_a_plenary_is_recorded_somewhere() -> None:
    recorded = {event["kind"] for record in EXCHANGES.values() for event in record()["events"]}
    assert recorded == set(BY_NAME)


def test_the_halls_are_up_to_date() -> None:
    assert (FOLDER / "seats.json").read_text(encoding="utf-8") == seats_text()
