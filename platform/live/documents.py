"""Documents that several people write at once, beside a stream: binary updates that merge in whatever order they come.

`live` carries and counts them; what is in them, who may write and where they are kept, their kind knows. The words in
them are people's, so nothing of a document stands in a log.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from live.core.frames import Line, binary_line
from live.names import DocumentName

MAX_UPDATE = 64_000
"""Bytes of one update; with its header it fits into the largest message that a server takes."""


class Missing(NamedTuple):
    """What somebody lacks of a document: the number of its last update, what it holds, and the rest of it."""

    seq: int
    vector: bytes
    update: bytes


class Added(NamedTuple):
    """What a document was added, as all get it: the number of the update, and what of it was new."""

    seq: int
    update: bytes


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document. All callables query; the first two run in the thread that writes."""

    name: str
    missing: Callable[[DocumentName, bytes], Missing]
    """What this document has beyond a state vector, or `Refused`."""
    add: Callable[[DocumentName, bytes, str, str | None], Added | None]
    """Store an update by a member, for another if they type for somebody, or `Refused`; None: it holds nothing new."""
    seqs: Callable[[Collection[str]], Mapping[str, int]]
    """The last number of each of these documents; one query."""
    looked_at: Callable[[DocumentName], bool]
    """Called a while after a change, again as long as it says so."""


def changed_line(name: str, seq: int, by: str, update: bytes) -> Line:
    """What everybody gets of an update; one without bytes only says how far the document is."""
    return binary_line({"type": "document.changed", "stream": name, "seq": seq, "by": by}, update)


def opened_line(name: str, ref: str | None, found: Missing) -> Line:
    """The answer to who opens a document: `known` bytes of state vector, then the update that they lack."""
    header = {"type": "document.opened", "ref": ref, "stream": name, "seq": found.seq, "known": len(found.vector)}
    return binary_line(header, found.vector + found.update)
