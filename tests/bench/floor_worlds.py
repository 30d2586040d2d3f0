"""People who want the floor, for the bench of policies: the same wishes, lengths and patience for every policy.

The model of methods, section 3.4. How often somebody wants to speak is log-normal (0.9 for citizens, 0.48 as
measured in teams); so is how long, between people (0.34, measured) and within one person. Who waits or speaks forms
no further wish, and nobody waits for ever. What the section does not say, `WITHIN` and the rate at which the idle
form wishes, is set so that the three references come out at the figures it publishes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

MINUTES = 45
WORDINESS = 0.34
WITHIN = 0.8
MEAN_S = 50.0
PATIENCE_S = 300.0
REACTION_S = 0.5
"""From being called to the first word."""
NUDGE_AFTER_S = 180.0
NUDGE_EFFECT = 0.65
"""More requests within 30 s of a nudge (Gelauff and others)."""
ACCEPTS = 0.3
"""Part of the invitations that are accepted: assumed, and a third of the gain rests on it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Person number `who` wants to speak for `length` seconds from second `at`, and waits for at most `patience`."""

    at: float
    who: int
    length: float
    patience: float


@dataclass(frozen=True, slots=True)
class World:
    """What people in a room would like."""

    name: str = "citizens"
    people: int = 8
    minutes: int = MINUTES
    load: float = 2.6
    """Speech wished for while nobody waits or speaks, as a multiple of the time."""
    spread: float = 0.9
    zipf: bool = False
    """Whether the second person wishes half as often as the first, the third a third as often, and so on."""
    patience_s: float = PATIENCE_S
    splits: bool = False
    """Whether the first person asks three times, a minute apart, where others ask once and for as long."""

    def room(self, seed: int) -> Room:
        """One room of this world."""
        chance = Random(f"{self.name} {self.people} {seed}")
        drive = [1 / (rank + 1) if self.zipf else chance.lognormvariate(0, self.spread) for rank in range(self.people)]
        rates = [self.load / MEAN_S * each / sum(drive) for each in drive]
        lengths = [MEAN_S * chance.lognormvariate(-(WORDINESS**2) / 2, WORDINESS) for _ in range(self.people)]
        room = Room(self, rates, lengths, chance)
        room.wishes = sorted(room.all_wishes(), key=lambda wish: wish.at)
        if self.splits:
            room.wishes = sorted(_split(room.wishes, who=0), key=lambda wish: wish.at)
        return room


@dataclass(slots=True)
class Room:
    """One room's people: wishes a second, mean length in seconds, and the wishes they have of themselves."""

    world: World
    rates: list[float]
    lengths: list[float]
    chance: Random
    wishes: list[Wish] = field(default_factory=list)

    @property
    def end(self) -> float:
        """Seconds."""
        return self.world.minutes * 60.0

    def wish(self, at: float, who: int) -> Wish:
        """A wish of this person at this moment."""
        length = self.lengths[who] * self.chance.lognormvariate(-(WITHIN**2) / 2, WITHIN)
        return Wish(at, who, max(2.0, length), self.chance.expovariate(1 / self.world.patience_s))

    def is_moved(self, who: int) -> bool:
        """Whether a nudge brings a request that would not have come."""
        return self.chance.random() < NUDGE_EFFECT * (1 - math.exp(-30 * self.rates[who]))

    def accepts(self) -> bool:
        """Whether an invitation by name is accepted."""
        return self.chance.random() < ACCEPTS

    def all_wishes(self) -> list[Wish]:
        """What people want of themselves, from the beginning to the end."""
        wishes: list[Wish] = []
        for who, rate in enumerate(self.rates):
            at = self.chance.expovariate(rate)
            while at < self.end:
                wishes.append(self.wish(at, who))
                at += self.chance.expovariate(rate)
        return wishes


def _split(wishes: Sequence[Wish], *, who: int) -> Iterator[Wish]:
    for wish in wishes:
        parts = 3 if wish.who == who else 1
        for part in range(parts):
            yield replace(wish, at=wish.at + 60 * part, length=wish.length / parts)


@dataclass(slots=True)
class Outcome:
    """What came of it: seconds spoken by each, and the waits of those who asked, with whether time was owed then."""

    spoken: list[float]
    waits: list[tuple[float, bool]] = field(default_factory=list)
    lost: int = 0
    turns: int = 0

    def is_owed(self, who: int) -> bool:
        """Whether this person has had no more than an equal part so far."""
        return self.spoken[who] <= sum(self.spoken) / len(self.spoken)

    @property
    def gini(self) -> float:
        """How unequal the seconds are: 0 all equal."""
        ordered, count = sorted(self.spoken), len(self.spoken)
        weighted = sum(rank * seconds for rank, seconds in enumerate(ordered, 1))
        return 2 * weighted / (count * sum(ordered)) - (count + 1) / count if sum(ordered) else 0.0


CITIZENS = World()
TEAM = World("team", spread=0.48)
CROWDED = World("crowded", load=4.9)
SHY = World("shy", load=1.3)
ZIPF = World("zipf", zipf=True)
SIZES = tuple(World(f"n_{people}", people=people) for people in (4, 6, 10, 15))
PLENARY = World("n_60", people=60, minutes=60, load=4.9)
