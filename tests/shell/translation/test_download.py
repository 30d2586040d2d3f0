"""A download that is cut goes on where it stopped, and never mixes two files."""

from __future__ import annotations

import hashlib
import http.server
import io
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kernel.errors import Refused
from translation.download import _copy, download

WHOLE = bytes(range(256)) * 8000


class Site:
    """One file, and what is said of every request."""

    def __init__(self) -> None:
        self.data = WHOLE
        self.etag = '"one"'
        self.cuts: list[int] = []
        """Bytes after which the next answers break off."""
        self.knows_parts = True
        self.asked: list[str] = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.link = f"http://127.0.0.1:{self.server.server_port}/es-en.argosmodel"

    def _handler(site) -> type[http.server.BaseHTTPRequestHandler]:  # noqa: N805 (two selves)
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted = self.headers.get("Range", "")
                site.asked.append(wanted)
                same = self.headers.get("If-Range") == site.etag
                start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and same and site.knows_parts else 0
                self.send_response(206 if start else 200)
                if start:
                    self.send_header("Content-Range", f"bytes {start}-{len(site.data) - 1}/{len(site.data)}")
                self.send_header("ETag", site.etag)
                self.send_header("Content-Length", str(len(site.data) - start))
                self.end_headers()
                end = start + site.cuts.pop(0) if site.cuts else len(site.data)
                self.wfile.write(site.data[start:end])

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's name)
                """Say nothing."""

        return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever)
    thread.start()
    yield site
    site.server.shutdown()
    thread.join()
    site.server.server_close()


def fetch(site: Site, place: Path, told: list[tuple[int, int]] | None = None) -> bytes:
    heard = [] if told is None else told
    return download(site.link, place, watch=lambda done, expected: heard.append((done, expected))).read_bytes()


def test_what_is_cut_goes_on_where_it_stopped(site: Site, tmp_path: Path) -> None:
    site.cuts = [700_000, 500_000]
    told: list[tuple[int, int]] = []
    assert fetch(site, tmp_path, told) == WHOLE
    assert site.asked == ["", "bytes=700000-", "bytes=1200000-"]
    assert told[-1] == (len(WHOLE), len(WHOLE))
    assert [path.suffix for path in tmp_path.iterdir()] == [".whole"]


def test_a_later_run_goes_on_too(site: Site, tmp_path: Path) -> None:
    site.cuts = [100_000] * 3
    with pytest.raises(Refused, match="cut_short"):
        fetch(site, tmp_path)
    site.asked.clear()
    assert fetch(site, tmp_path) == WHOLE
    assert site.asked == ["bytes=300000-"]


def test_another_file_meanwhile_is_fetched_whole(site: Site, tmp_path: Path) -> None:
    site.cuts = [100_000] * 3
    with pytest.raises(Refused):
        fetch(site, tmp_path)
    site.data, site.etag = b"new" * 100_000, '"two"'
    assert fetch(site, tmp_path) == site.data


@pytest.mark.parametrize("etag", ['W/"one"', '"one"'])
def test_a_server_that_knows_no_parts_sends_it_whole(site: Site, tmp_path: Path, etag: str) -> None:
    site.etag, site.knows_parts, site.cuts = etag, False, [100_000]
    assert hashlib.sha256(fetch(site, tmp_path)).digest() == hashlib.sha256(WHOLE).digest()


def test_a_file_of_this_machine_is_copied_from_its_beginning(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(WHOLE)
    place = tmp_path / "place"
    for _ in range(2):
        assert download((tmp_path / "a").as_uri(), place, watch=lambda done, expected: None).read_bytes() == WHOLE


def test_half_a_file_does_not_wait_for_ever(site: Site, tmp_path: Path) -> None:
    (tmp_path / "old.part").write_bytes(b"half")
    os.utime(tmp_path / "old.part", (0, 0))
    fetch(site, tmp_path)
    assert not (tmp_path / "old.part").exists()


def test_a_file_larger_than_the_disk_is_not_begun(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translation.download._free", lambda place: 1000)
    with pytest.raises(Refused, match="no_room"):
        fetch(site, tmp_path)


def test_two_do_not_write_one_file(site: Site, tmp_path: Path) -> None:
    site.cuts = [100_000]
    busy: list[str] = []

    def watch(done: int, expected: int) -> None:
        if not busy:
            busy.append("asked")
            with pytest.raises(Refused, match="busy"):
                download(site.link, tmp_path, watch=lambda done, expected: None)

    assert download(site.link, tmp_path, watch=watch).read_bytes() == WHOLE


def test_a_disk_that_fills_up_on_the_way_is_told() -> None:
    with pytest.raises(Refused, match="disk_full"), Path("/dev/full").open("wb", buffering=0) as full:
        _copy(io.BytesIO(WHOLE), full, 0, 0, "https://example.org/a", lambda done, expected: None)
