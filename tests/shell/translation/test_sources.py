"""Packages come from an index, a folder or a file; an index promises, and is held to it."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kernel.errors import Refused
from translation import download
from translation.sources import choose, fetch, offers_of


def pairs(source: str) -> list[str]:
    return sorted(offer.pair for offer in offers_of(source))


def write_index(folder: Path, *entries: dict[str, Any]) -> str:
    (folder / "index.json").write_text(json.dumps(list(entries)))
    return str(folder / "index.json")


def line(pair: str, *links: str, version: str = "1.0", **more: Any) -> dict[str, Any]:
    source, target = pair.split("-")
    return {"package_version": version, "from_code": source, "to_code": target, "links": list(links), **more}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def log_error(self, message: str, *args: Any) -> None:
        """Nor this."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server on loopback over a folder."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", tmp_path
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_folder_offers_its_sound_packages(built: Path, tmp_path: Path) -> None:
    for file in built.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "bad.argosmodel").write_bytes(b"bad")
    assert pairs(str(tmp_path)) == ["en-fr", "es-ca", "es-en"]


def test_a_single_bad_file_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "bad.argosmodel").write_bytes(b"bad")
    with pytest.raises(Refused, match="not_an_archive"):
        offers_of(str(tmp_path / "bad.argosmodel"))


def test_an_index_on_disk_may_point_beside_itself(built: Path, tmp_path: Path) -> None:
    file = built / "translate-es_en-1_0.argosmodel"
    (tmp_path / file.name).write_bytes(file.read_bytes())
    (offer,) = offers_of(write_index(tmp_path, line("es-en", file.name, size=file.stat().st_size)))
    place = tmp_path / "scratch"
    place.mkdir()
    told: list[tuple[int, int]] = []
    fetched = fetch(offer, place, watch=lambda done, expected: told.append((done, expected)))
    assert fetched.read_bytes() == file.read_bytes()
    assert told[-1] == (file.stat().st_size, file.stat().st_size)


def test_an_index_on_loopback_is_followed(built: Path, site: tuple[str, Path]) -> None:
    address, folder = site
    file = built / "translate-es_en-1_0.argosmodel"
    (folder / file.name).write_bytes(file.read_bytes())
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    write_index(folder, line("es-en", "gone.argosmodel", file.name, sha256=sha256.upper()))
    (offer,) = offers_of(f"{address}/index.json")
    assert offer.pin.sha256 == sha256
    assert fetch(offer, folder, watch=lambda done, expected: None).stat().st_size == file.stat().st_size


def test_a_web_index_cannot_point_into_this_machine(site: tuple[str, Path]) -> None:
    address, folder = site
    write_index(
        folder, line("es-en", "file:///etc/passwd"), line("es-fr", "http://example.org/a"), line("es-it", "ftp://a/b")
    )
    assert offers_of(f"{address}/index.json") == []


@pytest.mark.parametrize("address", ["http://example.org/index.json", "ftp://example.org/index.json"])
def test_an_unencrypted_index_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="unsafe_link"):
        offers_of(address)


@pytest.mark.parametrize("data", ["{", "{}", "[" * 9000])
def test_a_broken_index_is_refused(tmp_path: Path, data: str) -> None:
    (tmp_path / "index.json").write_text(data)
    with pytest.raises(Refused, match="bad_index"):
        offers_of(str(tmp_path / "index.json"))


def test_nonsense_lines_of_an_index_are_passed_over(tmp_path: Path) -> None:
    index = write_index(tmp_path, {}, {"links": 3}, line("es-es", "a"), line("es-en"), line("es-fr", "a.argosmodel"))
    assert pairs(index) == ["es-fr"]


def test_the_newest_of_each_wanted_pair_is_chosen(tmp_path: Path) -> None:
    versions = [line("es-en", f"{version}.argosmodel", version=version) for version in ("1.9", "1.10", "1.2")]
    offers = offers_of(write_index(tmp_path, *versions, line("en-fr", "b"), line("de-en", "c")))
    assert [offer.metadata.version for offer in choose(offers, ["es-en"])] == ["1.10"]
    assert sorted(offer.pair for offer in choose(offers, ["es", "en", "fr"])) == ["en-fr", "es-en"]
    with pytest.raises(Refused, match="no_such_pair"):
        choose(offers, ["es-en", "es-uk"])


def test_what_cannot_be_reached_is_said() -> None:
    with pytest.raises(Refused, match="unreachable"):
        offers_of("http://127.0.0.1:9/index.json")
    with pytest.raises(Refused, match="not_found"):
        offers_of("/no/such/place")


def test_a_download_without_end_is_cut(tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MAX_FILE", 1000)
    (offer,) = offers_of(str(built / "translate-es_en-1_0.argosmodel"))
    with pytest.raises(Refused, match="too_large"):
        fetch(offer, tmp_path, watch=lambda done, expected: None)
