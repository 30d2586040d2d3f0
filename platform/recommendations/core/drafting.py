"""How a room writes a draft together: versions, who accepts which one, and when it may be submitted.

A room embeds `drafts` in its own state and passes its commands and events here. Who may write is the
room's question; what a version, an acceptance and a majority are, is answered here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import assert_never, get_args

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Words
from recommendations.core import dissenting
from recommendations.core.dissenting import (
    Dissent,
    DissentCommand,
    DissentEvent,
    DissentLeft,
    DissentRaise,
    DissentRaised,
    DissentShared,
)
from recommendations.core.texts import LiveText, language_of, plain

MAX_TITLE = 200
MAX_FIELD = 4000
MAX_AMENDED = 4 * MAX_FIELD
"""How long a recommendation may become by amendments that the plenary adopts."""
MAX_DRAFTS = 40
"""Drafts of one room, so that its state stays small enough for a phone."""
MAX_VERSIONS = 200
"""Versions of one draft."""
MAX_QUOTES = 10
"""Of one version."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something said, as it stood when a version that quotes it was written."""

    words: str
    """Key of what was said, by which everything refers to it."""
    wording: str
    """Key of how it stood then."""
    member: str
    lang: str
    later: str | None = None
    """Key of how its author put it afterwards."""


@dataclass(frozen=True, slots=True)
class VersionState:
    """One version of a draft; title, recommendation and reasons are keys of words."""

    n: int
    member: str
    at: int
    title: str | None
    recommendation: str
    reasons: str | None
    lang: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftState:
    """A draft: all its versions, who accepts the newest one, and whether it has left the room. Version 0: none yet."""

    key: str
    version: int
    versions: tuple[VersionState, ...]
    accepted: tuple[str, ...] = ()
    submitted: bool = False
    dissents: Mapping[str, Dissent] = field(default_factory=dict)
    """By the key of their words, oldest first."""

    @property
    def newest(self) -> VersionState:
        """The version that counts."""
        return self.versions[-1]


Drafts = Mapping[str, DraftState]
Quotable = Mapping[str, Quote]
"""By the key of what was said: what may be quoted now."""
NOTHING_SAID: Quotable = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DraftBegin:
    """Begin a text that is written together (`recommendations.writing`)."""


@dataclass(frozen=True, slots=True)
class DraftFreeze:
    """Make what stands in the common text now the next version, after version `base`."""

    draft: str
    base: int
    quotes: tuple[str, ...] = ()
    """Keys of what was said in the room."""


@dataclass(frozen=True, slots=True)
class DraftWrite:
    """Write a new draft (`draft` None, `base` 0) or the next version of one, made from version `base`."""

    draft: str | None
    base: int
    title: str
    recommendation: str
    reasons: str
    lang: str
    quotes: tuple[str, ...] = ()
    """Keys of what was said in the room."""


@dataclass(frozen=True, slots=True)
class DraftAccept:
    """Say that one can live with exactly this version."""

    draft: str
    version: int


@dataclass(frozen=True, slots=True)
class DraftRelease:
    """Take one's acceptance of this version back."""

    draft: str
    version: int


@dataclass(frozen=True, slots=True)
class DraftSubmit:
    """Send this version to the plenary, if more than half of those present accept it."""

    draft: str
    version: int


DraftCommand = DraftBegin | DraftFreeze | DraftWrite | DraftAccept | DraftRelease | DraftSubmit | DissentCommand


@dataclass(frozen=True, slots=True)
class DraftBegun:
    """There is a text in which everybody here may write."""

    draft: str
    member: str


@dataclass(frozen=True, slots=True)
class DraftWritten:
    """Version `version` stands, made from version `base` (0 for a new draft)."""

    draft: str
    version: int
    base: int
    member: str
    title: Words | None
    recommendation: Words
    reasons: Words | None
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftAccepted:
    """A member accepts this version."""

    draft: str
    version: int
    member: str


@dataclass(frozen=True, slots=True)
class DraftReleased:
    """A member no longer accepts this version."""

    draft: str
    version: int
    member: str


@dataclass(frozen=True, slots=True)
class DraftSubmitted:
    """This version left the room, accepted by `accepted` of the `present` people present."""

    draft: str
    version: int
    accepted: int
    present: int


DraftEvent = DraftBegun | DraftWritten | DraftAccepted | DraftReleased | DraftSubmitted | DissentEvent

EVENTS: tuple[type, ...] = get_args(DraftEvent)


def decide(
    drafts: Drafts, command: DraftCommand, moment: Moment, *, member: str, present: Collection[str],
    quotable: Quotable = NOTHING_SAID,
) -> list[DraftEvent]:  # fmt: skip
    """Events that follow when `member` asks; `present` are those whose acceptance counts. `moment.gathered` is the
    `LiveText` of the draft that is frozen or written."""
    match command:
        case DraftBegin():
            return [DraftBegun(_new_key(drafts, moment), member)]
        case DraftFreeze():
            return _freeze(drafts, command, moment, member=member, quotable=quotable)
        case DraftWrite():
            return [_write(drafts, command, moment, member=member, quotable=quotable)]
        case DraftAccept(draft, version):
            accepted = current(drafts, draft, version).accepted
            return [] if member in accepted else [DraftAccepted(draft, version, member)]
        case DraftRelease(draft, version):
            state = _open(drafts, draft)
            holds = version == state.version and member in state.accepted
            return [DraftReleased(draft, version, member)] if holds else []
        case DraftSubmit(draft, version):
            return [_submit(current(drafts, draft, version), present)]
        case _:
            return [*_object(drafts, command, moment, member)]


def evolve(drafts: Drafts, event: DraftEvent, at: int) -> dict[str, DraftState]:
    """The drafts after an event that happened at civic time `at`."""
    match event:
        case DraftBegun(draft):
            changed = DraftState(draft, 0, ())
        case DraftWritten():
            changed = _write_down(drafts, event, at)
        case DissentRaised() | DissentShared() | DissentLeft():
            found = drafts[event.draft]
            changed = dataclasses.replace(found, dissents=dissenting.evolve(found.dissents, event))
        case _:
            changed = _mark(drafts[event.draft], event)
    return {**drafts, event.draft: changed}


def mentions(draft: DraftState) -> Iterator[str]:
    """Keys of all words a reader of this draft needs, authors included."""
    yield from dissenting.mentions(draft.dissents)
    for version in draft.versions:
        yield version.member
        yield from (key for quote in version.quotes for key in (quote.member, quote.wording, quote.later) if key)
        yield from (key for key in (version.title, version.recommendation, version.reasons) if key)


def corrected(drafts: Drafts, words: str, wording: str) -> Drafts:
    """The drafts after the author of `words` put them otherwise: whoever quoted them has quoted what stood before."""
    return {
        key: dataclasses.replace(draft, versions=tuple(_flagged(each, words, wording) for each in draft.versions))
        for key, draft in drafts.items()
    }


def _flagged(version: VersionState, words: str, wording: str) -> VersionState:
    if all(quote.words != words for quote in version.quotes):
        return version
    quotes = (dataclasses.replace(each, later=wording) if each.words == words else each for each in version.quotes)
    return dataclasses.replace(version, quotes=tuple(quotes))


def _quotes_of(draft: DraftState) -> tuple[str, ...]:
    return tuple(quote.words for version in draft.versions[-1:] for quote in version.quotes)


def _object(drafts: Drafts, command: DissentCommand, moment: Moment, member: str) -> list[DissentEvent]:
    if isinstance(command, DissentRaise):
        draft = current(drafts, command.draft, command.version)
    else:
        draft = _open(drafts, command.draft)
    return dissenting.decide(draft.dissents, command, moment, member=member, version=draft.version)


def _new_key(drafts: Drafts, moment: Moment) -> str:
    if len(drafts) >= MAX_DRAFTS:
        raise Refused("draft.too_many", limit=MAX_DRAFTS)
    return moment.key("draft")


def _freeze(
    drafts: Drafts, command: DraftFreeze, moment: Moment, *, member: str, quotable: Quotable
) -> list[DraftEvent]:
    """The common text as it stands becomes a version; nothing, if it is one already."""
    draft = _open(drafts, command.draft)
    text = moment.gathered if isinstance(moment.gathered, LiveText) else LiveText()
    if not text.is_ahead and command.quotes == _quotes_of(draft):
        return []
    title, recommendation, reasons = (plain(field) for field in text.fields)
    lang = language_of(text)
    write = DraftWrite(command.draft, command.base, title, recommendation, reasons, lang, command.quotes)
    return [_next_version(drafts, write, moment, member=member, quotable=quotable)]


def _write(drafts: Drafts, command: DraftWrite, moment: Moment, *, member: str, quotable: Quotable) -> DraftWritten:
    """Nobody's words are overwritten unseen: where the common text has gone on, that is frozen or taken back first."""
    text = moment.gathered
    if command.draft and isinstance(text, LiveText) and text.is_ahead:
        _open(drafts, command.draft)
        raise Refused("draft.moved_on")
    return _next_version(drafts, command, moment, member=member, quotable=quotable)


def _next_version(
    drafts: Drafts, command: DraftWrite, moment: Moment, *, member: str, quotable: Quotable
) -> DraftWritten:
    if command.draft is None:
        key, version = _new_key(drafts, moment), 0
    else:
        key, version = command.draft, _open(drafts, command.draft).version
    if command.base != version:
        raise Refused("draft.outdated", version=version)
    if version >= MAX_VERSIONS:
        raise Refused("draft.too_many_versions", limit=MAX_VERSIONS)
    lang = language(command.lang).code
    return DraftWritten(
        draft=key,
        version=version + 1,
        base=version,
        member=member,
        title=_optional(moment, command.title, lang, label="title", limit=MAX_TITLE),
        recommendation=moment.words(clean_text(command.recommendation, limit=MAX_FIELD), lang, "recommendation"),
        reasons=_optional(moment, command.reasons, lang, label="reasons", limit=MAX_FIELD),
        quotes=_quoted(command, drafts.get(key), quotable),
    )


def _quoted(command: DraftWrite, draft: DraftState | None, quotable: Quotable) -> tuple[Quote, ...]:
    """What this version quotes; what the one before quoted may stay, whatever has become of it."""
    if len(command.quotes) > MAX_QUOTES:
        raise Refused("draft.too_many_quotes", limit=MAX_QUOTES)
    before = draft.versions[-1:] if draft else ()
    known = {**{quote.words: quote for version in before for quote in version.quotes}, **quotable}
    if not set(command.quotes) <= set(known):
        raise Refused("said.unknown")
    return tuple(known[words] for words in dict.fromkeys(command.quotes))


def _optional(moment: Moment, text: str, lang: str, *, label: str, limit: int) -> Words | None:
    return moment.words(clean_text(text, limit=limit), lang, label) if text.strip() else None


def accepted_by(draft: DraftState, present: Collection[str]) -> int:
    """How many of these people accept the newest version."""
    return sum(1 for member in draft.accepted if member in present)


def has_majority(draft: DraftState, present: Collection[str]) -> bool:
    """Whether more than half of these people accept the newest version."""
    return accepted_by(draft, present) * 2 > len(present)


def _submit(draft: DraftState, present: Collection[str]) -> DraftSubmitted:
    accepted = accepted_by(draft, present)
    if not has_majority(draft, present):
        raise Refused("draft.no_majority", accepted=accepted, present=len(present))
    return DraftSubmitted(draft.key, draft.version, accepted, len(present))


def refuse_unless_open(draft: DraftState) -> None:
    """A draft that was submitted is written no further."""
    if draft.submitted:
        raise Refused("draft.closed")


def _open(drafts: Drafts, key: str) -> DraftState:
    if key not in drafts:
        raise Refused("draft.unknown")
    refuse_unless_open(drafts[key])
    return drafts[key]


def current(drafts: Drafts, key: str, version: int) -> DraftState:
    """The draft of this key, if this is the version that counts and it has not left the room; or `Refused`."""
    draft = _open(drafts, key)
    if not draft.versions:
        raise Refused("draft.unwritten")
    if version != draft.version:
        raise Refused("draft.outdated", version=draft.version)
    return draft


def _write_down(drafts: Drafts, event: DraftWritten, at: int) -> DraftState:
    earlier = drafts[event.draft].versions if event.draft in drafts else ()
    version = VersionState(
        n=event.version,
        member=event.member,
        at=at,
        title=event.title.key if event.title else None,
        recommendation=event.recommendation.key,
        reasons=event.reasons.key if event.reasons else None,
        lang=event.recommendation.lang,
        quotes=event.quotes,
    )
    dissents = drafts[event.draft].dissents if event.draft in drafts else {}
    return DraftState(event.draft, event.version, (*earlier, version), dissents=dissents)


def _mark(draft: DraftState, event: DraftAccepted | DraftReleased | DraftSubmitted) -> DraftState:
    match event:
        case DraftAccepted():
            return dataclasses.replace(draft, accepted=(*draft.accepted, event.member))
        case DraftReleased():
            return dataclasses.replace(draft, accepted=tuple(m for m in draft.accepted if m != event.member))
        case DraftSubmitted():
            return dataclasses.replace(draft, submitted=True, dissents=dissenting.upheld(draft.dissents))
        case _:
            assert_never(event)
