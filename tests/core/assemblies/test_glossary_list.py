"""Glossaries as people's programs save them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.core.glossary_list import MAX_TERMS, GlossaryReading, read_glossary, write_glossary
from translation.core.glossary import Term

BUDGET = Term(
    {"es": ("presupuesto", "presupuestos"), "fr": ("budget", "budgets")}, {"es": "El dinero que se puede gastar."}
)


def read(text: str) -> GlossaryReading:
    return read_glossary(text.encode())


def test_a_term_has_forms_in_languages_and_an_explanation() -> None:
    table = "es;fr;es explanation\npresupuesto | presupuestos;budget|budgets;El dinero que se puede gastar.\n"
    assert read(table) == GlossaryReading((BUDGET,))


def test_what_is_written_is_read_back() -> None:
    terms = (BUDGET, Term({"fr": ("jury",), "it": ("giuria",)}))
    assert read(write_glossary(terms)) == GlossaryReading(terms)


def test_a_name_alone_in_its_line_stays_as_it_is() -> None:
    (term,) = read("ca,fr\nPlaça Major,\n").terms
    assert term.is_kept


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("es,fr\n", (0, "glossary.empty")),
        ("", (0, "glossary.empty")),
        ("es,xx\na,b\n", (0, "glossary.unknown_column")),
        ("es,es\nuno,dos\n", (0, "glossary.unknown_column")),
        ("es,es meaning\nuno,dos\n", (0, "glossary.unknown_column")),
        ("es,fr\nuno,un\ndos,\n", (3, "glossary.says_nothing")),
        ("es,fr\nuno,un\nUno,une\n", (3, "glossary.double_term")),
        ("es,fr\n123,un\n", (2, "glossary.no_term")),
        ("es,fr\nuno,un,eins\n", (2, "table.too_many_cells")),
        ("es,fr\n=uno,un\n", (2, "table.formula")),
        ("es,fr\nplaza,\n", (2, "glossary.says_nothing")),
        ("es,fr\n" + "a,b\n" * (MAX_TERMS + 1), (0, "glossary.too_long")),
        ('es,fr\n"uno,un\n', (2, "table.broken")),
    ],
)
def test_a_bad_table_is_told_line_by_line_and_nothing_of_it_is_taken(table: str, expected: tuple[int, str]) -> None:
    reading = read(table)
    assert (reading.errors[0].line, reading.errors[0].code) == expected
    assert reading.terms == ()


@given(st.text(max_size=300))
def test_whatever_comes_is_read_or_refused(text: str) -> None:
    read("es,fr,es explanation\n" + text)
