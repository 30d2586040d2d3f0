"""A scenario as typed values: who takes part, what they do and when, and what must come out.

All times are whole milliseconds from the opening of the rooms; those of motions and ballots from
the opening of the plenary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction


class Role(StrEnum):
    """What a participant is in the assembly."""

    CITIZEN = "citizen"
    FACILITATOR = "facilitator"
    OBSERVER = "observer"
    ORGANISER = "organiser"


class Choice(StrEnum):
    """What a ballot says, in the words of a scenario."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class SpeakingRules:
    """Limits of a turn (None: no limit) and what counts as over and under the fair share."""

    soft_ms: int | None
    hard_ms: int | None
    over: Fraction
    under: Fraction


@dataclass(frozen=True, slots=True)
class ElectorateRules:
    """Who votes together, and when they adopt: share of the valid votes, and of the entitled who must have voted."""

    name: str
    chamber: str | None
    """None: all citizens."""
    decides: bool
    threshold: Fraction
    quorum: Fraction
    abstentions_in_share: bool


@dataclass(frozen=True, slots=True)
class AmendmentRules:
    """In which order amendments are voted on, and how many must be behind one."""

    order: str
    supporters: int


@dataclass(frozen=True, slots=True)
class StatementRules:
    """For how many hours after closing minority statements are taken, and how many must sign one."""

    hours: int
    signatures: int


@dataclass(frozen=True, slots=True)
class PlenaryRules:
    """A motion is adopted when all electorates that decide adopt it."""

    electorates: tuple[ElectorateRules, ...]
    amendments: AmendmentRules | None = None
    statements: StatementRules | None = None
    """Of the motions that the scenario has statements to."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person of the scenario; `lang` is spoken, `reads` is what they want text in."""

    id: str
    name: str
    role: Role
    lang: str
    reads: str
    room: str | None
    chamber: str


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """One room: its topic in some languages, who facilitates, who sits there (facilitator included)."""

    id: str
    topic: Mapping[str, str]
    facilitator: str
    members: tuple[str, ...]
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What every entry of the timeline has; `expect` says in words what must come out of it."""

    index: int
    t: int
    room: str | None
    by: str | None
    expect: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOpen(Happening):
    """The facilitator opens the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Join(Happening):
    """Somebody comes, or comes back; `connection` 2 is a second device of the same person."""

    connection: int = 1
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Happening):
    """A connection ends."""

    connection: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandRaise(Happening):
    """Somebody asks for the floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandLower(Happening):
    """Somebody no longer asks for the floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance(Happening):
    """Somebody takes the floor at `t` and gives it back `dur` later; `text` may be empty."""

    lang: str
    dur: int
    text: str

    @property
    def end(self) -> int:
        """When the floor is given back."""
        return self.t + self.dur


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat(Happening):
    """A short note beside the floor."""

    lang: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute(Happening):
    """The facilitator bars `target` from turns and notes."""

    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmute(Happening):
    """The facilitator lets `target` speak again."""

    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Happening):
    """The facilitator lengthens the turn that runs, by whole seconds."""

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChange(Happening):
    """Somebody reads another language from now on."""

    reads: str


class FaultKind(StrEnum):
    """What may go wrong on purpose."""

    CONNECTION_LOST = "connection_lost"
    SERVER_KILLED = "server_killed"
    SERVER_RESTARTED = "server_restarted"
    ENGINE_KILLED = "engine_killed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault(Happening):
    """Something breaks at `t` and may be mended from `until` on.

    Without `by` it strikes everybody of the room; without `room` as well, everybody.
    """

    fault: FaultKind
    until: int


Event = (
    RoomOpen | Join | Leave | HandRaise | HandLower | Utterance | Chat | Mute | Unmute | Extend | LanguageChange | Fault
)


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One version of a draft; title and reasons may be empty."""

    n: int
    t: int
    by: str
    lang: str
    title: str
    text: str
    reasons: str


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """A draft of a room with its versions and the moment it is submitted (None: never)."""

    id: str
    room: str
    lang: str
    versions: tuple[DraftVersion, ...]
    submitted_at: int | None


@dataclass(frozen=True, slots=True)
class MergePlan:
    """One text proposed instead of drafts of several rooms, and who of these rooms accepts it or not."""

    id: str
    room: str
    by: str
    t: int
    drafts: tuple[str, ...]
    lang: str
    title: str
    text: str
    reasons: str
    accepts: tuple[str, ...]
    refuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MotionPlan:
    """A draft, or the text of a merge, put to the vote, open from `opens` to `closes`."""

    id: str
    draft: str
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class AmendmentPlan:
    """What somebody wants changed in one paragraph of a motion, and its own vote; None where it comes to none."""

    id: str
    motion: str
    by: str
    t: int
    act: str
    paragraph: int
    lang: str
    text: str
    reasons: str
    supporters: tuple[str, ...]
    vote: MotionPlan | None


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """Why some decide otherwise, and who signs it besides its author."""

    id: str
    motion: str
    by: str
    t: int
    lang: str
    text: str
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BallotPlan:
    """One ballot; `rejected` where the scenario says that it must not count."""

    index: int
    motion: str
    by: str
    t: int
    choice: Choice
    rejected: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """All of it, checked: every name is known and no time runs backwards."""

    id: str
    title: str
    question: Mapping[str, str]
    mandate: Mapping[str, str]
    speaking: SpeakingRules
    plenary: PlenaryRules
    participants: tuple[Participant, ...]
    rooms: tuple[RoomPlan, ...]
    timeline: tuple[Event, ...]
    drafts: tuple[DraftPlan, ...]
    merges: tuple[MergePlan, ...]
    motions: tuple[MotionPlan, ...]
    amendments: tuple[AmendmentPlan, ...]
    statements: tuple[StatementPlan, ...]
    ballots: tuple[BallotPlan, ...]
    expected: Mapping[str, object]

    @property
    def votes(self) -> tuple[MotionPlan, ...]:
        """The motions, and the votes on amendments to them."""
        return (*self.motions, *(each.vote for each in self.amendments if each.vote))

    def person(self, name: str) -> Participant:
        """The participant of this id."""
        return next(person for person in self.participants if person.id == name)

    def citizens(self, room: RoomPlan) -> tuple[Participant, ...]:
        """The citizens on the room's roster, in its order."""
        return tuple(person for person in map(self.person, room.members) if person.role is Role.CITIZEN)

    def of_room(self, room: str) -> tuple[Event, ...]:
        """What happens in one room, in order."""
        return tuple(event for event in self.timeline if event.room == room)

    def electorate_of(self, name: str) -> ElectorateRules | None:
        """Where this person votes: with their chamber, or with all citizens where it does not vote by itself."""
        mine = (self.person(name).chamber, None)
        found = [each for chamber in mine for each in self.plenary.electorates if each.chamber == chamber]
        return next(iter(found), None)

    def languages(self) -> tuple[str, ...]:
        """Every language somebody speaks or reads, in the order of the participants."""
        return tuple(dict.fromkeys(code for person in self.participants for code in (person.lang, person.reads)))


def overlaps(events: tuple[Event, ...]) -> bool:
    """Whether two people of one room speak at once."""
    turns = sorted((event.t, event.end) for event in events if isinstance(event, Utterance))
    latest = 0
    for start, end in turns:
        if start < latest:
            return True
        latest = max(latest, end)
    return False


def without_speech(scenario: Scenario) -> Scenario:
    """The same people and drafts without a timeline: everybody joins at once, every draft is submitted at once."""
    opened: list[Event] = []
    for room in scenario.rooms:
        opened.append(RoomOpen(index=len(opened), t=0, room=room.id, by=room.facilitator))
        opened += [Join(index=len(opened), t=0, room=room.id, by=member) for member in room.members]
    drafts = tuple(
        replace(
            draft,
            versions=tuple(replace(version, t=0) for version in draft.versions),
            submitted_at=None if draft.submitted_at is None else 0,
        )
        for draft in scenario.drafts
    )
    rooms = tuple(replace(room, end=0) for room in scenario.rooms)
    merges = tuple(replace(merge, t=0) for merge in scenario.merges)
    return replace(scenario, timeline=tuple(opened), drafts=drafts, merges=merges, rooms=rooms)


def runs_free(scenario: Scenario, room: str) -> bool:
    """Whether a room has no hard limit and overlapping turns, so that nobody gives the floor."""
    return scenario.speaking.hard_ms is None and overlaps(scenario.of_room(room))
