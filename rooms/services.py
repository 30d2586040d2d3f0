"""Making rooms, seating people, opening and closing: what an organiser's pages and command line do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Max

from assemblies.models import Assembly, Member
from floor.core.commands import FloorSet, LagReport
from floor.core.policy import hands_of
from floor.core.types import Limits, Mode, Request
from kernel import clock
from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from kernel.wire import decode
from live.log import Submission, write
from live.names import parse_name
from live.services import announce, create_stream, hold, load, submit
from rooms.core.moving import time_of
from rooms.core.types import RoomClose, RoomOpen, SeatGive, SeatTake, Time
from rooms.models import Room, Seat


def hold_seating(assembly: int) -> Assembly:
    """Until the transaction ends nobody else makes or fills rooms of this assembly by looking at who sits where. To be
    asked for before any stream is held; rows that refer to the assembly may be written meanwhile."""
    return Assembly.objects.select_for_update(no_key=True).get(pk=assembly)


@transaction.atomic
def create_room(
    assembly: Assembly, *, title: str = "", title_lang: str = "", mode: Mode = "balanced",
    limits: Limits | None = None, opens_at: int | None = None, round_number: int = 0, is_hall: bool = False,
) -> Room:  # fmt: skip
    """A new, empty, waiting room with the next free number. Each call makes another."""
    hold_seating(assembly.pk)
    last = Room.objects.filter(assembly=assembly).aggregate(last=Max("number"))["last"] or 0
    room = Room.objects.create(
        assembly=assembly,
        number=last + 1,
        round=round_number,
        title=clean_text(title, limit=120) if title.strip() else "",
        title_lang=language(title_lang or assembly.lang).code,
        opens_at=opens_at,
        is_hall=is_hall,
    )
    create_stream(room.stream)
    set_floor(room, mode=mode, limits=limits or Limits())
    return room


def set_floor(room: Room, *, mode: Mode, limits: Limits, by: str | None = None) -> None:
    """Mode and limits of the floor. Safe to repeat."""
    submit(room.stream, FloorSet(mode, limits), by=by)


def seat_member(room: Room, member: Member, *, by: str | None = None) -> None:
    """The member sits in this room, in the role and languages they have now. Safe to repeat."""
    seat_members(room, [member], by=by)


@transaction.atomic
def seat_members(room: Room, members: Sequence[Member], *, by: str | None = None) -> None:
    """All these members sit in this room, each with their scribe, or none of them if one is refused. Safe to repeat."""
    seats = [seat for member in members for seat in (*_scribe_for(room, member), _seat_for(room, member))]
    written = write([Submission(room.stream, seat, by) for seat in seats])
    transaction.on_commit(lambda: announce(written.published))
    for answer in written.answers:
        if isinstance(answer, Refused):
            raise answer


def _seat_for(room: Room, member: Member) -> SeatGive:
    if member.assembly_id != room.assembly_id or member.removed_at is not None:
        raise Refused("room.not_a_member")
    speaks = member.speaks or [member.reads]
    scribe = member.scribe.key if member.scribe else None
    return decode(
        SeatGive,
        {"member": member.key, "role": member.role, "speaks": speaks, "reads": member.reads, "scribe": scribe},
    )


def _scribe_for(room: Room, member: Member) -> list[SeatGive]:
    return [_seat_for(room, member.scribe)] if member.scribe else []


@transaction.atomic
def assign_scribe(member: Member, scribe: Member | None, *, by: str | None = None) -> None:
    """Somebody types for this person, who has no device, in every room where the person sits; who typed for them
    leaves those rooms where they type for nobody else. Safe to repeat."""
    fits = scribe is None or (scribe.role == "scribe" and scribe.assembly_id == member.assembly_id)
    if not fits or member.role != "citizen":
        raise Refused("scribe.bad_pair")
    member.scribe = scribe
    member.save(update_fields=["scribe"])
    refresh_seats(member, by=by)


def unseat_member(room: Room, member: Member, *, by: str | None = None) -> None:
    """The member no longer sits in this room; their screens of it stop. Refused while they have the floor. Safe to
    repeat."""
    submit(room.stream, SeatTake(member.key), by=by)


@transaction.atomic
def move_member(member: Member, *, to: Room, by: str | None = None) -> None:
    """The member sits in this room and in no other small one that is not closed, and keeps what they spoke and are
    owed in the room they come from, a mute and their wishes about invitations; a hand that was up there goes on
    waiting. Refused while they have the floor. Safe to repeat."""
    hold_seating(member.assembly_id)
    seats = Seat.objects.filter(member=member, room__is_hall=False).exclude(room__stage="closed").exclude(room=to)
    left = [seat.room for seat in seats.select_related("room").order_by("room")]
    hold(*(room.stream for room in (*left, to)))
    hands = _hands_of(member, left)
    for room in left:
        unseat_member(room, member, by=by)
    for seat in _scribe_for(to, member):
        submit(to.stream, seat, by=by)
    submit(to.stream, replace(_seat_for(to, member), brings=_time_of(member, left), hands=hands), by=by)


def _time_of(member: Member, rooms: Sequence[Room]) -> Time | None:
    """What is on the account of this member in the last of these rooms in which they have one."""
    accounts = [load(room.stream).state.floor.people.get(member.key) for room in rooms]
    found = [account for account in accounts if account is not None]
    return time_of(found[-1]) if found else None


def _hands_of(member: Member, rooms: Sequence[Room]) -> tuple[Request, ...]:
    """The hands that are up in the last of these rooms."""
    if not rooms:
        return ()
    return hands_of(load(rooms[-1].stream).state.floor, member.key, clock.now())


@transaction.atomic
def refresh_seats(member: Member, *, by: str | None = None) -> None:
    """The member's languages or scribe have changed: tell the rooms they sit in. Safe to repeat."""
    for seat in Seat.objects.filter(member=member).exclude(room__stage="closed").select_related("room"):
        seat_member(seat.room, member, by=by)


def report_lag(stream: str, lag_ms: int) -> None:
    """The texts of this stream are so late: in an open room the gaps between turns follow. The translators' own door:
    no member has it, and other streams have no floor. Safe to repeat."""
    if parse_name(stream).kind == "room" and load(stream).state.phase == "open":
        submit(stream, LagReport(lag_ms))


def open_room(room: Room, *, by: str | None = None) -> None:
    """Let the talk begin. Safe to repeat."""
    submit(room.stream, RoomOpen(), by=by)


def close_room(room: Room, *, by: str | None = None) -> None:
    """End the talk. Safe to repeat."""
    submit(room.stream, RoomClose(), by=by)
