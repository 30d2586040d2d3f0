"""Whether those in a room may send one of them out: the rule as data, what may be asked, and what happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from live.core.kinds import Words

MAX_REASON = 250
LONGEST_S = 3600


@dataclass(frozen=True, slots=True)
class ExclusionRule:
    """When the others send somebody out: at least `part` of `whole` of the others present want it in time.

    The proposal names its reason, and nobody else agrees before the person was heard: before they answered, or
    `hearing_s` have passed.
    """

    part: int = 2
    whole: int = 3
    fewest: int = 3
    """With fewer others present nobody is sent out by them."""
    hearing_s: int = 60
    lasts_s: int = 180


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A proposal to send `member` out; `reason` and `answer` are keys of words."""

    member: str
    reason: str
    heard_until: int
    until: int
    supporters: tuple[str, ...]
    """Who proposed it, and who agrees."""
    answer: str | None = None


# --- commands of the chair


@dataclass(frozen=True, slots=True)
class ExclusionAllow:
    """From now on the room may send somebody out, by this rule."""

    rule: ExclusionRule


@dataclass(frozen=True, slots=True)
class ExclusionForbid:
    """No longer; a proposal that goes on is over."""


# --- commands of members


@dataclass(frozen=True, slots=True)
class ExclusionPropose:
    """Ask the others to send this person out."""

    member: str
    reason: str
    lang: str


@dataclass(frozen=True, slots=True)
class ExclusionAnswer:
    """What I say to the proposal to send me out."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class ExclusionSupport:
    """I agree that this person is sent out."""

    member: str


# --- events


@dataclass(frozen=True, slots=True)
class ExclusionAllowed:
    """The room may send somebody out, by this rule."""

    rule: ExclusionRule


@dataclass(frozen=True, slots=True)
class ExclusionForbidden:
    """The room may send nobody out."""


@dataclass(frozen=True, slots=True)
class ExclusionProposed:
    """`proposer` asks the others to send `member` out."""

    member: str
    proposer: str
    reason: Words
    heard_until: int
    until: int


@dataclass(frozen=True, slots=True)
class ExclusionAnswered:
    """The person was heard."""

    answer: Words


@dataclass(frozen=True, slots=True)
class ExclusionSupported:
    """This person agrees."""

    member: str


@dataclass(frozen=True, slots=True)
class ExclusionProlonged:
    """The proposal ends later, and so does the hearing: for a time nobody could be served."""

    heard_until: int
    until: int


@dataclass(frozen=True, slots=True)
class ExclusionEnded:
    """The proposal is over; `carried` if enough of the others agreed."""

    member: str
    carried: bool


RuleCommand = ExclusionAllow | ExclusionForbid
PeerCommand = ExclusionPropose | ExclusionAnswer | ExclusionSupport
ExclusionEvent = (
    ExclusionAllowed
    | ExclusionForbidden
    | ExclusionProposed
    | ExclusionAnswered
    | ExclusionSupported
    | ExclusionProlonged
    | ExclusionEnded
)
EVENTS: tuple[type, ...] = get_args(ExclusionEvent)
