"""More time for who needs it: private rows, which decisions about the floor respect and no room tells.

Source: methods, section 3.3 (weights), after Rule 171(4)(d) of the European Parliament.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import connection, transaction

from assemblies.models import Member
from kernel import clock
from live.names import parse_name
from rooms.models import Accommodation

USUAL = 100
_CURRENT = """SELECT seat.room_id, member.key, given.percent FROM rooms_accommodation AS given
    JOIN assemblies_member AS member ON member.id = given.member_id
    JOIN rooms_seat AS seat ON seat.member_id = member.key WHERE given.ended_at IS NULL AND seat.room_id IN"""
"""Asked once for every batch of the log writer, hence without a query set."""


def weights_of(streams: Collection[str]) -> Mapping[str, Mapping[str, int]]:
    """Who in these rooms gets which percent of an equal part; rooms where nobody does are absent. One query."""
    names = {parse_name(stream).id: stream for stream in streams}
    weights: defaultdict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(f"{_CURRENT} ({', '.join(['%s'] * len(names))})", [*names])
        for room, key, percent in cursor.fetchall():
            weights[names[room]][key] = percent
    return weights


def percent_of(member: Member) -> int:
    """What this person gets of an equal part; one query."""
    current = member.accommodations.filter(ended_at=None).first()
    return current.percent if current else USUAL


@transaction.atomic
def accommodate(member: Member, percent: int, *, by: str) -> None:
    """Let this person have 100, 125 or 150 percent of an equal part, from the next act in their room on. Safe to
    repeat."""
    Member.objects.select_for_update().get(pk=member.pk)
    current = member.accommodations.filter(ended_at=None).first()
    if percent == (current.percent if current else USUAL):
        return
    now = clock.now()
    if current:
        Accommodation.objects.filter(pk=current.pk).update(ended_at=now, ended_by=by)
    if percent != USUAL:
        Accommodation.objects.create(member=member, percent=percent, set_by=by, set_at=now)
