"""The status board: the figures of all rooms for the organisers of the assembly, and who needs help."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assemblies.queries import actor_of
from facilitation.core.chairs_types import HelpAnswer
from facilitation.help_calls import call_for_help
from facilitation.kinds import CHAIRS
from facilitation.queries import chairs_state
from live.names import stream_name
from live.registry import install
from live.services import submit
from rooms.kinds import ROOM
from rooms.models import Room
from rooms.services import create_room
from tests.cast import Cast
from tests.factories import make_organiser
from tests.shell.assemblies.cast import signed_in
from tests.shell.rooms.play import Talk
from translation.kinds import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_chairs(_kinds: None) -> None:
    install(kinds=[ROOM, CHAIRS, TEXT], doors={})


def page(cast: Cast, client: Client | None = None) -> str:
    found = (client or signed_in(cast.olga)).get(f"/organise/{cast.assembly.slug}/rooms/status/?lang=en")
    return found.content.decode() if found.status_code == 200 else str(found.status_code)


def test_only_an_organiser_of_the_assembly_sees_the_board(cast: Cast, room: Room) -> None:
    assert (page(cast, signed_in(make_organiser())), page(cast, Client())) == ("404", "302")


def test_it_says_who_speaks_who_waits_and_that_a_facilitator_is_missing(cast: Cast, room: Room) -> None:
    talk = Talk(room, cast)
    talk.give_turn(0, cast.ana.key)
    shown = page(cast)
    assert "<bdi>Ana</bdi> speaks" in shown
    assert "2 of 2 are here" in shown
    assert "without facilitator" not in shown
    create_room(cast.assembly)
    assert page(cast).count("<article") == 2


def test_a_call_stands_at_its_room_until_it_is_done_with_who_looks_after_it(cast: Cast, room: Room) -> None:
    call_for_help(actor_of(cast.ana), room=room.pk, text="No oigo nada")
    call_for_help(actor_of(cast.bo), room=None)
    shown = page(cast)
    assert ("No oigo nada" in shown, "From the lobby" in shown, shown.count("calls for help")) == (True, True, 2)
    call = chairs_state(cast.assembly.pk).calls[0].call
    submit(stream_name("chairs", cast.assembly.pk), HelpAnswer(call), by=cast.fatou.key)
    assert "<bdi>Fatou</bdi> looks after it" in page(cast)


@pytest.mark.parametrize("rooms", [1, 3])
def test_more_rooms_cost_no_more_queries(
    cast: Cast, rooms: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rooms):
        create_room(cast.assembly)
    client = signed_in(cast.olga)
    page(cast, client)
    with django_assert_num_queries(11):
        assert page(cast, client).count("<article") == rooms
