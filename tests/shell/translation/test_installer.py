"""A sound package is installed in one step; a bad one is refused with its reason and changes nothing."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kernel.errors import Refused
from tests.shell.translation.archives import BAD, TOP, Bad, content_of, pack
from translation.argos import ArgosEngine
from translation.engine import Workshop
from translation.installer import Pin, check, install_file, peek, records, remove, restore
from translation.installer import pack as repack
from translation.package_folder import installed_packages, papers_of
from translation.wordbook import build_package


@pytest.fixture
def sound(built: Path) -> Path:
    return built / f"{TOP}.argosmodel"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "languages"


def everything_below(place: Path) -> set[str]:
    return {str(path.relative_to(place)) for path in place.rglob("*") if path.name != ".lock"}


def test_a_sound_package_is_installed_read_only_and_translates(sound: Path, folder: Path) -> None:
    record = install_file(sound, folder)
    (package,) = installed_packages(folder)
    assert (package.pair, package.version, record.pair) == ("es-en", "1.0", "es-en")
    assert package.folder.name == f"es-en.{hashlib.sha256(sound.read_bytes()).hexdigest()[:12]}"
    assert {path.stat().st_mode & 0o222 for path in package.folder.rglob("*") if path.is_file()} == {0}
    engine = ArgosEngine(Workshop(folder))
    assert engine.translate(engine.hops()[0], ["El gato duerme."]) == ["The cat is sleeping."]


@pytest.mark.parametrize("case", BAD, ids=[case.wrong for case in BAD])
def test_a_bad_package_is_refused_and_nothing_is_left(case: Bad, sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "state" / "languages"
    install_file(sound, folder)
    bad = case.make(tmp_path / "bad.argosmodel", content_of(sound))
    before = everything_below(tmp_path)
    with pytest.raises(Refused) as refusal:
        install_file(bad, folder)
    assert refusal.value.code == case.code
    assert everything_below(tmp_path) == before
    assert len(installed_packages(folder)) == 1


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        (Pin(sha256="0" * 64), "package.wrong_hash"),
        (Pin(size=5), "package.wrong_size"),
        (Pin(pair="es-fr"), "package.wrong_pair"),
    ],
)
def test_a_package_that_is_not_the_promised_one_is_refused(sound: Path, folder: Path, pin: Pin, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        install_file(sound, folder, pin=pin)
    assert (refusal.value.code, installed_packages(folder)) == (code, ())


def test_installing_twice_is_the_same_as_once(sound: Path, folder: Path) -> None:
    first = install_file(sound, folder)
    before = everything_below(folder)
    assert install_file(sound, folder).sha256 == first.sha256
    assert everything_below(folder) == before


def test_a_newer_package_takes_over_and_the_former_can_be_restored(sound: Path, folder: Path, tmp_path: Path) -> None:
    install_file(sound, folder)
    newer = build_package("es", "en", [("gato", "tomcat")], folder=tmp_path, version="2.0")
    install_file(newer, folder)
    assert [package.version for package in installed_packages(folder)] == ["2.0"]
    assert restore("es-en", folder).version == "1.0"
    assert [package.version for package in installed_packages(folder)] == ["1.0"]


def test_only_one_former_package_is_kept(folder: Path, tmp_path: Path) -> None:
    for version in ("1.0", "2.0", "3.0"):
        install_file(build_package("es", "en", [("gato", "cat")], folder=tmp_path, version=version), folder)
    assert [record.version for record in records(folder)] == ["2.0", "3.0"]


def test_a_removed_package_is_gone_and_a_second_call_is_refused(sound: Path, folder: Path) -> None:
    install_file(sound, folder)
    remove("es-en", folder)
    assert (installed_packages(folder), records(folder)) == ((), [])
    with pytest.raises(Refused, match="not_installed"):
        remove("es-en", folder)
    with pytest.raises(Refused, match="nothing_to_restore"):
        restore("es-en", folder)


def test_splitters_are_not_unpacked_and_licences_are(sound: Path, folder: Path, tmp_path: Path) -> None:
    more = {f"{TOP}/stanza/es/tokenize.pt": b"pickle", f"{TOP}/minisbd/es.onnx": b"onnx", f"{TOP}/LICENSE": b"CC0"}
    install_file(pack(tmp_path / "full.argosmodel", {**content_of(sound), **more}), folder)
    (package,) = installed_packages(folder)
    assert {path.name for path in package.folder.iterdir()} == {
        "LICENSE", "README.md", "installed.json", "metadata.json", "model", "sentencepiece.model",
    }  # fmt: skip
    assert papers_of(package.folder).endswith("\nCC0")


def test_what_a_crash_left_in_staging_disturbs_nothing(sound: Path, folder: Path) -> None:
    (folder / ".staging" / "package").mkdir(parents=True)
    (folder / ".staging" / "package" / "half").write_bytes(b"half")
    install_file(sound, folder)
    assert not (folder / ".staging").exists()


def test_a_folder_that_cannot_be_made_is_refused(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="folder_unwritable"):
        install_file(sound, tmp_path / "file" / "languages")


def test_a_full_disk_is_told_and_leaves_nothing(sound: Path, tmp_path: Path) -> None:
    program = f"""
import resource, signal
from pathlib import Path
import tests.settings, os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
from kernel.errors import Refused
from translation.installer import install_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    install_file(Path({str(sound)!r}), Path({str(tmp_path / "languages")!r}))
except Refused as refusal:
    print(refusal.code)
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() in ("package.disk_full", "package.folder_unwritable", "package.unreadable")
    assert [path.name for path in (tmp_path / "languages").iterdir()] == [".lock"]


def test_a_disk_that_is_full_at_the_last_step_leaves_nothing_and_the_former_package_active(
    sound: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "languages"
    in_the_way = folder / f"active.json.{os.getpid()}"  # where the list is written before it takes effect
    in_the_way.mkdir(parents=True)
    with pytest.raises(Refused, match="folder_unwritable"):
        install_file(sound, folder)
    assert sorted(path.name for path in folder.iterdir()) == [".lock", in_the_way.name]
    in_the_way.rmdir()
    assert install_file(sound, folder).pair == "es-en"


def test_a_package_can_be_looked_at_without_unpacking(sound: Path) -> None:
    assert peek(sound).pair == "es-en"


def test_what_a_stranger_wrote_does_not_steer_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes("Made\x1b[2J by \u202eevil".encode() + b"\xff")
    assert "\x1b" not in papers_of(tmp_path)
    assert papers_of(tmp_path).startswith("Made[2J by")
    assert papers_of(tmp_path / "nowhere") == ""


def test_too_little_disk_is_told_before_anything_is_unpacked(
    sound: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("translation.installer.shutil.disk_usage", lambda path: SimpleNamespace(free=1000))
    with pytest.raises(Refused, match="no_room") as refusal:
        install_file(sound, folder)
    assert refusal.value.params["free"] == 1000
    assert installed_packages(folder) == ()


def test_an_installed_package_can_be_packed_and_installed_again(sound: Path, folder: Path, tmp_path: Path) -> None:
    install_file(sound, folder)
    again = repack(installed_packages(folder)[0], tmp_path)
    assert check(again, Pin(pair="es-en")) == (hashlib.sha256(again.read_bytes()).hexdigest(), again.stat().st_size)
    install_file(again, tmp_path / "elsewhere")
    (package,) = installed_packages(tmp_path / "elsewhere")
    assert (package.pair, package.version, package.word_for_word) == ("es-en", "1.0", True)


def test_a_stray_folder_disturbs_nobody(sound: Path, folder: Path) -> None:
    install_file(sound, folder)
    (folder / "lost+found").mkdir()
    (folder / "half").mkdir()
    (folder / "half" / "metadata.json").write_text("{")
    assert [package.pair for package in installed_packages(folder)] == ["es-en"]
    remove("es-en", folder)
    assert installed_packages(folder) == ()
