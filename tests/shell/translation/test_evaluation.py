"""Routes are measured on texts that people translated, and the operator chooses by the figures."""

from __future__ import annotations

import lzma
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sacrebleu
from django.test import override_settings

from kernel.errors import Refused
from tests.shell.translation.conformance import NO_APERTIUM
from tests.shell.translation.faulty import PLUGIN
from tests.shell.translation.test_cli import languages
from translation import evaluation
from translation.apertium import MODES
from translation.core.routes import best_route
from translation.evaluation import evaluator, read_texts, scores
from translation.package_folder import read_figures
from translation.reach import configuration, offered_hops, route_between

ES = ("El gato negro duerme.", "El gato no duerme.", "El gato negro.")
EN = ("The cat black is sleeping.", "The cat not is sleeping.", "The cat black.")
FR = ("Le chat noir dort.", "Le chat ne dort pas.", "Le chat noir.")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    rows = ["es\ten\tfr", *("\t".join(row) for row in zip(ES, EN, FR, strict=True))]
    file = tmp_path / "texts.tsv"
    file.write_text("\n".join(rows) + "\n")
    return file


@pytest.fixture
def installed(packages: Path) -> Iterator[None]:
    with override_settings(TRANSLATION_PACKAGES_DIR=packages, TRANSLATION_ENGINES=("argos",)):
        yield


def test_figures_are_those_of_sacrebleu() -> None:
    ours, theirs = ["El gat negre dorm aquí, ahir i 3 dies més."], ["El gat dorm aquí des d’ahir, i 2 dies més."]
    chrf, bleu = scores(ours, theirs, target="ca")
    assert chrf == round(sacrebleu.corpus_chrf(ours, [theirs], char_order=6, word_order=0, beta=2).score, 1)
    assert bleu == round(sacrebleu.corpus_bleu(ours, [theirs]).score, 1)
    assert 0 < bleu < chrf < 100


def test_without_blanks_between_words_characters_are_compared() -> None:
    assert scores(["我们想要更多的树"], ["我们想要更多的树木"], target="zh-Hant")[1] > 80


@pytest.mark.usefixtures("installed")
def test_every_route_of_a_pair_gets_figures_and_examples(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert languages("evaluate", "--pairs", "es-en", "es-fr", "--texts", str(texts)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "es-en: 3 texts, 1 routes"
    assert lines[1].startswith("  chrF 100.0  BLEU 100.0  wordbook es-en  (0 doubtful, 0 failed,")
    assert lines[1].endswith("used now)")
    assert "    es: El gato negro duerme." in lines
    assert "    wordbook es-en: The cat black is sleeping." in lines
    assert any("wordbook es-en-fr" in line for line in lines)


def test_figures_that_are_kept_decide_until_a_version_changes(
    texts: Path, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "languages"
    with override_settings(TRANSLATION_PACKAGES_DIR=folder, TRANSLATION_ENGINES=("argos",)):
        languages("install", "es-en", "--from", str(built))
        languages("evaluate", "--pairs", "es-en", "--texts", str(texts), "--keep")
        route = route_between("es", "en", offered_hops(), configuration())
        assert route
        assert (route.figure, read_figures(folder)) == (100.0, {"es en by wordbook (es-en 1.0)": 100.0})
        capsys.readouterr()
        languages("list")
        assert "es-en        wordbook es-en, chrF 100.0 here, word for word" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"es\ten\nuno\tone\ndos\n", "texts.uneven"),
        (b"es\txx\nuno\tone\n", "texts.bad_header"),
        (b"es\tes\nuno\tone\n", "texts.bad_header"),
        (b"es\ten\n", "texts.unreadable"),
        (b"", "texts.unreadable"),
        (b"es\ten\nu\xe9\tone\n", "texts.unreadable"),
    ],
)
def test_a_table_that_is_wrong_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "texts.tsv").write_bytes(content)
    with pytest.raises(Refused) as refusal:
        read_texts(tmp_path / "texts.tsv")
    assert refusal.value.code == code


def test_packed_tables_are_read_and_quotes_mean_nothing(tmp_path: Path) -> None:
    file = tmp_path / "texts.tsv.xz"
    file.write_bytes(lzma.compress('es\ten\n"Hola\tHi\n\tempty\nAdiós\tBye\n'.encode()))
    assert read_texts(file).pair("es", "en", 300) == (['"Hola', "Adiós"], ["Hi", "Bye"])
    file.write_bytes(b"not packed")
    with pytest.raises(Refused, match="unreadable"):
        read_texts(file)


def test_what_cannot_be_measured_is_said_before_the_work(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert languages("evaluate", "--pairs", "es-en", "es-it", "--texts", str(texts)) == 1
    assert capsys.readouterr() == ("", "The texts have no column it.\n")
    assert languages("evaluate", "--pairs", "es", "--texts", str(texts)) == 1
    assert languages("evaluate", "--pairs", "es-en", "--texts", "/nowhere") == 1


def nobody(done: int) -> None:
    """Watch nothing."""


Measure = Callable[[list[str]], evaluation.Result]


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[Measure]:
    with override_settings(TRANSLATION_PACKAGES_DIR=tmp_path, TRANSLATION_ENGINES=(PLUGIN,)):
        route = best_route("es", "ca", offered_hops())
        assert route
        with evaluator(configuration()) as measuring:
            yield lambda texts: measuring.measure(route, texts, [f"{text.upper()} ca" for text in texts], watch=nobody)


def test_a_text_that_fails_counts_as_an_empty_one(faulty: Measure) -> None:
    result = faulty(["uno", "refuse", "dos"])
    assert (result.translated, result.failed) == (("UNO ca", "", "DOS ca"), 1)
    assert result.chrf < 100


@pytest.mark.skipif(not (MODES / "spa-cat.mode").is_file(), reason=NO_APERTIUM)
def test_real_routes_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "texts.tsv"
    file.write_text("es\tit\nQueremos más árboles para la escuela.\tVogliamo più alberi per la scuola.\n")
    with override_settings(TRANSLATION_PACKAGES_DIR=tmp_path, TRANSLATION_ENGINES=("apertium",)):
        assert languages("evaluate", "--pairs", "es-it", "--texts", str(file), "--ways", "2") == 0
    said = capsys.readouterr().out
    assert {"es-it", "es-ca-it"} <= {word for line in said.splitlines() for word in line.split()}


def test_without_the_extra_one_is_told_what_to_install(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics", None)
    assert languages("evaluate", "--pairs", "es-en", "--texts", str(texts)) == 1
    assert "requirements/evaluate.txt" in capsys.readouterr().err
