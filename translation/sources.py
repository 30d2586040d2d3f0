"""Where packages come from: an index on the web or on disk, a folder, a file, or our own lists of words."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.errors import Refused
from translation.core.packages import MAX_FILE, Metadata, metadata_of
from translation.installer import Pin, peek

SUFFIX = ".argosmodel"
WORDS = "words"
"""The source that needs nothing: word-for-word packages made on the spot."""
MAX_INDEX = 8 * 1024 * 1024
_TIMEOUT_S = 30
_BLOCK = 256 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
Watch = Callable[[int, int], None]
"""Told bytes so far and bytes in all (0 = unknown)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that could be installed. `links` are addresses or paths, tried in order."""

    metadata: Metadata
    links: tuple[str, ...]
    pin: Pin

    @property
    def pair(self) -> str:
        """`es-en`, engine codes."""
        return self.metadata.pair


def offers_of(source: str) -> list[Offer]:
    """What a source offers: an index (`http:`, `https:`, `file:`, a `.json` file), a folder, or one package file."""
    if "://" in source:
        return _of_index(_read(source), source)
    path = Path(source)
    if path.is_dir():
        return _of_folder(path)
    if path.suffix == ".json":
        return _of_index(_read(path.resolve().as_uri()), path.resolve().as_uri())
    if path.is_file():
        return [_of_file(path)]
    raise Refused("source.not_found", source=source[:200])


def choose(offers: Iterable[Offer], wanted: Iterable[str]) -> list[Offer]:
    """Offers for these pairs (`es-en`) and for every pair among these languages (`es fr en`); newest of each pair."""
    words = [word.replace("_", "-") if word.count("_") == 1 else word for word in wanted]
    languages = {word for word in words if "-" not in word}
    newest: dict[str, Offer] = {}
    for offer in sorted(offers, key=lambda each: _version(each.metadata)):
        if offer.pair in words or {offer.metadata.source, offer.metadata.target} <= languages:
            newest[offer.pair] = offer
    missing = [word for word in words if "-" in word and word not in newest]
    if missing or not newest:
        raise Refused("source.no_such_pair", pair=" ".join(missing or words)[:100])
    return list(newest.values())


def fetch(offer: Offer, place: Path, *, watch: Watch) -> Path:
    """The package file, copied or downloaded below `place`; the next link is tried when one fails."""
    refusal = Refused("source.no_link", pair=offer.pair)
    for link in offer.links:
        try:
            return _fetch(link, place / f"{offer.pair}{SUFFIX}", watch)
        except Refused as error:
            refusal = error
    raise refusal


def _fetch(link: str, place: Path, watch: Watch) -> Path:
    with _open(link) as answer, place.open("wb") as file:
        expected = int(answer.headers.get("Content-Length") or 0)
        done = 0
        while block := answer.read(_BLOCK):
            done += len(block)
            if done > MAX_FILE:
                raise Refused("package.too_large", size=done, limit=MAX_FILE)
            file.write(block)
            watch(done, expected)
    if expected and done != expected:
        raise Refused("source.cut_short", link=link[:200])
    return place


def _version(metadata: Metadata) -> tuple[int, ...]:
    return tuple(map(int, metadata.version.split(".")))


def _of_folder(folder: Path) -> list[Offer]:
    """Every sound package; a bad one hides none of the others, and is told of when it is alone."""
    offers, refusals = [], []
    for file in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            offers.append(_of_file(file))
        except Refused as refusal:
            refusals.append(refusal)
    if refusals and not offers:
        raise refusals[0]
    return offers


def _of_file(file: Path) -> Offer:
    return Offer(peek(file), (file.resolve().as_uri(),), Pin(size=file.stat().st_size))


def _of_index(data: bytes, address: str) -> list[Offer]:
    try:
        entries = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused("source.bad_index", source=address[:200]) from error
    if not isinstance(entries, list):
        raise Refused("source.bad_index", source=address[:200])
    return [offer for entry in entries if isinstance(entry, dict) and (offer := _of_entry(entry, address))]


def _of_entry(entry: dict[str, Any], address: str) -> Offer | None:
    """One line of the index; what is no translation package or has no usable link is passed over."""
    try:
        metadata = metadata_of(entry)
    except Refused:
        return None
    links = entry.get("links")
    found = [urllib.parse.urljoin(address, link) for link in links or () if isinstance(link, str)]
    usable = tuple(link for link in found if _may_follow(link, address))
    size, sha256 = entry.get("size"), entry.get("sha256")
    pin = Pin(
        sha256=sha256.lower() if isinstance(sha256, str) else "",
        size=size if isinstance(size, int) else 0,
        pair=metadata.pair,
    )
    return Offer(metadata, usable, pin) if usable else None


def _may_follow(link: str, index: str) -> bool:
    """Only a local index may point into this machine."""
    scheme = urllib.parse.urlsplit(link).scheme
    if scheme == "file":
        return urllib.parse.urlsplit(index).scheme == "file"
    return scheme == "https" or _is_loopback(link)


def _is_loopback(link: str) -> bool:
    parts = urllib.parse.urlsplit(link)
    return parts.scheme == "http" and parts.hostname in _LOOPBACK


def _read(address: str) -> bytes:
    with _open(address) as answer:
        data: bytes = answer.read(MAX_INDEX + 1)
    if len(data) > MAX_INDEX:
        raise Refused("source.bad_index", source=address[:200])
    return data


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Never from https to anything less."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not newurl.startswith("https://"):
            raise Refused("source.unsafe_link", link=newurl[:200])
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _open(address: str) -> Any:
    scheme = urllib.parse.urlsplit(address).scheme
    if scheme not in ("https", "file") and not _is_loopback(address):
        raise Refused("source.unsafe_link", link=address[:200])
    try:
        return urllib.request.build_opener(_SafeRedirects).open(address, timeout=_TIMEOUT_S)
    except (urllib.error.URLError, OSError, ValueError) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise Refused("source.unreachable", link=address[:200], reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or type(error).__name__
    return str(reason)[:100]
