"""Who sits in a room, comes and goes, and what follows when somebody loses their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from floor.core import machine, policy
from floor.core.commands import MemberArrive, MemberLeave
from floor.core.ledger import holders_of
from floor.core.types import Closed
from kernel.errors import Refused
from kernel.languages import language
from live.core.kinds import Moment
from rooms.core import controlling, scribing, stepping
from rooms.core.events import HandBrought, MemberRemoved, RoomEvent, SeatGiven, SeatTaken, TimeBrought
from rooms.core.evolution import folded
from rooms.core.moving import kept
from rooms.core.types import SPEAKING_ROLES, RoomState, Seat, SeatCommand, SeatTake


def give_or_take(room: RoomState, command: SeatCommand, moment: Moment) -> list[RoomEvent]:
    """Events by which somebody gets a seat, another role or languages, or loses the seat; or `Refused`."""
    seat = room.seats.get(command.member)
    if isinstance(command, SeatTake):
        return _take_seat(room, command.member, moment) if seat else []
    languages = (tuple(language(code).code for code in command.speaks), language(command.reads).code)
    given = (command.role, *languages, command.scribe)
    if seat is not None and given == (seat.role, seat.speaks, seat.reads, seat.scribe):
        return []
    if seat is None and room.phase == "closed":
        raise Refused("room.closed")
    if seat is None and room.inside is not None and moment.by is None and command.role not in controlling.PASS_LOCK:
        raise Refused("room.locked")  # a rule seats nobody past a lock; a person may
    speaks_here, has_account = command.role in SPEAKING_ROLES, command.member in room.floor.people
    if has_account != speaks_here and (seat is not None or has_account):
        raise Refused("room.role_fixed")
    brings = command.brings if seat is None and speaks_here else None
    hands = command.hands if seat is None and speaks_here and _queues(room) else ()
    placed: list[RoomEvent] = [
        SeatGiven(command.member, *given),
        *([TimeBrought(command.member, kept(room.floor.people.get(command.member), brings))] if brings else []),
        *(HandBrought(replace(hand, member=command.member)) for hand in hands),
    ]
    stands_down = seat is not None and seat.present and command.role != seat.role
    follows = stepping.after_leave(room, command.member, moment) if stands_down else []
    events = [*placed, *follows, *_follow_scribe(room, placed, command.member, moment)]
    return [*events, *_leave_idle(folded(room, events, moment.at), seat.scribe if seat else None, moment)]


def _queues(room: RoomState) -> bool:
    return policy.CONDUCT[room.floor.mode].queues and not isinstance(room.floor.phase, Closed)


def _follow_scribe(room: RoomState, placed: list[RoomEvent], key: str, moment: Moment) -> list[RoomEvent]:
    """Who gets a scribe is here as soon as the scribe is, and who loses one is not here by that any more."""
    was_here = scribing.is_represented(room, key)
    room = folded(room, placed, moment.at)
    is_here = scribing.is_represented(room, key)
    if was_here == is_here:
        return []
    return _each(room, [MemberArrive(key) if is_here else MemberLeave(key)], moment)


def _take_seat(room: RoomState, member: str, moment: Moment) -> list[RoomEvent]:
    """Nobody is moved in mid-sentence: ending a turn is an act of the chair, and the log says whose."""
    account = room.floor.people.get(member)
    if member in holders_of(room.floor) or (account is not None and account.speaking_since is not None):
        raise Refused("room.has_floor")
    events = [*gone(room, member, moment), SeatTaken(member)]
    return [*events, *_leave_idle(folded(room, events, moment.at), room.seats[member].scribe, moment)]


def _leave_idle(room: RoomState, scribe: str | None, moment: Moment) -> list[RoomEvent]:
    """The seat of a scribe was given for the sake of a person: it goes with the last of those for whom they type."""
    seat = room.seats.get(scribe or "")
    if scribe is None or seat is None or seat.role != "scribe" or scribing.is_needed(room, scribe):
        return []
    return _take_seat(room, scribe, moment)


def remove(room: RoomState, member: str, moment: Moment) -> list[RoomEvent]:
    """Events by which the chair sends somebody out, or `Refused`."""
    if member == moment.by:
        raise Refused("room.not_yourself")
    if seat_of(room, member).removed:
        return []
    return [*gone(room, member, moment), MemberRemoved(member)]


def gone(room: RoomState, member: str, moment: Moment) -> list[RoomEvent]:
    """What follows when this member loses their place: those go for whom they type, then they, then what the step
    and the floor make of it, as if they had left."""
    left = _each(room, [MemberLeave(key) for key in scribing.people_of(room, member)], moment)
    room = folded(room, left, moment.at)
    follows = stepping.after_leave(room, member, moment) if room.seats[member].present else []
    return [*left, *machine.remove(room.floor, member, moment.at), *follows]


def come_or_go(room: RoomState, command: MemberArrive | MemberLeave, moment: Moment) -> list[RoomEvent]:
    """With a scribe come and go those for whom they type."""
    if isinstance(command, MemberLeave) and scribing.is_represented(room, command.member):
        return []
    people = (command.member, *scribing.people_of(room, command.member))
    return _each(room, [type(command)(key) for key in people], moment)


def _each(room: RoomState, commands: Iterable[MemberArrive | MemberLeave], moment: Moment) -> list[RoomEvent]:
    done: list[RoomEvent] = []
    for command in commands:
        events = _come_or_go_alone(room, command, moment)
        room = folded(room, events, moment.at)
        done += events
    return done


def _come_or_go_alone(room: RoomState, command: MemberArrive | MemberLeave, moment: Moment) -> list[RoomEvent]:
    if isinstance(command, MemberArrive):
        seated(room, command.member)
        if controlling.is_kept_out(room, command.member):
            raise Refused("room.locked")
    seat = room.seats.get(command.member)
    if seat is None or seat.present == isinstance(command, MemberArrive):
        return []
    follows = stepping.after_leave(room, command.member, moment) if isinstance(command, MemberLeave) else []
    return [*machine.decide(room.floor, command, moment), *follows]


def seat_of(room: RoomState, member: str) -> Seat:
    """The seat of this person, sent out or not, or `Refused`."""
    if member not in room.seats:
        raise Refused("room.not_seated")
    return room.seats[member]


def seated(room: RoomState, key: str | None) -> str:
    """This person, who sits here and was not sent out, or `Refused`."""
    if key is None or key not in room.seats or room.seats[key].removed:
        raise Refused("room.not_seated")
    return key
