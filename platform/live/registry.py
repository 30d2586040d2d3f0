"""The tables of stream kinds and doors, handed over once by `hemicycle.realtime`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.errors import Refused
from kernel.wire import name_of
from live.core.kinds import StreamKind
from live.documents import DocumentKind
from live.doors import Door
from live.names import DocumentName, StreamName, parse_document, parse_name

KINDS: dict[str, StreamKind[Any]] = {}
DOORS: dict[str, Door] = {}
EVENTS: dict[str, dict[str, type]] = {}
DOCUMENTS: dict[str, DocumentKind] = {}


def install(
    *, kinds: Iterable[StreamKind[Any]], doors: Mapping[str, Door], documents: Iterable[DocumentKind] = ()
) -> None:
    """Make the tables known to this process. Safe to repeat."""
    for kind in kinds:
        KINDS[kind.name] = kind
        EVENTS[kind.name] = {name_of(event): event for event in kind.events}
    DOORS.update(doors)
    DOCUMENTS.update({document.name: document for document in documents})


def kind_of(stream: str) -> tuple[StreamName, StreamKind[Any]]:
    """The name taken apart and its kind, or `Refused("stream.unknown")`."""
    name = parse_name(stream)
    if name.kind not in KINDS:
        raise Refused("stream.unknown")
    return name, KINDS[name.kind]


def document_of(name: str) -> tuple[DocumentName, DocumentKind]:
    """The name of a document taken apart and its kind, or `Refused("stream.unknown")`."""
    document = parse_document(name)
    if document.kind not in DOCUMENTS or parse_name(document.root).kind not in KINDS:
        raise Refused("stream.unknown")
    return document, DOCUMENTS[document.kind]
