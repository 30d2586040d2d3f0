"""What is installed: each package with its pairs, its costs now and before, and what it says of its licence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.shell.translation.test_cli import languages
from tests.shell.translation.test_package_cli import offer
from translation import apertium
from translation import holdings as module
from translation.core.hops import Hop, Kind
from translation.holdings import LINES_OF_PAPERS, Holding, costs_of, holdings
from translation.package_folder import disk_of, memory_of
from translation.reach import configuration, offered_hops


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(TRANSLATION_PACKAGES_DIR=tmp_path / "languages", TRANSLATION_ENGINES=("argos",)):
        yield tmp_path / "languages"


def held() -> list[Holding]:
    return holdings(configuration(), offered_hops())


def test_a_package_tells_its_costs_and_papers_and_those_of_the_one_before(tmp_path: Path, folder: Path) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    for version in ("1.9", "1.10"):
        offer(shop, version, licence=f"CC0, version {version}\n" + "and so on\n" * 50)
        languages("install", "es-en", "--from", str(shop))
    (found,) = held()
    now, before = (next(folder.glob(f"es-en.*{home}")) for home in _homes(folder))
    assert (found.engine, found.name, found.pairs, found.version) == ("argos", "es-en", (("es", "en"),), "1.10")
    assert (found.disk, found.memory) == (disk_of(now), memory_of(now))
    assert found.former == module.Former("1.9", disk_of(before), memory_of(before))
    assert (found.papers[0], len(found.papers), found.more_papers) == ("CC0, version 1.10", LINES_OF_PAPERS, 11)
    assert found.origin.endswith(".argosmodel")
    costs = costs_of([found], folder)
    assert (costs.disk, costs.memory) == (disk_of(now) + disk_of(before), memory_of(now))
    assert costs.free > 0


def _homes(folder: Path) -> tuple[str, str]:
    """The ends of the folders' names: active, and kept."""
    by_age = sorted(folder.glob("es-en.*/installed.json"), key=lambda file: file.stat().st_mtime_ns)
    before, now = (file.parent.name.rsplit(".", 1)[1] for file in by_age)
    return now, before


def test_a_package_of_the_distribution_is_told_once_with_all_its_pairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DATA", tmp_path / "data")
    monkeypatch.setattr(module, "PAPERS", tmp_path / "papers")
    for place, text in (
        ("data/apertium-fra-cat/cat-fra.bin", "12345"),
        ("papers/apertium-fra-cat/copyright", "GPL-2+"),
    ):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text(text)
    hops = [
        Hop("apertium", *pair, "apertium-fra-cat 1.10", Kind.RULES, mode)
        for pair, mode in ((("ca", "fr"), "cat-fra"), (("fr", "ca"), "fra-cat"))
    ]
    (found,) = holdings(configuration(), hops)
    assert (found.name, found.version, found.pairs) == ("apertium-fra-cat", "1.10", (("ca", "fr"), ("fr", "ca")))
    assert (found.disk, found.papers, found.former) == (5, ("GPL-2+",), None)
    assert found.memory == apertium.memory_of("cat-fra") + apertium.memory_of("fra-cat")


def test_where_nothing_is_installed_nothing_is_told(folder: Path) -> None:
    assert held() == []
    costs = costs_of([], folder)
    assert (costs.disk, costs.memory, folder.exists()) == (0, 0, False)
    assert costs.free > 0
