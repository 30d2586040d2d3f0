"""The organiser's page of the glossary: a table in, a table out, nobody else's business."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.shell.assemblies.cast import Cast, cast, signed_in
from translation.queries import glossaries

pytestmark = pytest.mark.django_db
PAGE = "/organise/sundays/glossary/"
TABLE = "es;fr;es explanation\npresupuesto|presupuestos;budget|budgets;El dinero que se puede gastar.\n"


@pytest.fixture
def people() -> Cast:
    return cast()


def brought(people: Cast, table: str) -> Any:
    return signed_in(people.organiser).post(PAGE, {"typed": table}, follow=True)


def test_a_table_becomes_the_glossary_and_the_next_one_takes_its_place(people: Cast) -> None:
    answer = brought(people, TABLE)
    assert "presupuesto · presupuestos" in answer.content.decode()
    brought(people, "es,ca\nplaza,plaça\n")
    (terms,) = glossaries([f"assembly.{people.assembly.pk}"]).values()
    assert [term.forms for term in terms] == [{"es": ("plaza",), "ca": ("plaça",)}]


def test_a_file_is_taken_like_typed_lines(people: Cast) -> None:
    file = SimpleUploadedFile("glossary.csv", TABLE.encode("utf-16"))
    signed_in(people.organiser).post(PAGE, {"file": file})
    assert len(glossaries([f"assembly.{people.assembly.pk}"])) == 1


def test_a_bad_line_changes_nothing_and_is_told(people: Cast) -> None:
    brought(people, TABLE)
    answer = brought(people, "es,fr\nuno,un\ndos,\n")
    assert answer.status_code == 400
    assert "Line 3" in answer.content.decode()
    (terms,) = glossaries([f"assembly.{people.assembly.pk}"]).values()
    assert terms[0].forms["es"] == ("presupuesto", "presupuestos")


def test_the_saved_table_can_be_brought_back(people: Cast) -> None:
    brought(people, TABLE)
    saved = signed_in(people.organiser).get("/organise/sundays/glossary.csv").content.decode()
    before = glossaries([f"assembly.{people.assembly.pk}"])
    brought(people, saved)
    assert glossaries([f"assembly.{people.assembly.pk}"]) == before


@pytest.mark.parametrize("path", [PAGE, "/organise/sundays/glossary.csv"])
def test_nobody_but_the_organisers_may_see_or_change_it(people: Cast, path: str) -> None:
    assert Client().get(path).status_code in (302, 404)
    assert signed_in(people.stranger).get(path).status_code == 404
