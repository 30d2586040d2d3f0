"""How a motion is decided, as data. Thresholds are exact fractions, compared in integers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from kernel.errors import Refused

MAX_CERTIFIERS = 5
MAX_SUPPORTERS = 1000
MAX_STATEMENT_HOURS = 30 * 24
MAX_SIGNATURES = 100
Needed = Literal["any", "machine", "reviewed", "signed"]
"""What every language version needs before a vote opens: nothing (originals are shown), or at least so much."""


class Level(StrEnum):
    """What is kept secret from whom."""

    PUBLIC = "public"
    SEALED = "sealed"
    """Cast with a permit that the server signed without seeing it; whoever has no script casts an assisted one."""
    ASSISTED = "assisted"


class Kind(StrEnum):
    """What one writes on a ballot: yes, no or abstention; or marks at options, of which at most one is chosen."""

    YES_NO = "yes_no"
    APPROVAL = "approval"
    SCORE = "score"
    RUNOFF = "runoff"
    SCHULZE = "schulze"


class Effect(StrEnum):
    """What an electorate's majority does: decide, advise, or stop what the others adopted.

    A veto is counted as it is said: the threshold is asked of the votes for no.
    """

    DECIDING = "deciding"
    ADVISORY = "advisory"
    VETO = "veto"


class Combination(StrEnum):
    """How the verdicts of the deciding electorates become one."""

    ALL = "all"
    FIRST_DECIDING = "first_deciding"
    """The first, in the order of the rule, of which enough took part."""
    MAJORITY_OF_ELECTORATES = "majority_of_electorates"
    DOUBLE_MAJORITY = "double_majority"
    """More than half of the electorates, and more than half of all their votes for yes and no together."""


class Tie(StrEnum):
    """What ends a vote in which exactly the share stands that has to be exceeded."""

    REJECTED = "rejected"
    CHAIR = "chair"
    LOT = "lot"
    """Drawn from a seed whose digest is published at the opening and which is published at closing."""


class AmendmentOrder(StrEnum):
    """In which order amendments are voted on."""

    TEXT = "text"
    """As their paragraphs follow each other."""
    FURTHEST_FIRST = "furthest_first"
    """Paragraph by paragraph as well, but first the one in which an amendment goes furthest."""


class Base(StrEnum):
    """What the yes votes are compared with."""

    YES_NO = "yes_no"
    YES_NO_ABSTAIN = "yes_no_abstain"
    VALID = "valid"
    """Ballots that say something. With yes, no and abstain all do; where one marks options, an empty one does not."""
    CAST = "cast"
    PRESENT = "present"
    ENTITLED = "entitled"


@dataclass(frozen=True, slots=True)
class Quorum:
    """At least this fraction of those present or entitled must have voted."""

    of: Literal["present", "entitled"] = "entitled"
    at_least: str = "1/2"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The yes votes must be over, or at least, this fraction of the base. Exactly one of the two is given.

    Among options it is asked of the support of the best one: `plenary.core.options.Table`.
    """

    over: str | None = None
    at_least: str | None = None


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who votes on a motion, under one rule. `chamber` None: every citizen."""

    name: str
    chamber: str | None = None
    level: Level = Level.PUBLIC
    effect: Effect = Effect.DECIDING
    quorum: Quorum = Quorum()
    base: Base = Base.YES_NO
    threshold: Threshold = Threshold(over="1/2")


@dataclass(frozen=True, slots=True)
class Amending:
    """How a motion may be amended before its ballot opens."""

    order: AmendmentOrder = AmendmentOrder.TEXT
    supporters: int = 1
    """How many people an amendment must have behind it to be voted on, whoever offers it counted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """All electorates of a motion, how their verdicts combine, and what ends a tie."""

    electorates: tuple[Electorate, ...]
    kind: Kind = Kind.YES_NO
    combine: Combination = Combination.ALL
    tie: Tie = Tie.REJECTED
    departure: Literal["free", "with_reasons"] = "free"
    """Whether a decision that departs from what an advisory electorate said needs reasons before it is published."""
    objections: Literal["none", "heard"] = "none"
    """Whether objections are heard before the ballot opens; one that is upheld then stops the motion."""
    statement_hours: int = 0
    """How long after closing those on the roll may write and sign minority statements; 0: none are taken. The result
    is published when that time is over."""
    signatures: int = 1
    """How many must sign a minority statement for it to be published with the result."""
    versions: Needed = "any"
    certifiers: int = 1
    """How many different people must confirm the count before the result is published."""
    amendments: Amending | None = None
    """How the text may be amended; each amendment is decided under the same rule as the motion itself."""


def fraction(text: str) -> Fraction:
    """An exact fraction between 0 and 1 from `"a/b"`, or `Refused("rule.bad_fraction")`."""
    numerator, _, denominator = text.partition("/")
    if not (numerator.isdecimal() and denominator.isdecimal() and len(text) <= 21 and int(denominator)):
        raise Refused("rule.bad_fraction", fraction=text[:30])
    value = Fraction(int(numerator), int(denominator))
    if value > 1:
        raise Refused("rule.bad_fraction", fraction=text)
    return value


def check(rule: Rule) -> None:
    """Refuse a rule that could not be counted."""
    names = [electorate.name for electorate in rule.electorates]
    if not names or len(set(names)) != len(names) or not all(0 < len(name) <= 40 for name in names):
        raise Refused("rule.bad_electorates")
    deciding = sum(electorate.effect is Effect.DECIDING for electorate in rule.electorates)
    if not deciding:
        raise Refused("rule.nobody_decides")
    if deciding < 2 and rule.combine is not Combination.ALL:
        raise Refused("rule.nothing_to_combine")
    if rule.kind is not Kind.YES_NO and (deciding > 1 or any(each.effect is Effect.VETO for each in rule.electorates)):
        raise Refused("rule.one_chooses")
    _check_publishing(rule)
    if rule.amendments and not 1 <= rule.amendments.supporters <= MAX_SUPPORTERS:
        raise Refused("rule.bad_supporters", limit=MAX_SUPPORTERS)
    for electorate in rule.electorates:
        _check_electorate(electorate)


def _check_electorate(electorate: Electorate) -> None:
    fraction(electorate.quorum.at_least)
    given = [text for text in (electorate.threshold.over, electorate.threshold.at_least) if text is not None]
    if len(given) != 1:
        raise Refused("rule.bad_threshold", electorate=electorate.name)
    fraction(given[0])


def _check_publishing(rule: Rule) -> None:
    if not 1 <= rule.certifiers <= MAX_CERTIFIERS:
        raise Refused("rule.bad_certifiers", limit=MAX_CERTIFIERS)
    if not (0 <= rule.statement_hours <= MAX_STATEMENT_HOURS and 1 <= rule.signatures <= MAX_SIGNATURES):
        raise Refused("rule.bad_statements", hours=MAX_STATEMENT_HOURS, signatures=MAX_SIGNATURES)
