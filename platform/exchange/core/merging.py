"""Texts of several rooms become one, if every room it is made of accepts it; otherwise all of them live on.

A proposal is made of exact versions. Where one of them is no longer what stands in its room, nobody answers it any
more: what was written meanwhile stays, and the proposal can be read and made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never, get_args

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Words
from recommendations.core.drafting import MAX_AMENDED, MAX_TITLE

MAX_MERGES = 100
"""Proposals of one assembly."""
MAX_PARENTS = 6
"""Texts that one proposal is made of."""
Change = Literal["written", "voted", "merged"]
"""Why a text is no longer what a proposal was made of: its room wrote a newer version, it was put to the vote, or it is
part of another merged text already."""
MergeFate = Literal["open", "adopted", "refused", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Parent:
    """A text that is to be merged: one version of a draft."""

    room: int
    draft: str
    version: int


@dataclass(frozen=True, slots=True)
class RoomVerdict:
    """What a room decided: of the people `present`, so many were for it and so many against."""

    room: int
    accepted: bool
    accepts: int
    refuses: int
    present: int


@dataclass(frozen=True, slots=True)
class RoomAnswer:
    """Whether somebody of a room can live with it."""

    room: int
    member: str
    accept: bool


@dataclass(frozen=True, slots=True)
class Merge:
    """A proposal to make one text of several; title, recommendation and reasons are keys of words."""

    key: str
    member: str
    room: int
    """From which it was proposed."""
    title: str | None
    recommendation: str
    reasons: str | None
    lang: str
    parents: tuple[Parent, ...]
    at: int
    answers: tuple[RoomAnswer, ...] = ()
    """One of each person in each room."""
    verdicts: tuple[RoomVerdict, ...] = ()
    """Of the rooms that have decided."""
    withdrawn: bool = False

    @property
    def rooms(self) -> tuple[int, ...]:
        """The rooms whose texts are merged, each once; every one of them has to accept."""
        return tuple(dict.fromkeys(parent.room for parent in self.parents))

    @property
    def fate(self) -> MergeFate:
        """What became of it: one room that refuses is enough, and all have to accept."""
        if any(not verdict.accepted for verdict in self.verdicts):
            return "refused"
        if self.withdrawn:
            return "withdrawn"
        return "adopted" if all(self.verdict_of(room) for room in self.rooms) else "open"

    @property
    def texts(self) -> tuple[str, ...]:
        """Keys of what is proposed."""
        return tuple(key for key in (self.title, self.recommendation, self.reasons) if key)

    def verdict_of(self, room: int) -> RoomVerdict | None:
        """What this room decided, once it has."""
        return next((verdict for verdict in self.verdicts if verdict.room == room), None)

    def answers_of(self, room: int) -> dict[str, bool]:
        """By member: who of this room can live with it, and who cannot."""
        return {each.member: each.accept for each in self.answers if each.room == room}


Merges = Mapping[str, Merge]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text as it stands now, and why it cannot become part of another, if so."""

    parent: Parent
    is_accepted: bool
    is_sent: bool = False
    """Whether it left its room, so that everybody may read it."""
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer is judged by: whose answers count in the room, and the texts as they stand now, by draft."""

    people: Collection[str]
    now: Mapping[str, Candidate]


# --- commands


@dataclass(frozen=True, slots=True)
class MergePropose:
    """Propose this text instead of those. Needs the `Candidate` of each draft that there is, as `gathered`."""

    room: int
    drafts: tuple[str, ...]
    title: str
    recommendation: str
    reasons: str
    lang: str


@dataclass(frozen=True, slots=True)
class MergeAnswer:
    """Say whether one can live with the merged text, as one of the people of a room. Needs the `Ground`."""

    merge: str
    room: int
    accept: bool


@dataclass(frozen=True, slots=True)
class MergeWithdraw:
    """Take a proposal back."""

    merge: str


# --- events


@dataclass(frozen=True, slots=True)
class MergeProposed:
    """Somebody proposes one text instead of several."""

    merge: str
    member: str
    room: int
    title: Words | None
    recommendation: Words
    reasons: Words | None
    parents: tuple[Parent, ...]


@dataclass(frozen=True, slots=True)
class MergeAnswered:
    """This person of this room can live with it, or cannot."""

    merge: str
    room: int
    member: str
    accept: bool


@dataclass(frozen=True, slots=True)
class MergeDecided:
    """More than half of those present in a room are of one mind; their room has decided."""

    merge: str
    verdict: RoomVerdict


@dataclass(frozen=True, slots=True)
class MergeWithdrawn:
    """It is no longer proposed."""

    merge: str


MergeCommand = MergePropose | MergeAnswer | MergeWithdraw
MergeEvent = MergeProposed | MergeAnswered | MergeDecided | MergeWithdrawn
EVENTS: tuple[type, ...] = get_args(MergeEvent)


def decide(merges: Merges, command: MergeCommand, moment: Moment) -> Sequence[MergeEvent]:
    """Events that follow from a command, or `Refused`."""
    match command:
        case MergePropose():
            return [_proposed(merges, command, moment)]
        case MergeAnswer():
            return _answered(_open(merges, command.merge), command, moment)
        case MergeWithdraw(key):
            return [MergeWithdrawn(_open(merges, key).key)]
        case _:
            assert_never(command)


def merge_of(merges: Merges, key: str) -> Merge:
    """The proposal of this key, or `Refused`."""
    if key not in merges:
        raise Refused("merge.unknown")
    return merges[key]


def changed(merge: Merge, now: Mapping[str, Candidate]) -> dict[str, Change]:
    """Which of the texts of a proposal are no longer what it was made of, and why."""
    found: dict[str, Change] = {}
    for parent in merge.parents:
        candidate = now.get(parent.draft)
        if candidate is None or candidate.parent.version != parent.version:
            found[parent.draft] = "written"
        elif candidate.change:
            found[parent.draft] = candidate.change
    return found


def _open(merges: Merges, key: str) -> Merge:
    merge = merge_of(merges, key)
    if merge.fate != "open":
        raise Refused("merge.closed")
    return merge


def _proposed(merges: Merges, command: MergePropose, moment: Moment) -> MergeProposed:
    if len(merges) >= MAX_MERGES:
        raise Refused("merge.too_many", limit=MAX_MERGES)
    lang = language(command.lang).code
    return MergeProposed(
        merge=moment.key("merge"),
        member=moment.by or "",
        room=command.room,
        title=_optional(moment, command.title, lang, "title", MAX_TITLE),
        recommendation=moment.words(clean_text(command.recommendation, limit=MAX_AMENDED), lang, "recommendation"),
        reasons=_optional(moment, command.reasons, lang, "reasons", MAX_AMENDED),
        parents=_parents(command, moment.gathered or {}),
    )


def _optional(moment: Moment, text: str, lang: str, label: str, limit: int) -> Words | None:
    return moment.words(clean_text(text, limit=limit), lang, label) if text.strip() else None


def _parents(command: MergePropose, now: Mapping[str, Candidate]) -> tuple[Parent, ...]:
    drafts = tuple(dict.fromkeys(command.drafts))
    if any(draft not in now for draft in drafts):
        raise Refused("draft.unknown")
    found = [now[draft] for draft in drafts]
    rooms = {each.parent.room for each in found}
    if len(rooms) < 2 or command.room not in rooms or len(found) > MAX_PARENTS:
        raise Refused("merge.bad_texts", limit=MAX_PARENTS)
    if any(not each.is_accepted for each in found):
        raise Refused("merge.not_accepted")
    if any(each.change for each in found):
        raise Refused("merge.taken")
    return tuple(each.parent for each in found)


def _answered(merge: Merge, command: MergeAnswer, moment: Moment) -> Sequence[MergeEvent]:
    ground: Ground = moment.gathered
    by, room = moment.by or "", command.room
    if room not in merge.rooms or merge.verdict_of(room):
        raise Refused("merge.closed")
    if changed(merge, ground.now):
        raise Refused("merge.changed")
    before = merge.answers_of(room)
    said = [] if before.get(by) is command.accept else [MergeAnswered(merge.key, room, by, command.accept)]
    verdict = _verdict(room, {**before, by: command.accept}, ground.people)
    return [*said, *([MergeDecided(merge.key, verdict)] if verdict else [])]


def _verdict(room: int, answers: Mapping[str, bool], people: Collection[str]) -> RoomVerdict | None:
    """What a room has decided; None while neither side is more than half of those who count."""
    counted = [accept for member, accept in answers.items() if member in people]
    accepts, refuses = counted.count(True), counted.count(False)
    if 2 * max(accepts, refuses) <= len(people):
        return None
    return RoomVerdict(room, accepts > refuses, accepts, refuses, len(people))


def evolve(merges: Merges, event: MergeEvent, at: int) -> dict[str, Merge]:
    """The proposals after an event that happened at civic time `at`."""
    match event:
        case MergeProposed():
            made = Merge(
                event.merge, event.member, event.room, event.title.key if event.title else None,
                event.recommendation.key, event.reasons.key if event.reasons else None, event.recommendation.lang,
                event.parents, at,
            )  # fmt: skip
        case MergeAnswered(key, room, member, accept):
            others = (each for each in merges[key].answers if (each.room, each.member) != (room, member))
            made = replace(merges[key], answers=(*others, RoomAnswer(room, member, accept)))
        case MergeDecided(key, verdict):
            made = replace(merges[key], verdicts=(*merges[key].verdicts, verdict))
        case MergeWithdrawn(key):
            made = replace(merges[key], withdrawn=True)
        case _:
            assert_never(event)
    return {**merges, event.merge: made}


def mentions(merges: Merges) -> Iterator[str]:
    """Keys of the words of all proposals."""
    for merge in merges.values():
        yield from merge.texts
