"""What is told of a practice: facts of the room's log beside what its script contained. No marks, no praise.

All moments are milliseconds since the room opened, all durations milliseconds; people are named by their keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from facilitation.core.chairs_types import Call
from floor.core.events import (
    HandLowered,
    HandRaised,
    MemberArrived,
    MemberLeft,
    SpeechStarted,
    SpeechStopped,
    TurnEnded,
    TurnStarted,
)
from floor.core.figures import gini
from floor.core.ledger import settle
from floor.core.types import Kind as HandKind
from live.core.kinds import Recorded
from rehearsal.core.cast import Character, Part
from rehearsal.core.ending import Ending
from rooms.core.control import ContributionHidden, ContributionRestored, HideReason
from rooms.core.events import ContributionMade, NoteMade, RoomOpened
from rooms.core.overrides import Kind, ledger_of
from rooms.core.poll import PollClosed, PollOpened
from rooms.core.room import evolve
from rooms.core.types import RoomState

Log = Sequence[Recorded[RoomState]]
WaitEnd = Literal["called", "lowered", "skipped", "gone", "waiting"]
"""How a wait ended: with a turn; by the person; passed over; otherwise; not at all."""


@dataclass(frozen=True, slots=True)
class Person:
    """One simulated person: what they were to do, and what came of it."""

    key: str
    part: Part
    name: str
    lang: str
    spoken_ms: int
    turns: int
    longest_ms: int
    """Of one turn."""
    longest_at: int
    notes: int
    invited: tuple[int, ...]
    """When the facilitator called them without a raised hand."""
    cut: int
    extended_s: int


@dataclass(frozen=True, slots=True)
class Deed:
    """An act of the facilitator on one person, with the talk before and after it."""

    kind: Kind
    member: str
    at: int
    seconds: int
    before_ms: int
    """The person's speech until then."""
    before_all_ms: int
    """Everybody's."""
    after_ms: int
    after_all_ms: int
    departs: bool
    """The rule would have called somebody else."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A raised hand."""

    member: str
    kind: HandKind
    at: int
    ms: int
    end: WaitEnd


@dataclass(frozen=True, slots=True)
class Insult:
    """Insulting words, and how long they stood."""

    member: str
    at: int
    stood_ms: int
    hidden: bool
    reason: HideReason | None


@dataclass(frozen=True, slots=True)
class OtherHiding:
    """Words that were hidden though the script holds nothing against them."""

    member: str
    at: int
    reason: HideReason


@dataclass(frozen=True, slots=True)
class HelpCalled:
    """A call for help; None: nobody answered, or it was not closed."""

    member: str
    at: int
    answered_ms: int | None
    closed_ms: int | None


@dataclass(frozen=True, slots=True)
class Absence:
    """A lost line; `ms` None: not back before the end."""

    member: str
    at: int
    ms: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll or temperature check; `answers` None: it was still open."""

    at: int
    answers: int | None


@dataclass(frozen=True, slots=True)
class PracticeReport:
    """Everything of one practice."""

    minutes: int
    ending: Ending
    length_ms: int
    """From the opening of the room to its last event."""
    talk_ms: int
    people: tuple[Person, ...]
    deeds: tuple[Deed, ...]
    waits: tuple[Wait, ...]
    insults: tuple[Insult, ...]
    hidings: tuple[OtherHiding, ...]
    helps: tuple[HelpCalled, ...]
    absences: tuple[Absence, ...]
    asked: tuple[Asked, ...]
    guide_notes: int
    gini_percent: int
    """How unequal the talk was: 0 all alike, towards 100 all with one person."""
    top_percent: int
    """The part of whoever spoke longest."""
    acts: Mapping[Kind, int]
    """The lines of the neutrality ledger."""
    departures: int


def practice_report(
    log: Log,
    calls: Sequence[Call],
    cast: Sequence[Character],
    *,
    guide: str,
    insults: Collection[str],
    minutes: int,
    ending: Ending,
) -> PracticeReport:
    """The report of a log from its first event; `insults` are keys of words that the script means to be hidden."""
    opened = next((record.at for record in log if isinstance(record.event, RoomOpened)), log[0].at if log else 0)
    end = max((record.at for record in log), default=opened)
    past = _Past(log)
    final = past.spoken(end)
    ledger = ledger_of(log)
    mine = [act for act in ledger.acts if act.by == guide]
    talk = sum(final.values())
    hidings = list(_hidings(log))
    return PracticeReport(
        minutes=minutes,
        ending=ending,
        length_ms=end - opened,
        talk_ms=talk,
        people=tuple(_person(each, log, past, mine, final, opened) for each in cast),
        deeds=tuple(_deed(act, past, final, opened) for act in mine),
        waits=tuple(sorted(_waits(log, opened, end), key=lambda wait: wait.at)),
        insults=tuple(_insult(said, hidings, opened, end) for said in _said(log) if said.event.words.key in insults),
        hidings=tuple(_other_hidings(log, hidings, insults, opened)),
        helps=tuple(_help(call, opened) for call in calls),
        absences=tuple(_absences(log, {each.key for each in cast}, opened)),
        asked=tuple(_asked(log, opened)),
        guide_notes=sum(isinstance(each.event, NoteMade) and each.event.member == guide for each in log),
        gini_percent=round(100 * gini(final.get(each.key, 0) for each in cast)),
        top_percent=round(100 * max(final.values(), default=0) / talk) if talk else 0,
        acts=dict(Counter(act.kind for act in mine)),
        departures=sum(act.departs for act in mine),
    )


class _Past:
    """The room's accounts at any earlier moment; asked in any order."""

    def __init__(self, log: Log) -> None:
        state, self._states = RoomState(), list[tuple[int, RoomState]]()
        for record in log:
            state = evolve(state, record.event, record.at)
            self._states.append((record.at, state))

    def spoken(self, at: int) -> dict[str, int]:
        """Milliseconds that everybody has spoken up to this moment."""
        state = next((state for since, state in reversed(self._states) if since <= at), RoomState())
        return {key: account.total_ms for key, account in settle(state.floor, at).people.items()}

    def between(self, since: int, until: int, key: str) -> int:
        """What this person spoke from one moment to another."""
        return self.spoken(until).get(key, 0) - self.spoken(since).get(key, 0)


def _person(
    who: Character, log: Log, past: _Past, acts: Sequence[Any], final: Mapping[str, int], opened: int
) -> Person:
    turns = list(_turns(log, past, who.key))
    longest = max(turns, key=lambda turn: turn[1], default=(opened, 0))
    on = [act for act in acts if act.member == who.key]
    return Person(
        key=who.key,
        part=who.part,
        name=who.name,
        lang=who.lang,
        spoken_ms=final.get(who.key, 0),
        turns=len(turns),
        longest_ms=longest[1],
        longest_at=longest[0] - opened,
        notes=sum(isinstance(each.event, NoteMade) and each.event.member == who.key for each in log),
        invited=tuple(act.at - opened for act in on if act.kind == "invitation"),
        cut=sum(act.kind == "cut" for act in on),
        extended_s=sum(act.seconds for act in on if act.kind == "extension"),
    )


def _turns(log: Log, past: _Past, key: str) -> Iterator[tuple[int, int]]:
    """When each turn of this person began, and how long they spoke in it; pauses and questions do not count."""
    begun: int | None = None
    for record in log:
        if getattr(record.event, "member", None) != key:
            continue
        if isinstance(record.event, TurnStarted | SpeechStarted):
            begun = record.at
        elif isinstance(record.event, TurnEnded | SpeechStopped) and begun is not None:
            yield begun, past.between(begun, record.at, key)
            begun = None
    if begun is not None:
        yield begun, past.between(begun, log[-1].at, key)


def _deed(act: Any, past: _Past, final: Mapping[str, int], opened: int) -> Deed:
    before = past.spoken(act.at)
    mine, everybody = before.get(act.member, 0), sum(before.values())
    return Deed(
        kind=act.kind,
        member=act.member,
        at=act.at - opened,
        seconds=act.seconds,
        before_ms=mine,
        before_all_ms=everybody,
        after_ms=final.get(act.member, 0) - mine,
        after_all_ms=sum(final.values()) - everybody,
        departs=act.departs,
    )


def _waits(log: Log, opened: int, end: int) -> Iterator[Wait]:
    """Every raised hand."""
    up: dict[tuple[str, HandKind], int] = {}
    for record in log:
        match record.event:
            case HandRaised(member=member, kind=kind):
                up.setdefault((member, kind), record.at)
            case TurnStarted(member=member, kind=kind) if (member, kind) in up:
                since = up.pop((member, kind))
                yield Wait(member, kind, since - opened, record.at - since, "called")
            case HandLowered(member=member, kind=lowered, reason=reason):
                for each in [each for each in up if each[0] == member and lowered in (None, each[1])]:
                    since = up.pop(each)
                    yield Wait(*each, since - opened, record.at - since, _WAIT_ENDS.get(reason, "gone"))
    for (member, kind), since in up.items():
        yield Wait(member, kind, since - opened, end - since, "waiting")


_WAIT_ENDS: Mapping[str, WaitEnd] = {"lowered": "lowered", "skipped": "skipped"}


def _said(log: Log) -> list[Recorded[Any]]:
    return [record for record in log if isinstance(record.event, ContributionMade | NoteMade)]


def _hidings(log: Log) -> Iterator[tuple[str, int, int | None, HideReason]]:
    """Words that were hidden: their key, from when, until when if they were shown again, why."""
    hidden: dict[str, tuple[int, HideReason]] = {}
    for record in log:
        match record.event:
            case ContributionHidden(words=key, reason=reason):
                hidden.setdefault(key, (record.at, reason))
            case ContributionRestored(words=key) if key in hidden:
                since, reason = hidden.pop(key)
                yield key, since, record.at, reason
    for key, (since, reason) in hidden.items():
        yield key, since, None, reason


def _insult(
    said: Recorded[Any], hidings: Sequence[tuple[str, int, int | None, HideReason]], opened: int, end: int
) -> Insult:
    mine = [each for each in hidings if each[0] == said.event.words.key]
    covered = sum((end if until is None else until) - since for _key, since, until, _reason in mine)
    return Insult(
        member=said.event.member,
        at=said.at - opened,
        stood_ms=end - said.at - covered,
        hidden=bool(mine),
        reason=mine[-1][3] if mine else None,
    )


def _other_hidings(
    log: Log, hidings: Sequence[tuple[str, int, int | None, HideReason]], insults: Collection[str], opened: int
) -> Iterator[OtherHiding]:
    authors = {said.event.words.key: said.event.member for said in _said(log)}
    for key, since, _until, reason in hidings:
        if key not in insults and key in authors:
            yield OtherHiding(authors[key], since - opened, reason)


def _help(call: Call, opened: int) -> HelpCalled:
    answered = None if call.answered_at is None else call.answered_at - call.at
    closed = None if call.closed_at is None else call.closed_at - call.at
    return HelpCalled(call.member, call.at - opened, answered, closed)


def _absences(log: Log, people: Collection[str], opened: int) -> Iterator[Absence]:
    gone: dict[str, int] = {}
    for record in log:
        match record.event:
            case MemberLeft(member=member) if member in people and record.at >= opened:
                gone[member] = record.at
            case MemberArrived(member=member) if member in gone:
                since = gone.pop(member)
                yield Absence(member, since - opened, record.at - since)
    for member, since in gone.items():
        yield Absence(member, since - opened, None)


def _asked(log: Log, opened: int) -> Iterator[Asked]:
    answers = {each.event.poll: each.event.answers for each in log if isinstance(each.event, PollClosed)}
    for record in log:
        if isinstance(record.event, PollOpened):
            yield Asked(record.at - opened, answers.get(record.event.poll))
