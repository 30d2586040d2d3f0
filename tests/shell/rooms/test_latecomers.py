"""Who comes when the rooms are made gets the room that fits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from assemblies.models import Member
from kernel.errors import Refused
from rooms import latecomers
from rooms.core.composition import MOST, Wishes
from rooms.latecomers import place_latecomer
from rooms.models import Proposal, Room, Seat
from rooms.proposals import Order
from rooms.services import close_room, create_room, open_room, seat_member
from tests.cast import Cast, make_cast
from tests.factories import make_member
from tests.patience import PATIENCE_S
from tests.shell.rooms.halls import citizens, made, order, without_catalan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_engines(settings: Any) -> None:
    settings.TRANSLATION_ENGINES = ()


def test_a_latecomer_gets_the_room_that_fits(cast: Cast) -> None:
    citizens(cast, 13, langs=("es", "fr"))
    without_catalan(cast)
    made(cast, Order(Wishes(most_languages=1), translated=True))
    assert place_latecomer(make_member(cast.assembly, "Tard", lang="fr")) == place_latecomer(
        make_member(cast.assembly, "Plus tard", lang="fr")
    )
    assert place_latecomer(make_member(cast.assembly, "Late", lang="tr")) is None


def test_the_emptiest_room_fits_best(cast: Cast) -> None:
    citizens(cast, 14)
    rooms = made(cast, order())
    smallest = min(rooms, key=lambda room: room.seats.count())
    assert place_latecomer(make_member(cast.assembly, "Late")) == smallest


def test_nobody_is_placed_twice_or_where_they_would_understand_nobody(cast: Cast) -> None:
    citizens(cast, 5)
    made(cast, order(size=15, translated=False))
    late = make_member(cast.assembly, "Late")
    assert [place_latecomer(late) is None, place_latecomer(late) is None] == [False, True]
    Proposal.objects.update(question={**Proposal.objects.get().question, "wishes": {"routes": []}})
    assert place_latecomer(make_member(cast.assembly, "Deaf", lang="tr")) is None


def test_placing_by_hand_leaves_latecomers_in_the_lobby(cast: Cast) -> None:
    made(cast, order(latecomers="hand"))
    assert place_latecomer(make_member(cast.assembly, "Late")) is None


def test_without_composed_rooms_and_for_facilitators_nothing_is_placed(cast: Cast) -> None:
    open_room(create_room(cast.assembly))
    assert place_latecomer(cast.ana) is None
    for room in made(cast, order()):
        close_room(room)
    assert place_latecomer(cast.fatou) is None
    assert place_latecomer(make_member(cast.assembly, "Late")) is None


def test_nobody_is_seated_in_a_closed_room(cast: Cast) -> None:
    room = create_room(cast.assembly)
    seat_member(room, cast.ana)
    close_room(room)
    with pytest.raises(Refused, match="closed"):
        seat_member(room, cast.bo)
    assert Seat.objects.filter(room=room).count() == 1


def test_who_is_on_the_way_to_a_room_that_closes_waits_in_the_lobby(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    (room,) = made(cast, order())
    close_room(room)
    monkeypatch.setattr(latecomers, "_room_for", lambda *_: room)
    assert place_latecomer(make_member(cast.assembly, "Late")) is None


def test_those_who_only_listen_take_nobodys_place(cast: Cast) -> None:
    citizens(cast, 10)
    (room,) = made(cast, order(size=15))
    for number in range(2):
        seat_member(room, make_member(cast.assembly, f"Observer {number}", role="observer"))
    late = [place_latecomer(make_member(cast.assembly, f"Late {number}")) for number in range(3)]
    assert late == [room, room, None]


@pytest.mark.django_db(transaction=True)
def test_of_people_who_come_at_once_nobody_sits_twice_and_no_room_overflows() -> None:
    cast = make_cast()
    citizens(cast, 24)
    made(cast, order(size=14))
    late = [make_member(cast.assembly, f"Late {number}") for number in range(6)]
    start = Barrier(6)

    def join(member: Member) -> None:
        start.wait(timeout=PATIENCE_S)
        try:
            place_latecomer(member)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(join, late))
    sizes = [room.seats.filter(role="citizen").count() for room in Room.objects.all()]
    assert (sorted(sizes), Seat.objects.filter(role="citizen").count()) == ([MOST, MOST], 2 * MOST)
