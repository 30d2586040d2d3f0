"""Practising by its pages: who may, who sees what, how many at once, and what is left where."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from assemblies.models import Assembly, Invitation, Member
from rehearsal.models import Practice
from rehearsal.practice import closing, keeper
from tests.cast import Cast, make_cast
from tests.factories import make_member, make_organiser
from tests.shell.assemblies.cast import let_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def home_of(member: Member) -> str:
    return f"/m/{member.key}/practice/"


def begun(member: Member) -> tuple[Client, Practice]:
    let_in(member).post(home_of(member), {"length": "6"})
    return let_in(member), Practice.objects.get(member=member)


def test_facilitators_may_practise_and_nobody_else_of_the_members(cast: Cast) -> None:
    people = [cast.ana, cast.bo, cast.chen, cast.fatou, cast.otto]
    allowed = {member.name: let_in(member).get(home_of(member)).status_code for member in people}
    assert allowed == {"Ana": 404, "Bo": 404, "Chen": 404, "Fatou": 200, "Otto": 404}
    assert let_in(cast.ana).post(home_of(cast.ana), {"length": "6"}).status_code == 404
    assert Client().get(home_of(cast.fatou)).status_code == 403


def test_organisers_practise_with_their_account_and_strangers_are_told_where_to_begin(cast: Cast) -> None:
    olga = Client()
    olga.force_login(cast.olga)
    assert olga.post("/practice/", {"length": "12"}).status_code == 302
    assert Practice.objects.get(account=cast.olga).minutes == 12
    stranger = Client()
    assert b"/accounts/login/?next=/practice/" in stranger.post("/practice/", {"length": "12"}).content
    assert Practice.objects.count() == 1


def test_beginning_leads_to_the_console_of_a_room_with_seven_simulated_people(cast: Cast) -> None:
    client = let_in(cast.fatou)
    answer = client.post(home_of(cast.fatou), {"length": "6"})
    practice = Practice.objects.get()
    assert answer["Location"] == f"/m/{practice.guide}/facilitate/"
    client.cookies["device"] = answer.cookies["device"].value
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert f"{home_of(cast.fatou)}{practice.key}/" in page.content.decode()
    names = Member.objects.filter(assembly=practice.assembly, role="citizen").values_list("name", flat=True)
    assert len(names) == 7
    assert all(name.endswith(" · simulation") for name in names)


def test_nobody_can_come_in_by_a_link_and_no_public_page_knows_of_it(cast: Cast) -> None:
    _, practice = begun(cast.fatou)
    assert practice.assembly is not None
    assert not Invitation.objects.filter(member__assembly=practice.assembly).exists()
    assert Client().get(f"/a/{practice.assembly.slug}/").status_code == 404
    assert practice.assembly.slug not in Client().get("/").content.decode()
    assert not practice.assembly.organisers.exists()
    assert cast.assembly.members.count() == 5


def test_a_second_beginning_leads_into_the_same_practice(cast: Cast) -> None:
    client, practice = begun(cast.fatou)
    client.post(home_of(cast.fatou), {"length": "12"})
    assert list(Practice.objects.all()) == [practice]


def test_nobody_sees_or_ends_the_practice_of_another(cast: Cast) -> None:
    _, practice = begun(cast.fatou)
    other = make_member(cast.assembly, "Farid", role="facilitator")
    stranger = make_organiser()
    olga, farid, account = Client(), let_in(other), Client()
    olga.force_login(cast.olga)
    account.force_login(stranger)
    addresses = [(farid, home_of(other)), (olga, "/practice/"), (account, "/practice/")]
    for client, home in addresses:
        assert client.get(f"{home}{practice.key}/").status_code == 404
        assert practice.key not in client.get(home).content.decode()
        for act in ("enter", "end", "delete"):
            assert client.post(f"{home}{practice.key}/{act}/").status_code == 404
    practice.refresh_from_db()
    assert practice.stage == "waiting"


def test_so_many_go_on_at_once_and_the_next_is_told_so(cast: Cast, settings: object) -> None:
    settings.PRACTICES_AT_ONCE = 1  # type: ignore[attr-defined]
    begun(cast.fatou)
    other = make_member(cast.assembly, "Farid", role="facilitator", lang="en")
    refused = let_in(other).post(home_of(other), {"length": "6"})
    assert refused.status_code == 429
    assert "1 practices go on here already" in refused.content.decode()


def test_ending_leaves_a_report_that_its_owner_reads_and_deletes(cast: Cast) -> None:
    client, practice = begun(cast.fatou)
    address = f"{home_of(cast.fatou)}{practice.key}/"
    assert "Terminer et lire" in client.get(address).content.decode()
    client.post(f"{address}end/")
    page = client.get(address).content.decode()
    assert len(re.findall(" · simulation", page)) >= 7
    client.post(f"{address}delete/")
    assert not Practice.objects.exists()
    assert list(Assembly.objects.all()) == [cast.assembly]


def test_a_practice_that_goes_on_is_not_deleted(cast: Cast) -> None:
    client, practice = begun(cast.fatou)
    assert client.post(f"{home_of(cast.fatou)}{practice.key}/delete/").status_code == 404
    assert Practice.objects.exists()


def test_old_reports_and_rooms_that_have_ended_are_cleaned_up(cast: Cast) -> None:
    _, practice = begun(cast.fatou)
    closing.end(practice, "closed")
    practice.refresh_from_db()
    assert practice.ended_at is not None
    closing.clean_up()
    assert Practice.objects.get().assembly is not None
    Practice.objects.update(ended_at=practice.ended_at - closing.LINGERS)
    closing.clean_up()
    assert Practice.objects.get().assembly is None
    Practice.objects.update(ended_at=practice.ended_at - closing.KEPT)
    closing.clean_up()
    assert not Practice.objects.exists()


def test_one_process_takes_a_practice_and_another_ends_it_when_the_first_has_vanished(cast: Cast) -> None:
    client, practice = begun(cast.fatou)
    assert keeper.take("web-1") == [practice]
    assert keeper.take("web-2") == []
    assert keeper.orphans() == []
    Practice.objects.update(renewed_at=0)
    assert keeper.orphans() == [practice]
    closing.end(practice, "server")
    closing.end(practice, "closed")
    assert keeper.orphans() == []
    page = client.get(f"{home_of(cast.fatou)}{practice.key}/").content.decode()
    assert "Le serveur s&#x27;est arrêté" in page
