"""What those who chair did in a room by their own choice, beside what the rule would have done at that moment.

Read from the log alone. An act names the person it fell on and those it might have fallen on instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from floor.core import policy
from floor.core.events import (
    FloorOffered,
    HandAdvanced,
    HandLowered,
    MemberMuted,
    TurnEnded,
    TurnExtended,
    TurnStarted,
    TurnSuspended,
)
from live.core.kinds import Recorded
from rooms.core import room as core
from rooms.core.control import ContributionHidden
from rooms.core.events import ContributionMade, MemberRemoved, NoteMade, SeatGiven
from rooms.core.types import RoomState

Kind = Literal["grant", "invitation", "advance", "skip", "cut", "extension", "mute", "removal", "hide"]
Basis = Literal["turn", "said"]
PLAIN: Mapping[type, Kind] = {
    HandAdvanced: "advance", MemberMuted: "mute", MemberRemoved: "removal", ContributionHidden: "hide",
}  # fmt: skip
BASIS: Mapping[Kind, Basis] = {"cut": "turn", "extension": "turn", "hide": "said"}
"""Kinds that fall on one of many turns or texts, and not on one of those who could be chosen at that moment."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `suggested` is whom the rule would have called; None where the rule had nobody to call."""

    kind: Kind
    by: str
    member: str
    at: int
    pool: tuple[str, ...] = ()
    """On whom it might have fallen, `member` included."""
    suggested: str | None = None
    seconds: int = 0

    @property
    def departs(self) -> bool:
        """Whether somebody was called whom the rule would not have called."""
        return self.kind == "grant" and self.suggested is not None and self.suggested != self.member


@dataclass(frozen=True, slots=True)
class Ledger:
    """The acts in a room, and how many turns and texts of each person they might have fallen on."""

    acts: tuple[Act, ...]
    turns: tuple[str, ...]
    """Whose turn it was, for every turn."""
    said: tuple[str, ...]
    """Whose words they were, for every contribution and note."""


def ledger_of(log: Sequence[Recorded[RoomState]]) -> Ledger:
    """Everything of a log, from its first event."""
    state, scribes, authors = RoomState(), dict[str, str | None](), dict[str, str]()
    acts, turns, said = list[Act](), list[str](), list[str]()
    for record in log:
        event = record.event
        if isinstance(event, SeatGiven):
            scribes[event.member] = event.scribe
        member = authors.get(event.words) if isinstance(event, ContributionHidden) else getattr(event, "member", None)
        acts += _acts(state, record, member, scribes.get(member or ""))
        if isinstance(event, TurnStarted):
            turns.append(event.member)
        if isinstance(event, ContributionMade | NoteMade):
            said.append(event.member)
            authors[event.words.key] = event.member
        state = core.evolve(state, event, record.at)
    return Ledger(tuple(acts), tuple(turns), tuple(said))


def _acts(state: RoomState, record: Recorded[RoomState], member: str | None, scribe: str | None) -> Iterator[Act]:
    """The act that an event is, if it fell on this member and was neither theirs nor their scribe's."""
    event: Any = record.event
    if record.by is None or member is None or record.by in (member, scribe):
        return
    found = _kind(state, event)
    if found is None:
        return
    waiting = tuple(dict.fromkeys(request.member for request in policy.waiting(state.floor)))
    pool = _pool(state, found, member, waiting)
    suggested = policy.suggestion(state.floor, record.at) if found == "grant" else None
    yield Act(found, record.by, member, record.at, pool, suggested, getattr(event, "seconds", 0))


def _kind(state: RoomState, event: Any) -> Kind | None:
    match event:
        case FloorOffered(reason="call", member=member):
            return "grant" if policy.request_of(state.floor, member) else "invitation"
        case TurnStarted(kind=kind) if kind != "interposed":
            return "grant"
        case TurnEnded(reason="chair") | TurnSuspended():
            return "cut"
        case TurnExtended():
            return "extension"
        case HandLowered(reason="skipped"):
            return "skip"
        case _:
            return PLAIN.get(type(event))


def _pool(state: RoomState, kind: Kind, member: str, waiting: Collection[str]) -> tuple[str, ...]:
    if kind in ("grant", "advance", "skip"):
        return tuple(dict.fromkeys((*waiting, member)))
    if kind == "invitation":
        able = [key for key in state.floor.people if policy.can_speak(state.floor, key) and key not in waiting]
        return tuple(dict.fromkeys((*able, member)))
    return (member,)
