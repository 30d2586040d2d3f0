"""Who reads the neutrality ledger, and what it says."""

from __future__ import annotations

import re
from unittest.mock import Mock

import pytest
from django.test import Client

from assemblies.models import Member
from assemblies.services import invite, join
from floor.core.commands import FloorGive, HandRaise, MemberArrive
from live.services import submit
from rooms import queries, services
from rooms.queries import log_of
from tests.factories import make_member
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


def own(member: Member) -> tuple[int, str]:
    answer = browser(member).get(f"/m/{member.key}/facilitate/neutrality/")
    return answer.status_code, answer.content.decode()


def test_whoever_chairs_reads_their_own_and_nobody_elses(people: Cast) -> None:
    other = make_member(people.assembly, "Zoe", role="facilitator")
    assert ["<bdi>Rui</bdi>" in own(each)[1] for each in (people.rui, other)] == [True, False]


@pytest.mark.parametrize(("role", "status"), [("citizen", 404), ("observer", 404), ("facilitator", 200)])
def test_who_leads_no_rooms_has_no_such_page(people: Cast, role: str, status: int) -> None:
    assert own(make_member(people.assembly, "Zoe", role=role))[0] == status


def test_only_the_rooms_where_somebody_did_something_are_read(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    services.open_room(services.create_room(people.assembly))
    read = Mock(side_effect=log_of)
    monkeypatch.setattr(queries, "log_of", read)
    assert (own(people.rui)[0], [call.args[0].number for call in read.call_args_list]) == (200, [1])


def test_reading_ones_own_again_and_again_has_to_wait(people: Cast) -> None:
    client = browser(people.rui)
    codes = [client.get(f"/m/{people.rui.key}/facilitate/neutrality/").status_code for _ in range(30)]
    assert (codes[0], 429 in codes) == (200, True)


def test_nobody_else_reads_the_organisers_page(people: Cast) -> None:
    assert Client().get(PAGE).status_code == 302
    assert browser(people.aina).get(PAGE).status_code == 302


def evaluators_link(organiser: Client) -> str:
    page = organiser.post(f"{PAGE}link/", {"act": "make"}).content.decode()
    found = re.search(r'href="http://testserver(/a/sundays/neutrality/[^"]+)"', page)
    assert found
    return found[1]


def test_evaluators_read_it_by_a_link_without_names(people: Cast) -> None:
    link = evaluators_link(signed_in(people.organiser))
    page = Client().get(link)
    assert ("Facilitator 1" in (text := page.content.decode()), "Rui" in text, "1 act" in text) == (True, False, True)
    assert "no-store" in page["Cache-Control"]


def test_the_link_is_shown_once_and_ends_with_the_next_or_by_hand(people: Cast) -> None:
    organiser = signed_in(people.organiser)
    first = evaluators_link(organiser)
    assert first not in organiser.get(PAGE).content.decode()
    second = evaluators_link(organiser)
    assert [Client().get(each).status_code for each in (first, second)] == [404, 200]
    organiser.post(f"{PAGE}link/", {"act": "end"})
    assert Client().get(second).status_code == 404


def test_without_the_link_nobody_reads_it_and_only_organisers_make_one(people: Cast) -> None:
    assert [Client().get(f"/a/{slug}/neutrality/{'x' * 22}/").status_code for slug in ("sundays", "none")] == [404, 404]
    for client in (Client(), browser(people.rui), browser(people.aina)):
        assert client.post(f"{PAGE}link/", {"act": "make"}).status_code == 302
    people.assembly.refresh_from_db()
    assert "evaluation" not in people.assembly.settings
