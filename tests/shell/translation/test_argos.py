"""Argos packages pass the conformance suite, and a folder in disorder disturbs nobody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shell.translation.conformance import Case, EngineConformance
from translation import lookup_model
from translation.argos import ArgosEngine
from translation.core.confidence import UNSURE
from translation.core.hops import Hop, Kind
from translation.engine import EngineError, Scored, Workshop
from translation.installer import Record, install_file, records
from translation.package_folder import RECORD, read_usual
from translation.wordbook import build_package


def hop_of(engine: ArgosEngine, source: str, target: str) -> Hop:
    return next(hop for hop in engine.hops() if hop.pair == (source, target))


class TestArgos(EngineConformance):
    @pytest.fixture
    def case(self, packages: Path) -> Iterator[Case]:
        engine = ArgosEngine(Workshop(packages))
        known = {
            "El gato negro duerme.": "The cat black is sleeping.",
            "¿No duerme el gato?": "Not is sleeping the cat?",
        }
        yield Case(engine, hop_of(engine, "es", "en"), known)
        engine.close()


WAVERING = 0.025
"""A model whose words are that hard to tell apart is surer of some sentences than of others."""


def install_wavering(folder: Path, *, version: str = "1.0", confidence: float = WAVERING) -> Record:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookup_model, "_CONFIDENCE", confidence)
        words = [("el", "the"), ("gato", "cat"), ("negro", "black"), ("duerme", "is sleeping"), ("no", "not")]
        package = build_package("es", "en", words, folder=folder.parent, version=version)
    return install_file(package, folder)


@pytest.fixture(scope="module")
def wavering(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wavering") / "languages"
    install_wavering(folder)
    return folder


class TestWavering(EngineConformance):
    @pytest.fixture
    def case(self, wavering: Path) -> Iterator[Case]:
        engine = ArgosEngine(Workshop(wavering))
        known = {"El gato negro duerme.": "The cat black is sleeping.", "El gato.": "The cat."}
        yield Case(engine, hop_of(engine, "es", "en"), known, knows_itself=True)
        engine.close()


def test_how_sure_a_model_usually_is_is_learned_when_it_is_installed_and_again_at_each_update(tmp_path: Path) -> None:
    folder = tmp_path / "languages"
    first = install_wavering(folder)
    second = install_wavering(folder, version="2.0", confidence=WAVERING * 0.9)
    assert first.usual is not None
    assert second.usual is not None
    assert second.usual["mean"] < first.usual["mean"] < 0
    assert [record.usual for record in records(folder)] == [first.usual, second.usual]


def test_a_text_is_judged_by_what_is_usual_for_its_package_and_by_nothing_where_that_is_unknown(tmp_path: Path) -> None:
    folder = tmp_path / "languages"
    home = folder / install_wavering(folder).home
    usual = read_usual(home)
    assert usual is not None

    def told() -> object:
        engine = ArgosEngine(Workshop(folder))
        return engine.translate(engine.hops()[0], ["El gato negro."])[0]

    def say_usual(data: str) -> None:
        (home / RECORD).chmod(0o644)
        (home / RECORD).write_text(data)

    as_usual = told()
    assert isinstance(as_usual, Scored)
    assert abs(as_usual.standing) < -2 * UNSURE
    say_usual(f'{{"usual": {{"mean": {usual.mean + 100 * usual.spread}, "spread": {usual.spread}}}}}')
    unsure = told()
    assert isinstance(unsure, Scored)
    assert unsure.standing == pytest.approx(as_usual.standing - 100)
    for nothing in ('{"usual": null}', '{"usual": {"mean": "x"}}', "{"):
        say_usual(nothing)
        assert told() == "The cat black."


def test_a_word_for_word_package_says_so(packages: Path) -> None:
    hop = hop_of(ArgosEngine(Workshop(packages)), "es", "en")
    assert (hop.kind, hop.version) == (Kind.WORDS, "es-en 1.0")


def test_names_and_unknown_words_are_copied(packages: Path) -> None:
    engine = ArgosEngine(Workshop(packages))
    assert engine.translate(hop_of(engine, "es", "en"), ["El gato Micifuz duerme 3 horas."]) == [
        "The cat Micifuz is sleeping 3 horas."
    ]


def test_a_text_beyond_the_position_table_is_cut_and_joined(packages: Path) -> None:
    engine = ArgosEngine(Workshop(packages))
    answers = engine.translate(hop_of(engine, "es", "en"), ["gato, " * 2500 + "gato"])
    assert answers == ["cat, " * 2500 + "cat"]


def test_a_stray_folder_and_broken_metadata_disable_nothing(built: Path, tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "metadata.json").write_text("[]")
    (tmp_path / "active.json").write_text('{"es-en": "broken", "a-b": "../evil", "c-d": 3, "e-f": "gone"}')
    assert ArgosEngine(Workshop(tmp_path)).hops() == ()


def test_a_package_whose_model_is_gone_fails_by_name(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "es-en").mkdir()
    engine = ArgosEngine(Workshop(tmp_path))
    with pytest.raises(EngineError, match="es-en"):
        engine.translate(Hop("argos", "es", "en", folder="es-en"), ["gato"])


def test_only_one_model_stays_when_memory_is_short(packages: Path) -> None:
    workshop = Workshop(packages, memory=1)
    engine = ArgosEngine(workshop)
    for target in ("en", "ca", "en"):
        assert engine.translate(hop_of(engine, "es", target), ["gato"]) == ["cat" if target == "en" else "gat"]
    assert [name for name, _folder in workshop.shelf.names] == ["argos"]


def test_nothing_heavy_or_talkative_is_imported(packages: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from translation.argos import ArgosEngine
from translation.engine import Workshop
engine = ArgosEngine(Workshop(Path({str(packages)!r})))
engine.translate(engine.hops()[0], ["el gato"])
heavy = ("stanza", "minisbd", "onnxruntime", "torch", "spacy", "django")
print([name for name in heavy if name in sys.modules])
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
