"""Joining: looking shows, sending uses; a closed link says so in the reader's language."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.models import Device, Invitation
from assemblies.services import add_member, invite, remove_member, revoke_invitations
from rooms.core.composition import Wishes
from rooms.proposals import Order, apply_round, propose
from tests.shell.assemblies.cast import Cast, cast, let_in

pytestmark = pytest.mark.django_db
FILLED = {"reads": "fr", "name": "Nina", "speaks": "ca", "also": ["pt"]}


@pytest.fixture
def people() -> Cast:
    return cast()


def test_looking_uses_nothing(client: Client, people: Cast) -> None:
    code = invite(people.aina)
    page = client.get(f"/join/{code}/")
    assert (page.status_code, Device.objects.count()) == (200, 0)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert code not in page.content.decode()


def test_sending_seats_this_browser_at_this_members_address_only(client: Client, people: Cast) -> None:
    answer = client.post(f"/join/{invite(people.aina)}/", FILLED)
    cookie = answer.cookies["device"]
    assert (answer.status_code, answer["Location"]) == (302, f"/m/{people.aina.key}/")
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (f"/m/{people.aina.key}/", True, "Lax")
    people.aina.refresh_from_db()
    assert (people.aina.name, people.aina.speaks, people.aina.reads) == ("Nina", ["ca", "pt"], "fr")


def test_the_link_lets_its_member_in_again_on_another_device(people: Cast) -> None:
    code = invite(people.aina)
    browsers = [Client(headers={"user-agent": agent}) for agent in ("Firefox/1 Android", "Chrome/1 Windows")]
    assert [browser.post(f"/join/{code}/", FILLED).status_code for browser in browsers] == [302, 302]
    assert [device.label for device in Device.objects.order_by("pk")] == ["Firefox · Android", "Chrome · Windows"]


def test_one_browser_holds_several_members(people: Cast) -> None:
    browser = let_in(people.rui, let_in(people.aina))
    assert browser.get(f"/m/{people.rui.key}/").status_code == 200


@pytest.mark.parametrize(("lang", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("ca", "ltr")])
def test_the_language_chosen_first_is_the_pages(people: Cast, lang: str, direction: str) -> None:
    page = Client().get(f"/join/{invite(people.aina)}/?lang={lang}").content.decode()
    assert f'<html lang="{lang}" dir="{direction}">' in page
    assert f'name="reads" value="{lang}"' in page


def test_a_language_the_interface_lacks_can_still_be_read(people: Cast) -> None:
    page = Client().get(f"/join/{invite(people.aina)}/?lang=ro").content.decode()
    assert 'name="reads" value="ro"' in page


@pytest.mark.parametrize(("latecomers", "rooms"), [("rule", 1), ("hand", 0)])
def test_who_joins_late_gets_the_room_that_fits_or_waits_in_the_lobby(
    people: Cast, latecomers: str, rooms: int
) -> None:
    add_member(people.assembly, name="Second", role="citizen", speaks=["ca"], reads="ca")
    order = Order(Wishes(), translated=False, latecomers=latecomers)
    apply_round(propose(people.assembly, order), 1)
    late = add_member(people.assembly, name="Late", role="citizen", speaks=["ca"], reads="ca")
    answer = Client().post(f"/join/{invite(late)}/", FILLED, follow=True)
    assert late.seats.count() == rooms
    assert len(answer.context["places"]) == rooms


def test_unknown_withdrawn_expired_and_removed_get_one_and_the_same_answer(people: Cast) -> None:
    codes = {"unknown": "A" * 22, "revoked": invite(people.aina)}
    revoke_invitations(people.aina)
    codes["expired"] = invite(people.aina)
    Invitation.objects.filter(revoked_at=None).update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    codes["removed"] = invite(people.rui)
    remove_member(people.rui)
    answers = [Client().get(f"/join/{code}/") for code in codes.values()]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_link_that_expires_between_looking_and_sending_lets_nobody_in(people: Cast) -> None:
    code = invite(people.aina)
    assert Client().get(f"/join/{code}/").status_code == 200
    Invitation.objects.update(expires_at=timezone.now())
    assert Client().post(f"/join/{code}/", FILLED).status_code == 404
    assert Device.objects.count() == 0


@pytest.mark.parametrize("name", ["Rui", "RÚI", "Ann\u202ea", "", "Pаul", "x" * 61])
def test_a_bad_or_taken_name_is_told_and_nothing_is_used(people: Cast, name: str) -> None:
    answer = Client().post(f"/join/{invite(people.aina)}/", {**FILLED, "name": name})
    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode()
    assert Device.objects.count() == 0


@pytest.mark.parametrize("field", ["reads", "speaks", "also"])
def test_a_language_nobody_knows_is_refused(people: Cast, field: str) -> None:
    answer = Client().post(f"/join/{invite(people.aina)}/", {**FILLED, field: "klingon"})
    assert answer.status_code == 400


def test_a_name_with_markup_is_shown_as_text(people: Cast) -> None:
    page = Client().post(f"/join/{invite(people.aina)}/", {**FILLED, "name": "<script>x", "speaks": "??"})
    assert "<script>x" not in page.content.decode()


def test_joining_needs_the_forms_token(people: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/join/{invite(people.aina)}/", FILLED).status_code == 403
    assert Device.objects.count() == 0
