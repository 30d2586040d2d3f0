"""Names of streams: `room.12`, its texts in Catalan `room.12.text.ca`, a document beside it
`room.12.draft.0123456789abcdef`; built and read only here."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from kernel.errors import Refused

_NAME = re.compile(
    r"(?P<root>(?P<kind>[a-z]+)\.(?P<id>[1-9][0-9]{0,17}))(?:\.text\.(?P<lang>[A-Za-z]{2,3}(?:-[A-Za-z]{2,8})?))?"
)
_DOCUMENT = re.compile(r"(?P<root>[a-z]+\.[1-9][0-9]{0,17})\.(?P<kind>[a-z]+)\.(?P<key>[0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class DocumentName:
    """The name of a document taken apart: kind `draft` beside stream `root`, and its own key there."""

    full: str
    root: str
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class StreamName:
    """A stream name taken apart: `room.12.text.ca` is kind `text` over root `room.12` in `ca`."""

    full: str
    root: str
    kind: str
    id: int
    lang: str | None

    @property
    def root_kind(self) -> str:
        """The kind of the root stream: `room` or `plenary`."""
        return self.root.partition(".")[0]


def stream_name(kind: str, number: int) -> str:
    """`room.12`."""
    return f"{kind}.{number}"


def text_feed(root: str, lang: str) -> str:
    """The feed that carries the texts of stream `root` in reading language `lang`."""
    return f"{root}.text.{lang}"


@functools.lru_cache(maxsize=65_536)
def parse_name(name: str) -> StreamName:
    """A name taken apart, or `Refused("stream.unknown")`."""
    found = _NAME.fullmatch(name)
    if not found:
        raise Refused("stream.unknown")
    lang = found["lang"]
    return StreamName(name, found["root"], "text" if lang else found["kind"], int(found["id"]), lang)


def document_name(root: str, kind: str, key: str) -> str:
    """`room.12.draft.0123456789abcdef`."""
    return f"{root}.{kind}.{key}"


@functools.lru_cache(maxsize=4096)
def parse_document(name: str) -> DocumentName:
    """A document's name taken apart, or `Refused("stream.unknown")`."""
    found = _DOCUMENT.fullmatch(name)
    if not found:
        raise Refused("stream.unknown")
    return DocumentName(name, found["root"], found["kind"], found["key"])
