"""The stream `chairs.<assembly>` as a value, and what may be asked of it."""

from __future__ import annotations

from dataclasses import dataclass

MAX_CALL = 250
MAX_MEMO = 1000
MAX_CALLS = 3
"""Calls of one member that may wait at once."""
CLOSED_KEPT = 50
MEMOS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody asks for a person; `room` None: from the lobby. `words` is the key of what they wrote."""

    call: str
    member: str
    room: int | None
    words: str | None
    at: int
    answered_by: str | None = None
    answered_at: int | None = None
    closed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Memo:
    """A note among those who lead; `room` None: about no room in particular."""

    words: str
    member: str
    room: int | None
    at: int


@dataclass(frozen=True, slots=True)
class Charge:
    """A room that somebody leads in the place of who vanished, until they give it back."""

    room: int
    member: str
    at: int
    seated: bool
    """The seat came with it and goes with it."""


@dataclass(frozen=True, slots=True)
class ChairsState:
    """What a console shows beside the rooms themselves."""

    present: tuple[str, ...] = ()
    """Those who lead rooms and are here."""
    calls: tuple[Call, ...] = ()
    memos: tuple[Memo, ...] = ()
    taken: tuple[Charge, ...] = ()


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody with the right to lead a room; `is_here`: their screen of it is open."""

    member: str
    name: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class LedRoom:
    """A room as a decision about its lead sees it; `removed`: keys of members who were sent out of it."""

    is_closed: bool
    leaders: tuple[Leader, ...]
    removed: tuple[str, ...] = ()


# --- commands


@dataclass(frozen=True, slots=True)
class MemberArrive:
    """This person is here."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberLeave:
    """This person has gone."""

    member: str


@dataclass(frozen=True, slots=True)
class HelpCall:
    """I need a person, here or in the lobby."""

    room: int | None
    text: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class HelpAnswer:
    """I look after this call."""

    call: str


@dataclass(frozen=True, slots=True)
class HelpClose:
    """This call is done."""

    call: str


@dataclass(frozen=True, slots=True)
class MemoWrite:
    """Tell this to the others who lead."""

    text: str
    lang: str
    room: int | None = None


@dataclass(frozen=True, slots=True)
class RoomTake:
    """I lead this room, since nobody does."""

    room: int


@dataclass(frozen=True, slots=True)
class RoomReturn:
    """I no longer lead the room that I took over."""

    room: int


@dataclass(frozen=True, slots=True)
class RoomRelease:
    """Nobody leads this room by having taken it over who has no seat to lead it with; asked by no person."""

    room: int


HelpCommand = HelpCall | HelpAnswer | HelpClose
ChairsCommand = HelpCommand | MemberArrive | MemberLeave | MemoWrite | RoomTake | RoomReturn | RoomRelease
