"""Where packages come from: an index on the web or on disk, a folder, a file, or our own lists of words."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.errors import Refused
from translation import download
from translation.core.packages import Metadata, metadata_of
from translation.download import Watch
from translation.installer import Pin, peek

SUFFIX = ".argosmodel"
INDEX = "index.json"
WORDS = "words"
"""The source that needs nothing: word-for-word packages made on the spot."""
INSTALLED = "installed"
"""The source of what is installed on this machine, packed again."""
MAX_INDEX = 8 * 1024 * 1024


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

    @property
    def langs(self) -> frozenset[str]:
        """Both languages, engine codes."""
        return frozenset({self.metadata.source, self.metadata.target})

    def is_newer_than(self, version: str) -> bool:
        """Whether it has a higher version, number by number."""
        return _version(self.metadata.version) > _version(version)


def offers_of(source: str) -> list[Offer]:
    """What a source offers: an index (`http:`, `https:`, `file:`, a `.json` file), a folder (with an index, or of
    packages), or one package file."""
    if "://" in source:
        return _of_index(_read(source), source)
    path = Path(source)
    if (path / INDEX).is_file():
        path = path / INDEX
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
    found = [each for each in newest(offers) if each.pair in words or each.langs <= languages]
    missing = [word for word in words if "-" in word and word not in {each.pair for each in found}]
    if missing or not found:
        raise Refused("source.no_such_pair", pair=" ".join(missing or words)[:100])
    return found


def newest(offers: Iterable[Offer]) -> list[Offer]:
    """The newest version of each pair."""
    found = {offer.pair: offer for offer in sorted(offers, key=lambda each: _version(each.metadata.version))}
    return list(found.values())


def fetch(offer: Offer, place: Path, *, watch: Watch) -> Path:
    """The package file, copied or downloaded below `place`; the next link is tried when one fails.

    What was cut off stays there, and the next call goes on with it.
    """
    refusal = Refused("source.no_link", pair=offer.pair)
    for link in offer.links:
        try:
            return download.download(link, place, watch=watch)
        except Refused as error:
            refusal = error
    raise refusal


def _version(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


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
    usable = tuple(link for link in found if download.may_follow(link, address))
    size, sha256 = entry.get("size"), entry.get("sha256")
    pin = Pin(
        sha256=sha256.lower() if isinstance(sha256, str) else "",
        size=size if isinstance(size, int) else 0,
        pair=metadata.pair,
    )
    return Offer(metadata, usable, pin) if usable else None


def _read(address: str) -> bytes:
    data = download.read(address, MAX_INDEX)
    if len(data) > MAX_INDEX:
        raise Refused("source.bad_index", source=address[:200])
    return data
