"""The organiser's path: an assembly, its members, their links."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assemblies.models import Assembly, Invitation, Member
from assemblies.queries import invitation_of
from tests.shell.assemblies.cast import Cast, cast, let_in, signed_in

pytestmark = pytest.mark.django_db
TEXTS: dict[str, Any] = {
    "title": "Sundays", "question": "Cars?", "mandate": "The city answers.", "lang": "fr", "languages": ["ca", "fr"],
    "chambers": "citizens\nparliament", "slug": "", "public": "on", "time_zone": "Europe/Madrid",
    "phase-TOTAL_FORMS": "2", "phase-INITIAL_FORMS": "0",
    "phase-0-kind": "deliberate", "phase-0-title": "Rooms",
    "phase-0-starts_at": "2027-03-14T18:30", "phase-0-ends_at": "2027-03-14T20:30",
    "phase-1-kind": "deliberate",
}  # fmt: skip


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def ana(people: Cast) -> Client:
    return signed_in(people.organiser)


def test_an_assembly_is_made_with_its_phases_in_its_time_zone(ana: Client) -> None:
    assert ana.post("/organise/new/", {**TEXTS, "slug": "cars"})["Location"] == "/organise/cars/"
    assembly = Assembly.objects.get(slug="cars")
    assert (assembly.languages, assembly.chambers) == (["fr", "ca"], ["citizens", "parliament"])
    phase = assembly.phases.get()
    assert phase.starts_at.isoformat() == "2027-03-14T17:30:00+00:00"


def test_the_short_name_is_made_of_the_title(ana: Client) -> None:
    assert ana.post("/organise/new/", {**TEXTS, "title": "Une rue à nous"})["Location"] == "/organise/une-rue-a-nous/"


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"question": " "}, {"slug": "sundays"}, {"slug": "new"}, {"lang": "xx"}, {"time_zone": "Mars"},
     {"phase-0-ends_at": "2027-03-14T18:30"}, {"phase-0-starts_at": "soon"}, {"question": "x" * 501}],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_made(ana: Client, wrong: dict[str, str]) -> None:
    answer = ana.post("/organise/new/", {**TEXTS, **wrong})
    assert (answer.status_code, Assembly.objects.count()) == (400, 1)
    assert "error-summary" in answer.content.decode()


def test_texts_and_phases_can_be_changed_and_stay_when_they_are_not(ana: Client) -> None:
    ana.post("/organise/new/", {**TEXTS, "slug": "cars"})
    page = ana.get("/organise/cars/edit/").content.decode()
    assert 'value="2027-03-14T18:30"' in page
    changed = {**TEXTS, "question": "Fewer cars?", "phase-INITIAL_FORMS": "1"}
    assert ana.post("/organise/cars/edit/", changed)["Location"] == "/organise/cars/"
    assembly = Assembly.objects.get(slug="cars")
    assert (assembly.question, assembly.phases.count()) == ("Fewer cars?", 1)


def test_a_list_is_shown_first_and_taken_afterwards(ana: Client) -> None:
    file = SimpleUploadedFile("m.csv", "name;speaks;reads\nLéa;fr;fr\nÒscar;ca es;ca\n".encode("cp1252"))
    preview = ana.post("/organise/sundays/members/import/", {"file": file})
    assert (preview.status_code, Member.objects.count()) == (200, 2)
    answer = ana.post("/organise/sundays/members/import/apply/", {"table": preview.context["table"]})
    assert answer["Location"] == "/organise/sundays/links/"
    assert list(Member.objects.values_list("name", flat=True)[2:]) == ["Léa", "Òscar"]


def test_one_bad_line_and_nobody_is_added(ana: Client) -> None:
    table = "name,speaks\nLéa,fr\nRui,pt\nUgo,xx\n"
    preview = ana.post("/organise/sundays/members/import/", {"typed": table})
    page = preview.content.decode()
    assert preview.status_code == 400
    assert [error.line for error in preview.context["errors"]] == [3, 4]
    assert "Line 3:" in page
    assert preview.context["table"] == ""
    assert ana.post("/organise/sundays/members/import/apply/", {"table": table}).status_code == 400
    assert Member.objects.count() == 2


def test_the_same_list_twice_adds_nobody_twice(ana: Client) -> None:
    table = {"table": "name,speaks\nLéa,fr\n"}
    assert ana.post("/organise/sundays/members/import/apply/", table).status_code == 302
    assert ana.post("/organise/sundays/members/import/apply/", table).status_code == 400
    assert Member.objects.count() == 3


def test_five_thousand_members_are_added_in_a_few_queries(ana: Client, django_assert_max_num_queries: Any) -> None:
    table = "name,speaks\n" + "".join(f"Member {number},fr\n" for number in range(5000))
    with django_assert_max_num_queries(80):
        assert ana.post("/organise/sundays/members/import/apply/", {"table": table}).status_code == 302
    assert Member.objects.count() == 5002


def test_links_are_shown_once_and_saved_as_a_table(ana: Client) -> None:
    shown = ana.post("/organise/sundays/links/")
    codes = shown.context["codes"]
    table = ana.post("/organise/sundays/links.csv", {"codes": codes})
    lines = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"), newline="")))
    assert [line[0] for line in lines] == ["name", "Aïna", "Rui"]
    assert [line[4].split("/join/")[1].strip("/") for line in lines[1:]] == codes.split()
    assert {invitation_of(code).member.name for code in codes.split()} == {"Aïna", "Rui"}
    assert ana.post("/organise/sundays/links/").context["codes"] == ""


def test_codes_of_another_assembly_are_not_in_the_table(people: Cast, ana: Client) -> None:
    codes = ana.post("/organise/sundays/links/").context["codes"]
    ana.post("/organise/new/", {**TEXTS, "slug": "cars"})
    table = ana.post("/organise/cars/links.csv", {"codes": codes}).content.decode("utf-8-sig")
    assert table == "name,role,chamber,reads,link\r\n"


def test_a_renewed_link_ends_the_older_ones(people: Cast, ana: Client) -> None:
    old = ana.post("/organise/sundays/links/").context["codes"].split()[0]
    new = ana.post(f"/organise/sundays/members/{people.aina.key}/renew/").context["codes"]
    assert Client().get(f"/join/{old}/").status_code == 404
    assert Client().get(f"/join/{new}/").status_code == 200


def test_a_revoked_link_lets_nobody_in_but_devices_stay(people: Cast, ana: Client) -> None:
    browser = let_in(people.aina)
    ana.post(f"/organise/sundays/members/{people.aina.key}/revoke/")
    assert Invitation.objects.filter(member=people.aina, revoked_at=None).count() == 0
    assert browser.get(f"/m/{people.aina.key}/").status_code == 200


@pytest.mark.parametrize("act", ["devices", "remove"])
def test_ended_devices_and_removed_members_are_out_at_once(people: Cast, ana: Client, act: str) -> None:
    browser = let_in(people.aina)
    ana.post(f"/organise/sundays/members/{people.aina.key}/{act}/")
    assert browser.get(f"/m/{people.aina.key}/").status_code == 403
