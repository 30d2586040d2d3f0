"""Word-for-word packages for the demo's languages, built on the spot where no real engine is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from translation.wordbook import build_package

HERE = Path(__file__).parent
HUB = "ca"


def word_pairs(source: str, target: str, *, table: Path = HERE / "words.tsv") -> Iterator[tuple[str, str]]:
    """(word, meaning) for each line of the list whose source is a single word."""
    header, *lines = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    left, right = header.index(source), header.index(target)
    for line in lines:
        if " " not in line[left]:
            yield line[left], line[right]


def routes() -> Iterator[tuple[str, str]]:
    """Pairs that connect all the list's languages, with Catalan in the middle, as the real engine has them."""
    languages = (HERE / "words.tsv").read_text(encoding="utf-8").splitlines()[0].split("\t")
    for language in languages:
        if language != HUB:
            yield language, HUB
            yield HUB, language


def build_packages(folder: Path) -> list[Path]:
    """One package for each pair of `routes`, in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    return [build_package(source, target, word_pairs(source, target), folder=folder) for source, target in routes()]
