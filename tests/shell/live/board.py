"""A tiny kind of stream to try `live` with: people pin notes on a board that closes at a set time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from kernel.errors import Refused
from live import queries, registry
from live.core.actors import Actor, Standing
from live.core.kinds import Moment, Recorded, StreamKind, Words, WordsShown
from live.doors import Door, participates


@dataclass(frozen=True, slots=True)
class NotePin:
    text: str


@dataclass(frozen=True, slots=True)
class BoardTime:
    ends_at: int


@dataclass(frozen=True, slots=True)
class BoardBan:
    member: str


@dataclass(frozen=True, slots=True)
class MemberArrive:
    member: str


@dataclass(frozen=True, slots=True)
class MemberLeave:
    member: str


@dataclass(frozen=True, slots=True)
class NotePinned:
    words: Words


@dataclass(frozen=True, slots=True)
class BoardTimed:
    ends_at: int


@dataclass(frozen=True, slots=True)
class BoardClosed:
    pass


@dataclass(frozen=True, slots=True)
class MemberBanned:
    member: str


@dataclass(frozen=True, slots=True)
class MemberArrived:
    member: str


@dataclass(frozen=True, slots=True)
class MemberLeft:
    member: str


@dataclass(frozen=True, slots=True)
class Board:
    open: bool = True
    ends_at: int | None = None
    notes: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()


def decide(board: Board, command: Any, moment: Moment) -> Sequence[Any]:
    match command:
        case NotePin("bug"):
            raise ZeroDivisionError
        case NotePin(text):
            if not board.open:
                raise Refused("board.closed")
            return [NotePinned(moment.words(text, "en"))]
        case BoardTime(ends_at):
            return [BoardTimed(ends_at)]
        case BoardBan(member):
            return [MemberBanned(member)]
        case MemberArrive(member):
            return [] if member in board.present else [MemberArrived(member)]
        case MemberLeave(member):
            return [MemberLeft(member)] if member in board.present else []
    raise AssertionError(command)


def evolve(board: Board, record: Recorded[Board]) -> Board:
    match record.event:
        case NotePinned(words):
            return replace(board, notes=(*board.notes, words.key)[-50:])
        case BoardTimed(ends_at):
            return replace(board, ends_at=ends_at)
        case BoardClosed():
            return replace(board, open=False)
        case MemberBanned(member):
            return replace(board, banned=(*board.banned, member))
        case MemberArrived(member):
            return replace(board, present=(*board.present, member))
        case MemberLeft(member):
            return replace(board, present=tuple(key for key in board.present if key != member))
    raise AssertionError(record)


def mentions(value: Any) -> Iterable[str]:
    match value:
        case NotePinned(words):
            return (words.key,)
        case Board():
            return value.notes
    return ()


def words(keys: Iterable[str]) -> Mapping[str, WordsShown]:
    return queries.words(keys)


def standing(stream: str, actor: Actor) -> Standing | None:
    return {"stranger": None, "observer": Standing.READER}.get(actor.role, Standing.PARTICIPANT)


BOARD: StreamKind[Board] = StreamKind(
    name="board",
    version=1,
    events=(NotePinned, BoardTimed, BoardClosed, MemberBanned, MemberArrived, MemberLeft),
    state=Board,
    initial=Board,
    decide=decide,
    evolve=evolve,
    next_deadline=lambda board: board.ends_at if board.open else None,
    expire=lambda board, moment: [BoardClosed()] if board.open else [],
    mentions=mentions,
    project=lambda projections: None,
    words=words,
    standing=standing,
    arrive=MemberArrive,
    leave=MemberLeave,
    banished=lambda event: event.member if isinstance(event, MemberBanned) else None,
    may_type=lambda board, member: board.open,
)

COMMANDS = {
    "note.pin": Door(NotePin, "board", participates),
    "board.ban": Door(BoardBan, "board", lambda actor, name, command: actor.role == "facilitator"),
}


@contextmanager
def known_to_live(*others: StreamKind[Any]) -> Iterator[None]:
    """Boards (and other kinds) stand in the tables of `live`, and boards no longer afterwards."""
    registry.install(kinds=[BOARD, *others], doors=COMMANDS)
    yield
    del registry.KINDS["board"]
    for name in COMMANDS:
        del registry.DOORS[name]
