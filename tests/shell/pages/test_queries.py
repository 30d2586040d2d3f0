"""Lists cost the same whether they hold one thing or three."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assemblies.models import Assembly
from assemblies.organisers import invite_organiser
from assemblies.services import invite, join
from live.registry import install
from public.prefaces import preface
from rooms import services as rooms
from rooms.kinds import ROOM
from tests.factories import make_assembly, make_member, make_organiser
from translation.kinds import TEXT

pytestmark = pytest.mark.django_db
ONE_AND_THREE = pytest.mark.parametrize("count", [1, 3])
Asserted = Callable[..., Any]


@pytest.fixture(autouse=True)
def _kinds() -> None:
    install(kinds=[ROOM, TEXT], doors={})


@pytest.fixture
def assembly(client: Client) -> Assembly:
    organiser = make_organiser()
    client.force_login(organiser)
    return make_assembly(organiser=organiser)


@ONE_AND_THREE
def test_front_page(client: Client, count: int, django_assert_num_queries: Asserted) -> None:
    for _ in range(count):
        make_assembly()
    with django_assert_num_queries(1):
        assert client.get("/").content.count(b"/a/sundays-") == count


@ONE_AND_THREE
def test_an_organisers_assemblies(client: Client, count: int, django_assert_num_queries: Asserted) -> None:
    organiser = make_organiser()
    client.force_login(organiser)
    for _ in range(count):
        make_assembly(organiser=organiser)
    with django_assert_num_queries(6):
        assert client.get("/organise/").content.count(b'href="/organise/sundays-') == count


@ONE_AND_THREE
def test_members(client: Client, assembly: Assembly, count: int, django_assert_num_queries: Asserted) -> None:
    for _ in range(count):
        invite(make_member(assembly))
    with django_assert_num_queries(10):
        assert client.get(f"/organise/{assembly.slug}/members/").content.count(b"Member ") == count


@ONE_AND_THREE
def test_organisers(client: Client, assembly: Assembly, count: int, django_assert_num_queries: Asserted) -> None:
    for number in range(count):
        assembly.organisers.add(make_organiser())
        invite_organiser(assembly, name=f"Person {number}", by=assembly.organisers.all()[0])
    with django_assert_num_queries(9):
        assert client.get(f"/organise/{assembly.slug}/organisers/").content.count(b"Person ") == 2 * count


@ONE_AND_THREE
def test_rooms_with_their_people(
    client: Client, assembly: Assembly, count: int, django_assert_num_queries: Asserted
) -> None:
    for _ in range(count):
        rooms.seat_member(rooms.create_room(assembly), make_member(assembly))
    with django_assert_num_queries(17):
        assert client.get(f"/organise/{assembly.slug}/rooms/").status_code == 200


@ONE_AND_THREE
def test_lobby(client: Client, count: int, django_assert_num_queries: Asserted) -> None:
    assembly = make_assembly()
    member = make_member(assembly)
    for _ in range(count):
        rooms.seat_member(rooms.create_room(assembly), member)
    client.cookies["device"] = join(
        invite(member), name="Ana", speaks=["es"], reads="es", device_label="Firefox"
    ).secret
    preface(assembly, "en")
    with django_assert_num_queries(14):
        assert client.get(f"/m/{member.key}/").content.count(b"/room/") == count


@ONE_AND_THREE
def test_devices(client: Client, count: int, django_assert_num_queries: Asserted) -> None:
    member = make_member(make_assembly())
    code = invite(member)
    joined = [join(code, name="Ana", speaks=["es"], reads="es", device_label="Firefox") for _ in range(count)]
    client.cookies["device"] = joined[-1].secret
    with django_assert_num_queries(2):
        assert client.get(f"/m/{member.key}/devices/").content.count(b"/end/") == count
