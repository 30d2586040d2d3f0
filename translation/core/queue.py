"""Which of the waiting requests go to an engine next: oldest first, fair between rooms, all that wait together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

MAX_BATCH = 2000
"""Characters of a batch, about 16 sentences: larger ones gain little, and a slow machine must answer in time."""
HURRY_S = 0.5
"""When what is being said has waited for so long, engines hurry."""
LATE_S = 10.0
"""What was said longer ago is caught up on after what is being said now, the newest first."""


class Urgency(IntEnum):
    """What is being discussed comes first, then what one person asked for and waits for, what is being typed, drafts,
    and what a newcomer missed; what is shown already and only looked at again comes last."""

    LIVE = 0
    ASKED = 1
    TYPED = 2
    DRAFT = 3
    BACKLOG = 4
    WARMING = 5
    SECOND_LOOK = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request in the queue of hop `hop`, which `arrived` at this many seconds of a clock that only goes on."""

    hop: str
    room: str
    urgency: Urgency
    arrived: float
    size: int


def choose(waiting: Sequence[Waiting], busy: Container[str], now: float) -> list[int]:
    """Indices of the requests of the next batch: one hop that nobody is busy with, within `MAX_BATCH`.

    A room that asks for much waits behind the first request of every other room of the same urgency.
    """
    free = [index for index, request in enumerate(waiting) if request.hop not in busy]
    if not free:
        return []
    places = _places(waiting, free, now)
    order = sorted(free, key=lambda index: places[index])
    hop = waiting[order[0]].hop
    return _within(waiting, (index for index in order if waiting[index].hop == hop))


def is_hurried(waiting: Iterable[Waiting], now: float) -> bool:
    """Whether people have been waiting for too long for what is being said."""
    return any(request.urgency is Urgency.LIVE and now - request.arrived > HURRY_S for request in waiting)


def _places(waiting: Sequence[Waiting], free: Iterable[int], now: float) -> dict[int, tuple[int, bool, int, float]]:
    """Place in the queue: urgency, not yet late, how many of the same room are before it, time."""
    asked: Counter[tuple[str, str, int, bool]] = Counter()
    places = {}
    for index in sorted(free, key=lambda each: _since(waiting[each], now)):
        request = waiting[index]
        is_late = now - request.arrived > LATE_S
        turn = request.room, request.hop, request.urgency, is_late
        places[index] = (int(request.urgency), is_late, asked[turn], _since(request, now)[1])
        asked[turn] += 1
    return places


def _since(request: Waiting, now: float) -> tuple[bool, float]:
    """Oldest first while in time, newest first once late."""
    is_late = now - request.arrived > LATE_S
    return is_late, -request.arrived if is_late else request.arrived


def _within(waiting: Sequence[Waiting], order: Iterable[int]) -> list[int]:
    """The first requests that fit; the first one always does."""
    chosen: list[int] = []
    room = MAX_BATCH
    for index in order:
        if chosen and waiting[index].size > room:
            break
        chosen.append(index)
        room -= waiting[index].size
    return chosen
