"""Agreed terms stand in every translation, and only where the writer used them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.core.glossary import Meaning, Term, explained, is_respected, kept, mark_of, meanings, with_agreed
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


def test_a_german_noun_keeps_its_capital_to_itself() -> None:
    term = Term({"de": ("Haushalt",), "fr": ("budget",)})
    marked = with_agreed("Haushalt heißt der Haushalt.", (term,), source="de", target="fr")
    assert marked.replace(OPEN, "[").replace(CLOSE, "]") == "[Budget] heißt der [budget]."


@pytest.mark.parametrize(
    ("lang", "form", "text"),
    [
        ("de", "Straße", "Die Straße, STRASSE"),
        ("tr", "istanbul", "İstanbul, ISTANBUL, ıstanbul"),
        ("tr", "İstanbul", "İSTANBUL, istanbul"),
        ("el", "δρόμος", "Ο ΔΡΌΜΟΣ, δρόμος"),
    ],
)
def test_capitals_of_every_script_are_the_same_term(lang: str, form: str, text: str) -> None:
    term = Term({lang: (form,), "fr": ("voie",)})
    marked = with_agreed(text, (term,), source=lang, target="fr")
    assert marked.lower().count("voie") >= 1 + text.count(", ") - (lang == "de")
    assert is_respected(text, release(marked), (term,), source=lang, target="fr")


SQUARE = Term({"ca": ("Plaça Major",)}, {"ca": "El centre del poble."})


def test_a_name_without_another_languages_word_stays_as_it_is() -> None:
    assert kept((*TERMS, SQUARE, Term({"es": ("alcaldía",)}, {"es": "Quien gobierna."}))) == ("Plaça Major",)
    assert mark_of((SQUARE,), source="es", target="fr")
    assert is_respected("La Plaça Major", "La Plaça Major", (SQUARE,), source="es", target="fr")
    assert not is_respected("La Plaça Major", "La grande place", (SQUARE,), source="es", target="fr")


def test_a_term_is_explained_where_it_first_stands_in_the_readers_words() -> None:
    told = meanings((*TERMS, SQUARE), lang="fr", reads="fr")
    money, centre = Meaning(BUDGET.meanings["fr"], "fr"), Meaning(SQUARE.meanings["ca"], "ca")
    text = "Les Budgets, le budget et la Plaça Major."
    assert explained(text, told) == [
        ("Les ", None), ("Budgets", money), (", le budget et la ", None), ("Plaça Major", centre), (".", None),
    ]  # fmt: skip
    assert explained(text, {}) == [(text, None)]
    assert meanings(TERMS, lang="es", reads="ca")["presupuesto"] == money


@given(st.text(alphabet="budget Bß İıſK.,", max_size=60))
def test_the_parts_of_an_explained_text_are_the_text(text: str) -> None:
    told = meanings((BUDGET, Term({"fr": ("ß", "i", "k")}, {"fr": "x"})), lang="fr", reads="fr")
    assert "".join(part for part, _ in explained(text, told)) == text


@given(st.text(max_size=200))
def test_a_text_without_terms_stays_as_it_is(text: str) -> None:
    text = clean(text).replace("s", "").replace("S", "")
    assert release(with_agreed(text, (JURY,), source="es", target="fr")) == text
