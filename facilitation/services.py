"""What is done to many rooms or seats at once, and to the lead of a room."""

from __future__ import annotations

import datetime

from django.db import transaction

from assemblies.models import Assembly, Member
from facilitation.core.chairs import charge_of
from facilitation.core.chairs_types import RoomReturn, RoomTake
from facilitation.queries import chairs_state
from live.names import stream_name
from live.services import create_stream, hold, submit
from rooms.models import Room, Seat
from rooms.queries import small_rooms
from rooms.services import move_member, seat_member, unseat_member


def plan_opening(assembly: Assembly, opens_at: datetime.datetime | None) -> int:
    """Every waiting room is announced for this moment, or for none. Safe to repeat."""
    planned = int(opens_at.timestamp() * 1000) if opens_at else None
    return small_rooms(assembly.pk).filter(stage="waiting").update(opens_at=planned)


@transaction.atomic
def place(member: Member, room: Room | None, *, also: bool, by: str) -> None:
    """Seat somebody in a room, there alone or also there; without a room, in no small one. Safe to repeat."""
    if room is None:
        seats = Seat.objects.filter(member=member, room__is_hall=False).exclude(room__stage="closed")
        for seat in seats.select_related("room"):
            unseat_member(seat.room, member, by=by)
    elif also:
        seat_member(room, member, by=by)
    else:
        move_member(member, to=room, by=by)


@transaction.atomic
def take_room(room: Room, member: Member) -> None:
    """Lead a room that nobody leads now, with a seat there; who took it over before and vanished loses theirs.

    Of two who ask at once one gets it, the other is refused and told who. Safe to repeat.
    """
    stream = stream_name("chairs", room.assembly_id)
    create_stream(stream)
    hold(stream, room.stream)
    before = charge_of(chairs_state(room.assembly_id), room.pk)
    submit(stream, RoomTake(room.pk), by=member.key)
    now = charge_of(chairs_state(room.assembly_id), room.pk)
    if now is None or now == before:
        return
    if now.seated:
        seat_member(room, member, by=member.key)
    if before and before.seated:
        unseat_member(room, Member.objects.get(key=before.member), by=member.key)


@transaction.atomic
def return_room(room: Room, member: Member) -> None:
    """Give back a room that this member took over, and the seat that came with it. Safe to repeat."""
    stream = stream_name("chairs", room.assembly_id)
    create_stream(stream)
    hold(stream, room.stream)
    charge = charge_of(chairs_state(room.assembly_id), room.pk)
    submit(stream, RoomReturn(room.pk), by=member.key)
    if charge and charge.member == member.key and charge.seated:
        unseat_member(room, member, by=member.key)
