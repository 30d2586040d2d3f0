"""Calling for help and taking rooms over by HTTP: as a form, as data, and by whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from assemblies.models import Member
from facilitation.core.chairs_types import HelpAnswer
from facilitation.kinds import CHAIRS
from facilitation.queries import chairs_state
from live.names import stream_name
from live.registry import install
from live.services import submit
from rooms.kinds import ROOM
from rooms.models import Room
from tests.cast import Cast
from tests.factories import make_assembly, make_member
from tests.shell.assemblies.cast import let_in
from translation.kinds import TEXT

pytestmark = pytest.mark.django_db
JSON: dict[str, Any] = {"content_type": "application/json", "headers": {"accept": "application/json"}}


@pytest.fixture(autouse=True)
def _with_chairs(_kinds: None) -> None:
    install(kinds=[ROOM, CHAIRS, TEXT], doors={})


def call(member: Member, **said: object) -> Any:
    return let_in(member).post(f"/m/{member.key}/help/", said, **JSON)


def test_a_plain_form_calls_from_the_lobby_and_says_that_it_was_received(cast: Cast, room: Room) -> None:
    ana = let_in(cast.ana)
    assert ana.post(f"/m/{cast.ana.key}/help/", {"text": "Me he perdido"}).status_code == 302
    assert [(made.room, made.member) for made in chairs_state(cast.assembly.pk).calls] == [(None, cast.ana.key)]
    assert "waiting for somebody" in ana.get(f"/m/{cast.ana.key}/help/?lang=en").content.decode()


def test_the_page_says_who_looks_after_it(cast: Cast, room: Room) -> None:
    call(cast.ana)
    made = chairs_state(cast.assembly.pk).calls[0].call
    submit(stream_name("chairs", cast.assembly.pk), HelpAnswer(made), by=cast.fatou.key)
    page = let_in(cast.ana).get(f"/m/{cast.ana.key}/help/?lang=en").content.decode()
    assert "<bdi>Fatou</bdi> looks after it" in page


def test_a_call_as_data_from_a_room_is_answered_with_ones_own_calls(cast: Cast, room: Room) -> None:
    answer = call(cast.ana, room=room.pk, text="No oigo nada", lang="es", ref="one")
    assert [made["room"] for made in answer.json()["calls"]] == [room.pk]
    assert len(call(cast.ana, room=room.pk, text="No oigo nada", lang="es", ref="one").json()["calls"]) == 1


def test_a_call_from_a_room_of_others_is_refused_and_too_long_a_text_is_kept_on_the_page(
    cast: Cast, room: Room
) -> None:
    refused = call(cast.chen, room=room.pk)
    assert (refused.status_code, refused.json()["refused"]) == (409, "room.not_seated")
    page = let_in(cast.ana).post(f"/m/{cast.ana.key}/help/", {"text": "a" * 300})
    assert (page.status_code, "a" * 300 in page.content.decode()) == (409, True)


def test_nobody_calls_in_the_name_of_another(cast: Cast, room: Room) -> None:
    assert let_in(cast.bo).post(f"/m/{cast.ana.key}/help/", {}).status_code == 403
    assert Client().post(f"/m/{cast.ana.key}/help/", {}).status_code == 403
    assert chairs_state(cast.assembly.pk).calls == ()


def take(member: Member, room: Room) -> Any:
    return let_in(member).post(f"/m/{member.key}/facilitate/rooms/{room.pk}/take/", {}, **JSON)


def test_only_those_who_lead_rooms_of_the_assembly_take_one_over(cast: Cast, room: Room) -> None:
    stranger = make_member(make_assembly(), "Zoe", role="facilitator")
    asked = {name: take(getattr(cast, name), room).status_code for name in ("ana", "bo", "chen", "otto", "fatou")}
    assert asked == {"ana": 404, "bo": 404, "chen": 404, "otto": 404, "fatou": 200}
    assert take(stranger, room).status_code == 404


def test_a_room_is_taken_over_and_given_back(cast: Cast, room: Room) -> None:
    gil = make_member(cast.assembly, "Gil", role="facilitator", lang="ca", chamber="")
    assert take(gil, room).json() == {"done": True}
    back = let_in(gil).post(f"/m/{gil.key}/facilitate/rooms/{room.pk}/return/", {})
    assert (back.status_code, back.headers["Location"]) == (302, f"/m/{gil.key}/facilitate/")
    assert chairs_state(cast.assembly.pk).taken == ()


def test_the_console_shows_all_rooms_to_those_who_lead_and_marks_their_own(cast: Cast, room: Room) -> None:
    gil = make_member(cast.assembly, "Gil", role="facilitator", lang="ca", chamber="")
    readers = (cast.fatou, gil, cast.ana, cast.otto)
    pages = [let_in(member).get(f"/m/{member.key}/facilitate/") for member in readers]
    assert [page.status_code for page in pages] == [200, 200, 404, 404]
    assert [page.context["boot"]["rooms"][0]["leads"] for page in pages[:2]] == [True, False]
