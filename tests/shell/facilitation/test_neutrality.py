"""Who reads the neutrality ledger, and what it says."""

from __future__ import annotations

import pytest
from django.test import Client

from assemblies.services import invite, join
from floor.core.commands import FloorGive, HandRaise, MemberArrive
from live.services import submit
from rooms import services
from tests.shell.assemblies.cast import Cast, cast, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/organise/sundays/rooms/neutrality/"


@pytest.fixture
def people() -> Cast:
    """Rui has called Aïna in an open room."""
    made = cast()
    room = services.create_room(made.assembly, mode="chaired")
    services.seat_members(room, [made.aina, made.rui])
    services.open_room(room)
    submit(room.stream, MemberArrive(made.aina.key), by=made.aina.key)
    submit(room.stream, HandRaise(), by=made.aina.key)
    submit(room.stream, FloorGive(made.aina.key), by=made.rui.key)
    return made


def browser(member: object) -> Client:
    client = Client()
    joined = join(invite(member), name=member.name, speaks=["es"], reads="en", device_label="Firefox")  # type: ignore[arg-type,attr-defined]
    client.cookies["device"] = joined.secret
    return client


def test_the_organiser_reads_everybodys_in_words(people: Cast) -> None:
    text = signed_in(people.organiser).get(PAGE).content.decode()
    assert ("<bdi>Rui</bdi>" in text, "1 act: too few to say anything." in text) == (True, True)


def test_whoever_chairs_reads_their_own_and_nobody_elses(people: Cast) -> None:
    own = browser(people.rui).get(f"/m/{people.rui.key}/facilitate/neutrality/").content.decode()
    other = browser(people.aina).get(f"/m/{people.aina.key}/facilitate/neutrality/").content.decode()
    assert ("<bdi>Rui</bdi>" in own, "<bdi>Rui</bdi>" in other) == (True, False)


def test_nobody_else_reads_the_organisers_page(people: Cast) -> None:
    assert Client().get(PAGE).status_code == 302
    assert browser(people.aina).get(PAGE).status_code == 302
