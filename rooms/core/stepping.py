"""A room and the steps of a programme: what taking one does to the floor, and when a room is ready for the next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import assert_never

from floor.core import machine
from floor.core.commands import FloorCommand, FloorPause, FloorResume, FloorSet
from floor.core.events import FloorChanged, FloorEvent, RoundEnded
from floor.core.ledger import begin_item
from floor.core.limits import of_length, with_lengths_of
from floor.core.types import FloorState, Limits, Mode, Paused
from kernel.errors import Refused
from live.core.kinds import Moment
from rooms.core import polling
from rooms.core.events import ItemOpened, RoomClosed, RoomEvent
from rooms.core.step import (
    MOST_EXTRA_MS,
    OPENS_ITEM,
    ProgrammeCommand,
    ReadyCommand,
    ReadyDeclare,
    ReadyDeclared,
    ReadyWithdrawn,
    StepCommand,
    StepDone,
    StepEvent,
    StepExtend,
    StepExtended,
    StepHere,
    StepLeave,
    StepLeft,
    StepTake,
    StepTaken,
    StepTimed,
)
from rooms.core.types import REOPEN_MS, SPEAKING_ROLES, RoomState


def decide(room: RoomState, command: ProgrammeCommand | StepCommand | ReadyCommand, moment: Moment) -> list[RoomEvent]:
    """Events that follow from a command about steps, or `Refused`."""
    if isinstance(command, StepLeave):
        return _leave(room, command, moment)
    if isinstance(command, StepTake):
        return _take(room, command, moment)
    here = _step_of(room, command.step)
    if isinstance(command, ReadyCommand):
        return [*_say_ready(room, here, command, moment.by or "")]
    if isinstance(command, StepExtend):
        return [_extended(here, command.seconds)]
    return [] if here.is_done else [StepDone("chair")]


def after_leave(room: RoomState, member: str, moment: Moment) -> list[RoomEvent]:
    """What follows at the step when somebody leaves or stands down: the others may be enough to move on, and a room
    whose last facilitator has gone no longer waits to be called."""
    if room.step is None:
        return []
    done = _done_by(room, room.step, room.step.ready, without=member)
    is_left_alone = member in facilitators(room) and not facilitators(room, without=member)
    if not is_left_alone or room.floor.mode != "chaired" or isinstance(room.floor.phase, Paused):
        return [*done]
    return [*done, *machine.decide(room.floor, FloorSet("balanced", room.floor.limits), moment)]


def facilitators(room: RoomState, *, without: str = "") -> list[str]:
    """Who facilitates and is here."""
    return [key for key, seat in room.seats.items() if seat.role == "facilitator" and seat.present and key != without]


def evolve(room: RoomState, event: StepEvent) -> RoomState:
    """The room after something happened to its step."""
    match event:
        case StepTaken(seq, step, kind, ends_at, turn_ms, usual):
            return replace(room, step=StepHere(step, kind, ends_at, turn_ms=turn_ms, usual=usual), step_seq=seq)
        case StepLeft(seq):
            return replace(room, step=None, step_seq=seq)
        case StepTimed(seq, ends_at):
            return replace(_changed(room, ends_at=ends_at), step_seq=seq)
        case StepExtended(seconds):
            extra_ms = room.step.extra_ms if room.step else 0
            return _changed(room, extra_ms=extra_ms + 1000 * seconds)
        case StepDone():
            return _changed(room, is_done=True)
        case ReadyDeclared(member):
            return _changed(room, ready=(*_ready(room), member))
        case ReadyWithdrawn(member):
            return _changed(room, ready=tuple(key for key in _ready(room) if key != member))
        case _:
            assert_never(event)


def _ready(room: RoomState) -> tuple[str, ...]:
    return room.step.ready if room.step else ()


def _changed(room: RoomState, **change: object) -> RoomState:
    return replace(room, step=replace(room.step, **change)) if room.step else room  # type: ignore[arg-type]


def _step_of(room: RoomState, key: str) -> StepHere:
    if room.step is None or room.step.key != key:
        raise Refused("step.over")
    return room.step


# --- taking and leaving a step


def _leave(room: RoomState, command: StepLeave, moment: Moment) -> list[RoomEvent]:
    if command.seq <= room.step_seq:
        return []
    own, closed = _own_limits(room), close(room, moment)
    mode = room.floor.round.then if room.floor.round else room.floor.mode
    restored = [] if own == room.floor.limits else [FloorChanged(mode, own)]
    return [*closed, *restored, StepLeft(command.seq)]


def close(room: RoomState, moment: Moment) -> list[RoomEvent]:
    """What follows when the talk in a room ends; nothing where it has ended. A poll that goes on ends with it, counted
    as `moment.gathered` says."""
    if room.phase == "closed":
        return []
    ended = [*polling.close_open(room.polls, moment.gathered or ()), *machine.close(room.floor)]
    return [*ended, RoomClosed(moment.at + REOPEN_MS)]


def _take(room: RoomState, command: StepTake, moment: Moment) -> list[RoomEvent]:
    here = room.step
    if command.seq <= room.step_seq or room.phase != "open":
        return []
    if here is not None and here.key == command.step:
        return [StepTimed(command.seq, command.ends_at)]
    if isinstance(room.floor.phase, Paused) and (here is None or here.kind != "break"):
        return []
    usual = None if command.turn_ms is None else _own_limits(room)
    taken = StepTaken(command.seq, command.step, command.kind, command.ends_at, command.turn_ms, usual)
    return [taken, *_set_floor(room, command, moment)]


def _set_floor(room: RoomState, command: StepTake, moment: Moment) -> list[RoomEvent]:
    """The floor as the step wants it: after a break it goes on, and in a break it stands still."""
    floor, events = _asked(room.floor, FloorResume(), moment)
    change = _floor_of(room, floor, command)
    if floor.round:
        events += [RoundEnded()]
        floor = machine.evolve(floor, RoundEnded(), moment.at)
    if (floor.mode, change.mode) == ("free", "round"):
        floor, ended = _asked(floor, replace(change, mode="balanced"), moment)
        events += ended
    floor, changed = _asked(floor, change, moment)
    opened: list[RoomEvent] = []
    if command.kind in OPENS_ITEM:
        floor = begin_item(floor, moment.at)
        opened = [ItemOpened(room.item + 1, None), *machine.open_item(floor, moment.at)]
    rest = machine.decide(floor, FloorPause(), moment) if command.kind == "break" else []
    return [*events, *changed, *opened, *rest]


def _asked(floor: FloorState, command: FloorCommand, moment: Moment) -> tuple[FloorState, list[FloorEvent]]:
    """The floor after a command, and the events that led there."""
    events = machine.decide(floor, command, moment)
    for event in events:
        floor = machine.evolve(floor, event, moment.at)
    return floor, events


def _floor_of(room: RoomState, floor: FloorState, command: StepTake) -> FloorSet:
    usual = floor.round.then if floor.round else floor.mode
    mode: Mode = command.mode or ("round" if command.kind == "round" else usual)
    if mode == "chaired" and not facilitators(room):
        mode = "balanced"
    return FloorSet(mode, _limits(_own_limits(room), command))


def _own_limits(room: RoomState) -> Limits:
    """The room's limits without the length that a step gave its turns, unless the facilitator has set one since."""
    limits, here = room.floor.limits, room.step
    if here is None or here.usual is None or here.turn_ms is None:
        return limits
    is_as_given = limits == with_lengths_of(limits, of_length(here.usual, here.turn_ms))
    return with_lengths_of(limits, here.usual) if is_as_given else limits


def _limits(limits: Limits, command: StepTake) -> Limits:
    if command.kind in OPENS_ITEM:
        limits = replace(limits, planned_ms=command.planned_ms)
    return limits if command.turn_ms is None else of_length(limits, command.turn_ms)


# --- longer, or on


def _extended(here: StepHere, seconds: int) -> StepExtended:
    left = (MOST_EXTRA_MS - here.extra_ms) // 1000
    if not 0 < seconds <= left:
        raise Refused("step.bad_extension", limit=MOST_EXTRA_MS // 60_000)
    return StepExtended(seconds)


def _say_ready(room: RoomState, here: StepHere, command: ReadyCommand, member: str) -> list[StepEvent]:
    """The vote to move on: at a step that asks for it, and in a room where no facilitator is present."""
    if member not in present(room):
        raise Refused("step.not_yours")
    if here.kind != "vote" and facilitators(room):
        raise Refused("step.no_vote")
    says = isinstance(command, ReadyDeclare)
    if here.is_done or says == (member in here.ready):
        return []
    if not says:
        return [ReadyWithdrawn(member)]
    return [ReadyDeclared(member), *_done_by(room, here, (*here.ready, member))]


def _done_by(room: RoomState, here: StepHere, ready: Collection[str], *, without: str = "") -> list[StepEvent]:
    here_now = [key for key in present(room) if key != without]
    willing = sum(key in ready for key in here_now)
    return [StepDone("vote")] if willing and 2 * willing >= len(here_now) and not here.is_done else []


def present(room: RoomState) -> list[str]:
    """Those who take turns here and are here: they vote on moving on."""
    return [key for key, seat in room.seats.items() if seat.role in SPEAKING_ROLES and seat.present]
