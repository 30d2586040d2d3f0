"""The recorded exchange is what this code says now; the TypeScript tests read the same file."""

from __future__ import annotations

import json
from typing import Any

from facilitation.core import chairs
from facilitation.core.chairs_types import ChairsState
from kernel import wire
from live.core.kinds import Recorded
from tests.core.facilitation.exchanges import FILE, exchange, text

BY_NAME = {wire.name_of(event): event for event in chairs.EVENTS}


def test_the_file_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == text()


def test_the_file_alone_leads_to_its_state() -> None:
    recorded = json.loads(FILE.read_text(encoding="utf-8"))
    state = wire.decode(ChairsState, recorded["initial"])
    for event in recorded["events"]:
        decoded: Any = wire.decode(BY_NAME[event["kind"]], event["data"])
        state = chairs.evolve(state, Recorded("chairs.1", event["seq"], event["at"], event["by"], decoded))
    assert wire.encode(state) == recorded["state"]


def test_every_event_is_recorded() -> None:
    assert {event["kind"] for event in exchange()["events"]} == set(BY_NAME)
