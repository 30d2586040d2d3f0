"""Who sits in a practice room beside the facilitator: seven parts, what each has to say, and in which language.

A part is a behaviour. Its words stand in the repository, in every language that a practice can be played in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kernel import wire

Part = Literal["talker", "quiet", "orderly", "alone", "lost", "helpless", "rude"]
PARTS: tuple[Part, ...] = get_args(Part)
TONGUE: Mapping[Part, int] = {
    "talker": 1, "quiet": 1, "orderly": 0, "alone": 2, "lost": 0, "helpless": 1, "rude": 0,
}  # fmt: skip
"""Which of the room's languages a part speaks; 0 is the one the facilitator reads."""
TONGUES = 3
Minutes = Literal[6, 12]


@dataclass(frozen=True, slots=True)
class Lines:
    """What one part has to say in one language."""

    name: str
    round: str
    """Said when everybody is asked once; empty for who passes."""
    turns: tuple[tuple[str, ...], ...]
    """Turns in order, each of a few sentences."""
    notes: tuple[str, ...] = ()
    order: str = ""
    """Said when a point of order is let in."""
    help: str = ""
    """Written with a call for help."""


@dataclass(frozen=True, slots=True)
class Script:
    """The talk of a practice in one language."""

    lang: str
    topic: str
    question: str
    """Asked as a temperature check."""
    people: Mapping[Part, Lines]


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody simulated: the part, the member's key, the shown name, the language and the words."""

    part: Part
    key: str
    name: str
    lang: str
    lines: Lines


def read_script(data: Mapping[str, object]) -> Script:
    """A script from its file, or `Refused` with the place that is wrong."""
    return wire.decode(Script, data)


def tongues(home: str, scripts: Collection[str], followed: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """The three languages of a room for somebody who reads `home`: at first that one, then such as can be translated
    both ways (`followed`: pairs that can). Where there are too few, one is spoken by more people."""
    first = home if home in scripts else "en"
    others = [code for code in sorted(scripts) if code != first and _both_ways(code, home, followed)]
    found = (first, *others)[:TONGUES]
    return (*found, *[found[-1]] * (TONGUES - len(found)))


def _both_ways(one: str, other: str, followed: Collection[tuple[str, str]]) -> bool:
    return (one, other) in followed and (other, one) in followed
