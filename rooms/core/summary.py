"""What a room leaves behind when it has ended: how long, what about, how equally, with which interventions.

For everybody to read, so it tells of people only in numbers, and of fewer than five together nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from floor.core.figures import LEAST_PEOPLE, Equality, GroupShare, by_group, equality, tellable
from live.core.kinds import Recorded
from rooms.core.events import ContributionMade, ItemOpened, NoteMade, RoomClosed, RoomOpened
from rooms.core.finding import FindingAgreed, FindingKind
from rooms.core.measures import Measure, measures_of
from rooms.core.overrides import Act, Kind, ledger_of
from rooms.core.report import report_of
from rooms.core.room import evolve
from rooms.core.step import StepKind, StepTaken
from rooms.core.types import RoomState

Groups = Mapping[str, Collection[str]]
"""Members by `column: value`."""


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item: key of its title, and when it began."""

    number: int
    title: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the programme, and when it began."""

    kind: StepKind
    at: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something the room agreed to say, by so many of so many present."""

    kind: FindingKind
    words: str
    accepted: int
    present: int


@dataclass(frozen=True, slots=True)
class RoomSummary:
    """One room. Moments are civic milliseconds; `equality` is None before ten minutes of talk or below five people."""

    opened_at: int | None
    closed_at: int | None
    reopened: int
    """How often it was opened again."""
    items: tuple[Item, ...]
    steps: tuple[Step, ...]
    people: int
    """Citizens who were here."""
    groups: Mapping[str, int]
    talk_ms: int
    turns: int
    contributions: int
    notes: int
    equality: Equality | None
    shares: Mapping[str, GroupShare]
    acts: Mapping[Kind | Measure, int]
    departures: int
    extended_s: int
    corrected_s: int
    """Seconds by which those who chaired changed what was counted, up or down, all together."""
    acts_by_group: Mapping[str, int]
    """Acts of those who chaired, by the group of the person they fell on."""
    agreed: tuple[Agreed, ...]


def summary_of(log: Sequence[Recorded[RoomState]], groups: Groups) -> RoomSummary:
    """The summary of a log, from its first event."""
    state = RoomState()
    for record in log:
        state = evolve(state, record.event, record.at)
    report, acts = report_of(log), ledger_of(log).acts
    here = [key for key, account in state.floor.people.items() if account.arrived_at is not None]
    told = _told(groups, here)
    at = log[-1].at if log else 0
    return RoomSummary(
        opened_at=state.opened_at,
        closed_at=next((each.at for each in reversed(log) if isinstance(each.event, RoomClosed)), None),
        reopened=max(0, sum(isinstance(each.event, RoomOpened) for each in log) - 1),
        items=tuple(_items(log)),
        steps=tuple(Step(each.event.kind, each.at) for each in log if isinstance(each.event, StepTaken)),
        people=len(here),
        groups={name: len(keys) for name, keys in told.items()},
        talk_ms=sum(spoken.ms for spoken in report.people.values()),
        turns=sum(spoken.turns for spoken in report.people.values()),
        contributions=sum(isinstance(each.event, ContributionMade) for each in log),
        notes=sum(isinstance(each.event, NoteMade) for each in log),
        equality=equality(state.floor, at) if len(here) >= LEAST_PEOPLE else None,
        shares=shares_of(state, groups, at),
        acts=dict(Counter[Kind | Measure]([*(act.kind for act in acts), *measures_of(log)])),
        departures=sum(act.departs for act in acts),
        extended_s=sum(act.seconds for act in acts if act.kind == "extension"),
        corrected_s=sum(abs(act.seconds) for act in acts if act.kind == "correction"),
        acts_by_group=_by_group(acts, told),
        agreed=tuple(_agreed(state, log)),
    )


def is_over(log: Sequence[Recorded[RoomState]]) -> bool:
    """Whether the room was opened and is closed now."""
    last = [type(each.event) for each in log if isinstance(each.event, RoomOpened | RoomClosed)]
    return last[-1:] == [RoomClosed]


def _items(log: Sequence[Recorded[RoomState]]) -> list[Item]:
    opened = [(each.event, each.at) for each in log if isinstance(each.event, ItemOpened)]
    return [Item(event.number, event.title.key if event.title else None, at) for event, at in opened]


def _columns(groups: Groups) -> dict[str, dict[str, str]]:
    """Column to member to group."""
    found: dict[str, dict[str, str]] = {}
    for name, members in groups.items():
        found.setdefault(name.partition(": ")[0], {}).update(dict.fromkeys(members, name))
    return found


def _told(groups: Groups, here: Collection[str]) -> dict[str, list[str]]:
    """The groups of those here that are large enough to be told."""
    told: dict[str, list[str]] = {}
    for group_of in _columns(groups).values():
        members: dict[str, list[str]] = {}
        for key in here:
            members.setdefault(group_of.get(key, ""), []).append(key)
        told |= {name: members[name] for name in tellable({name: len(keys) for name, keys in members.items()}) if name}
    return dict(sorted(told.items()))


def shares_of(state: RoomState, groups: Groups, at: int) -> dict[str, GroupShare]:
    """Each group's part of the people and of the talk: groups of five and more, after ten minutes of talk."""
    columns = _columns(groups).values()
    shares = {name: share for group_of in columns for name, share in by_group(state.floor, at, group_of).items()}
    return {name: share for name, share in sorted(shares.items()) if name}


def _by_group(acts: Sequence[Act], told: Mapping[str, Collection[str]]) -> dict[str, int]:
    return {name: sum(act.member in keys for act in acts) for name, keys in told.items()}


def _agreed(state: RoomState, log: Sequence[Recorded[RoomState]]) -> list[Agreed]:
    events = [each.event for each in log if isinstance(each.event, FindingAgreed)]
    found = [(state.findings[event.finding], event) for event in events]
    return [Agreed(finding.kind, finding.words, event.accepted, event.present) for finding, event in found]
