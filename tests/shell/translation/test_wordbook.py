"""Word-for-word packages translate exactly, are true packages of Argos, and are the same at each build."""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

import pytest

from kernel.errors import Refused
from tests.shell.translation.words import WORDS
from translation.argos import ArgosEngine
from translation.core.protection import CLOSE, OPEN
from translation.engine import Workshop
from translation.word_lists import build_word_packages, word_languages
from translation.wordbook import build_package


def test_long_and_short_sentences_are_exact(packages: Path) -> None:
    engine = ArgosEngine(Workshop(packages))
    hop = next(hop for hop in engine.hops() if hop.pair == ("es", "en"))
    meaning = {**dict(WORDS["es", "en"]), "Zaragoza": "Zaragoza", "3.000": "3.000"}
    chance = random.Random(7)
    sentences = [[chance.choice(list(meaning)) for _ in range(length)] for length in (*range(1, 41), 80, 120, 199)]
    expected = [" ".join(meaning[word] for word in words) + "." for words in sentences]
    assert engine.translate(hop, [" ".join(words) + "." for words in sentences]) == expected


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (build_package("es", "en", [("a", "b")], folder=tmp_path / name) for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


def test_the_original_argos_code_reads_them(packages: Path) -> None:
    ArgosEngine(Workshop(packages)).translate(ArgosEngine(Workshop(packages)).hops()[0], ["x"])
    package = sys.modules["argostranslate.package"].Package(packages / "translate-es_en-1_0")
    assert (package.from_code, package.to_code, package.type) == ("es", "en", "translate")
    assert package.tokenizer.encode("El gato, Ana.") == ["▁El", "▁gato,", "▁Ana."]


def test_a_name_beside_a_link_stays_as_it_is(packages: Path) -> None:
    engine = ArgosEngine(Workshop(packages))
    hop = next(hop for hop in engine.hops() if hop.pair == ("es", "en"))
    text = f"el {OPEN}Gato{CLOSE} y {OPEN}https://a.org/x_y{CLOSE} gato"
    assert engine.translate(hop, [text]) == [f"the {OPEN}Gato{CLOSE} y {OPEN}https://a.org/x_y{CLOSE} cat"]


def test_every_direction_of_the_word_list_can_be_built(tmp_path: Path) -> None:
    assert word_languages() == ("en", "es", "fr", "ca", "it", "pt")
    files = build_word_packages(("es", "ca", "it"), tmp_path)
    assert len(files) == len(list(itertools.permutations("abc", 2)))
    with pytest.raises(Refused, match="no_such_pair"):
        build_word_packages(("es", "uk"), tmp_path)
