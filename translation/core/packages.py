"""What an Argos package may look like: names, sizes and metadata, judged before anything is unpacked."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kernel.errors import Refused

MAX_FILE = 1024**3
MAX_ENTRIES = 200
MAX_TOTAL = 1024**3
MAX_RATIO = 200
MAX_METADATA = 64 * 1024
_SMALL = 1024 * 1024
"""Entries below this size are judged by their sum only: zeros compress beyond any ratio."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]+)?")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){0,3}")
_WANTED = re.compile(
    r"metadata\.json|README\.md|LICENSE(?:\.md|\.txt)?|sentencepiece\.model|bpe\.model"
    r"|model/(?:config\.json|model\.bin|vmap\.txt|(?:shared|source|target)_vocabulary\.(?:json|txt))"
)
_NOT_NEEDED = re.compile(r"(?:stanza|minisbd|spacy)/.+|model/(?:README.*|\.gitignore)|LICENSE.+|\.gitattributes")
"""Splitters (we have our own, and these are code paths into parsers) and papers: known, never unpacked."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the archive, as its directory tells."""

    name: str
    size: int
    packed: int
    mode: int
    """Unix type and permission bits, 0 where the archive has none."""
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be unpacked: archive name to path below the package's folder."""

    folder: str
    files: dict[str, str]
    total: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """The part of metadata.json that we use; codes are the engine's."""

    source: str
    target: str
    version: str

    @property
    def pair(self) -> str:
        """`es-en`."""
        return f"{self.source}-{self.target}"

    def as_entry(self) -> dict[str, Any]:
        """A line of an index."""
        return {"package_version": self.version, "from_code": self.source, "to_code": self.target}


def plan_of(entries: Sequence[Entry]) -> Plan:
    """Which entries to unpack and where to, or `Refused("package.…")`."""
    if len(entries) > MAX_ENTRIES:
        raise Refused("package.too_many_files", count=len(entries), limit=MAX_ENTRIES)
    for entry in entries:
        _check_entry(entry)
    if len({entry.name.casefold() for entry in entries}) != len(entries):
        raise Refused("package.duplicate_names")
    total = sum(entry.size for entry in entries)
    if total > MAX_TOTAL:
        raise Refused("package.too_large", size=total, limit=MAX_TOTAL)
    return _complete(_wanted(entries), total)


def _check_entry(entry: Entry) -> None:
    name = entry.name.rstrip("/")
    parts = name.split("/")
    if not all(_NAME.fullmatch(part) and part not in (".", "..") for part in parts):
        raise Refused("package.bad_name", name=ascii(entry.name)[:80])
    if entry.mode >> 12 not in (0, 0o10, 0o4):  # a plain file or a folder
        raise Refused("package.not_a_file", name=name)
    if entry.encrypted:
        raise Refused("package.encrypted", name=name)
    if entry.size > _SMALL and entry.size > MAX_RATIO * max(entry.packed, 1):
        raise Refused("package.bomb", name=name)


def _wanted(entries: Sequence[Entry]) -> tuple[str, dict[str, str]]:
    """The one top folder, and the files in it that we know."""
    tops = {entry.name.split("/")[0] for entry in entries}
    if len(tops) != 1:
        raise Refused("package.not_one_folder", count=len(tops))
    (top,) = tops
    files = {entry.name: entry.name.removeprefix(f"{top}/") for entry in entries if not entry.name.endswith("/")}
    strange = [path for path in files.values() if not _WANTED.fullmatch(path) and not _NOT_NEEDED.fullmatch(path)]
    if strange:
        raise Refused("package.unknown_file", name=strange[0])
    return top, {name: path for name, path in files.items() if _WANTED.fullmatch(path)}


def _complete(wanted: tuple[str, dict[str, str]], total: int) -> Plan:
    folder, files = wanted
    paths = set(files.values())
    for needed in ("metadata.json", "model/model.bin"):
        if needed not in paths:
            raise Refused("package.missing_file", name=needed)
    if not paths & {"sentencepiece.model", "bpe.model"}:
        raise Refused("package.missing_file", name="sentencepiece.model")
    return Plan(folder, files, total)


def read_metadata(data: bytes) -> Metadata:
    """The metadata of a package, or `Refused("package.bad_metadata", field=…)`."""
    if len(data) > MAX_METADATA:
        raise Refused("package.bad_metadata", field="size")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused("package.bad_metadata", field="json") from error
    if not isinstance(found, dict):
        raise Refused("package.bad_metadata", field="json")
    return metadata_of(found)


def metadata_of(found: dict[str, Any]) -> Metadata:
    """The same of an object that is already read, as an index holds them."""
    if found.get("type", "translate") != "translate":
        raise Refused("package.bad_metadata", field="type")
    source, target = _text(found, "from_code", _CODE), _text(found, "to_code", _CODE)
    if source == target:
        raise Refused("package.bad_metadata", field="to_code")
    return Metadata(source, target, _text(found, "package_version", _VERSION))


def _text(found: dict[str, Any], field: str, form: re.Pattern[str]) -> str:
    value = found.get(field)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise Refused("package.bad_metadata", field=field)
    return value
