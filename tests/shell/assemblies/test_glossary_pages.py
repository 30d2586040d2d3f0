"""The organiser's page of the glossary: a table in, a table out, nobody else's business."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.shell.assemblies.cast import Cast, cast, let_in, signed_in
from translation.queries import glossaries

pytestmark = pytest.mark.django_db
PAGE = "/organise/sundays/glossary/"
TABLE = "es;fr;es explanation\npresupuesto|presupuestos;budget|budgets;El dinero que se puede gastar.\n"


@pytest.fixture
def people() -> Cast:
    return cast()


def shown(people: Cast, table: str) -> Any:
    return signed_in(people.organiser).post(PAGE, {"typed": table})


def brought(people: Cast, table: str) -> Any:
    """Show a table and take it, as the page that shows it does."""
    preview = shown(people, table)
    return signed_in(people.organiser).post(f"{PAGE}apply/", {"table": preview.context["table"]}, follow=True)


def agreed(people: Cast) -> Any:
    return glossaries([f"assembly.{people.assembly.pk}"]).get(f"assembly.{people.assembly.pk}", ())


def test_a_table_becomes_the_glossary_and_the_next_one_takes_its_place(people: Cast) -> None:
    answer = brought(people, TABLE)
    assert "presupuesto · presupuestos" in answer.content.decode()
    brought(people, "es,ca\nplaza,plaça\n")
    (terms,) = glossaries([f"assembly.{people.assembly.pk}"]).values()
    assert [term.forms for term in terms] == [{"es": ("plaza",), "ca": ("plaça",)}]


def test_a_file_is_shown_like_typed_lines_and_nothing_is_written_before_it_is_confirmed(people: Cast) -> None:
    file = SimpleUploadedFile("glossary.csv", TABLE.encode("utf-16"))
    preview = signed_in(people.organiser).post(PAGE, {"file": file})
    assert (preview.status_code, "presupuesto · presupuestos" in preview.content.decode()) == (200, True)
    assert agreed(people) == ()


def test_the_preview_tells_what_is_new_and_what_goes(people: Cast) -> None:
    brought(people, "es,ca\nplaza,plaça\ncalle,carrer\n")
    preview = shown(people, "es,ca\ncalle,carrer\nCan Batlló,\n")
    assert [(term.forms, is_new) for term, is_new in preview.context["terms"]] == [
        ({"es": ("calle",), "ca": ("carrer",)}, False),
        ({"es": ("Can Batlló",)}, True),
    ]
    assert [term.forms["es"] for term in preview.context["gone"]] == [("plaza",)]
    assert "stays as it is" in preview.content.decode()


def test_each_bad_line_is_told_in_a_sentence_and_nothing_changes(people: Cast) -> None:
    brought(people, TABLE)
    preview = shown(people, "es,fr\nuno,un\ndos,\n=tres,trois\ncuatro,quatre,vier\n")
    text = preview.content.decode()
    assert (preview.status_code, preview.context["table"]) == (400, "")
    assert ["Line 3" in text, "Line 4" in text, "Line 5" in text, "Line 2" in text] == [True, True, True, False]
    assert "begins like a formula" in text
    assert "This line has 3 cells, but there are 2 columns." in text
    (term,) = agreed(people)
    assert term.forms["es"] == ("presupuesto", "presupuestos")


def test_a_table_that_was_changed_on_the_way_is_read_by_the_same_rules(people: Cast) -> None:
    answer = signed_in(people.organiser).post(f"{PAGE}apply/", {"table": "es,fr\nuno,un\ndos,\n"})
    assert (answer.status_code, agreed(people)) == (400, ())


def test_the_saved_table_can_be_brought_back(people: Cast) -> None:
    brought(people, TABLE)
    saved = signed_in(people.organiser).get("/organise/sundays/glossary.csv").content.decode()
    before = glossaries([f"assembly.{people.assembly.pk}"])
    brought(people, saved)
    assert glossaries([f"assembly.{people.assembly.pk}"]) == before


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}apply/", "/organise/sundays/glossary.csv"])
def test_nobody_but_the_organisers_may_see_or_change_it(people: Cast, path: str) -> None:
    assert Client().post(path).status_code in (302, 404, 405)
    assert signed_in(people.stranger).post(path).status_code in (404, 405)
    assert signed_in(people.stranger).get(path).status_code in (404, 405)


def test_a_members_screen_learns_what_terms_mean_in_the_readers_words_if_there_are_any(people: Cast) -> None:
    brought(
        people, "ca,fr,ca explanation,fr explanation\npressupost,budget,Els diners.,L’argent.\nCan Roca,,Una casa.,\n"
    )
    member, place = let_in(people.aina), f"/m/{people.aina.key}/glossary"
    assert member.get(f"{place}/fr/?reads=fr").json()["terms"] == [
        {"form": "budget", "text": "L’argent.", "lang": "fr", "dir": "ltr"},
        {"form": "Can Roca", "text": "Una casa.", "lang": "ca", "dir": "ltr"},
    ]
    assert member.get(f"{place}/fr/").json()["terms"][0] == {
        "form": "budget",
        "text": "Els diners.",
        "lang": "ca",
        "dir": "ltr",
    }
    assert [member.get(f"{place}/{path}").status_code for path in ("xx/", "fr/?reads=xx")] == [404, 404]
    assert Client().get(f"{place}/fr/").status_code == 403


def test_a_live_page_knows_where_terms_are_explained_only_where_any_are(people: Cast) -> None:
    page = f"/m/{people.aina.key}/plenary/"
    assert let_in(people.aina).get(page).context["boot"]["glossary"] is None
    brought(people, TABLE)
    assert let_in(people.aina).get(page).context["boot"]["glossary"] == f"/m/{people.aina.key}/glossary/"
