"""Counting: ballots and a rule in, a result out that explains its own arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Literal, assert_never

from plenary.core.options import HIGHEST_SCORE, Table
from plenary.core.rules import Base, Combination, Effect, Electorate, Kind, Rule, Tie, fraction


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
    marked: int = 0
    """Ballots that mark options."""
    blank: int = 0
    """Ballots that could mark options and mark none."""

    @property
    def cast(self) -> int:
        """How many voted."""
        return self.yes + self.no + self.abstain + self.marked + self.blank


What = Literal["quorum", "threshold", "veto", "together", "support"]


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison, in integers: `part · denominator` against `numerator · whole`."""

    what: What
    """What `part` counts: who took part, the votes for yes, those for no, the votes for yes of all electorates, or the
    support of the best option."""
    part: int
    whole: int
    fraction: str
    relation: Literal["over", "at_least"]
    left: int
    right: int
    holds: bool

    @property
    def is_tied(self) -> bool:
        """Whether one vote more would have been enough."""
        return self.relation == "over" and self.left == self.right and self.whole > 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one electorate's ballots come to. `passed`, of a veto, says that there is none."""

    electorate: str
    effect: Effect
    count: Count
    quorum: Step
    threshold: Step
    passed: bool

    @property
    def is_tied(self) -> bool:
        """Whether the electorate is exactly divided."""
        return self.quorum.holds and self.threshold.is_tied


class Settled(StrEnum):
    """What the decision rests on."""

    COUNT = "count"
    TIE_REJECTED = "tie_rejected"
    TIE_OPEN = "tie_open"
    """Until the chair has spoken."""
    CHAIR = "chair"
    LOT = "lot"
    OBJECTION = "objection"
    """An objection was upheld before the ballot opened."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a motion. Advisory electorates are reported beside it and never added."""

    adopted: bool
    verdicts: tuple[Verdict, ...]
    settled: Settled = Settled.COUNT
    together: Step | None = None
    """Under a double majority: all deciding electorates' votes for yes among those for yes and no."""
    departs_from: tuple[str, ...] = ()
    """Advisory electorates of which enough took part, and which said the contrary."""
    chosen: int | None = None
    """Among options, the number of the one that is adopted, from 1."""
    tied: tuple[int, ...] = ()
    """Options between which the count cannot say."""
    tables: tuple[Table, ...] = ()
    """Among options: how they compare in each electorate."""


def count_marks(electorate: str, table: Table, *, cast: int, entitled: int, present: int, assisted: int = 0) -> Count:
    """The ballots of one electorate that mark options, counted; the rest of those cast mark none."""
    marked = table.valid
    return Count(electorate, entitled, present, 0, 0, 0, assisted, marked=marked, blank=cast - marked)


def count(electorate: str, choices: Iterable[Choice], *, entitled: int, present: int, assisted: int = 0) -> Count:
    """The ballots of one electorate, counted."""
    ballots = list(choices)
    numbers = {choice: ballots.count(choice) for choice in Choice}
    return Count(
        electorate, entitled, present, numbers[Choice.YES], numbers[Choice.NO], numbers[Choice.ABSTAIN], assisted
    )


def tally(
    counts: Sequence[Count], rule: Rule, *, seed: str = "", upheld: int = 0, tables: Sequence[Table] = ()
) -> Outcome:
    """The result of these counts under this rule; one count per electorate, and among options one table. A lot is drawn
    from `seed`, and one objection `upheld` is enough to stop the motion where the rule hears any."""
    by_name = {each.electorate: each for each in counts}
    if rule.kind is not Kind.YES_NO:
        chosen = _choice(by_name, {each.electorate: each for each in tables}, rule, seed)
        stopped = rule.objections == "heard" and upheld
        return settle(chosen, Settled.OBJECTION, adopted=False) if stopped else chosen
    verdicts = tuple(_verdict(electorate, by_name[electorate.name]) for electorate in rule.electorates)
    together = _together(verdicts) if rule.combine is Combination.DOUBLE_MAJORITY else None
    counted = Outcome(_adopted(verdicts, rule, together, ties_pass=False), verdicts, together=together)
    if rule.objections == "heard" and upheld:
        return settle(counted, Settled.OBJECTION, adopted=False)
    if counted.adopted or not _adopted(verdicts, rule, together, ties_pass=True):
        return _advised(counted)
    match rule.tie:
        case Tie.REJECTED:
            return _advised(replace(counted, settled=Settled.TIE_REJECTED))
        case Tie.CHAIR:
            return replace(counted, settled=Settled.TIE_OPEN)
        case Tie.LOT:
            return settle(counted, Settled.LOT, adopted=drawn(seed))
        case _:
            assert_never(rule.tie)


def settle(outcome: Outcome, settled: Settled, *, adopted: bool, chosen: int | None = None) -> Outcome:
    """The outcome once something else than the count has settled it."""
    return _advised(replace(outcome, settled=settled, adopted=adopted, chosen=chosen))


def drawn(seed: str) -> bool:
    """What the lot says: whether the SHA-256 of the seed is an even number."""
    return sha256(seed.encode()).digest()[-1] % 2 == 0


def drawn_of(seed: str, tied: Sequence[int]) -> int:
    """What the lot says of several options: the one whose number, after seed and blank, has the least SHA-256."""
    return min(tied, key=lambda one: sha256(f"{seed} {one}".encode()).digest())


def _advised(outcome: Outcome) -> Outcome:
    departs = [
        verdict.electorate
        for verdict in outcome.verdicts
        if verdict.effect is Effect.ADVISORY and verdict.quorum.holds and not _agrees(verdict, outcome)
    ]
    return replace(outcome, departs_from=tuple(departs))


def _agrees(advice: Verdict, outcome: Outcome) -> bool:
    """Whether the outcome is what was advised; among options, one of those that stood highest."""
    best = next((table.best for table in outcome.tables if table.electorate == advice.electorate), ())
    return advice.passed is outcome.adopted and (outcome.chosen is None or outcome.chosen in best)


def _choice(counts: Mapping[str, Count], tables: Mapping[str, Table], rule: Rule, seed: str) -> Outcome:
    """Which option is adopted: of those that stand highest where it is decided, one whose support is enough."""
    verdicts = tuple(_support(each, counts[each.name], tables[each.name], rule.kind) for each in rule.electorates)
    decides = next(each for each in rule.electorates if each.effect is Effect.DECIDING)
    verdict = next(each for each in verdicts if each.electorate == decides.name)
    table = tables[decides.name]
    enough = [one for one in table.best if _is_enough(decides, counts[decides.name], table, one, rule.kind)]
    counted = Outcome(False, verdicts, tables=tuple(tables[each.name] for each in rule.electorates))
    if not verdict.quorum.holds or not enough:
        return _advised(counted)
    if len(enough) == 1:
        return settle(counted, Settled.COUNT, adopted=True, chosen=enough[0])
    counted = replace(counted, tied=tuple(enough))
    match rule.tie:
        case Tie.REJECTED:
            return settle(counted, Settled.TIE_REJECTED, adopted=False)
        case Tie.CHAIR:
            return replace(counted, settled=Settled.TIE_OPEN)
        case Tie.LOT:
            return settle(counted, Settled.LOT, adopted=True, chosen=drawn_of(seed, enough))
        case _:
            assert_never(rule.tie)


def _support(electorate: Electorate, counted: Count, table: Table, kind: Kind) -> Verdict:
    quorum = _quorum(electorate, counted)
    steps = [_support_of(electorate, counted, table, one, kind) for one in table.best]
    step = max(steps, key=lambda each: each.part, default=_limit("support", 0, 0, electorate))
    passed = quorum.holds and step.holds and step.whole > 0
    return Verdict(electorate.name, electorate.effect, counted, quorum, step, passed)


def _is_enough(electorate: Electorate, counted: Count, table: Table, one: int, kind: Kind) -> bool:
    step = _support_of(electorate, counted, table, one, kind)
    return step.holds and step.whole > 0


def _support_of(electorate: Electorate, counted: Count, table: Table, one: int, kind: Kind) -> Step:
    each_gives = HIGHEST_SCORE if kind is Kind.SCORE else 1
    return _limit("support", table.support[one - 1], each_gives * _base(electorate.base, counted), electorate)


def _adopted(verdicts: Sequence[Verdict], rule: Rule, together: Step | None, *, ties_pass: bool) -> bool:
    """Whether the deciding electorates adopt and none vetoes; a tie counts as `ties_pass` says."""
    if any(verdict.effect is Effect.VETO and not verdict.passed for verdict in verdicts):
        return False
    deciding = [verdict for verdict in verdicts if verdict.effect is Effect.DECIDING]
    passed = [verdict.passed or (ties_pass and verdict.is_tied) for verdict in deciding]
    most = sum(passed) * 2 > len(passed)
    match rule.combine:
        case Combination.ALL:
            return all(passed)
        case Combination.FIRST_DECIDING:
            return next((yes for yes, each in zip(passed, deciding, strict=True) if each.quorum.holds), False)
        case Combination.MAJORITY_OF_ELECTORATES:
            return most
        case Combination.DOUBLE_MAJORITY:
            return most and together is not None and (together.holds or (ties_pass and together.is_tied))
        case _:
            assert_never(rule.combine)


def _together(verdicts: Sequence[Verdict]) -> Step:
    counts = [verdict.count for verdict in verdicts if verdict.effect is Effect.DECIDING]
    yes = sum(each.yes for each in counts)
    return _step("together", yes, yes + sum(each.no for each in counts), "1/2", "over")


def _verdict(electorate: Electorate, counted: Count) -> Verdict:
    quorum = _quorum(electorate, counted)
    is_veto = electorate.effect is Effect.VETO
    threshold = _threshold(electorate, counted, is_veto=is_veto)
    reached = quorum.holds and threshold.holds and threshold.whole > 0
    return Verdict(electorate.name, electorate.effect, counted, quorum, threshold, reached is not is_veto)


def _threshold(electorate: Electorate, counted: Count, *, is_veto: bool) -> Step:
    whole = _base(electorate.base, counted)
    if is_veto:
        return _limit("veto", counted.no, whole, electorate)
    return _limit("threshold", counted.yes, whole, electorate)


def _quorum(electorate: Electorate, counted: Count) -> Step:
    whole = counted.entitled if electorate.quorum.of == "entitled" else counted.present
    return _step("quorum", counted.cast, whole, electorate.quorum.at_least, "at_least")


def _limit(what: What, part: int, whole: int, electorate: Electorate) -> Step:
    limit = electorate.threshold
    if limit.over is not None:
        return _step(what, part, whole, limit.over, "over")
    return _step(what, part, whole, limit.at_least or "1/1", "at_least")


def _base(base: Base, counted: Count) -> int:
    match base:
        case Base.YES_NO:
            return counted.yes + counted.no + counted.marked
        case Base.VALID:
            return counted.cast - counted.blank
        case Base.YES_NO_ABSTAIN | Base.CAST:
            return counted.cast
        case Base.PRESENT:
            return counted.present
        case Base.ENTITLED:
            return counted.entitled


def _step(
    what: What,
    part: int,
    whole: int,
    text: str,
    relation: Literal["over", "at_least"],
) -> Step:
    limit = fraction(text)
    left, right = part * limit.denominator, limit.numerator * whole
    return Step(what, part, whole, text, relation, left, right, left > right if relation == "over" else left >= right)
