"""Our own state machine, played by the people of a world: they ask, accept, yield, give up, and answer invitations."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from floor.core import ledger, machine, policy
from floor.core.commands import FloorCommand, HandLower, HandRaise, MemberArrive, OfferAccept, TurnYield
from floor.core.events import FloorChanged, FloorEvent, FloorHeld, FloorOffered, HandLowered, TurnEnded, TurnStarted
from floor.core.types import FloorState, Limits, Mode
from kernel.errors import Refused
from kernel.wire import encode, name_of
from tests.bench.floor_worlds import NUDGE_AFTER_S, REACTION_S, Outcome, Room, Wish

LOOK_S = 5.0
"""How often screens look whether a nudge is due."""


@dataclass(frozen=True, slots=True)
class Ours:
    """The floor in one mode, with these limits."""

    mode: Mode = "balanced"
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class _At:
    at: int
    by: str | None = None


@dataclass
class Sitting:
    """One room, its outcome, and its log as plain data (moment in ms, name, fields)."""

    ours: Ours
    room: Room
    floor: FloorState = field(default_factory=FloorState)
    log: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    outcome: Outcome = field(init=False)
    asked: dict[str, tuple[Wish, bool]] = field(default_factory=dict)
    coming: list[tuple[float, int, str, FloorCommand | Wish | None]] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    nudged: dict[str, float] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        keys = [str(who) for who in range(self.room.world.people)]
        self.outcome = Outcome([0.0] * len(keys))
        for key in keys:
            self.floor = ledger.add_person(self.floor, key)
        self._append([FloorChanged(self.ours.mode, self.ours.limits), *machine.open_floor(self.floor, 0)], 0)
        for key in keys:
            self._do(0.0, key, MemberArrive(key))
        for wish in self.room.wishes:
            self._later(wish.at, str(wish.who), wish)
        if policy.CONDUCT[self.ours.mode].invites:
            self._later(NUDGE_AFTER_S, "", None)
        self._later(self.room.end, "", None)
        while self._step():
            pass
        settled = ledger.settle(self.floor, round(self.room.end * 1000))
        self.outcome.spoken = [settled.people[key].spoken_ms / 1000 for key in keys]
        self.outcome.turns = settled.turn

    def _step(self) -> bool:
        """The next deadline of the floor or act of somebody, until the end."""
        now, due = self.coming[0][0], machine.next_deadline(self.floor)
        if due is not None and due <= round(now * 1000):
            self._append(machine.expire(self.floor, _At(due)), due)
            return True
        if now >= self.room.end:
            return False
        _, _, key, what = heapq.heappop(self.coming)
        self._happen(now, key, what)
        return True

    def _happen(self, at: float, key: str, what: FloorCommand | Wish | None) -> None:
        match what:
            case None:
                self._nudge(at)
            case Wish():
                self._ask(at, key, what)
            case HandLower() if self._is_patient(key, at):
                return
            case _:
                self._do(at, key, what)

    def _is_patient(self, key: str, at: float) -> bool:
        """Whether nobody of this name gives up now: it is another wish that they wait with, or they are called."""
        if key not in self.asked or key in self.called:
            return True
        wish, _ = self.asked[key]
        return at < wish.at + wish.patience - 0.001

    def _ask(self, at: float, key: str, wish: Wish) -> None:
        if key in self.asked or ledger.holder_of(self.floor) == key:
            return
        self.asked[key] = wish, ledger.owed_ms(self.floor, key, round(at * 1000)) >= 0
        self._later(at + wish.patience, key, HandLower())
        self._do(at, key, HandRaise())

    def _nudge(self, at: float) -> None:
        for key in self.floor.people:
            rested = at - self.nudged.get(key, 0.0) >= NUDGE_AFTER_S
            if rested and policy.is_nudge_due(self.floor, key, round(at * 1000)):
                self.nudged[key] = at
                if self.room.is_moved(int(key)):
                    self._ask(at, key, self.room.wish(at, int(key)))
        self._later(at + LOOK_S, "", None)

    def _later(self, at: float, key: str, what: FloorCommand | Wish | None) -> None:
        heapq.heappush(self.coming, (at, next(self.numbers), key, what))

    def _do(self, at: float, key: str, command: FloorCommand) -> None:
        when = round(at * 1000)
        try:
            self._append(machine.decide(self.floor, command, _At(when, key)), when)
        except Refused:
            if policy.request_of(self.floor, key) is None:  # a cap is reached, or an invitation just went by
                self.asked.pop(key, None)

    def _append(self, events: Sequence[FloorEvent], when: int) -> None:
        for event in events:
            self.floor = machine.evolve(self.floor, event, when)
            self.log.append((when, name_of(type(event)), encode(event)))
            self._react(event, when / 1000)

    def _react(self, event: FloorEvent, at: float) -> None:
        match event:
            case FloorHeld(member=key) if self.room.accepts():
                self.asked[key] = self.room.wish(at, int(key)), True
                self._later(at + 2, key, OfferAccept())
            case FloorOffered(member=key):
                self.called.add(key)
                self._later(at + REACTION_S, key, OfferAccept())
            case TurnStarted(member=key):
                wish, owed = self.asked.pop(key, (self.room.wish(at, int(key)), True))
                if key in self.called:
                    self.outcome.waits.append((at - wish.at, owed))
                self.called.discard(key)
                self._later(at + wish.length, key, TurnYield())
            case HandLowered(member=key):
                self.outcome.lost += 1
                self.asked.pop(key, None)
            case TurnEnded(member=key):
                self.coming = [each for each in self.coming if each[2:] != (key, TurnYield())]
                heapq.heapify(self.coming)
            case _:
                return
