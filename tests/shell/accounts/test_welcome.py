"""The first organiser: one link, one account, once."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import FirstLink, User
from hemicycle import server
from kernel.errors import Refused

pytestmark = pytest.mark.django_db
FILLED = {"email": "Ana@Example.org", "password": "a long way home 7"}


def path_of(link: str) -> str:
    return "/welcome/" + link.rpartition("/welcome/")[2]


def test_the_link_makes_an_account_and_signs_its_owner_in(client: Client) -> None:
    response = client.post(path_of(services.first_organiser_link()), FILLED)
    assert (response.status_code, response["Location"]) == (302, "/organise/")
    assert User.objects.get().email == "Ana@example.org"
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_looking_at_the_link_does_not_use_it(client: Client) -> None:
    path = path_of(services.first_organiser_link())
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 200]
    assert FirstLink.objects.get().used_at is None


def test_the_link_works_once_and_all_others_end_with_it(client: Client) -> None:
    first, second = (path_of(services.first_organiser_link()) for _ in range(2))
    client.post(first, FILLED)
    assert client.post(first, {**FILLED, "email": "b@example.org"}).status_code == 404
    assert client.post(second, {**FILLED, "email": "b@example.org"}).status_code == 404
    assert User.objects.count() == 1


def test_a_link_older_than_a_day_is_over(client: Client) -> None:
    path = path_of(services.first_organiser_link())
    FirstLink.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert client.get(path).status_code == 404


def test_unknown_and_used_links_get_the_same_page(client: Client) -> None:
    path = path_of(services.first_organiser_link())
    client.post(path, FILLED)
    used, unknown = Client().get(path).content, Client().get("/welcome/nobody-knows-this/").content
    assert used == unknown


def test_a_weak_password_is_refused_and_the_link_stays_good(client: Client) -> None:
    path = path_of(services.first_organiser_link())
    response = client.post(path, {**FILLED, "password": "12345"})
    assert response.status_code == 400
    assert b"error-summary" in response.content
    assert client.post(path, FILLED).status_code == 302


def test_no_link_is_made_once_somebody_can_sign_in() -> None:
    services.create_organiser(email="ana@example.org", password="a long way home 7")
    with pytest.raises(Refused, match=r"account\.first_exists"):
        services.first_organiser_link()


def test_signing_in_with_the_address_leads_to_the_assemblies(client: Client) -> None:
    services.create_organiser(email="ana@example.org", password="a long way home 7")
    answer = client.post("/accounts/login/", {"login": "ANA@example.org", "password": "a long way home 7"})
    assert not list(get_messages(answer.wsgi_request)), "nobody chose the name of an account"
    assert (answer.status_code, answer["Location"]) == (302, "/organise/")


def test_nobody_signs_up_alone(client: Client) -> None:
    page = client.get("/accounts/signup/").content.decode()
    assert "Accounts are for organisers only" in page
    client.post(
        "/accounts/signup/", {"email": "x@example.org", "password1": "a long 7 way", "password2": "a long 7 way"}
    )
    assert User.objects.count() == 0


def test_the_server_prints_the_link_until_somebody_has_an_account(capsys: pytest.CaptureFixture[str]) -> None:
    server.tell_first_link()
    link = capsys.readouterr().out.split()[-1]
    assert Client().post(path_of(link), FILLED).status_code == 302
    server.tell_first_link()
    assert capsys.readouterr().out == ""
