"""What must survive is marked before an engine sees it and found again behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.core import protection


@given(st.text(max_size=300), st.lists(st.text(max_size=12), max_size=4))
def test_marking_and_releasing_changes_nothing(text: str, names: list[str]) -> None:
    cleaned = protection.clean(text)
    assert protection.release(protection.protect(cleaned, names)) == cleaned


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Véase https://ejemplo.org/a_b?c=1. Gracias", ("https://ejemplo.org/a_b?c=1",)),
        ("(www.ejemplo.org), ya", ("www.ejemplo.org",)),
        ("escribid a casa.comun@ejemplo.org!", ("casa.comun@ejemplo.org",)),
        ("@marta mira #agua", ("@marta", "#agua")),
        ("el fichero plan_final está", ("plan_final",)),
        ("bien 👍🏽 👩‍👩‍👧", ("👍🏽", "👩‍👩‍👧")),
        ("nada que guardar", ()),
    ],
)
def test_links_addresses_mentions_and_emoji_are_kept(text: str, kept: tuple[str, ...]) -> None:
    assert protection.spans(protection.protect(text)) == kept


def test_names_are_kept_as_whole_words_the_longest_first() -> None:
    marked = protection.protect("Mar y Mar Roca ven el mar y Marina", ["Mar", "Mar Roca"])
    assert protection.spans(marked) == ("Mar", "Mar Roca")


def test_a_name_in_small_letters_does_not_swallow_words() -> None:
    assert protection.spans(protection.protect("la casa", ["casa", "a"])) == ()


def test_our_marks_cannot_be_forged() -> None:
    assert protection.clean("a\ue000b\ue001\x00c\ud800") == "abc"


@pytest.mark.parametrize(("span", "expected"), [("Ana María", True), ("O'Neil", True), ("a_b", False), ("@x", False)])
def test_only_names_may_travel_among_words(span: str, expected: bool) -> None:
    assert protection.is_name_like(span) is expected
