"""Counting: ballots and a rule in, a result out that explains its own arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from plenary.core.rules import Base, Effect, Electorate, Rule, fraction


class Choice(StrEnum):
    """What a ballot says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Count:
    """The ballots of one electorate, counted. `assisted` are those cast without secrecy from the server."""

    electorate: str
    entitled: int
    present: int
    yes: int
    no: int
    abstain: int
    assisted: int = 0

    @property
    def cast(self) -> int:
        """How many voted."""
        return self.yes + self.no + self.abstain


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison, in integers: `part · denominator` against `numerator · whole`."""

    what: Literal["quorum", "threshold"]
    part: int
    whole: int
    fraction: str
    relation: Literal["over", "at_least"]
    left: int
    right: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one electorate's ballots come to."""

    electorate: str
    effect: Effect
    count: Count
    quorum: Step
    threshold: Step
    passed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a motion. Advisory electorates are reported beside it and never added."""

    adopted: bool
    verdicts: tuple[Verdict, ...]


def count(electorate: str, choices: Iterable[Choice], *, entitled: int, present: int, assisted: int = 0) -> Count:
    """The ballots of one electorate, counted."""
    ballots = list(choices)
    numbers = {choice: ballots.count(choice) for choice in Choice}
    return Count(
        electorate, entitled, present, numbers[Choice.YES], numbers[Choice.NO], numbers[Choice.ABSTAIN], assisted
    )


def tally(counts: Sequence[Count], rule: Rule) -> Outcome:
    """The result of these counts under this rule; one count per electorate."""
    by_name = {each.electorate: each for each in counts}
    verdicts = tuple(_verdict(electorate, by_name[electorate.name]) for electorate in rule.electorates)
    deciding = [verdict.passed for verdict in verdicts if verdict.effect is Effect.DECIDING]
    adopted = all(deciding) if rule.combine == "all" else sum(deciding) * 2 > len(deciding)
    return Outcome(adopted, verdicts)


def _verdict(electorate: Electorate, counted: Count) -> Verdict:
    whole = counted.entitled if electorate.quorum.of == "entitled" else counted.present
    quorum = _step("quorum", counted.cast, whole, electorate.quorum.at_least, "at_least")
    limit = electorate.threshold
    base = _base(electorate.base, counted)
    if limit.over is not None:
        threshold = _step("threshold", counted.yes, base, limit.over, "over")
    else:
        threshold = _step("threshold", counted.yes, base, limit.at_least or "1/1", "at_least")
    passed = quorum.holds and threshold.holds and base > 0
    return Verdict(electorate.name, electorate.effect, counted, quorum, threshold, passed)


def _base(base: Base, counted: Count) -> int:
    match base:
        case Base.YES_NO:
            return counted.yes + counted.no
        case Base.YES_NO_ABSTAIN | Base.CAST:
            return counted.cast
        case Base.PRESENT:
            return counted.present
        case Base.ENTITLED:
            return counted.entitled


def _step(
    what: Literal["quorum", "threshold"], part: int, whole: int, text: str, relation: Literal["over", "at_least"]
) -> Step:
    limit = fraction(text)
    left, right = part * limit.denominator, limit.numerator * whole
    return Step(what, part, whole, text, relation, left, right, left > right if relation == "over" else left >= right)
