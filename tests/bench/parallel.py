"""Parallel texts by people, where a folder of them is at hand: news in 28 languages, everyday sentences with English.

The folder is `PARALLEL_TEXTS`, or `shared/data` beside the checkout or above it.
"""

from __future__ import annotations

import lzma
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

_ROOT = Path(__file__).resolve().parents[2]
EVERYDAY = ("ar", "bg", "cs", "da", "de", "el", "es", "fi", "fr", "hu", "it", "nl", "pl", "pt", "ro", "sv", "uk")
NEWS_WITH_ENGLISH = ("ca", "hr", "et", "lv", "lt", "sk", "sl", "tr", "de", "fr", "es", "pl")
NEWS_WITHOUT_ENGLISH = (
    ("es", "fr"),
    ("fr", "ca"),
    ("it", "pt"),
    ("de", "pl"),
    ("pt", "es"),
    ("ca", "it"),
    ("sv", "fi"),
    ("fr", "ar"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in two languages, as people wrote and translated it."""

    source: str
    target: str
    before: str
    after: str

    @property
    def langs(self) -> str:
        """`en-fr`."""
        return f"{self.source}-{self.target}"

    @property
    def turned(self) -> Pair:
        """The other way round."""
        return Pair(self.target, self.source, self.after, self.before)


def folder() -> Path | None:
    """Where the texts lie, or None."""
    named = [Path(os.environ["PARALLEL_TEXTS"])] if "PARALLEL_TEXTS" in os.environ else []
    places = (*named, *(parent / "shared" / "data" for parent in _ROOT.parents))
    return next((place for place in places if (place / "mt-dev").is_dir()), None)


def read_lines(name: str) -> Sequence[Sequence[str]]:
    """The cells of each line of one of the tables."""
    place = folder()
    if place is None:
        raise SystemExit("No folder of parallel texts: set PARALLEL_TEXTS.")
    with lzma.open(place / name, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


@cache
def news() -> Sequence[dict[str, str]]:
    """Each sentence in every language."""
    return _side_by_side("mt-dev/ntrex128-first1000.tsv.xz")


@cache
def law() -> Sequence[dict[str, str]]:
    """Each paragraph of the Universal Declaration of Human Rights in every language."""
    return _side_by_side("mt-dev/udhr-articles.tsv.xz")


def _side_by_side(name: str) -> Sequence[dict[str, str]]:
    header, *rows = read_lines(name)
    return [dict(zip(header, row, strict=True)) for row in rows]


@cache
def everyday(lang: str) -> Sequence[Pair]:
    """English sentences and their translations."""
    return [Pair("en", lang, *row) for row in read_lines(f"mt-train/tatoeba.en-{lang}.tsv.xz") if len(row) == 2]


def is_for_tests(english: str) -> bool:
    """Whether a sentence belongs to the half that no detector was tuned on; the same for every language."""
    return crc32(english.encode()) % 2 == 1


def half(pairs: Iterable[Pair], *, tests: bool) -> list[Pair]:
    """Pairs with English of one of the halves."""
    return [pair for pair in pairs if is_for_tests(pair.before if pair.source == "en" else pair.after) is tests]


def news_pairs(source: str, target: str, *, tests: bool) -> list[Pair]:
    """News in two languages, of one of the halves."""
    rows = [row for row in news() if is_for_tests(row["en"]) is tests]
    return [Pair(source, target, row[source], row[target]) for row in rows]
