"""Another language than the declared one is noticed, and nobody is corrected who needs no correction."""

from __future__ import annotations

import itertools

import pytest

from translation.identifier import other_language

SPANISH = "Sin un autobús cada diez minutos nadie va a dejar el coche en casa."
CATALAN = "Sense un autobús cada deu minuts, ningú no deixarà el cotxe a casa."
FRENCH = "Les commerçants du marché doivent pouvoir recevoir leurs marchandises."
CROATIAN = "Potrebni su nam novi parkovi i više javnog prijevoza u našem gradu."
CHINESE = "我们的城市需要更多的公园。"
CLOSE = {
    "ca": CATALAN,
    "es": SPANISH,
    "fr": FRENCH,
    "gl": "Sen un autobús cada dez minutos ninguén vai deixar o coche na casa.",
    "it": "Al mercato la merce deve poter arrivare fino alle dieci del mattino.",
    "pt": "As pessoas que não podem caminhar precisam de chegar à porta de casa.",
}


@pytest.mark.parametrize(
    ("text", "declared", "found"),
    [
        (FRENCH, "es", "fr"),
        (SPANISH, "ca", "es"),
        (CATALAN, "es", "ca"),
        (CATALAN.upper(), "es", "ca"),
        (CHINESE, "en", "zh"),
    ],
)
def test_another_language_is_noticed(text: str, declared: str, found: str) -> None:
    assert other_language(text, declared) == found


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        (SPANISH, "es"),
        (CATALAN, "ca-valencia"),
        (CHINESE, "zh-Hant"),
        (CROATIAN, "sr-Latn"),
        (SPANISH, "ast"),
        ("Oui, d'accord.", "es"),
        ("😀 12.500 € — 15 %", "es"),
        ("", "es"),
    ],
)
def test_nobody_is_corrected_without_need(text: str, declared: str) -> None:
    """Variants, close relatives, languages unknown to the model, short texts and numbers are left alone."""
    assert other_language(text, declared) is None


@pytest.mark.parametrize(
    ("text", "declared", "spoken", "found"),
    [
        ("Bon dia a tothom, veïns", "es", ("es", "ca"), "ca"),
        ("Bon dia a tothom, veïns", "es", ("es", "ca-valencia"), "ca-valencia"),
        ("Bon dia a tothom, veïns", "es", ("es",), None),
        (FRENCH, "es", ("es", "ca"), "fr"),
        (SPANISH, "es", ("es", "ca"), None),
        ("Bon dia", "es", ("es", "ca"), None),
    ],
)
def test_what_somebody_speaks_is_looked_for_first(
    text: str, declared: str, spoken: tuple[str, ...], found: str | None
) -> None:
    assert other_language(text, declared, spoken) == found


@pytest.mark.parametrize(("written", "declared"), list(itertools.permutations(CLOSE, 2)))
def test_close_languages_are_told_apart(written: str, declared: str) -> None:
    assert other_language(CLOSE[written], declared) == written
