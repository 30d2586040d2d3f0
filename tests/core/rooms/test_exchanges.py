"""The recorded exchanges are what this code says now; the TypeScript tests read the same files."""

from __future__ import annotations

import json

import pytest

from floor.core.events import EVENTS as FLOOR_EVENTS
from kernel import wire
from recommendations.core.drafting import EVENTS as DRAFT_EVENTS
from rooms.core import room
from rooms.core.events import EVENTS
from rooms.core.types import RoomState
from tests.core.rooms.exchanges import EXCHANGES, FILES, FOLDER, text_of

BY_NAME = {wire.name_of(event): event for event in EVENTS}


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_up_to_date(name: str) -> None:
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == text_of(FILES[name]())


@pytest.mark.parametrize("name", EXCHANGES)
def test_the_file_alone_leads_to_its_state(name: str) -> None:
    exchange = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    state = wire.decode(RoomState, exchange["initial"])
    for event in exchange["events"]:
        state = room.evolve(state, wire.decode(BY_NAME[event["kind"]], event["data"]), event["at"])
    assert wire.encode(state) == exchange["state"]


def test_every_event_of_a_room_is_recorded_somewhere() -> None:
    recorded = {event["kind"] for record in EXCHANGES.values() for event in record()["events"]}
    assert recorded == {wire.name_of(event) for event in (*FLOOR_EVENTS, *DRAFT_EVENTS, *EVENTS)}
