"""Whatever happens in a room, its log leads to its state and its state survives storage and the wire."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from floor.core.commands import (
    FloorGive,
    FloorPause,
    FloorResume,
    FloorSet,
    HandRaise,
    MemberArrive,
    MemberLeave,
    OfferAccept,
    SpeechStart,
    TurnEnd,
    TurnYield,
)
from floor.core.types import Mode
from kernel import wire
from kernel.errors import Refused
from recommendations.core.drafting import DraftAccept, DraftSubmit, DraftWrite
from rooms.core.room import RoomCommand
from rooms.core.types import (
    ContributionMake,
    ItemOpen,
    MemberReadmit,
    MemberRemove,
    NoteMake,
    RoomClose,
    RoomOpen,
    RoomState,
    SeatGive,
    SeatTake,
)
from tests.core.rooms.sitting import GUIDE, LANGUAGES, RoomSitting, opened, replay

MODES: tuple[Mode, ...] = ("balanced", "chaired", "free")
MEMBERS = (*LANGUAGES, "eve")


def random_command(sitting: RoomSitting, chance: Random) -> tuple[str, RoomCommand]:
    """Somebody wants something, sensible or not."""
    member, other = chance.choice(MEMBERS), chance.choice(MEMBERS)
    draft = chance.choice([*sitting.room.drafts, "none"])
    state = sitting.room.drafts.get(draft)
    version = state.version if state else 0
    own: list[RoomCommand] = [
        HandRaise(), HandRaise("order"), OfferAccept(), TurnYield(), SpeechStart(), ContributionMake("Hola", "es"),
        NoteMake("Ma", "it"), DraftWrite(None, 0, "Títol", "Text", "", "ca"), DraftAccept(draft, version),
        DraftWrite(draft, version, "", "Testo", "Perché", "it"), DraftSubmit(draft, version),
    ]  # fmt: skip
    chairs: list[RoomCommand] = [
        FloorGive(other), FloorPause(), FloorResume(), TurnEnd(), FloorSet(chance.choice(MODES)),
        ItemOpen("Next", "en"), ItemOpen(), MemberRemove(other), MemberReadmit(other), RoomOpen(), RoomOpen(),
        chance.choice((RoomClose(), RoomOpen())), MemberArrive(other), MemberArrive(other), MemberLeave(other),
        SeatGive(other, "citizen", ("es", "ca"), chance.choice(("es", "ca"))), SeatTake(other),
    ]  # fmt: skip
    return (member, chance.choice(own)) if chance.random() < 0.6 else (GUIDE, chance.choice(chairs))


def play(seed: int) -> RoomSitting:
    sitting, chance, second = opened(), Random(seed), 0.0
    for _ in range(80):
        second += chance.choice((0, 0.5, chance.randint(0, 20)))
        by, command = random_command(sitting, chance)
        try:
            sitting.do(second, by, command)
        except Refused:
            continue
    return sitting


hundreds = settings(max_examples=150, deadline=None)


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
