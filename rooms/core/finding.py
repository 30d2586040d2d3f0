"""What a room takes with it beside its drafts: points, divergences and open questions, in short texts.

Whoever facilitates writes them; the room agrees to each by more than half of those present. Once agreed it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, assert_never, get_args

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Words

FindingKind = Literal["point", "divergence", "question"]
MAX_FINDING = 400
MAX_FINDINGS = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One text; `words` is its key."""

    kind: FindingKind
    words: str
    lang: str
    accepted: tuple[str, ...] = ()
    is_agreed: bool = False


Findings = Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class FindingWrite:
    """Put this before the room."""

    kind: FindingKind
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class FindingDrop:
    """Take this back; what was agreed stays."""

    finding: str


@dataclass(frozen=True, slots=True)
class FindingAccept:
    """I agree that our room says this."""

    finding: str


@dataclass(frozen=True, slots=True)
class FindingRelease:
    """I no longer agree."""

    finding: str


@dataclass(frozen=True, slots=True)
class FindingWritten:
    """Before the room."""

    finding: str
    kind: FindingKind
    words: Words


@dataclass(frozen=True, slots=True)
class FindingDropped:
    """Taken back."""

    finding: str


@dataclass(frozen=True, slots=True)
class FindingAccepted:
    """This person agrees."""

    finding: str
    member: str


@dataclass(frozen=True, slots=True)
class FindingReleased:
    """This person no longer agrees."""

    finding: str
    member: str


@dataclass(frozen=True, slots=True)
class FindingAgreed:
    """More than half of those present agree: so many of so many."""

    finding: str
    accepted: int
    present: int


WritingCommand = FindingWrite | FindingDrop
AgreeingCommand = FindingAccept | FindingRelease
FindingEvent = FindingWritten | FindingDropped | FindingAccepted | FindingReleased | FindingAgreed
EVENTS: tuple[type, ...] = get_args(FindingEvent)


def write(findings: Findings, command: WritingCommand, moment: Moment) -> list[FindingEvent]:
    """Events of writing or dropping, or `Refused`."""
    if isinstance(command, FindingDrop):
        return [FindingDropped(command.finding)] if not _open(findings, command.finding).is_agreed else []
    if len(findings) >= MAX_FINDINGS:
        raise Refused("finding.too_many", limit=MAX_FINDINGS)
    words = moment.words(clean_text(command.text, limit=MAX_FINDING), language(command.lang).code)
    return [FindingWritten(words.key, command.kind, words)]


def agree(findings: Findings, command: AgreeingCommand, *, member: str, present: Collection[str]) -> list[FindingEvent]:
    """Events of agreeing or not agreeing any more; nobody goes back on what the room has agreed."""
    found = _open(findings, command.finding)
    if found.is_agreed or (member in found.accepted) == isinstance(command, FindingAccept):
        return []
    if isinstance(command, FindingRelease):
        return [FindingReleased(command.finding, member)]
    accepted = len({*found.accepted, member} & {*present})
    agreed = [FindingAgreed(command.finding, accepted, len(present))] if 2 * accepted > len(present) else []
    return [FindingAccepted(command.finding, member), *agreed]


def _open(findings: Findings, key: str) -> Finding:
    if key not in findings:
        raise Refused("finding.unknown")
    return findings[key]


def evolve(findings: Findings, event: FindingEvent) -> dict[str, Finding]:
    """The findings after an event."""
    if isinstance(event, FindingWritten):
        return {**findings, event.finding: Finding(event.kind, event.words.key, event.words.lang)}
    if isinstance(event, FindingDropped):
        return {key: each for key, each in findings.items() if key != event.finding}
    return {**findings, event.finding: _marked(findings[event.finding], event)}


def _marked(finding: Finding, event: FindingAccepted | FindingReleased | FindingAgreed) -> Finding:
    match event:
        case FindingAccepted(member=member):
            return replace(finding, accepted=(*finding.accepted, member))
        case FindingReleased(member=member):
            return replace(finding, accepted=tuple(key for key in finding.accepted if key != member))
        case FindingAgreed():
            return replace(finding, is_agreed=True)
        case _:
            assert_never(event)


def mentions(findings: Findings) -> Iterator[str]:
    """Keys of the words."""
    return (each.words for each in findings.values())
