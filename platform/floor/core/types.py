"""What the floor is made of: people and their time, raised hands, who holds it.

All moments are civic milliseconds, all durations `…_ms`; members are keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

Mode = Literal["chaired", "open", "balanced", "strict", "round", "free"]
Kind = Literal["interposed", "intervention", "order", "normal", "reply"]
PRIORITY: tuple[Kind, ...] = ("interposed", "intervention", "order")
"""Classes that go before the two lists, first class first: question to the speaker, short statement, point of order."""
GRANTED_ONLY: tuple[Kind, ...] = ("reply",)
"""Classes that only the chair can call."""
CorrectionReason = Literal["machine", "interpretation", "mistake"]
Tag = Literal["for", "against", "contribution", "question"]
"""What a person announces to speak: on the queue, then on the turn."""
OfferReason = Literal["queue", "call", "round"]


class Moment(Protocol):
    """What a decision may know of the world: when, and who asks (None for the clock)."""

    @property
    def at(self) -> int:
        """Civic milliseconds."""

    @property
    def by(self) -> str | None:
        """Key of the acting member."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The durations of the policy (methods 3.3); an assembly may set each of them."""

    turn_ms: int = 90_000
    """Longest turn while somebody waits."""
    min_turn_ms: int = 30_000
    spread_ms: int = 240_000
    """Shared out among the speaker and those who wait: turns get shorter as the queue grows."""
    brief_ms: int = 30_000
    """A turn of any class but the normal one."""
    wrap_ms: int = 10_000
    gap_ms: int = 3_000
    """Silence between two turns, in which translations arrive and the next is called."""
    max_gap_ms: int = 10_000
    """What the gap may grow to while translations lag."""
    hold_ms: int = 4_000
    """How long an invited person may think before somebody far over the share is called."""
    offer_ms: int = 8_000
    prolong_ms: int = 12_000
    """Added to an offer, once, when the screen it reached was not in sight."""
    aging_ms: int = 180_000
    """After this wait anybody joins the end of the first list."""
    over_ms: int = 30_000
    """More than this over the share, and somebody quiet is invited first."""
    keep_ms: int = 60_000
    """How long the place of somebody who lost the connection is kept."""
    soft_ms: int = 75_000
    """When a turn is warned, without consequence: 15 s before the longest one ends."""
    silence_ms: int = 180_000
    """Silence after which somebody owed time is nudged, in private, and may be invited again."""
    long_ms: int = 120_000
    """A turn of this length, and the speaker is reminded of the others, in private."""
    carry_percent: int = 0
    """Part of what is owed, or over, that goes on into the next agenda item."""
    backchannel_ms: int = 1_000
    """Shorter speech in mode `free` is time, but no turn: a "yes", a laugh."""
    orders: int = 2
    """Interposed questions, interventions and points of order together, per person and agenda item: made, waiting, and
    let go by."""
    planned_ms: int = 1_800_000
    """Time planned for the agenda item: what `strict` shares out."""
    cap_percent: int = 150
    """In `strict` nobody speaks for more than this part of an equal share of the planned time."""

    @property
    def least_ms(self) -> int:
        """The shortest turn of somebody over their share, before the wrap-up: that is within `min_turn_ms` for them."""
        return max(self.min_turn_ms - self.wrap_ms, self.min_turn_ms // 2)


@dataclass(frozen=True, slots=True)
class Account:
    """One person at this floor. `spoken_ms`, `fair_us`, `turns` and `orders` count from the opening of the item."""

    lang: str = ""
    """What this person said something in last; before that, what they speak first."""

    spoken_ms: int = 0
    total_ms: int = 0
    """Spoken in the whole sitting."""
    fair_us: int = 0
    """Microseconds of speech that were this person's fair share while present."""
    carried_us: int = 0
    """Owed from earlier items, negative for time over."""
    turns: int = 0
    total_turns: int = 0
    turn: int = 0
    """Number of the turn this person took last; 0 before the first."""
    orders: int = 0
    present: bool = False
    muted: bool = False
    speaking_since: int | None = None
    """Start of the speech now going on, in mode `free`."""
    arrived_at: int | None = None
    left_at: int | None = None
    heard_at: int | None = None
    """When this person's last turn ended."""
    invited_at: int | None = None
    uninvited: bool = False
    """Wants no invitations at all."""
    declined: bool = False
    """Wants no more invitations in this item."""
    passed: bool = False
    """Let an offer go by in this item, and so no longer comes before those who have spoken."""


@dataclass(frozen=True, slots=True)
class Request:
    """A raised hand, which waits since `asked_at`: moved on by every pause, and to the end of one's own turn if it went
    up in that."""

    member: str
    kind: Kind
    asked_at: int
    tag: Tag | None = None
    ahead: int = 0
    """Above 0 the chair put it before both lists; the highest, put there last, goes first."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Nobody may ask and no time is counted."""


@dataclass(frozen=True, slots=True)
class Open:
    """Nobody speaks. In mode `free` anybody may."""


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody who is owed time is invited before a person over the share is called."""

    member: str
    until: int
    gap_until: int | None = None
    """End of the gap in which it was made: who accepts before begins to speak then."""
    is_accepted: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """It is this person's turn as soon as they say so, and the gap is over."""

    member: str
    until: int
    reason: OfferReason
    kind: Kind
    departs: bool
    is_prolonged: bool = False
    gap_until: int | None = None
    """As of an invitation."""
    is_accepted: bool = False


@dataclass(frozen=True, slots=True)
class Speaking:
    """This person has the floor; `ends_at` None while nobody waits."""

    member: str
    kind: Kind
    number: int
    since: int
    """Start of the turn, moved on by every pause."""
    ends_at: int | None
    extra_ms: int = 0
    """Added by the chair."""
    given_until: int | None = None
    """What the chair added lasts at least until then, whoever begins to wait."""
    over_ms: int = 0
    """How far over the fair share the person was when the turn began, below zero for time owed."""
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Wrapping:
    """Past the limit and somebody waits: a last sentence until `ends_at`."""

    member: str
    kind: Kind
    number: int
    since: int
    ends_at: int
    extra_ms: int = 0
    given_until: int | None = None
    over_ms: int = 0
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """A breath between two turns."""

    until: int


ActivePhase = Closed | Open | Held | Offered | Speaking | Wrapping | Handover


@dataclass(frozen=True, slots=True)
class Paused:
    """Everything stands still since `since`; then it goes on from `before`, all deadlines moved."""

    before: ActivePhase
    since: int


Phase = Closed | Open | Held | Offered | Speaking | Wrapping | Handover | Paused


@dataclass(frozen=True, slots=True)
class Suspended:
    """A turn that stands still since `since`, for a question to its speaker; then it goes on, all deadlines moved."""

    turn: Speaking | Wrapping
    since: int


@dataclass(frozen=True, slots=True)
class Round:
    """A go-around: everybody is called once and may pass; then the floor goes on in mode `then`."""

    members: tuple[str, ...]
    """Those still to be called, in their order."""
    then: Mode


@dataclass(frozen=True, slots=True)
class Budget:
    """Speaking time that a group of people has together."""

    members: tuple[str, ...]
    left_ms: int
    """Below zero while a turn overruns; then the overrun is given to every group."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Speech while exactly these people were present: what weights have to be reckoned from."""

    members: tuple[str, ...]
    """In alphabetical order."""
    us: int
    turn_us: int
    """The part of it since the turn began that went on last."""


@dataclass(frozen=True, slots=True)
class FloorState:
    """The floor of one room or plenary, with time accounted up to `settled_at`."""

    mode: Mode = "balanced"
    limits: Limits = field(default_factory=Limits)
    phase: Phase = field(default_factory=Closed)
    people: Mapping[str, Account] = field(default_factory=dict)
    queue: tuple[Request, ...] = ()
    """Raised hands in the order they went up."""
    groups: Mapping[str, Budget] = field(default_factory=dict)
    paces: Mapping[str, int] = field(default_factory=dict)
    """Percent of the usual length that a turn has in a language which needs longer to say the same."""
    lag_ms: int = 0
    """How late translations are."""
    is_list_closed: bool = False
    """Nobody asks any more in the normal class, until the list or the next item is opened."""
    round: Round | None = None
    suspended: Suspended | None = None
    """The turn that goes on after the question that is put now."""
    turn: int = 0
    """Turns begun in the sitting."""
    item_at: int = 0
    settled_at: int = 0
    idle_ms: int = 0
    gap_ms: int = 0
    held_ms: int = 0
    """Held for an invitation or offered."""
    paused_ms: int = 0
    fair_rest_us: int = 0
    """Microseconds of speech not yet shared out because they do not divide evenly."""
    spells: tuple[Spell, ...] = ()
    """All speech on this item, and what was carried into it, by who was present."""
    weights: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False, metadata={"transient": True})
    """Percent of an equal part that people get as a private accommodation. Given to a decision and to nothing else:
    neither on the wire nor in an event."""
