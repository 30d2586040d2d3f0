"""How a motion is decided, as data. Thresholds are exact fractions, compared in integers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from kernel.errors import Refused

ADOPTION_BY_CONFERENCE = "7/10"
"""Conference on the Future of Europe, citizens' panels: 70 % of the valid votes, yes and no."""
MAX_CERTIFIERS = 5


class Level(StrEnum):
    """What is kept secret from whom."""

    PUBLIC = "public"
    ASSISTED = "assisted"


class Effect(StrEnum):
    """Whether an electorate's majority decides or advises."""

    DECIDING = "deciding"
    ADVISORY = "advisory"


class Base(StrEnum):
    """What the yes votes are compared with."""

    YES_NO = "yes_no"
    YES_NO_ABSTAIN = "yes_no_abstain"
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
    """The yes votes must be over, or at least, this fraction of the base. Exactly one of the two is given."""

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
class Rule:
    """All electorates of a motion and how their verdicts combine; a tie never adopts."""

    electorates: tuple[Electorate, ...]
    combine: Literal["all", "majority_of_electorates"] = "all"
    versions: Literal["any", "machine"] = "any"
    """What every language needs before a ballot opens: nothing (originals are shown) or at least machine text."""
    certifiers: int = 1
    """How many different people must confirm the count before the result is published."""


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
    if not any(electorate.effect is Effect.DECIDING for electorate in rule.electorates):
        raise Refused("rule.nobody_decides")
    if not 1 <= rule.certifiers <= MAX_CERTIFIERS:
        raise Refused("rule.bad_certifiers", limit=MAX_CERTIFIERS)
    for electorate in rule.electorates:
        fraction(electorate.quorum.at_least)
        given = [text for text in (electorate.threshold.over, electorate.threshold.at_least) if text is not None]
        if len(given) != 1:
            raise Refused("rule.bad_threshold", electorate=electorate.name)
        fraction(given[0])


def simple_majority(*, level: Level = Level.PUBLIC) -> Rule:
    """More yes than no, half of the entitled voting."""
    return Rule((Electorate("citizens", level=level),))


def conference(*, level: Level = Level.PUBLIC) -> Rule:
    """Conference on the Future of Europe, citizens' panel: at least 70 % of yes and no."""
    return Rule((Electorate("citizens", level=level, threshold=Threshold(at_least=ADOPTION_BY_CONFERENCE)),))


def brussels() -> Rule:
    """Brussels deliberative committee: members of parliament decide in public, citizens advise in secret."""
    return Rule(
        (
            Electorate("parliament", chamber="parliament"),
            Electorate("citizens", chamber="citizens", level=Level.ASSISTED, effect=Effect.ADVISORY),
        )
    )


PRESETS: Mapping[str, Callable[..., Rule]] = {
    "simple_majority": simple_majority,
    "conference": conference,
    "brussels": brussels,
}
