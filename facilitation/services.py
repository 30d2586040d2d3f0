"""What an organiser does to many rooms or seats at once."""

from __future__ import annotations

import datetime

from django.db import transaction

from assemblies.models import Assembly, Member
from rooms.models import Room, Seat
from rooms.services import move_member, seat_member, unseat_member


def plan_opening(assembly: Assembly, opens_at: datetime.datetime | None) -> int:
    """Every waiting room is announced for this moment, or for none. Safe to repeat."""
    planned = int(opens_at.timestamp() * 1000) if opens_at else None
    return Room.objects.filter(assembly=assembly, stage="waiting").update(opens_at=planned)


@transaction.atomic
def place(member: Member, room: Room | None, *, also: bool, by: str) -> None:
    """Seat somebody in a room, there alone or also there; without a room, nowhere. Safe to repeat."""
    if room is None:
        for seat in Seat.objects.filter(member=member).exclude(room__stage="closed").select_related("room"):
            unseat_member(seat.room, member, by=by)
    elif also:
        seat_member(room, member, by=by)
    else:
        move_member(member, to=room, by=by)
