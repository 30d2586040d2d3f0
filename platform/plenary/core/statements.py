"""Minority statements: why some decide otherwise, signed by name, published with the result.

Whoever is on the roll may write one and sign others, from the opening until the time that the rule gives after closing
is over. How they voted is not asked and not told: a signature says nothing of a ballot.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Words

MAX_STATEMENT = 2000
MAX_STATEMENTS = 20
"""Of one motion at a time."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Why some decide otherwise; `statement` is the key of its words."""

    statement: str
    author: str
    signed: tuple[str, ...]
    """Whose names stand under it, in the order of their signatures."""


Statements = Mapping[str, Statement]
"""By the key of their words, oldest first; one that nobody signs any more is not there."""


@dataclass(frozen=True, slots=True)
class StatementWrite:
    """Say why one decides otherwise, and sign it. One at a time for each voter."""

    motion: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class StatementSign:
    """Put one's name under a statement, too."""

    motion: str
    statement: str


@dataclass(frozen=True, slots=True)
class StatementLeave:
    """Take one's name back. A statement without any is gone."""

    motion: str
    statement: str


@dataclass(frozen=True, slots=True)
class StatementWritten:
    """Somebody on the roll decides otherwise and says why."""

    motion: str
    member: str
    words: Words


@dataclass(frozen=True, slots=True)
class StatementSigned:
    """This person signs the statement, too."""

    motion: str
    statement: str
    member: str


@dataclass(frozen=True, slots=True)
class StatementLeft:
    """This person no longer signs the statement."""

    motion: str
    statement: str
    member: str


@dataclass(frozen=True, slots=True)
class StatementsProlonged:
    """Statements are taken longer than was said, because for a time nobody could be served."""

    motion: str
    until: int


StatementCommand = StatementWrite | StatementSign | StatementLeave
StatementEvent = StatementWritten | StatementSigned | StatementLeft
EVENTS = (StatementWritten, StatementSigned, StatementLeft, StatementsProlonged)


def decide(
    statements: Statements, command: StatementCommand, moment: Moment, *, roll: Collection[str]
) -> list[StatementEvent]:
    """Events that follow when somebody writes, signs or leaves while statements are taken; or `Refused`."""
    by = moment.by or ""
    if by not in roll:
        raise Refused("ballot.not_entitled")
    if isinstance(command, StatementWrite):
        return [_write(statements, command, moment, by)]
    found = statements.get(command.statement)
    if found is None:
        raise Refused("statement.unknown")
    if isinstance(command, StatementSign):
        return [] if by in found.signed else [StatementSigned(command.motion, found.statement, by)]
    return [StatementLeft(command.motion, found.statement, by)] if by in found.signed else []


def _write(statements: Statements, command: StatementWrite, moment: Moment, by: str) -> StatementWritten:
    if any(by == each.author and by in each.signed for each in statements.values()):
        raise Refused("statement.one_each")
    if len(statements) >= MAX_STATEMENTS:
        raise Refused("statement.too_many", limit=MAX_STATEMENTS)
    words = moment.words(clean_text(command.text, limit=MAX_STATEMENT), language(command.lang).code)
    return StatementWritten(command.motion, by, words)


def evolve(statements: Statements, event: StatementEvent) -> dict[str, Statement]:
    """The statements after an event."""
    match event:
        case StatementWritten(member=member, words=words):
            return {**statements, words.key: Statement(words.key, member, (member,))}
        case StatementSigned(statement=key, member=member):
            found = statements[key]
            return {**statements, key: replace(found, signed=(*found.signed, member))}
    found = statements[event.statement]
    rest = tuple(each for each in found.signed if each != event.member)
    others = {key: each for key, each in statements.items() if key != found.statement}
    return {**statements, found.statement: replace(found, signed=rest)} if rest else others


def published(statements: Statements, least: int) -> list[Statement]:
    """Those that enough people sign, the most signed first, then the oldest."""
    enough = [each for each in statements.values() if len(each.signed) >= least]
    return sorted(enough, key=lambda each: -len(each.signed))


def names_in(event: Any) -> Sequence[str]:
    """Keys of the words and names that a reader of this event needs."""
    match event:
        case StatementWritten(member=member, words=words):
            return [words.key, member]
        case StatementSigned(member=member):
            return [member]
    return []
