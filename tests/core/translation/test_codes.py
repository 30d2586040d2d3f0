"""Codes of engines and of people: every variant has a name, a direction and its way into each engine's table."""

import pytest

from kernel.languages import LANGUAGES, base_of
from translation.core.codes import (
    APERTIUM_MODES,
    APERTIUM_PACKAGES,
    from_argos,
    from_libretranslate,
    read_pair,
    to_argos,
)

VARIANTS = ("zh", "zh-Hant", "sr", "sr-Latn", "pt", "pt-BR", "ca", "ca-valencia", "oc-aranes", "oc-gascon")


def test_every_variant_has_a_name_of_its_own_and_the_direction_of_its_language() -> None:
    names = {LANGUAGES[code].endonym for code in VARIANTS}
    assert len(names) == len(VARIANTS)
    assert {LANGUAGES[code].direction for code in VARIANTS} == {"ltr"}
    assert {base_of(code) for code in VARIANTS} <= LANGUAGES.keys()


@pytest.mark.parametrize(
    ("theirs", "ours"), [("zt", "zh-Hant"), ("pb", "pt-BR"), ("zh", "zh"), ("pt", "pt"), ("sr", "sr")]
)
def test_codes_of_argos_go_there_and_back(theirs: str, ours: str) -> None:
    assert (from_argos(theirs), to_argos(ours)) == (ours, theirs)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("zh-Hans", "zh"), ("zh-Hant", "zh-Hant"), ("zt", "zh-Hant"), ("pt-BR", "pt-BR"), ("pb", "pt-BR")],
)
def test_a_server_may_use_either_kind_of_code(theirs: str, ours: str) -> None:
    assert from_libretranslate(theirs) == ours


@pytest.mark.parametrize(
    ("word", "pair"),
    [("es-pt-BR", ("es", "pt-BR")), ("zh-Hant-en", ("zh-Hant", "en")), ("ca-valencia-es", ("ca-valencia", "es")),
     ("sr-Latn-sr", ("sr-Latn", "sr")), ("es", None), ("xx-yy", None)],
)  # fmt: skip
def test_a_pair_is_read_whole_with_its_variants(word: str, pair: tuple[str, str] | None) -> None:
    assert read_pair(word) == pair


def test_valencian_and_brazilian_have_modes_of_their_own() -> None:
    modes = {mode: pair for mode, pair in APERTIUM_MODES.items() if {"ca-valencia", "pt-BR"} & {*pair}}
    assert modes == {
        "eng-cat_valencia": ("en", "ca-valencia"), "spa-cat_valencia": ("es", "ca-valencia"),
        "es-pt_BR": ("es", "pt-BR"), "cat-por_BR": ("ca", "pt-BR"),
    }  # fmt: skip
    assert APERTIUM_PACKAGES["spa-cat_valencia"] == APERTIUM_PACKAGES["spa-cat"]
