"""Package files that are wrong in one way each."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Content = dict[str, bytes]
Make = Callable[[Path, Content], Path]
TOP = "translate-es_en-1_0"


@dataclass(frozen=True, slots=True)
class Bad:
    """What is wrong, the refusal, and how to make it from the content of a sound package."""

    wrong: str
    code: str
    make: Make


def content_of(package: Path) -> Content:
    """The files of a sound package."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(file: Path, content: Content) -> Path:
    """A package file of these files."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return file


def _with_files(**files: bytes) -> Make:
    return lambda file, content: pack(file, {**content, **files})


def _with(name: str, data: bytes = b"", mode: int = stat.S_IFREG | 0o644) -> Make:
    """One more entry, whose name and mode nobody checks on the way in."""

    def make(file: Path, content: Content) -> Path:
        pack(file, {path: old for path, old in content.items() if path != name})
        info = zipfile.ZipInfo("placeholder")
        info.filename, info.external_attr, info.compress_type = name, mode << 16, zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(info, data)
        return file

    return make


def _without(end: str) -> Make:
    return lambda file, content: pack(file, {name: data for name, data in content.items() if not name.endswith(end)})


def _metadata(data: bytes) -> Make:
    return _with(f"{TOP}/metadata.json", data)


def _text(file: Path, content: Content) -> Path:
    file.write_bytes(b"not a package")
    return file


def _half(file: Path, content: Content) -> Path:
    data = pack(file, content).read_bytes()
    file.write_bytes(data[: len(data) // 2])
    return file


def _patched(*fields: tuple[bytes, int, bytes]) -> Make:
    """Overwrite fields (record's signature, offset, value) of the first member."""

    def make(file: Path, content: Content) -> Path:
        whole = bytearray(pack(file, content).read_bytes())
        for signature, offset, value in fields:
            at = whole.index(signature) + offset
            whole[at : at + len(value)] = value
        file.write_bytes(bytes(whole))
        return file

    return make


_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
_FIVE = struct.pack("<L", 5)
_CODES = b'"from_code": "es", "to_code": "en"'

BAD = (
    Bad("a path that climbs out", "package.bad_name", _with("../evil.txt", b"evil")),
    Bad("a path that climbs out from inside", "package.bad_name", _with(f"{TOP}/../../evil.txt", b"evil")),
    Bad("an absolute path", "package.bad_name", _with("/tmp/evil.txt", b"evil")),
    Bad("a path of another system", "package.bad_name", _with(f"{TOP}\\evil.txt", b"evil")),
    Bad("a drive", "package.bad_name", _with("C:/evil.txt", b"evil")),
    Bad("a link", "package.not_a_file", _with(f"{TOP}/README.md", b"/etc/passwd", stat.S_IFLNK | 0o777)),
    Bad("a device", "package.not_a_file", _with(f"{TOP}/README.md", b"", stat.S_IFCHR | 0o666)),
    Bad("a bomb", "package.bomb", _with(f"{TOP}/model/vmap.txt", bytes(50_000_000))),
    Bad("a size that lies", "package.not_an_archive", _patched((_LOCAL, 22, _FIVE), (_CENTRAL, 24, _FIVE))),
    Bad("encryption", "package.encrypted", _patched((_CENTRAL, 8, b"\x01\x00"))),
    Bad("half a file", "package.not_an_archive", _half),
    Bad("no archive at all", "package.not_an_archive", _text),
    Bad("too many files", "package.too_many_files", _with_files(**{f"{TOP}/stanza/{at}": b"" for at in range(200)})),
    Bad("two folders", "package.not_one_folder", _with("other/README.md")),
    Bad("a file outside", "package.not_one_folder", _with("metadata.json", b"{}")),
    Bad("a strange file", "package.unknown_file", _with(f"{TOP}/setup.py")),
    Bad("names that differ by case only", "package.duplicate_names", _with(f"{TOP}/readme.MD")),
    Bad("no model", "package.missing_file", _without("model.bin")),
    Bad("no tokenizer", "package.missing_file", _without("sentencepiece.model")),
    Bad("metadata that is no JSON", "package.bad_metadata", _metadata(b"{")),
    Bad("metadata that is a list", "package.bad_metadata", _metadata(b"[]")),
    Bad("deep metadata", "package.bad_metadata", _metadata(b"[" * 30_000)),
    Bad("huge metadata", "package.bad_metadata", _metadata(b" " * 70_000 + b"{}")),
    Bad("another type", "package.bad_metadata", _metadata(b'{"type": "sbd", "package_version": "1", %b}' % _CODES)),
    Bad("no version", "package.bad_metadata", _metadata(b"{%b}" % _CODES)),
    Bad("a code that is a path", "package.bad_metadata", _metadata(b"{%b}" % _CODES.replace(b"es", b"../es"))),
    Bad("one language twice", "package.bad_metadata", _metadata(b"{%b}" % _CODES.replace(b"en", b"es"))),
    Bad("a model of noise", "package.trial_failed", _with(f"{TOP}/model/model.bin", bytes(range(256)) * 400)),
    Bad("a tokenizer of noise", "package.trial_failed", _with(f"{TOP}/sentencepiece.model", bytes(range(256)))),
    Bad("another vocabulary", "package.trial_failed", _with(f"{TOP}/model/target_vocabulary.json", b'["<unk>"]')),
)
