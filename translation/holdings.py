"""What is installed to translate with: each package, its disk and memory, and what it says of its licence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from translation import apertium, installer
from translation.core.codes import from_argos
from translation.core.hops import Hop
from translation.host import Configuration, memory_budget
from translation.package_folder import Installed, disk_of, installed_packages, memory_of, papers_of, read_papers

DATA, PAPERS = Path("/usr/share/apertium"), Path("/usr/share/doc")
"""Where the distribution keeps Apertium's packages, and what they say of themselves."""
LINES_OF_PAPERS = 40


@dataclass(frozen=True, slots=True)
class Former:
    """The package that was active before, as it is kept for going back."""

    version: str
    disk: int
    memory: int


@dataclass(frozen=True, slots=True)
class Holding:
    """One installed package; sizes in bytes, memory about and while everything of it is loaded."""

    engine: str
    name: str
    pairs: tuple[tuple[str, str], ...]
    version: str
    origin: str
    disk: int
    memory: int
    papers: tuple[str, ...]
    """The first lines that it tells of licence and sources."""
    more_papers: int
    former: Former | None = None
    by: str = ""
    """The account of this machine that installed it."""
    is_pinned: bool = True
    """Whether it was said beforehand what the file had to be; packages of the operating system are its own affair."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Of everything together, in bytes; beyond `budget` of memory what was longest unused is unloaded."""

    disk: int
    free: int
    memory: int
    budget: int


def holdings(chosen: Configuration, hops: Sequence[Hop]) -> list[Holding]:
    """What the configured engines have here, by engine and name; reads files, loads nothing."""
    found: list[Holding] = []
    if "argos" in chosen.engines:
        found += _of_argos(chosen.packages)
    return [*found, *_of_apertium([hop for hop in hops if hop.engine == apertium.ApertiumEngine.name])]


def costs_of(held: Sequence[Holding], folder: Path) -> Costs:
    """What all of it takes, former packages included."""
    disk = sum(each.disk + (each.former.disk if each.former else 0) for each in held)
    place = next(each for each in (folder, *folder.absolute().parents) if each.is_dir())
    return Costs(disk, shutil.disk_usage(place).free, sum(each.memory for each in held), memory_budget())


def _of_argos(folder: Path) -> Iterator[Holding]:
    records = installer.records(folder)
    for package in installed_packages(folder):
        record = next((each for each in records if each.home == package.folder.name), None)
        origin, by = (record.origin, record.by) if record else ("", "")
        kept = [each for each in records if each.pair == package.pair and each.home != package.folder.name]
        former = [Former(each.version, disk_of(folder / each.home), memory_of(folder / each.home)) for each in kept]
        papers = papers_of(package.folder).splitlines()
        yield Holding(
            "wordbook" if package.word_for_word else "argos", package.pair, (_pair(package),), package.version, origin,
            disk_of(package.folder), memory_of(package.folder), tuple(papers[:LINES_OF_PAPERS]),
            max(0, len(papers) - LINES_OF_PAPERS), former[-1] if former else None, by,
            record is None or record.is_pinned is not False,
        )  # fmt: skip


def _pair(package: Installed) -> tuple[str, str]:
    return from_argos(package.source), from_argos(package.target)


def _of_apertium(hops: Sequence[Hop]) -> Iterator[Holding]:
    """The distribution's packages, each with the pairs that it serves here."""
    for label in sorted({hop.version for hop in hops}):
        name, _, version = label.partition(" ")
        served = [hop for hop in hops if hop.version == label]
        papers = read_papers([PAPERS / name / "copyright"]).splitlines()
        yield Holding(
            apertium.ApertiumEngine.name, name, tuple(hop.pair for hop in served), version, "",
            disk_of(DATA / name), sum(apertium.memory_of(hop.folder) for hop in served),
            tuple(papers[:LINES_OF_PAPERS]), max(0, len(papers) - LINES_OF_PAPERS),
        )  # fmt: skip
