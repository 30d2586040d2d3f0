"""A room that is locked, and words that are hidden or taken back: what is refused, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from kernel.errors import Refused
from live.core.kinds import Moment
from rooms.core.control import (
    ContributionHidden,
    ContributionHide,
    ContributionRestore,
    ContributionRestored,
    ContributionWithdraw,
    ContributionWithdrawn,
    ControlCommand,
    ControlEvent,
    HideReason,
    LockCommand,
    RoomLock,
    RoomLocked,
    RoomUnlocked,
)
from rooms.core.types import RoomState, Said


def decide(room: RoomState, command: ControlCommand | ContributionWithdraw, moment: Moment) -> Sequence[ControlEvent]:
    """Events that follow from a command, or `Refused`."""
    if isinstance(command, LockCommand):
        return _lock(room, moment.at) if isinstance(command, RoomLock) else _unlock(room)
    said = _said(room, command.words)
    if said.withdrawn:
        if isinstance(command, ContributionWithdraw) and said.member == moment.by:
            return []
        raise Refused("said.withdrawn")
    match command:
        case ContributionHide(words, reason):
            return [] if said.hidden == reason else [ContributionHidden(words, reason)]
        case ContributionRestore(words):
            return [ContributionRestored(words)] if said.hidden else []
        case ContributionWithdraw(words):
            if said.member != moment.by:
                raise Refused("said.not_yours")
            return [ContributionWithdrawn(words)]
        case _:
            assert_never(command)


def is_kept_out(room: RoomState, member: str) -> bool:
    """Whether the lock keeps this person out: whoever was not inside, but facilitators and those whose scribe is."""
    if room.inside is None or member in room.inside:
        return False
    seat = room.seats.get(member)
    return seat is None or (seat.role != "facilitator" and seat.scribe not in room.inside)


def evolve(room: RoomState, event: ControlEvent) -> RoomState:
    """The room after an event."""
    match event:
        case RoomLocked(inside):
            return replace(room, inside=inside)
        case RoomUnlocked():
            return replace(room, inside=None)
        case ContributionHidden(words, reason):
            return _marked(room, words, hidden=reason)
        case ContributionRestored(words):
            return _marked(room, words, hidden=None)
        case ContributionWithdrawn(words):
            return _marked(room, words, hidden=None, withdrawn=True)
        case _:
            assert_never(event)


def _lock(room: RoomState, at: int) -> Sequence[ControlEvent]:
    if room.inside is not None:
        return []
    seated = (key for key, seat in room.seats.items() if not seat.removed)
    return [RoomLocked(tuple(sorted(key for key in seated if _is_inside(room, key, at))))]


def _is_inside(room: RoomState, key: str, at: int) -> bool:
    """Here, or gone for no longer than a place in the queue is kept."""
    if room.seats[key].present:
        return True
    account = room.floor.people.get(key)
    left_at = account.left_at if account else None
    return left_at is not None and at - left_at < room.floor.limits.keep_ms


def _unlock(room: RoomState) -> Sequence[ControlEvent]:
    return [] if room.inside is None else [RoomUnlocked()]


def _said(room: RoomState, words: str) -> Said:
    for said in room.said:
        if said.words == words:
            return said
    raise Refused("said.unknown")


def _marked(room: RoomState, words: str, *, hidden: HideReason | None, withdrawn: bool = False) -> RoomState:
    marked = (replace(each, hidden=hidden, withdrawn=withdrawn) if each.words == words else each for each in room.said)
    return replace(room, said=tuple(marked))
