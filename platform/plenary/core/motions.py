"""The plenary as a value: who is present, which motions there are and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from live.core.kinds import Words
from live.core.kinds import words_of as words_in
from plenary.core import amendments as amending
from plenary.core import statements
from plenary.core.amendments import Amendment, AmendmentDecided, AmendmentOffered, Amends
from plenary.core.blind import SigningKey
from plenary.core.options import Table
from plenary.core.passport import Version
from plenary.core.rules import Rule
from plenary.core.statements import Statement
from plenary.core.tally import Count, Outcome, Settled

Phase = Literal["draft", "open", "closed", "certified", "void"]
Fate = Literal["open", "integrated", "upheld", "withdrawn"]
"""What became of an objection: nothing yet; what it asks for is met; it stands and stops the motion; taken back."""


@dataclass(frozen=True, slots=True)
class Option:
    """A recommendation as a motion or a part of one: its key, its language, and the keys of its words."""

    source: str
    lang: str
    title: str | None
    recommendation: str
    reasons: str | None

    @property
    def words(self) -> list[str]:
        """Keys of its texts."""
        return [key for key in (self.title, self.recommendation, self.reasons) if key]


@dataclass(frozen=True, slots=True)
class Objection:
    """A reason why a motion must not be adopted as it is, given before its ballot opens."""

    objection: str
    """Key of its words."""
    member: str
    """The mask of who raised it (`plenary.masks`)."""
    fate: Fate = "open"


@dataclass(frozen=True, slots=True)
class MotionState:
    """One motion. Title, recommendation and reasons are keys of words; its text is authentic in `lang`."""

    motion: str
    number: int
    phase: Phase
    source: str
    """Key of the recommendation it was made of; of several the first, as its words are."""
    lang: str
    title: str | None
    recommendation: str
    reasons: str | None
    rule: Rule
    opened_at: int | None = None
    closes_at: int | None = None
    is_prolonged: bool = False
    """It closes later than was said, because for a time nobody could be served."""
    rolls: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, Version] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    """What permits are signed with, by sealed electorate: the modulus of an RSA key, in base64url."""
    outcome: Outcome | None = None
    certified_by: tuple[str, ...] = ()
    lot: str | None = None
    """Digest of the seed that a lot would be drawn from, until the ballot has closed; then the seed."""
    departure: str | None = None
    """Key of the reasons that the majority gave for departing from what was advised."""
    objections: tuple[Objection, ...] = ()
    statements: Mapping[str, Statement] = field(default_factory=dict)
    """Minority statements, by the key of their words."""
    statements_until: int | None = None
    """Once it is closed: until when they are taken, where the rule lets them be."""
    options: tuple[Option, ...] = ()
    """All recommendations, where several are decided in one vote: one of them is chosen, or all of a block adopted."""
    wrong: str | None = None
    """The language whose version was found wrong, where the vote was voided for it: nothing of it was ever counted."""
    voided: str | None = None
    """Key of the reason for which the vote was voided."""
    repeats: str | None = None
    """The voided motion whose vote this one repeats, on the same recommendations and under the same rule."""
    amends: Amends | None = None
    """What is voted on, where it is an amendment to another motion; its recommendation then is what is proposed."""
    amendments: tuple[Amendment, ...] = ()
    """As they came; once the list is closed in the order in which they are voted on."""
    is_arranged: bool = False
    """Whether the list of amendments is closed."""
    former: tuple[str, ...] = ()
    """Keys of the recommendation before each amendment that was adopted, the oldest first."""

    @property
    def unamended(self) -> str:
        """Key of the recommendation as it was put on the agenda: what amendments refer to."""
        return self.former[0] if self.former else self.recommendation

    @property
    def upheld(self) -> int:
        """How many objections stand."""
        return sum(each.fate == "upheld" for each in self.objections)

    @property
    def awaits(self) -> Literal["chair", "reasons"] | None:
        """What has to come before the count can be certified."""
        if self.outcome and self.outcome.settled is Settled.TIE_OPEN:
            return "chair"
        owes = self.outcome and self.outcome.departs_from and self.rule.departure == "with_reasons"
        return "reasons" if owes and self.departure is None else None


@dataclass(frozen=True, slots=True)
class PlenaryState:
    """Everything a screen of the plenary shows, except the words themselves."""

    present: tuple[str, ...] = ()
    motions: Mapping[str, MotionState] = field(default_factory=dict)


# --- commands


@dataclass(frozen=True, slots=True)
class MotionAdd:
    """Put a recommendation on the agenda, to be decided under this rule; with others, in one vote on all of them."""

    recommendation: str
    rule: Rule
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MotionOpen:
    """Open the ballot until `closes_at`, or for `duration_ms`, or until somebody closes it."""

    motion: str
    closes_at: int | None = None
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True)
class MotionClose:
    """Close the ballot now and count."""

    motion: str


@dataclass(frozen=True, slots=True)
class MotionSettle:
    """End a tie by the chair's vote; among options, for one of those that are tied."""

    motion: str
    adopt: bool
    option: int | None = None


@dataclass(frozen=True, slots=True)
class MotionExplain:
    """Say why the majority departs from what was advised; said again, it takes the place of what was said before."""

    motion: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class ObjectionRaise:
    """Say, before the ballot opens, why this motion must not be adopted as it is. One for each voter."""

    motion: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class ObjectionWithdraw:
    """Take one's own objection back."""

    motion: str
    objection: str


@dataclass(frozen=True, slots=True)
class ObjectionAnswer:
    """Say what came of the hearing: what the objection asks for is met, or it is upheld. May be said again."""

    motion: str
    objection: str
    fate: Literal["integrated", "upheld"]


@dataclass(frozen=True, slots=True)
class MotionVoid:
    """Before the count is certified: the version in language `wrong` did not say the same. No ballot counts, and
    everybody reads why."""

    motion: str
    wrong: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class MotionRepeat:
    """Put what was voided on the agenda again, under the same rule; once."""

    motion: str


@dataclass(frozen=True, slots=True)
class MotionCertify:
    """Confirm that the count was done rightly; when enough people have, the result is published."""

    motion: str


@dataclass(frozen=True, slots=True)
class MemberArrive:
    """This member is in the plenary."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberLeave:
    """This member has left the plenary."""

    member: str


# --- events


@dataclass(frozen=True, slots=True)
class MotionAdded:
    """A recommendation stands on the agenda as a motion, or an amendment to one."""

    motion: str
    number: int
    source: str
    lang: str
    title: str | None
    recommendation: str
    reasons: str | None
    rule: Rule
    options: tuple[Option, ...] = ()
    repeats: str | None = None
    """The voided motion whose vote this one repeats."""
    amends: Amends | None = None


@dataclass(frozen=True, slots=True)
class MotionOpened:
    """The ballot is open; roll and language versions are frozen."""

    motion: str
    closes_at: int | None
    rolls: Mapping[str, int]
    versions: Mapping[str, Version]
    lot: str | None = None
    """Where a tie is ended by lot: SHA-256 of the seed, which nobody is told before closing."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """By sealed electorate: what its permits are signed with. Said to all at once, so that nobody has a key of
    their own by which their ballot could be known."""
    seed: str = field(default="", metadata={"transient": True}, compare=False, repr=False)
    members: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, metadata={"transient": True}, compare=False, repr=False
    )
    """The rolls by name, on their way to the table; not in the log."""
    signing: Mapping[str, SigningKey] = field(
        default_factory=dict, metadata={"transient": True}, compare=False, repr=False
    )
    """The keys with their private halves, on their way to the table; not in the log."""


@dataclass(frozen=True, slots=True)
class MotionProlonged:
    """The ballot closes later than was said, because for a time nobody could be served."""

    motion: str
    closes_at: int


@dataclass(frozen=True, slots=True)
class MotionClosed:
    """The ballot is closed and counted."""

    motion: str
    outcome: Outcome
    seed: str | None = None
    """What a lot was, or would have been, drawn from."""


@dataclass(frozen=True, slots=True)
class MotionSettled:
    """The chair ended a tie."""

    motion: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class MotionExplained:
    """The majority gave its reasons for departing from what was advised."""

    motion: str
    words: Words


@dataclass(frozen=True, slots=True)
class MotionVoided:
    """A version was found wrong: no ballot of this vote counts."""

    motion: str
    wrong: str
    words: Words


@dataclass(frozen=True, slots=True)
class ObjectionRaised:
    """Somebody who votes objects to the motion as it is."""

    motion: str
    member: str
    words: Words


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """The objection was met, upheld or taken back."""

    motion: str
    objection: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class MotionCertified:
    """A person confirmed the count; when enough have, the result is published."""

    motion: str
    member: str


@dataclass(frozen=True, slots=True)
class MemberArrived:
    """This member is in the plenary."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """This member has left the plenary."""

    member: str


EVENTS = (
    MotionAdded, MotionOpened, MotionProlonged, MotionClosed, MotionSettled, MotionExplained, MotionCertified,
    MotionVoided, ObjectionRaised, ObjectionAnswered, *amending.EVENTS, *statements.EVENTS, MemberArrived, MemberLeft,
)  # fmt: skip

# --- what decisions need from the tables


@dataclass(frozen=True, slots=True)
class Opening:
    """Rolls and language versions as they stand at the opening."""

    members: Mapping[str, tuple[str, ...]]
    versions: Mapping[str, Version]
    signing: Mapping[str, SigningKey] = field(default_factory=dict)
    """A fresh key for each sealed electorate."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The counted ballots of each electorate, what a lot is drawn from, and among options how they compare."""

    counts: Sequence[Count]
    seed: str = ""
    tables: Sequence[Table] = ()


Counts = Mapping[str, Counted]
"""By motion."""

# --- words


def mentions(value: Any) -> Iterable[str]:
    """Keys whose words a reader of an event or of the whole state needs."""
    match value:
        case PlenaryState():
            return [key for motion in value.motions.values() for key in (*said_of(motion), *_signed(motion))]
        case MotionAdded():
            return words_of(value)
        case MotionExplained() | MotionVoided() | ObjectionRaised():
            return [value.words.key]
        case AmendmentOffered() | AmendmentDecided():
            return [words.key for words in words_in(value)]
    return statements.names_in(value)


def _signed(motion: MotionState) -> list[str]:
    return [member for each in motion.statements.values() for member in each.signed]


def takes_statements(motion: MotionState, at: int) -> bool:
    """Whether minority statements are written and signed at this moment."""
    if motion.phase == "closed":
        return motion.statements_until is not None and at < motion.statements_until
    return motion.phase == "open" and motion.rule.statement_hours > 0


def said_of(motion: MotionState) -> list[str]:
    """Keys of everything a reader of a motion reads: its texts, what it was before, amendments, objections,
    statements, the reasons of what was done."""
    reasons = [*motion.statements, *(key for key in (motion.departure, motion.voided) if key)]
    offered = [key for each in motion.amendments for key in (each.amendment, each.reasons) if key]
    return [*words_of(motion), *motion.former[:1], *offered, *(each.objection for each in motion.objections), *reasons]


def repetition_of(state: PlenaryState, voided: MotionState) -> MotionState | None:
    """The motion whose vote repeats a voided one."""
    return next((motion for motion in state.motions.values() if motion.repeats == voided.motion), None)


def parts_of(motion: MotionState | MotionAdded) -> tuple[Option, ...]:
    """The recommendations that a motion is made of: one, or its options."""
    return motion.options or (Option(motion.source, motion.lang, motion.title, motion.recommendation, motion.reasons),)


def words_of(motion: MotionState | MotionAdded) -> list[str]:
    """Keys of a motion's texts, those of all its options."""
    return [key for part in parts_of(motion) for key in part.words]
