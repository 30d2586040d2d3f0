"""A practice without sockets and tables: the room's rules, the simulated people, and whatever a facilitator does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from facilitation.core.chairs_types import Call as CallMade
from floor.core.commands import FloorSet, MemberArrive, MemberLeave
from floor.core.types import Mode
from live.core.kinds import Moment, Recorded, words_of
from rehearsal.core.behaviour import Answer, Call, Deed, Lose, Mind, Return, Scene, react
from rehearsal.core.cast import PARTS, TONGUE, Character
from rehearsal.practice.scripts import scripts
from rooms.core import room as core
from rooms.core.step import StepKind, StepTake
from rooms.core.types import RoomOpen, RoomState, SeatGive

TICK_MS = 500
GONE_MS = 30_000
GUIDE = "guide"
LANGUAGES = ("en", "es", "fr")
MINUTE_MS = 60_000
BEGAN_MS = 1_000_000


def make_cast() -> tuple[Character, ...]:
    """Seven people whose keys are their parts."""
    spoken = {part: LANGUAGES[TONGUE[part]] for part in PARTS}
    people = {part: scripts()[lang].people[part] for part, lang in spoken.items()}
    return tuple(Character(part, part, people[part].name, spoken[part], people[part]) for part in PARTS)


@dataclass
class Rehearsed:
    """One practice as it unfolds. `texts` are what was said, by key."""

    cast: tuple[Character, ...] = field(default_factory=make_cast)
    at: int = BEGAN_MS
    room: RoomState = field(default_factory=RoomState)
    log: list[Recorded[RoomState]] = field(default_factory=list)
    calls: list[CallMade] = field(default_factory=list)
    deeds: list[tuple[int, str, Deed]] = field(default_factory=list)
    answers: list[tuple[str, str, int]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    minds: dict[str, Mind] = field(default_factory=dict)
    leaving: dict[str, int] = field(default_factory=dict)
    steps: int = 0

    def command(self, command: Any, by: str | None = None) -> list[Any]:
        """Decide and store; refusals are the caller's."""
        moment = Moment(self.at, by, f"{len(self.log)} {self.at} {command!r}", ())
        events = core.decide(self.room, command, moment)
        for event in events:
            self._store(event, by)
        return events

    def _store(self, event: Any, by: str | None) -> None:
        self.log.append(Recorded("room.1", len(self.log) + 1, self.at, by, event))
        self.texts |= {words.key: words.text for words in words_of(event)}
        self.room = core.evolve(self.room, event, self.at)

    def begin(self, mode: Mode = "chaired") -> None:
        """Everybody sits down and is here; the room opens."""
        self.command(SeatGive(GUIDE, "facilitator", ("en",), "en"))
        for who in self.cast:
            self.command(SeatGive(who.key, "citizen", (who.lang,), who.lang))
            self.minds[who.key] = Mind()
        self.command(FloorSet(mode))
        for key in (GUIDE, *self.minds):
            self.command(MemberArrive(key))
        self.command(RoomOpen(), GUIDE)

    def step(self, kind: StepKind, minutes: int) -> None:
        """The run of show goes on to this step."""
        self.steps += 1
        length = minutes * MINUTE_MS
        self.command(StepTake(self.steps, f"step {self.steps}", kind, self.at + length, length))

    def play(self, seconds: int, guide: Callable[[Rehearsed], None] = lambda room: None) -> None:
        """So long passes; the facilitator is asked at every tick."""
        for _ in range(seconds * 1000 // TICK_MS):
            self._pass(self.at + TICK_MS)
            guide(self)
            for who in self.cast:
                self.minds[who.key], deed = react(who, self.minds[who.key], Scene(self.room, self.at))
                if deed is not None:
                    self.deeds.append((self.at, who.key, deed))
                    self._do(who, deed)

    def _pass(self, until: int) -> None:
        """Time passes: deadlines take effect at their own times, who lost the line is gone after a while."""
        for key in [key for key, gone in self.leaving.items() if gone <= until]:
            del self.leaving[key]
            self.command(MemberLeave(key))
        while (deadline := core.next_deadline(self.room)) is not None and deadline <= until:
            self.at = max(self.at, deadline)
            events = core.expire(self.room, Moment(self.at, None, f"{len(self.log)}", None))
            for event in events:
                self._store(event, None)
            if not events:
                break
        self.at = until

    def _do(self, who: Character, deed: Deed) -> None:
        match deed:
            case Answer(poll, choice):
                self.answers.append((who.key, poll, choice))
            case Call():
                self.calls.append(CallMade(f"call {len(self.calls)}", who.key, 1, None, self.at))
            case Lose():
                self.leaving[who.key] = self.at + GONE_MS
            case Return():
                self.leaving.pop(who.key, None)
                self.command(MemberArrive(who.key))
            case _:
                self.command(deed, who.key)

    def deeds_of(self, key: str, *kinds: type) -> list[tuple[int, Deed]]:
        """What somebody did, of these kinds."""
        return [(at, deed) for at, by, deed in self.deeds if by == key and isinstance(deed, kinds)]

    def insults(self) -> frozenset[str]:
        """Keys of the words that the script means to be hidden."""
        meant = [note for who in self.cast if who.part == "rude" for note in who.lines.notes[:-1]]
        return frozenset(key for key, text in self.texts.items() if text in meant)


def started(mode: Mode = "chaired", minutes: int = 6, kind: StepKind = "discussion") -> Rehearsed:
    """A practice that has just come to this step."""
    room = Rehearsed()
    room.begin(mode)
    room.step(kind, minutes)
    return room


def events_of(room: Rehearsed, *kinds: type) -> Sequence[Recorded[RoomState]]:
    """Events of these kinds."""
    return [record for record in room.log if isinstance(record.event, kinds)]
