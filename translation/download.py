"""One file from the web or from this machine; what was cut off goes on where it stopped, also in a later run."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import http.client
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from kernel import clock
from kernel.errors import Refused
from translation.core.packages import MAX_FILE

ATTEMPTS = 3
"""How often a line that is cut is taken up again at once."""
KEPT_MS = 7 * 24 * 3600 * 1000
"""How long half a file waits for the rest."""
_TIMEOUT_S = 30
_BLOCK = 256 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_PARTIAL, _PAST_THE_END = 206, 416
Watch = Callable[[int, int], None]
"""Told bytes so far and bytes in all (0 = unknown)."""


def download(link: str, place: Path, *, watch: Watch) -> Path:
    """The file behind `link`, below the folder `place`, or `Refused("source.…")`; then what came is kept there."""
    place.mkdir(parents=True, exist_ok=True)
    _drop_old(place)
    name = hashlib.sha256(link.encode()).hexdigest()[:16]
    part = place / f"{name}.part"
    with _alone(part) as file:
        for attempt in range(ATTEMPTS):
            try:
                _fill(file, part.with_suffix(".tag"), link, watch)
                break
            except Refused as refusal:
                if refusal.code != "source.cut_short" or attempt == ATTEMPTS - 1:
                    raise
    part.with_suffix(".tag").unlink(missing_ok=True)
    return part.rename(place / f"{name}.whole")


def read(address: str, limit: int) -> bytes:
    """At most `limit` bytes behind an address, or `Refused("source.…")`; one more says that there is more."""
    with _open(address, {}) as answer:
        data: bytes = answer.read(limit + 1)
    return data


def may_follow(link: str, index: str) -> bool:
    """Whether an index may send us there: to https, or beside itself where it lies on this machine."""
    scheme = urllib.parse.urlsplit(link).scheme
    if scheme == "file":
        return urllib.parse.urlsplit(index).scheme == "file"
    return scheme == "https" or _is_loopback(link)


def _drop_old(place: Path) -> None:
    for path in place.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime * 1000 < clock.wall() - KEPT_MS:
                path.unlink()


@contextmanager
def _alone(part: Path) -> Iterator[IO[bytes]]:
    """The half file, open for more; another process that fetches the same is waited for by nobody."""
    with part.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused("source.busy") from error
        yield file


def _fill(file: IO[bytes], tag: Path, link: str, watch: Watch) -> None:
    """Ask for what is missing. A server that has another file now, or knows no parts, sends the whole of it."""
    known = tag.read_text() if tag.is_file() else ""
    have = file.seek(0, 2) if known else 0
    wanted = {"Range": f"bytes={have}-", "If-Range": known} if have else {}
    try:
        answer = _open(link, wanted)
    except _PastTheEndError:
        have, answer = 0, _open(link, {})
    with answer:
        if getattr(answer, "status", None) != _PARTIAL:
            have = 0
        elif not answer.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
            raise Refused("source.unreachable", link=link[:200], reason="wrong part")
        file.truncate(have)
        tag.write_text(_validator(answer.headers))
        rest = int(answer.headers.get("Content-Length") or 0)
        _require_room(Path(file.name).parent, rest)
        _copy(answer, file, have, have + rest if rest else 0, link, watch)


def _copy(answer: Any, file: IO[bytes], have: int, expected: int, link: str, watch: Watch) -> None:
    done = have
    try:
        while block := answer.read(_BLOCK):
            done += len(block)
            if done > MAX_FILE:
                raise Refused("package.too_large", size=done, limit=MAX_FILE)
            file.write(block)
            watch(done, expected)
        file.flush()
    except (http.client.HTTPException, OSError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC:
            raise Refused("package.disk_full") from error
        raise Refused("source.cut_short", link=link[:200]) from error
    if expected and done != expected:
        raise Refused("source.cut_short", link=link[:200])


def _validator(headers: Any) -> str:
    """By what the server will know that it still has the same file; empty: it cannot tell."""
    etag = headers.get("ETag", "")
    return str(headers.get("Last-Modified", "") if etag.startswith("W/") or not etag else etag)


def _require_room(place: Path, size: int) -> None:
    free = _free(place)
    if size > free:
        raise Refused("package.no_room", needed=size, free=free)


def _free(place: Path) -> int:
    return shutil.disk_usage(place).free


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Never from https to anything less."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not newurl.startswith("https://"):
            raise Refused("source.unsafe_link", link=newurl[:200])
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _PastTheEndError(Exception):
    """The server has less than we have already."""


def _open(address: str, headers: dict[str, str]) -> Any:
    scheme = urllib.parse.urlsplit(address).scheme
    if scheme not in ("https", "file") and not _is_loopback(address):
        raise Refused("source.unsafe_link", link=address[:200])
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (looked at above)
    try:
        return urllib.request.build_opener(_SafeRedirects).open(request, timeout=_TIMEOUT_S)
    except (urllib.error.URLError, OSError, ValueError, http.client.HTTPException) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
            if error.code == _PAST_THE_END:
                raise _PastTheEndError from error
        raise Refused("source.unreachable", link=address[:200], reason=_reason(error)) from error


def _is_loopback(link: str) -> bool:
    parts = urllib.parse.urlsplit(link)
    return parts.scheme == "http" and parts.hostname in _LOOPBACK


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or type(error).__name__
    return str(reason)[:100]
