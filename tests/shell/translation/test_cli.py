"""`hemicycle languages` installs, lists and removes, and says what is wrong in a sentence."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.shell.translation.faulty import PLUGIN
from translation import cli
from translation.package_folder import installed_packages


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(TRANSLATION_PACKAGES_DIR=tmp_path / "languages", TRANSLATION_ENGINES=("argos",)):
        yield tmp_path / "languages"


def languages(*words: str) -> int:
    parser = argparse.ArgumentParser()
    cli.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["languages", *words])
    return int(arguments.handler(arguments))


def test_a_pair_is_installed_from_a_folder_and_listed(
    built: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert languages("install", "es-en", "--from", str(built)) == 0
    assert languages("list") == 0
    said = capsys.readouterr().out
    assert "es-en: 100 % of" in said
    assert "es-en        wordbook es-en, word for word" in said
    assert [package.pair for package in installed_packages(folder)] == ["es-en"]


def test_word_for_word_packages_are_made_on_the_spot(folder: Path) -> None:
    assert languages("install", "es", "it", "--from", "words") == 0
    assert [package.pair for package in installed_packages(folder)] == ["es-it", "it-es"]
    assert all(package.word_for_word for package in installed_packages(folder))


def test_the_matrix_has_every_pair_and_says_what_to_install(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    languages("install", "es-en", "--from", str(built))
    capsys.readouterr()
    assert languages("matrix", "es", "en", "pt-BR", "pt") == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["en-es", "-", "missing", "install", "en-es"]
    assert ["es-en", "wordbook", "es-en", "word", "for", "word", "install", "es-en", "es-en", "1.0"] in lines
    assert {line[0] for line in lines[:-1]} == {"en-es", "es-en", "en-pt", "pt-en", "en-pt-BR", "pt-BR-en", "es-pt",
                                                "pt-es", "es-pt-BR", "pt-BR-es"}  # fmt: skip
    assert lines[-1][:3] == ["hemicycle", "languages", "install"]


def test_a_code_that_is_no_language_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert languages("matrix", "es", "zz") == 1
    assert capsys.readouterr().err == "No language has the code zz.\n"


def test_engines_of_the_operator_are_listed_too(capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(TRANSLATION_ENGINES=("argos", PLUGIN)):
        assert languages("list") == 0
    assert "es-ca        faulty es-ca" in capsys.readouterr().out


def test_removing_and_removing_again(built: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    languages("install", "es-en", "--from", str(built))
    assert languages("remove", "es-en") == 0
    assert languages("remove", "es-en") == 1
    assert capsys.readouterr().err == "es-en is not installed.\n"


def test_nothing_installed_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert languages("list") == 0
    assert "hemicycle languages install" in capsys.readouterr().out


def test_what_a_folder_offers_can_be_listed(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert languages("list", "--from", str(built)) == 0
    assert capsys.readouterr().out.split() == ["en-fr", "1.0", "es-ca", "1.0", "es-en", "1.0"]


def test_every_refusal_of_these_verbs_has_a_sentence() -> None:
    root = Path(cli.__file__).parent
    text = "".join(path.read_text() for path in (*root.glob("*.py"), root / "core" / "packages.py"))
    codes = set(re.findall(r'"((?:package|source|texts|evaluation|language)\.[a-z_]+)"', text))
    assert codes == set(cli._SENTENCES)
