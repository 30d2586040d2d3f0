"""Whatever happens in a room, its log leads to its state and its state survives storage and the wire."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kernel import wire
from rooms.core.types import RoomState
from tests.core.rooms.random_rooms import play
from tests.core.rooms.sitting import GUIDE, replay

hundreds = settings(max_examples=150)


@hundreds
@given(st.integers(0, 2**32))
def test_the_log_alone_leads_to_the_same_room(seed: int) -> None:
    sitting = play(seed)
    assert replay(sitting.log) == sitting.room


@hundreds
@given(st.integers(0, 2**32))
def test_a_room_survives_storage_and_the_wire(seed: int) -> None:
    state = play(seed).room
    assert wire.decode(RoomState, wire.parse(wire.dumps(wire.encode(state)), limit=10**7)) == state


@hundreds
@given(st.integers(0, 2**32))
def test_every_event_survives_storage_and_the_wire(seed: int) -> None:
    for entry in play(seed).log:
        data = wire.parse(wire.dumps(wire.encode(entry.event)), limit=10**6)
        assert wire.decode(type(entry.event), data) == entry.event


@hundreds
@given(st.integers(0, 2**32))
def test_who_is_present_at_the_floor_is_present_in_the_room(seed: int) -> None:
    state = play(seed).room
    for key, seat in state.seats.items():
        assert key == GUIDE or seat.present == state.floor.people[key].present
    assert all(key in state.seats for key, account in state.floor.people.items() if account.present)
