"""What a debate comes to next: motions, and whatever else has a title, in their order, changed as it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never, get_args

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Words

MOST_POINTS = 60
MAX_ITEM_TITLE = 200
LONGEST_KEY = 16


@dataclass(frozen=True, slots=True)
class Point:
    """Something to speak of: a motion, or what is said in these words (a statement, a break)."""

    key: str
    title: str | None = None
    """Key of its words; a motion has its own title."""
    motion: str | None = None


Agenda = tuple[Point, ...]


# --- commands of the chair


@dataclass(frozen=True, slots=True)
class PointAdd:
    """Put a motion, or something with a title, at the end of the agenda."""

    title: str | None = None
    lang: str | None = None
    motion: str | None = None


@dataclass(frozen=True, slots=True)
class PointMove:
    """Bring it to this place, counted from 0."""

    point: str
    to: int


@dataclass(frozen=True, slots=True)
class PointDrop:
    """Take it off the agenda."""

    point: str


AgendaCommand = PointAdd | PointMove | PointDrop


# --- events


@dataclass(frozen=True, slots=True)
class PointAdded:
    """This comes last now."""

    point: str
    title: Words | None
    motion: str | None


@dataclass(frozen=True, slots=True)
class PointMoved:
    """It comes at this place, counted from 0, the others after it."""

    point: str
    to: int


@dataclass(frozen=True, slots=True)
class PointDropped:
    """It does not come any more."""

    point: str


AgendaEvent = PointAdded | PointMoved | PointDropped
EVENTS: tuple[type, ...] = get_args(AgendaEvent)


def decide(agenda: Agenda, command: AgendaCommand, moment: Moment) -> Sequence[AgendaEvent]:
    """Events that follow from a command, or `Refused`; none for a motion that stands there already."""
    match command:
        case PointAdd():
            return _add(agenda, command, moment)
        case PointMove(point, to):
            place = agenda.index(point_of(agenda, point))
            to = max(0, min(to, len(agenda) - 1))
            return [PointMoved(point, to)] if to != place else []
        case PointDrop(point):
            return [PointDropped(point_of(agenda, point).key)]
        case _:
            assert_never(command)


def evolve(agenda: Agenda, event: AgendaEvent) -> Agenda:
    """The agenda after an event."""
    match event:
        case PointAdded(point, title, motion):
            return (*agenda, Point(point, title.key if title else None, motion))
        case PointMoved(point, to):
            others = without(agenda, point)
            return (*others[:to], point_of(agenda, point), *others[to:])
        case PointDropped(point):
            return without(agenda, point)
        case _:
            assert_never(event)


def point_of(agenda: Agenda, key: str) -> Point:
    """The point of this key, or `Refused`."""
    for point in agenda:
        if point.key == key:
            return point
    raise Refused("agenda.unknown")


def without(agenda: Agenda, key: str | None) -> Agenda:
    """The agenda less this point."""
    return tuple(point for point in agenda if point.key != key)


def _add(agenda: Agenda, command: PointAdd, moment: Moment) -> Sequence[AgendaEvent]:
    if command.motion is not None and len(command.motion) > LONGEST_KEY:
        raise Refused("motion.unknown")
    if command.motion is not None and any(point.motion == command.motion for point in agenda):
        return []
    if len(agenda) >= MOST_POINTS:
        raise Refused("agenda.full", most=MOST_POINTS)
    title = None
    if command.motion is None:
        text = clean_text(command.title or "", limit=MAX_ITEM_TITLE)
        title = moment.words(text, language(command.lang or "").code)
    return [PointAdded(moment.key("point"), title, command.motion)]
