"""Frames a client sends that are no commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Send me this stream; `since` is the last number I have, absent for a snapshot."""

    stream: str
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Send me this stream no more."""

    stream: str


@dataclass(frozen=True, slots=True)
class Ack:
    """I have these streams up to these numbers."""

    seqs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that is no fact: the finished sentences of what I am typing now. No text: show it no more."""

    stream: str
    name: Literal["typing"]
    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class DocumentOpen:
    """Send me this document and what becomes of it. The bytes behind say what I have: a state vector of Yjs."""

    stream: str


@dataclass(frozen=True, slots=True)
class DocumentWrite:
    """Add this to a document; the bytes behind are an update of Yjs. `member`: for whom I type, if not for myself."""

    stream: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentLeave:
    """Send me this document no more."""

    stream: str
