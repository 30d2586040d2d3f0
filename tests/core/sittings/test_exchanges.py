"""The recorded exchanges are what this code says now; the TypeScript tests read the same files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kernel import wire
from live.core.kinds import Recorded
from sittings.core import sitting
from sittings.core.types import EVENTS, SittingState
from tests.core.sittings.exchanges import EXCHANGES, FOLDER, text_of

BY_NAME = {wire.name_of(event): event for event in EVENTS}


@pytest.mark.parametrize("name", EXCHANGES)
def test_the_file_is_up_to_date(name: str) -> None:
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == text_of(EXCHANGES[name]())


@pytest.mark.parametrize("name", EXCHANGES)
def test_the_file_alone_leads_to_its_state(name: str) -> None:
    exchange = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    state = wire.decode(SittingState, exchange["initial"])
    for event in exchange["events"]:
        decoded: Any = wire.decode(BY_NAME[event["kind"]], event["data"])
        state = sitting.evolve(state, Recorded("sitting.1", event["seq"], event["at"], event["by"], decoded))
    assert wire.encode(state) == exchange["state"]


def test_every_event_of_a_sitting_is_recorded_somewhere() -> None:
    recorded = {event["kind"] for record in EXCHANGES.values() for event in record()["events"]}
    assert recorded == set(BY_NAME)
