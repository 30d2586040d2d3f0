"""The folder of installed packages: which are there, which is active; a stray folder disturbs nobody.

<folder>/es-en.3fa0c1d2/     one package, read-only, named by pair and hash (engine codes)
<folder>/active.json         {"es-en": "es-en.3fa0c1d2", …}
<folder>/figures.json        {"es ca it by apertium (…)": 50.3, …}: chrF measured on this machine
<folder>/.staging/           half-made things; emptied at the next installation
<folder>/.downloads/         files on their way, which go on where they stopped
"""

from __future__ import annotations

import contextlib
import json
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translation.core.confidence import Usual

ACTIVE = "active.json"
FIGURES = "figures.json"
STAGING = ".staging"
RECORD = "installed.json"
DOWNLOADS = ".downloads"
MAX_PAPER = 64 * 1024
"""Characters of a paper that are shown."""
_USUAL = "usual"
_LOADED_PER_BYTE = 1.2
_PAPERS = ("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt")
_WORDBOOK = ("hemicycle_kind", "word for word")


@dataclass(frozen=True, slots=True)
class Installed:
    """One active package; `source` and `target` are the engine's codes."""

    folder: Path
    source: str
    target: str
    version: str
    word_for_word: bool

    @property
    def pair(self) -> str:
        """`es-en`."""
        return f"{self.source}-{self.target}"


def installed_packages(folder: Path) -> tuple[Installed, ...]:
    """The active package of each pair, in order of pairs; what cannot be read is left out."""
    return tuple(package for _, name in sorted(read_active(folder).items()) if (package := _read(folder / name)))


def read_active(folder: Path) -> Mapping[str, str]:
    """Pair to folder name, as the last installation left it."""
    found = _object(folder / ACTIVE)
    return {pair: name for pair, name in found.items() if isinstance(name, str) and "/" not in name}


def write_active(folder: Path, active: Mapping[str, str]) -> None:
    """Replace the list in one step, so that a reader sees the former or the new one."""
    _replace(folder / ACTIVE, active)


def read_figures(folder: Path) -> Mapping[str, float]:
    """Name of a route to its chrF, as it was last measured on this machine."""
    found = _object(folder / FIGURES)
    return {route: float(score) for route, score in found.items() if isinstance(score, int | float)}


def keep_figures(folder: Path, figures: Mapping[str, float]) -> None:
    """Remember these beside those of other routes, in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / FIGURES, {**read_figures(folder), **figures})


def _replace(path: Path, values: Mapping[str, object]) -> None:
    scratch = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with scratch.open("w") as file:
            json.dump(dict(sorted(values.items())), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise


def stamp(folder: Path) -> int:
    """Changes whenever a package was installed or removed or routes were measured, also by another process."""
    return sum(_changed_at(folder / name) for name in (ACTIVE, FIGURES))


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def package_folders(folder: Path) -> Iterator[Path]:
    """Every package folder, active or kept for going back."""
    if folder.is_dir():
        yield from (path for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith("."))


def disk_of(path: Path) -> int:
    """Bytes of all files below a folder; 0 where there is none."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def memory_of(path: Path) -> int:
    """Bytes that the package at `path` takes while it is loaded, about."""
    return int((path / "model" / "model.bin").stat().st_size * _LOADED_PER_BYTE)


def read_usual(path: Path) -> Usual | None:
    """How sure the package at `path` was of sentences it was tried on when it was installed."""
    found = _object(path / RECORD).get(_USUAL)
    try:
        return Usual(float(found["mean"]), float(found["spread"])) if isinstance(found, dict) else None
    except (KeyError, TypeError, ValueError):
        return None


def papers_of(path: Path) -> str:
    """Licence and sources as the package tells them."""
    return read_papers(path / name for name in _PAPERS)


def read_papers(files: Iterable[Path]) -> str:
    """What those of the files say that are there; strangers wrote them, so signs that steer a terminal are out."""
    found = [file.read_text("utf-8", "replace")[:MAX_PAPER] for file in files if file.is_file()]
    return "\n".join(_without_controls(text).strip() for text in found)


def _read(path: Path) -> Installed | None:
    metadata = _object(path / "metadata.json")
    source, target = metadata.get("from_code"), metadata.get("to_code")
    if not isinstance(source, str) or not isinstance(target, str):
        return None
    version = str(metadata.get("package_version", ""))[:20]
    return Installed(path, source, target, version, metadata.get(_WORDBOOK[0]) == _WORDBOOK[1])


def _object(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _without_controls(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
