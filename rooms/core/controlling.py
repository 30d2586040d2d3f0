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
    Earlier,
    LockCommand,
    Mark,
    RoomLock,
    RoomLocked,
    RoomUnlocked,
)
from rooms.core.types import KEPT, Role, RoomState, Said

PASS_LOCK: tuple[Role, ...] = ("facilitator", "organiser", "chair", "observer", "translator")
"""Who leads or reads comes in past a lock, whenever they come: it keeps out those who would take part."""


def decide(room: RoomState, command: ControlCommand | ContributionWithdraw, moment: Moment) -> Sequence[ControlEvent]:
    """Events that follow from a command, or `Refused`. `moment.gathered` holds what the tables know of the words."""
    if isinstance(command, LockCommand):
        return _lock(room, moment.at) if isinstance(command, RoomLock) else _unlock(room)
    said = said_earlier(room, command.words, moment.gathered)
    if isinstance(command, ContributionWithdraw) and moment.by not in (said.member, said.scribe):
        raise Refused("said.not_yours")
    if said.mark.withdrawn:
        if isinstance(command, ContributionWithdraw):
            return []
        raise Refused("said.withdrawn")
    match command:
        case ContributionHide(words, reason):
            return [] if said.mark.hidden == reason else [ContributionHidden(words, reason)]
        case ContributionRestore(words):
            return [ContributionRestored(words, _corrections(room, words))] if said.mark.hidden else []
        case ContributionWithdraw(words):
            return [ContributionWithdrawn(words)]
        case _:
            assert_never(command)


def is_kept_out(room: RoomState, member: str) -> bool:
    """Whether the lock keeps this person out: whoever takes part and was not inside, nor has a scribe who was."""
    if room.inside is None or member in room.inside:
        return False
    seat = room.seats.get(member)
    return seat is None or (seat.role not in PASS_LOCK and seat.scribe not in room.inside)


def evolve(room: RoomState, event: ControlEvent) -> RoomState:
    """The room after an event."""
    match event:
        case RoomLocked(inside):
            return replace(room, inside=inside)
        case RoomUnlocked():
            return replace(room, inside=None)
        case ContributionHidden(words, reason):
            return _marked(_unasked(room, words), words, Mark(hidden=reason))
        case ContributionRestored(words):
            return _marked(room, words, Mark())
        case ContributionWithdrawn(words):
            return _marked(_unasked(room, words), words, Mark(withdrawn=True))
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


def keep(room: RoomState, said: Said) -> RoomState:
    """The room with one more thing said; what became of the one that leaves the state for it stays known a while."""
    kept = (*room.said, said)
    room = replace(room, said=kept[-KEPT:])
    for left in kept[:-KEPT]:
        mark = _mark_of(left)
        room = room if mark == Mark() else _marked(room, left.words, mark)
    return room


def said_earlier(room: RoomState, words: str, stored: Earlier | None) -> Earlier:
    """What is known of these words: what has just happened is in the room and not yet in the tables."""
    said = next((each for each in room.said if each.words == words), None)
    if said is not None:
        stored = stored or Earlier(said.member)
        return replace(stored, mark=_mark_of(said), corrections=len(said.corrections))
    if stored is None:
        raise Refused("said.unknown")
    return replace(stored, mark=room.marks.get(words, stored.mark))


def _corrections(room: RoomState, words: str) -> tuple[str, ...]:
    return next((said.corrections for said in room.said if said.words == words), ())


def _unasked(room: RoomState, words: str) -> RoomState:
    """Nobody is asked about a translation of these words any more."""
    return replace(room, suggestions={key: each for key, each in room.suggestions.items() if each.words != words})


def _mark_of(said: Said) -> Mark:
    return Mark(said.hidden, said.withdrawn)


def _marked(room: RoomState, words: str, mark: Mark) -> RoomState:
    if all(each.words != words for each in room.said):
        return replace(room, marks=dict(sorted({**room.marks, words: mark}.items())[-KEPT:]))
    said = (
        replace(each, hidden=mark.hidden, withdrawn=mark.withdrawn) if each.words == words else each
        for each in room.said
    )
    return replace(room, said=tuple(said))
