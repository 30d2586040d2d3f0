"""Agreed terms stand in every translation, and only where the writer used them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.core.glossary import Term, is_respected, mark_of, with_agreed
from translation.core.protection import CLOSE, OPEN, clean, protect, release

BUDGET = Term(
    {"es": ("presupuesto", "presupuestos"), "fr": ("budget", "budgets"), "ca": ("pressupost",)},
    {"fr": "L’argent que la ville peut dépenser en un an."},
)
JURY = Term({"es": ("jurado ciudadano",), "fr": ("jury citoyen",), "it": ("giuria di cittadini",)})
TERMS = (BUDGET, JURY)


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("El presupuesto es corto.", "fr", "El [budget] es corto."),
        ("Los presupuestos, sí.", "fr", "Los [budgets], sí."),
        ("Los presupuestos, sí.", "ca", "Los [pressupost], sí."),
        ("Presupuesto nuevo", "fr", "[Budget] nuevo"),
        ("El jurado ciudadano decide el presupuesto.", "fr", "El [jury citoyen] decide el [budget]."),
        ("El jurado decide.", "fr", "El jurado decide."),
        ("presupuestario", "fr", "presupuestario"),
        ("El presupuesto es corto.", "it", "El presupuesto es corto."),
        ("El presupuesto es corto.", "fr-CA", "El [budget] es corto."),
    ],
)
def test_a_term_becomes_what_was_agreed_in_the_readers_language(text: str, target: str, expected: str) -> None:
    marked = with_agreed(text, TERMS, source="es", target=target)
    assert marked.replace(OPEN, "[").replace(CLOSE, "]") == expected


def test_names_and_links_are_no_terms() -> None:
    text = protect("Presupuesto pide https://example.org/presupuesto", ["Presupuesto"])
    assert with_agreed(text, TERMS, source="es", target="fr") == text


def test_a_translation_without_the_agreed_term_is_told() -> None:
    langs = {"source": "es", "target": "fr"}
    assert is_respected("El presupuesto", "Le budget", TERMS, **langs)
    assert not is_respected("El presupuesto", "Les comptes", TERMS, **langs)
    assert is_respected("La casa", "La maison", TERMS, **langs)


def test_what_was_agreed_has_a_mark_that_changes_with_it() -> None:
    assert mark_of(TERMS, source="es", target="fr") != mark_of((BUDGET,), source="es", target="fr")
    assert mark_of(TERMS, source="es", target="fr") == mark_of(TERMS[::-1], source="es", target="fr")
    assert mark_of(TERMS, source="es", target="de") == ""


@given(st.text(max_size=200))
def test_a_text_without_terms_stays_as_it_is(text: str) -> None:
    text = clean(text).replace("s", "").replace("S", "")
    assert release(with_agreed(text, (JURY,), source="es", target="fr")) == text
