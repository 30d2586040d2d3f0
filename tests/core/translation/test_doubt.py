"""Each mark is raised by its fault and by no good translation of the same sentence."""

import pytest

from translation.core.doubt import Doubt, doubts
from translation.core.protection import protect

GOOD = [
    ("es", "ca", "No tenemos 3.000 euros para Ana.", "No tenim 3.000 euros per a Ana."),
    ("es", "fr", "Nunca pagaremos 1.000 euros.", "Nous ne paierons jamais 1 000 euros."),
    ("fr", "en", "Il n'y a pas d'argent pour l'école.", "There isn't any money for the school."),
    ("it", "pt", "Non siamo d'accordo con Ana.", "Não estamos de acordo com Ana."),
    ("pt", "es", "Vamos às 10:30.", "Vamos a las 10:30."),
    ("en", "es", "OK", "OK"),
]
BAD = [
    (Doubt.NUMBER, "es", "ca", "Costará 3.000 euros.", "Costarà 300 euros."),
    (Doubt.NUMBER, "fr", "it", "Le 14 mai à Rome.", "A maggio a Roma."),
    (Doubt.NEGATION, "es", "fr", "No estamos de acuerdo.", "Nous sommes d'accord."),
    (Doubt.NEGATION, "en", "es", "We should pay.", "No deberíamos pagar."),
    (Doubt.NAME, "es", "ca", "Ana tiene razón.", "Té raó."),
    (Doubt.LENGTH, "es", "it", "Esta es una frase bastante larga sobre la plaza.", "Piazza."),
    (Doubt.REPETITION, "es", "en", "Queremos parques.", "We want the parks the parks the parks the parks."),
    (Doubt.UNTRANSLATED, "es", "en", "queremos parques limpios para todos", "queremos parques limpios para all"),
]


@pytest.mark.parametrize(("source", "target", "before", "after"), GOOD)
def test_a_good_translation_carries_no_mark(source: str, target: str, before: str, after: str) -> None:
    assert doubts(protect(before, ["Ana"]), after, source=source, target=target) == frozenset()


@pytest.mark.parametrize(("doubt", "source", "target", "before", "after"), BAD)
def test_each_fault_raises_its_mark(doubt: Doubt, source: str, target: str, before: str, after: str) -> None:
    assert doubt in doubts(protect(before, ["Ana"]), after, source=source, target=target)


def test_languages_without_a_word_list_are_not_judged_for_negation() -> None:
    assert doubts("Not at all.", "Ez horixe.", source="en", target="eu") == frozenset()
