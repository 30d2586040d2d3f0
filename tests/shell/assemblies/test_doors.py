"""Who is let in where: the whole cast asks at every door."""

from __future__ import annotations

import pytest
from django.test import Client

from assemblies.models import Member
from rooms.models import Room
from tests.shell.assemblies.cast import cast, let_in, signed_in

pytestmark = pytest.mark.django_db
PAGES = ["", "edit/", "members/", "members/import/", "links/", "rooms/", "plenary/", "members/{aina}/", "organisers/"]
ACTS = [
    "edit/", "members/import/", "members/import/apply/", "links/", "links.csv", "members/{aina}/remove/",
    "members/{aina}/renew/", "rooms/compose/", "rooms/new/", "rooms/move/", "rooms/plan/", "rooms/1/open/",
    "organisers/invite/", "organisers/withdraw/", "organisers/remove/",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_only_who_organises_an_assembly_reads_its_pages(page: str) -> None:
    people = cast()
    path = f"/organise/sundays/{page.format(aina=people.aina.key)}"
    browsers = [signed_in(people.organiser), signed_in(people.stranger), Client(), let_in(people.aina)]
    assert [browser.get(path).status_code for browser in browsers] == [200, 404, 302, 302]
    assert signed_in(people.organiser).get(path)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_changes_anything(act: str) -> None:
    people = cast()
    path = f"/organise/sundays/{act.format(aina=people.aina.key)}"
    browsers = [signed_in(people.stranger), Client(), let_in(people.aina)]
    assert [browser.post(path).status_code for browser in browsers] == [404, 302, 302]
    assert Member.objects.filter(removed_at=None).count() == 2
    assert Room.objects.count() == 0


@pytest.mark.parametrize("act", ACTS)
def test_every_act_needs_the_forms_token(act: str) -> None:
    people = cast()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(people.organiser).cookies
    assert strict.post(f"/organise/sundays/{act.format(aina=people.aina.key)}").status_code == 403


@pytest.mark.parametrize("page", ["", "devices/"])
def test_a_members_page_opens_in_that_members_browser_only(page: str) -> None:
    people = cast()
    path = f"/m/{people.aina.key}/{page}"
    mine, other = let_in(people.aina), let_in(people.rui)
    assert [browser.get(path).status_code for browser in (mine, other, Client())] == [200, 403, 403]
    assert mine.get(path)["Cache-Control"] == "private, no-store"


def test_a_stolen_secret_is_no_good_at_another_members_address() -> None:
    people = cast()
    browser = let_in(people.aina)
    secret = browser.cookies["device"].value
    thief = Client()
    thief.cookies["device"] = secret
    assert thief.get(f"/m/{people.rui.key}/").status_code == 403
