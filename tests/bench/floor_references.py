"""Three policies to compare with: first come first served, the same with OpenSlides' and with Stanford's rules."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field

from tests.bench.floor_worlds import NUDGE_AFTER_S, REACTION_S, Outcome, Room, Wish

GAP_S = 3.0
WRAP_S = 10.0


@dataclass(frozen=True, slots=True)
class Served:
    """First come, first served; a turn ends at `limit` seconds once somebody waits, after a last sentence."""

    limit: float = math.inf
    nudges: bool = False

    def play(self, room: Room) -> Outcome:
        """What comes of one room under this policy."""
        return _Play(self, room).outcome


@dataclass
class _Play:
    policy: Served
    room: Room
    outcome: Outcome = field(init=False)
    coming: list[tuple[float, int, Wish]] = field(init=False)
    queue: list[tuple[Wish, bool]] = field(default_factory=list)
    heard: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.outcome = Outcome([0.0] * self.room.world.people)
        self.heard = [0.0] * self.room.world.people
        self.coming = [(wish.at, number, wish) for number, wish in enumerate(self.room.wishes)]
        now = 0.0
        while now < self.room.end:
            self._arrive(now)
            now = self._turn(now) if self.queue else self.coming[0][0] if self.coming else self.room.end

    def _turn(self, now: float) -> float:
        wish, owed = self.queue.pop(0)
        self.outcome.waits.append((now - wish.at, owed))
        start, end = now + REACTION_S, now + REACTION_S + wish.length
        limit = start + self.policy.limit
        while limit < end:
            self._arrive(limit, speaker=wish.who)
            if self.queue:
                end = min(end, limit + WRAP_S)
                break
            limit = self.coming[0][0] if self.coming else end
        self._arrive(end, speaker=wish.who)
        self.outcome.spoken[wish.who] += max(0.0, min(end, self.room.end) - start)
        self.outcome.turns += 1
        self.heard[wish.who] = end
        return end + GAP_S

    def _arrive(self, until: float, *, speaker: int | None = None) -> None:
        """Hands that go up until then, and those that go down because it took too long."""
        if self.policy.nudges:
            self._nudge(until, speaker)
        while self.coming and self.coming[0][0] <= until:
            _, _, wish = heapq.heappop(self.coming)
            if wish.who != speaker and all(each.who != wish.who for each, _ in self.queue):
                self.queue.append((wish, self.outcome.is_owed(wish.who)))
        patient = [(wish, owed) for wish, owed in self.queue if wish.at + wish.patience > until]
        self.outcome.lost += len(self.queue) - len(patient)
        self.queue = patient

    def _nudge(self, until: float, speaker: int | None) -> None:
        silent = [who for who, at in enumerate(self.heard) if who != speaker and until - at >= NUDGE_AFTER_S]
        for who in silent:
            self.heard[who] = until
            if self.room.is_moved(who):
                heapq.heappush(self.coming, (until, len(self.coming) + 10**6, self.room.wish(until, who)))


FIFO = Served()
OPENSLIDES = Served(limit=120.0)
STANFORD = Served(limit=45.0, nudges=True)
