"""Every code that any rule refuses with has its sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.utils import translation

from hemicycle.refusals import OPERATORS_ONLY, SENTENCES, sentence

ROOT = Path(__file__).resolve().parents[3]
SOURCES = [
    path
    for folder in ("platform", "rooms", "facilitation", "translation")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]
CODE = re.compile(r"[a-z_]+\.[a-z_]+")


@cache
def refusals() -> list[tuple[str, set[str]]]:
    """Codes in the sources, each with the names of its parameters."""
    return list(_read())


def _read() -> Iterator[tuple[str, set[str]]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(ast.Name("Refused"), [ast.Constant(str(code)), *_], keywords):
                    yield code, {keyword.arg or "" for keyword in keywords}


def test_every_code_in_the_sources_has_a_sentence() -> None:
    codes = {code for code, _ in refusals() if not code.startswith(OPERATORS_ONLY)}
    assert codes - SENTENCES.keys() == set()


def test_every_sentence_belongs_to_a_code_that_is_used() -> None:
    text = "\n".join(path.read_text() for path in SOURCES if path.name != "refusals.py")
    assert [code for code in SENTENCES if f'"{code}"' not in text] == []


def test_sentences_use_only_parameters_that_their_refusal_gives() -> None:
    wrong = []
    for code, given in refusals():
        used = set(re.findall(r"%\((\w+)\)s", SENTENCES.get(code, "")))
        if used - given:
            wrong.append((code, used - given))
    assert wrong == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_codes_are_words_and_sentences_end(code: str) -> None:
    assert CODE.fullmatch(code)
    assert SENTENCES[code].endswith(".")


def test_an_unknown_code_still_says_something() -> None:
    with translation.override("en"):
        assert sentence("nobody.knows", {}) == "This is not possible now."


def test_a_missing_parameter_breaks_nothing() -> None:
    with translation.override("en"):
        assert sentence("name.too_long", {}) == "The name is too long: at most … characters."
