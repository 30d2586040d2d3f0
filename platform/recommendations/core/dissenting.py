"""Dissent from a draft: raised against a version, shared by others, and what became of each.

Whoever is behind a dissent leaves it, because a newer version meets it or because they take it back; the last one
to leave settles it. What somebody is still behind when the draft is sent stands beside the text: nobody's disagreement
is voted away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Words

MAX_DISSENT = 400
MAX_DISSENTS = 20
"""Of one draft, settled ones too."""
Reason = Literal["integrated", "withdrawn"]
Fate = Literal["integrated", "withdrawn", "upheld"]


@dataclass(frozen=True, slots=True)
class Dissent:
    """A reason not to want this text; `words` is its key."""

    words: str
    version: int
    """That it was raised against."""
    lang: str
    members: tuple[str, ...]
    """Who is behind it, whoever raised it first; those who were last behind one that is settled."""
    fate: Fate | None = None
    """None while it is open."""


Dissents = Mapping[str, Dissent]


@dataclass(frozen=True, slots=True)
class DissentRaise:
    """Say why one cannot live with this version."""

    draft: str
    version: int
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class DissentShare:
    """Put oneself behind a dissent."""

    draft: str
    dissent: str


@dataclass(frozen=True, slots=True)
class DissentLeave:
    """Be behind a dissent no longer: a newer version has integrated it, or one withdraws it."""

    draft: str
    dissent: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class DissentRaised:
    """Somebody cannot live with this version."""

    draft: str
    version: int
    member: str
    words: Words


@dataclass(frozen=True, slots=True)
class DissentShared:
    """This person is behind the dissent, too."""

    draft: str
    dissent: str
    member: str


@dataclass(frozen=True, slots=True)
class DissentLeft:
    """This person is behind it no longer."""

    draft: str
    dissent: str
    member: str
    reason: Reason


DissentCommand = DissentRaise | DissentShare | DissentLeave
DissentEvent = DissentRaised | DissentShared | DissentLeft


def decide(
    dissents: Dissents, command: DissentCommand, moment: Moment, *, member: str, version: int
) -> list[DissentEvent]:
    """Events that follow when `member` asks about a draft that is at `version`, or `Refused`."""
    match command:
        case DissentRaise():
            return [_raise(dissents, command, moment, member)]
        case DissentShare(draft, key):
            found = _open(dissents, key)
            return [] if member in found.members else [DissentShared(draft, key, member)]
        case DissentLeave(draft, key, reason):
            found = _open(dissents, key)
            if reason == "integrated" and version == found.version:
                raise Refused("dissent.no_newer_version", version=version)
            return [DissentLeft(draft, key, member, reason)] if member in found.members else []
        case _:
            assert_never(command)


def evolve(dissents: Dissents, event: DissentEvent) -> dict[str, Dissent]:
    """The dissents after an event."""
    match event:
        case DissentRaised(version=version, member=member, words=words):
            return {**dissents, words.key: Dissent(words.key, version, words.lang, (member,))}
        case DissentShared(dissent=key, member=member):
            changed = replace(dissents[key], members=(*dissents[key].members, member))
        case DissentLeft(dissent=key, member=member, reason=reason):
            rest = tuple(each for each in dissents[key].members if each != member)
            changed = replace(dissents[key], members=rest) if rest else replace(dissents[key], fate=reason)
        case _:
            assert_never(event)
    return {**dissents, key: changed}


def upheld(dissents: Dissents) -> dict[str, Dissent]:
    """The dissents once the draft is sent: what is open stays beside it."""
    return {key: each if each.fate else replace(each, fate="upheld") for key, each in dissents.items()}


def mentions(dissents: Dissents) -> Iterator[str]:
    """Keys of the words, and of the people behind them."""
    for each in dissents.values():
        yield each.words
        yield from each.members


def _raise(dissents: Dissents, command: DissentRaise, moment: Moment, member: str) -> DissentRaised:
    if any(each.members[0] == member and each.fate is None for each in dissents.values()):
        raise Refused("dissent.one_at_a_time")
    if len(dissents) >= MAX_DISSENTS:
        raise Refused("dissent.too_many", limit=MAX_DISSENTS)
    words = moment.words(clean_text(command.text, limit=MAX_DISSENT), language(command.lang).code)
    return DissentRaised(command.draft, command.version, member, words)


def _open(dissents: Dissents, key: str) -> Dissent:
    if key not in dissents:
        raise Refused("dissent.unknown")
    if dissents[key].fate:
        raise Refused("dissent.settled")
    return dissents[key]
