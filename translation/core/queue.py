"""Which of the waiting requests go to an engine next: oldest first, fair between rooms, all that wait together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

MAX_BATCH = 8000
"""Characters of a batch, about the 1,024 tokens a model translates at once with profit."""


class Urgency(IntEnum):
    """What is being discussed comes before drafts, drafts before what a newcomer missed."""

    LIVE = 0
    DRAFT = 1
    BACKLOG = 2
    WARMING = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request in the queue of hop `hop`; `arrived` only needs to grow."""

    hop: str
    room: str
    urgency: Urgency
    arrived: int
    size: int


def choose(waiting: Sequence[Waiting], busy: Container[str]) -> list[int]:
    """Indices of the requests of the next batch: one hop that nobody is busy with, within `MAX_BATCH`.

    A room that asks for much waits behind the first request of every other room of the same urgency.
    """
    free = [index for index, request in enumerate(waiting) if request.hop not in busy]
    if not free:
        return []
    places = _places(waiting, free)
    order = sorted(free, key=lambda index: places[index])
    hop = waiting[order[0]].hop
    return _within(waiting, (index for index in order if waiting[index].hop == hop))


def _places(waiting: Sequence[Waiting], free: Iterable[int]) -> dict[int, tuple[int, int, int]]:
    """Place in the queue: urgency, how many of the same room are before it, time."""
    asked: Counter[tuple[str, str, int]] = Counter()
    places = {}
    for index in sorted(free, key=lambda each: waiting[each].arrived):
        request = waiting[index]
        turn = request.room, request.hop, request.urgency
        places[index] = (int(request.urgency), asked[turn], request.arrived)
        asked[turn] += 1
    return places


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
