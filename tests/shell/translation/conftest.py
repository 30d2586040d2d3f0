"""Engines and packages for the tests of translation, made on the spot."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shell.live.board import known_to_live
from tests.shell.translation.words import WORDS
from translation.kinds import TEXT
from translation.package_folder import write_active
from translation.wordbook import build_package


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    with known_to_live(TEXT):
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a word-for-word package file for each pair of `WORDS`."""
    folder = tmp_path_factory.mktemp("packages")
    for (source, target), pairs in WORDS.items():
        build_package(source, target, pairs, folder=folder)
    return folder


@pytest.fixture(scope="session")
def packages(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packages folder in which all of `WORDS` is installed; read only, please."""
    folder = tmp_path_factory.mktemp("languages")
    for file in built.iterdir():
        with zipfile.ZipFile(file) as archive:
            archive.extractall(folder)
    write_active(folder, {f"{a}-{b}": f"translate-{a}_{b}-1_0" for a, b in WORDS})
    return folder
