"""What those who chair did in a room by their own choice, beside what the rule would have done at that moment.

Read from the log alone. An act names the person it fell on and those it might have fallen on instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from floor.core import policy
from floor.core.events import (
    FloorOffered,
    HandAdvanced,
    HandLowered,
    MemberMuted,
    OfferLapsed,
    TimeCorrected,
    TurnEnded,
    TurnExtended,
    TurnStarted,
    TurnSuspended,
)
from live.core.kinds import Recorded
from rooms.core import room as core
from rooms.core.control import ContributionHidden
from rooms.core.events import ContributionMade, MemberRemoved, NoteMade, SeatGiven
from rooms.core.exclusion import ExclusionRule
from rooms.core.types import RoomState

Kind = Literal[
    "grant", "invitation", "advance", "skip", "cut", "interrupt", "extension", "correction", "mute", "removal", "hide"
]
Basis = Literal["turn", "said"]
PLAIN: Mapping[type, Kind] = {
    HandAdvanced: "advance", MemberMuted: "mute", MemberRemoved: "removal", ContributionHidden: "hide",
    TimeCorrected: "correction", TurnSuspended: "interrupt", TurnExtended: "extension",
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
    """By how many a turn was made longer, or the time counted for a person was changed: fewer where it is negative."""
    piece: str = ""
    """The turn or text it fell on; empty for acts on a person."""
    departs: bool = False
    """Whether somebody was called or invited while the rule would have called somebody else; the room was told so."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A turn or a text, on which an act might have fallen: whose it is, and which facilitators were there meanwhile."""

    key: str
    member: str
    led_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The acts in a room, and every turn and every contribution and note on which they might have fallen."""

    acts: tuple[Act, ...]
    turns: tuple[Piece, ...]
    said: tuple[Piece, ...]
    guides: frozenset[str] = frozenset()
    """Who ever sat here as a facilitator. Organisers lead without a seat, and nobody knows when they look."""

    def within_reach(self, by: str, basis: Basis) -> list[Piece]:
        """The turns or texts on which this person might have acted, those on which they did included."""
        done = {act.piece for act in self.acts if act.by == by and BASIS.get(act.kind) == basis}
        pieces = self.turns if basis == "turn" else self.said
        return [each for each in pieces if by not in self.guides or by in each.led_by or each.key in done]


def ledger_of(log: Sequence[Recorded[RoomState]]) -> Ledger:
    """Everything of a log, from its first event."""
    state, scribes, guides = RoomState(), dict[str, str | None](), set[str]()
    acts, turns, said = list[Act](), dict[str, Piece](), dict[str, Piece]()
    running: dict[str, str] = {}
    for record in log:
        event = record.event
        if isinstance(event, SeatGiven):
            scribes[event.member] = event.scribe
            guides |= {event.member} if event.role == "facilitator" else set()
        piece = event.words if isinstance(event, ContributionHidden) else running.get(getattr(event, "member", ""), "")
        author = said[event.words].member if isinstance(event, ContributionHidden) and event.words in said else None
        member = author or getattr(event, "member", None)
        acts += _acts(state, record, member, scribes.get(member or ""), piece)
        state = core.evolve(state, event, record.at)
        here = _guides_here(state)
        if isinstance(event, TurnStarted):
            running[event.member] = key = f"{record.stream}/{record.seq}"
            turns[key] = Piece(key, event.member)
        if isinstance(event, ContributionMade | NoteMade):
            said[event.words.key] = Piece(event.words.key, event.member, here)
        for key in running.values():
            turns[key] = replace(turns[key], led_by=turns[key].led_by | here)
        if isinstance(event, TurnEnded):
            running.pop(event.member, None)
    return Ledger(tuple(acts), tuple(turns.values()), tuple(said.values()), frozenset(guides))


def _guides_here(state: RoomState) -> frozenset[str]:
    return frozenset(key for key, seat in state.seats.items() if seat.role == "facilitator" and seat.present)


def _acts(
    state: RoomState, record: Recorded[RoomState], member: str | None, scribe: str | None, piece: str
) -> Iterator[Act]:
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
    yield Act(
        found,
        record.by,
        member,
        record.at,
        pool,
        suggested,
        _seconds(event),
        piece if found in BASIS else "",
        departs=getattr(event, "departs", False),
    )


def _seconds(event: Any) -> int:
    match event:
        case TurnExtended(seconds=seconds):
            return seconds
        case TimeCorrected(ms=ms):
            return round(ms / 1000)
    return 0


def _kind(state: RoomState, event: Any) -> Kind | None:
    match event:
        case FloorOffered(reason="call", member=member):
            return "grant" if policy.request_of(state.floor, member) else "invitation"
        case TurnStarted(kind=kind) if kind != "interposed":
            return "grant"
        case TurnEnded(reason="chair"):
            return "cut"
        case HandLowered(reason="skipped"):
            return "skip"
        case OfferLapsed(reason="skipped", member=member) if not policy.request_of(state.floor, member):
            return "skip"  # otherwise the hand is lowered with it
        case MemberRemoved(rule=ExclusionRule()):
            return None
        case _:
            return PLAIN.get(type(event))


def _pool(state: RoomState, kind: Kind, member: str, waiting: Collection[str]) -> tuple[str, ...]:
    if kind in ("grant", "advance", "skip"):
        return tuple(dict.fromkeys((*waiting, member)))
    if kind == "invitation":
        able = [key for key in state.floor.people if policy.can_speak(state.floor, key) and key not in waiting]
        return tuple(dict.fromkeys((*able, member)))
    return (member,)
