"""A few hundred words in six languages, for word-for-word packages where nothing better is installed."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable
from pathlib import Path

from kernel.errors import Refused
from translation.wordbook import build_package

TABLE = Path(__file__).resolve().parent / "data" / "words.tsv"


def word_languages() -> tuple[str, ...]:
    """The languages of the table."""
    with TABLE.open(encoding="utf-8") as file:
        return tuple(next(csv.reader(file, delimiter="\t")))


def build_word_packages(languages: Iterable[str], folder: Path) -> list[Path]:
    """A word-for-word package file in `folder` for each direction between these languages."""
    wanted = sorted(set(languages))
    unknown = sorted(set(wanted) - set(word_languages()))
    if unknown:
        raise Refused("source.no_such_pair", pair=" ".join(unknown)[:100])
    rows = _rows()
    return [_build(source, target, rows, folder) for source, target in itertools.permutations(wanted, 2)]


def _build(source: str, target: str, rows: list[dict[str, str]], folder: Path) -> Path:
    """A phrase of several words can be a translation, never looked up."""
    pairs = [(row[source], row[target]) for row in rows if " " not in row[source]]
    return build_package(source, target, pairs, folder=folder)


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))
