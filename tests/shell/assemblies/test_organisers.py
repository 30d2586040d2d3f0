"""Organisers of an assembly: one link, one use; a list; the right taken away, never from the last."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assemblies import organisers
from assemblies.models import OrganiserLink
from assemblies.organisers import MAX_ORGANISERS, invite_organiser, remove_organiser
from kernel.errors import Refused
from tests.shell.assemblies.cast import Cast, cast, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/organise/sundays/organisers/"
FILLED = {"email": "cleo@example.org", "password": "a long way home 9"}


@pytest.fixture
def people() -> Cast:
    return cast()


def link_for(people: Cast, name: str = "Cleo") -> str:
    """The path of a new link."""
    return (
        "/organiser/" + invite_organiser(people.assembly, name=name, by=people.organiser).rpartition("/organiser/")[2]
    )


def test_an_organiser_makes_a_link_that_is_shown_once(people: Cast) -> None:
    browser = signed_in(people.organiser)
    shown = browser.post(f"{PAGE}invite/", {"name": "Cleo"}).content.decode()
    (code,) = re.findall(r"/organiser/([\w-]{22})/", shown)
    assert organisers.link_of(code).name == "Cleo"
    listed = browser.get(PAGE).content.decode()
    assert "Cleo" in listed
    assert code not in listed


def test_the_link_makes_an_account_that_organises_this_assembly(people: Cast, client: Client) -> None:
    answer = client.post(link_for(people), FILLED)
    assert (answer.status_code, answer["Location"]) == (302, "/organise/sundays/")
    assert client.get(PAGE).status_code == 200
    assert {user.email for user in people.assembly.organisers.all()} == {"ana@example.org", "cleo@example.org"}


def test_somebody_with_an_account_accepts_with_it(people: Cast) -> None:
    browser, path = signed_in(people.stranger), link_for(people)
    assert b"bo@example.org" in browser.get(path).content
    assert browser.post(path).status_code == 302
    assert people.assembly.organisers.filter(pk=people.stranger.pk).exists()
    assert User.objects.count() == 2


def test_looking_uses_nothing_and_the_link_works_once(people: Cast) -> None:
    path = link_for(people)
    assert [Client().get(path).status_code for _ in range(2)] == [200, 200]
    assert Client().post(path, FILLED).status_code == 302
    assert Client().post(path, {**FILLED, "email": "d@example.org"}).status_code == 404
    assert people.assembly.organisers.count() == 2


def test_an_address_that_has_an_account_is_told_so_and_the_link_stays_good(people: Cast, client: Client) -> None:
    path = link_for(people)
    answer = client.post(path, {**FILLED, "email": "BO@example.org"})
    assert (answer.status_code, b"There is an account for" in answer.content) == (400, True)
    assert client.post(path, {**FILLED, "password": "12345"}).status_code == 400
    assert client.post(path, FILLED).status_code == 302


def test_a_withdrawn_link_an_old_one_and_one_nobody_made_get_the_same_page(people: Cast) -> None:
    withdrawn, old = link_for(people, "Cleo"), link_for(people, "Dan")
    row = OrganiserLink.objects.get(name="Cleo")
    assert signed_in(people.organiser).post(f"{PAGE}withdraw/", {"pk": row.pk}).status_code == 302
    OrganiserLink.objects.filter(name="Dan").update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    answers = [Client().get(path) for path in (withdrawn, old, "/organiser/nobody-made-this/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert not organisers.open_links(people.assembly).exists()


def test_who_is_removed_is_shown_out_and_links_made_by_them_end(people: Cast) -> None:
    people.assembly.organisers.add(people.stranger)
    invite_organiser(people.assembly, name="Cleo", by=people.stranger)
    signed_in(people.organiser).post(f"{PAGE}remove/", {"pk": people.stranger.pk})
    assert signed_in(people.stranger).get(PAGE).status_code == 404
    assert not organisers.open_links(people.assembly).exists()
    assert User.objects.filter(pk=people.stranger.pk).exists()


def test_who_leaves_is_led_to_the_other_assemblies(people: Cast) -> None:
    people.assembly.organisers.add(people.stranger)
    answer = signed_in(people.organiser).post(f"{PAGE}remove/", {"pk": people.organiser.pk})
    assert (answer.status_code, answer["Location"]) == (302, "/organise/")


def test_the_last_organiser_stays(people: Cast) -> None:
    answer = signed_in(people.organiser).post(f"{PAGE}remove/", {"pk": people.organiser.pk})
    assert (answer.status_code, b"needs at least one organiser" in answer.content) == (400, True)
    with pytest.raises(Refused, match=r"organiser\.last"):
        remove_organiser(people.assembly, people.organiser)
    assert people.assembly.organisers.count() == 1


def test_organisers_and_invitations_together_are_limited(people: Cast) -> None:
    for number in range(MAX_ORGANISERS - 1):
        link_for(people, f"Person {number}")
    answer = signed_in(people.organiser).post(f"{PAGE}invite/", {"name": "One more"})
    assert (answer.status_code, b"at most 20 organisers" in answer.content) == (400, True)


@pytest.mark.parametrize("pk", ["", "x", "-1", "²", "9" * 30])
def test_what_is_no_number_is_not_found(people: Cast, pk: str) -> None:
    browser = signed_in(people.organiser)
    assert [browser.post(f"{PAGE}{act}/", {"pk": pk}).status_code for act in ("withdraw", "remove")] == [404, 404]


def test_another_assemblys_link_and_account_are_not_found(people: Cast) -> None:
    browser = signed_in(people.organiser)
    assert browser.post(f"{PAGE}remove/", {"pk": people.stranger.pk}).status_code == 404
    assert browser.post(f"{PAGE}invite/", {"name": " "}).status_code == 400
    assert browser.post(f"{PAGE}promote/").status_code == 400
