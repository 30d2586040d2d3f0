"""A room in a few figures, for those who look after many: what its log says now, derived and never stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from floor.core.figures import equality
from floor.core.ledger import holder_of, owed_us, settle
from floor.core.types import Account, FloorState, Mode, Open, Paused, Speaking, Wrapping
from rooms.core.step import StepHere, StepKind
from rooms.core.types import RoomState, Seat, Stage

LEADING = ("facilitator", "organiser")
"""Whose seat gives the right to lead the room."""
NAMED = 3
"""So many of the quiet, and of those away, are named."""


@dataclass(frozen=True, slots=True)
class Since:
    """Somebody, and since when."""

    member: str
    at: int


@dataclass(frozen=True, slots=True)
class Extreme:
    """Somebody, and how far from the fair share."""

    member: str
    ms: int


@dataclass(frozen=True, slots=True)
class Leads:
    """Somebody who may lead the room, and whether their screen of it is open."""

    member: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class SpeaksNow:
    """Who has the floor; `ends_at` None while nobody waits."""

    member: str
    at: int
    ends_at: int | None
    is_wrapping: bool


@dataclass(frozen=True, slots=True)
class StepNow:
    """The step of the programme a room is at, when it ends here, how many want to move on, and whether it is done."""

    kind: StepKind
    ends_at: int
    ready: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class RoomSummary:
    """One room as a line of the overview. Moments, not durations, so that a screen can count on by itself."""

    room: int
    phase: Stage
    item: int
    since: int | None
    """Beginning of the agenda item, of the talk where that was later; None before."""
    mode: Mode
    turn_ms: int
    paused_at: int | None
    speaker: SpeaksNow | None
    idle_at: int | None
    """Since when nobody speaks in an open room that is not paused."""
    hands: int
    waits: Since | None
    """Whose hand is up longest."""
    present: int
    seats: int
    silent: int
    """Those present who have had no turn in this item."""
    quiet: tuple[Since, ...]
    """Those present who neither speak nor ask, quiet for longest first."""
    away: tuple[Since, ...]
    """Those who were here and are so no longer, longest first."""
    away_count: int
    owed: Extreme | None
    over: Extreme | None
    gini: int | None
    """How unequal the talk of the sitting is, in percent; None before ten minutes of it."""
    leads: tuple[Leads, ...]
    step: StepNow | None = None
    failed: int = 0
    """Texts of late that could not be translated for somebody here."""
    doubtful: int = 0


def summary_of(room_id: int, room: RoomState, at: int) -> RoomSummary:
    """The line of this room at `at`; while it is paused, time stands still."""
    paused_at = room.floor.phase.since if isinstance(room.floor.phase, Paused) else None
    floor = settle(room.floor, at if paused_at is None else paused_at)
    speakers = _speakers(room)
    present = {key: account for key, account in speakers.items() if room.seats[key].present}
    away = _away(speakers)
    owed = sorted((owed_us(floor, key) // 1000, key) for key in present)
    even = equality(room.floor, at)
    return RoomSummary(
        room=room_id,
        phase=room.phase,
        item=room.item,
        since=None if room.opened_at is None else max(room.opened_at, room.floor.item_at),
        mode=room.floor.mode,
        turn_ms=room.floor.limits.turn_ms,
        paused_at=paused_at,
        speaker=_speaker(room.floor),
        idle_at=_idle_at(room),
        hands=len({request.member for request in room.floor.queue}),
        waits=_waits(room.floor),
        present=len(present),
        seats=len(speakers),
        silent=sum(account.turns == 0 for account in present.values()),
        quiet=_quiet(room, present)[:NAMED],
        away=away[:NAMED],
        away_count=len(away),
        owed=Extreme(owed[-1][1], owed[-1][0]) if owed and owed[-1][0] > 0 else None,
        over=Extreme(owed[0][1], -owed[0][0]) if owed and owed[0][0] < 0 else None,
        gini=None if even is None else round(even.gini * 100),
        leads=tuple(Leads(key, seat.present) for key, seat in room.seats.items() if _leads(seat)),
        step=_step(room.step, present),
    )


def mentions(summary: RoomSummary) -> frozenset[str]:
    """Keys of the people a line names."""
    people = (summary.speaker, summary.waits, summary.owed, summary.over, *summary.quiet, *summary.away)
    return frozenset(each.member for each in (*people, *summary.leads) if each is not None)


def _step(step: StepHere | None, present: Collection[str]) -> StepNow | None:
    if step is None:
        return None
    return StepNow(step.kind, step.ends_at + step.extra_ms, len({*step.ready} & {*present}), step.is_done)


def _leads(seat: Seat) -> bool:
    return seat.role in LEADING and not seat.removed


def _speakers(room: RoomState) -> dict[str, Account]:
    """Those who take turns and have not been sent out."""
    return {
        key: account for key, account in room.floor.people.items() if key in room.seats and not room.seats[key].removed
    }


def _speaker(floor: FloorState) -> SpeaksNow | None:
    phase = floor.phase.before if isinstance(floor.phase, Paused) else floor.phase
    if isinstance(phase, Speaking | Wrapping):
        return SpeaksNow(phase.member, phase.since, phase.ends_at, isinstance(phase, Wrapping))
    talking = sorted((at, key) for key, each in floor.people.items() if (at := each.speaking_since) is not None)
    return SpeaksNow(talking[0][1], talking[0][0], None, is_wrapping=False) if talking else None


def _idle_at(room: RoomState) -> int | None:
    if room.phase != "open" or not isinstance(room.floor.phase, Open) or _speaker(room.floor):
        return None
    heard = (account.heard_at or 0 for account in room.floor.people.values())
    return max(room.opened_at or 0, room.floor.item_at, *heard, 0)


def _waits(floor: FloorState) -> Since | None:
    holder = holder_of(floor)
    waiting = [request for request in floor.queue if request.member != holder]
    first = min(waiting, key=lambda request: request.asked_at, default=None)
    return None if first is None else Since(first.member, first.asked_at)


def _quiet(room: RoomState, present: dict[str, Account]) -> tuple[Since, ...]:
    if room.phase != "open":
        return ()
    begin = max(room.opened_at or 0, room.floor.item_at)
    busy = {request.member for request in room.floor.queue} | {holder_of(room.floor)}
    found = [
        Since(key, max(begin, account.arrived_at or 0, account.heard_at or 0))
        for key, account in present.items()
        if key not in busy and account.speaking_since is None
    ]
    return tuple(sorted(found, key=lambda each: (each.at, each.member)))


def _away(speakers: dict[str, Account]) -> tuple[Since, ...]:
    found = [Since(key, each.left_at) for key, each in speakers.items() if not each.present and each.left_at]
    return tuple(sorted(found, key=lambda each: (each.at, each.member)))
