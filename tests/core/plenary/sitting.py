"""A plenary in memory: commands in, events folded, ballots counted as the tables would."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kernel import wire
from live.core.kinds import Moment, Recorded
from plenary.core import machine
from plenary.core.amendments import (
    Amendable,
    AmendmentArrange,
    AmendmentDecided,
    AmendmentOffer,
    AmendmentOffered,
    AmendmentSupport,
)
from plenary.core.motions import (
    Counted,
    MotionAdd,
    MotionCertify,
    MotionOpen,
    MotionOpened,
    MotionState,
    ObjectionRaise,
    Opening,
    Option,
    PlenaryState,
)
from plenary.core.options import table
from plenary.core.passport import Version
from plenary.core.rules import Kind, Rule
from plenary.core.statements import StatementLeave, StatementSign, StatementWrite
from plenary.core.tally import Choice, count, count_marks

ROLL = tuple(f"citizen {number}" for number in range(10))
TEXT = "Uno.\nDos y dos.\nTres."
"""What every motion says."""
VERSIONS = {
    "es": Version("original", "d1"), "fr": Version("machine", "d2"), "ca": Version("missing", "d3"),
    "it": Version("reviewed", "d4"),
}  # fmt: skip


class Sitting:
    """One plenary; seconds in, civic milliseconds inside."""

    def __init__(self, roll: Sequence[str] = ROLL) -> None:
        self.state = PlenaryState()
        self.log: list[Recorded[PlenaryState]] = []
        self.roll = tuple(roll)
        self.ballots: dict[tuple[str, str], list[str]] = {}
        self.seeds: dict[str, str] = {}
        self.words: dict[str, str] = {}
        """What amendments say, in the language of the motion; whoever takes some out erases or untranslates it."""
        self.texts: dict[str, str] = {}
        """The text of a motion after each amendment, by the key of its words."""
        self.erased: set[str] = set()

    def do(self, second: float, by: str | None, command: Any) -> list[str]:
        """Names of the events that follow; raises `Refused`."""
        at = round(second * 1000)
        moment = Moment(at=at, by=by, seed=f"seed {len(self.log)}", gathered=self._gathered(command))
        return self._append(machine.decide(self.state, command, moment), at, by)

    def add(self, second: float, rule: Rule) -> str:
        """A new motion's key."""
        self.do(second, "chair", MotionAdd(f"recommendation {len(self.state.motions) + 1}", rule))
        return list(self.state.motions)[-1]

    def cast(self, motion: str, electorate: str, choices: Iterable[str]) -> None:
        """Ballots as they lie in the tables."""
        self.ballots[motion, electorate] = list(choices)

    def advance(self, second: float) -> list[str]:
        """Let every deadline up to then take effect, each at its own time."""
        names: list[str] = []
        while (due := machine.next_deadline(self.state)) is not None and due <= second * 1000:
            moment = Moment(at=due, by=None, seed="clock", gathered=self._gathered(None))
            names += self._append(machine.expire(self.state, moment), due, None)
        return names

    def stall(self, began: float, ended: float) -> list[str]:
        """Nobody is served between these seconds; names of the events that follow."""
        self.advance(began)
        found = machine.stalled(self.state, round(began * 1000), round(ended * 1000))
        return [name for event, when in found for name in self._append([event], when, None)]

    def exchange(self) -> dict[str, Any]:
        """Empty plenary, events, and the state now."""
        return {
            "kind": "plenary",
            "initial": wire.encode(PlenaryState()),
            "events": [
                {
                    "seq": each.seq,
                    "at": each.at,
                    "by": each.by,
                    "kind": wire.name_of(type(each.event)),
                    "data": wire.encode(each.event),
                }
                for each in self.log
            ],
            "state": wire.encode(self.state),
        }

    def _append(self, events: Sequence[Any], at: int, by: str | None) -> list[str]:
        for event in events:
            if isinstance(event, MotionOpened):
                self.seeds[event.motion] = event.seed
            if isinstance(event, AmendmentOffered):
                self.words[event.words.key] = event.words.text
            if isinstance(event, AmendmentDecided) and event.words:
                self.texts[event.words.key] = event.words.text
            record: Recorded[PlenaryState] = Recorded("plenary.1", len(self.log) + 1, at, by, event)
            self.log.append(record)
            self.state = machine.evolve(self.state, record)
        return [wire.name_of(type(event)) for event in events]

    def _gathered(self, command: Any) -> object:
        match command:
            case MotionAdd(recommendation, others=others):
                return [
                    Option(key, "es", f"title of {key}", f"text of {key}", None) for key in (recommendation, *others)
                ]
            case MotionOpen(motion) if motion in self.state.motions:
                electorates = self.state.motions[motion].rule.electorates
                return Opening({electorate.name: self.roll for electorate in electorates}, VERSIONS)
            case ObjectionRaise() | StatementWrite() | StatementSign() | StatementLeave():
                return frozenset(self.roll)
            case AmendmentOffer() | AmendmentSupport() | AmendmentArrange() | MotionCertify():
                return Amendable(frozenset(self.roll), TEXT, self.words, self.erased)
        return {
            motion.motion: self._counted(motion, self.seeds[motion.motion])
            for motion in machine.open_motions(self.state)
        }

    def _counted(self, motion: MotionState, seed: str) -> Counted:
        on_roll = {"entitled": len(self.roll), "present": len(set(self.roll) & set(self.state.present))}
        names = [electorate.name for electorate in motion.rule.electorates]
        papers = {name: self.ballots.get((motion.motion, name), []) for name in names}
        if motion.rule.kind is Kind.YES_NO:
            return Counted([count(name, map(Choice, papers[name]), **on_roll) for name in names], seed)
        tables = [table(name, papers[name], motion.rule.kind, len(motion.options)) for name in names]
        counts = [count_marks(each.electorate, each, cast=len(papers[each.electorate]), **on_roll) for each in tables]
        return Counted(counts, seed, tables)
