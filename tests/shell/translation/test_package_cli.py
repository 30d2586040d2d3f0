"""Packages are updated, rolled back, carried to another machine and shown with licence and cost."""

from __future__ import annotations

import getpass
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.shell.translation.archives import TOP, content_of, pack
from tests.shell.translation.test_cli import languages
from translation.package_cli import _Speed, engine_codes
from translation.package_folder import installed_packages
from translation.wordbook import KIND, build_package

WORDS = [("el", "the"), ("gato", "cat")]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(TRANSLATION_PACKAGES_DIR=tmp_path / "languages", TRANSLATION_ENGINES=("argos",)):
        yield tmp_path / "languages"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder to which versions of a package come that do not say they are lists of words."""
    place = tmp_path / "shop"
    place.mkdir()
    return place


def offer(shop: Path, version: str, licence: str = "CC0, from a list of words") -> Path:
    made = build_package("es", "en", WORDS, folder=shop / "made", version=version)
    content = {
        name: data.replace(KIND.encode(), b"real") if name.endswith("metadata.json") else data
        for name, data in content_of(made).items()
    }
    (top,) = {name.split("/")[0] for name in content}
    return pack(shop / made.name, {**content, f"{top}/README.md": licence.encode()})


def versions(folder: Path) -> list[str]:
    return [package.version for package in installed_packages(folder)]


def test_an_update_takes_what_is_newer_and_can_be_taken_back(
    shop: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offer(shop, "1.9")
    languages("install", "es-en", "--from", str(shop))
    offer(shop, "1.10")
    assert languages("update", "--from", str(shop)) == 0
    assert versions(folder) == ["1.10"]
    assert "es-en: version 1.10 instead of 1.9" in capsys.readouterr().out
    assert languages("update", "es-en", "--from", str(shop)) == 0
    assert "es-en: nothing newer than version 1.10" in capsys.readouterr().out
    assert languages("restore", "es-en") == 0
    assert versions(folder) == ["1.9"]


def test_an_update_that_fails_its_trial_changes_nothing(
    shop: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    languages("install", "es-en", "--from", str(offer(shop, "1.0")))
    bad = content_of(offer(shop, "2.0"))
    pack(shop / "translate-es_en-2_0.argosmodel", {**bad, "translate-es_en-2_0/model/model.bin": bytes(4000)})
    assert languages("update", "--from", str(shop)) == 1
    assert versions(folder) == ["1.0"]
    assert "failed its trial" in capsys.readouterr().err
    assert not list((folder / ".downloads").iterdir())


def test_only_installed_pairs_are_updated(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    offer(shop, "1.0")
    assert languages("update", "es-en", "--from", str(shop)) == 1
    assert capsys.readouterr().err == "es-en is not installed.\n"


def test_cost_and_licence_are_shown(shop: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    offer(shop, "1.0", licence="Licence: CC BY 4.0\n\x1b[2JSources: a\n" + "more\n" * 20)
    languages("install", "es-en", "--from", str(shop))
    said = capsys.readouterr().out
    assert "    Licence: CC BY 4.0\n    [2JSources: a\n" in said
    assert "lines more: hemicycle languages show" in said
    assert "not pinned: nothing said beforehand what the file had to be" in said
    assert "for packages (0.0 MB before)" in said
    assert "Memory when everything is loaded: " in said
    assert languages("show", "es-en") == 0
    said = capsys.readouterr().out
    assert said.startswith("es-en, version 1.0\n  installed 20")
    assert f" by {getpass.getuser()} from file:" in said
    assert re.search("SHA-256 [0-9a-f]{64}, not pinned", said)
    assert said.count("more") == 20
    assert languages("show", "es-fr") == 1


def test_a_bundle_is_carried_to_another_machine(
    built: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    assert languages("bundle", str(stick), "es-en", "--from", str(built)) == 0
    assert languages("bundle", str(stick), "en-fr", "--from", str(built)) == 0
    assert sorted(path.name for path in stick.iterdir()) == [
        "README.txt", "en-fr-1.0.argosmodel", "es-en-1.0.argosmodel", "index.json",
    ]  # fmt: skip
    assert "install en-fr es-en --from" in (stick / "README.txt").read_text()
    assert installed_packages(folder) == ()
    capsys.readouterr()
    assert languages("install", "es", "en", "fr", "--from", str(stick)) == 0
    assert "not pinned" not in capsys.readouterr().out
    assert [package.pair for package in installed_packages(folder)] == ["en-fr", "es-en"]


def test_a_bundle_that_was_changed_on_the_way_is_refused(
    built: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    languages("bundle", str(stick), "es-en", "--from", str(built))
    package = stick / "es-en-1.0.argosmodel"
    package.write_bytes(pack(tmp_path / "other", {**content_of(package), f"{TOP}/README.md": b"other"}).read_bytes())
    index = json.loads((stick / "index.json").read_text())
    assert languages("install", "es-en", "--from", str(stick)) == 1
    index[0]["size"] = package.stat().st_size
    (stick / "index.json").write_text(json.dumps(index))
    assert languages("install", "es-en", "--from", str(stick)) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert (first.startswith("The file has "), "SHA-256 differs" in second) == (True, True)
    assert installed_packages(folder) == ()


def test_what_is_installed_can_be_carried_on(built: Path, folder: Path, tmp_path: Path) -> None:
    languages("install", "es-en", "--from", str(built))
    assert languages("bundle", str(tmp_path / "stick"), "es-en", "--from", "installed") == 0
    with override_settings(TRANSLATION_PACKAGES_DIR=tmp_path / "other"):
        assert languages("install", "es-en", "--from", str(tmp_path / "stick")) == 0
    assert [package.pair for package in installed_packages(tmp_path / "other")] == ["es-en"]


def test_a_bundle_with_a_broken_index_is_not_written_over(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.json").write_text("{")
    assert languages("bundle", str(tmp_path), "es-en", "--from", str(built)) == 1
    assert (tmp_path / "index.json").read_text() == "{"


def test_a_download_tells_size_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = iter([10.0, 12.0, 12.5, 20.0])
    monkeypatch.setattr("translation.package_cli.clock.monotonic", lambda: next(moments))
    speed = _Speed("es-en")
    for done in (20_000_000, 60_000_000, 70_000_000, 100_000_000):
        speed(done, 100_000_000)
    assert capsys.readouterr().out.splitlines() == [
        "es-en: 20 % of 100.0 MB", "es-en: 60 % of 100.0 MB, 2 s left", "es-en: 100 % of 100.0 MB",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "codes"),
    [("pt-BR", "pb"), ("en-pt-BR", "en-pb"), ("zh-Hant-en", "zt-en"), ("en-zt", "en-zt"), ("es-en", "es-en")],
)
def test_pairs_are_named_by_either_code(word: str, codes: str) -> None:
    assert engine_codes(word) == codes


def test_what_was_installed_before_more_was_noted_says_nothing_of_it(
    shop: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offer(shop, "1.0")
    languages("install", "es-en", "--from", str(shop))
    (note,) = folder.glob("es-en.*/installed.json")
    found = json.loads(note.read_text())
    kept = {name: value for name, value in found.items() if name not in ("by", "is_pinned")}
    note.chmod(0o644)
    note.write_text(json.dumps({**kept, "of_a_later_version": 1}))
    capsys.readouterr()
    assert languages("show", "es-en") == 0
    said = capsys.readouterr().out
    assert ("from file:" in said, " by " in said.splitlines()[1], "pinned" in said) == (True, False, False)
