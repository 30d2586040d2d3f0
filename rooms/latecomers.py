"""Seating those who join when rooms have been composed already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from assemblies.models import Assembly, Member
from kernel.errors import Refused
from rooms.core.composition import Person, Table, Wishes
from rooms.core.composition_late import fitting
from rooms.core.types import SPEAKING_ROLES
from rooms.models import Proposal, Room, Seat
from rooms.people import person_of, question_of, routes_between
from rooms.queries import unseated
from rooms.services import hold_seating, seat_members


def applied_to(assembly: Assembly) -> Proposal | None:
    """The proposal that the rooms of this assembly follow; one query."""
    return Proposal.objects.filter(assembly=assembly, applied__gt=0).order_by("pk").last()


@transaction.atomic
def place_latecomer(member: Member, *, by: str | None = None) -> Room | None:
    """Who has no seat gets the room that fits by the rule of the composition, unless the organiser places by hand or
    none fits; then they wait in the lobby. Of those who come at once each sees where the others went. Safe to
    repeat."""
    proposal = applied_to(member.assembly)
    if proposal is None or proposal.latecomers != "rule":
        return None
    hold_seating(member.assembly_id)
    if not unseated(member.assembly).filter(pk=member.pk).exists():
        return None
    room = _room_for(member, proposal)
    if room is None:
        return None
    try:
        seat_members(room, [member], by=by)
    except Refused as refused:
        if refused.code not in ("room.closed", "room.locked"):
            raise
        return None  # nobody comes in there now: the lobby is where they are
    return room


def _room_for(member: Member, proposal: Proposal) -> Room | None:
    rooms = list(Room.objects.filter(assembly=member.assembly, round__gt=0).exclude(stage="closed").order_by("pk"))
    seats = list(Seat.objects.filter(room__in=rooms, removed=False).select_related("member"))
    traits = tuple(proposal.traits)
    person = person_of(member, traits)
    here = {seat.member_id: person_of(seat.member, traits) for seat in seats if seat.role in SPEAKING_ROLES}
    guides = {seat.member_id: person_of(seat.member, ()) for seat in seats if seat.role == "facilitator"}
    wishes = _with_languages_of(question_of(proposal).wishes, [*here.values(), *guides.values(), person])
    found = fitting(person, _tables_of(rooms, seats), here, wishes, guides)
    return None if found is None else rooms[found]


def _with_languages_of(wishes: Wishes, people: Iterable[Person]) -> Wishes:
    """The same wishes where other languages are spoken than when they were made."""
    return wishes if wishes.routes is None else replace(wishes, routes=routes_between(people))


def _tables_of(rooms: Iterable[Room], seats: Iterable[Seat]) -> list[Table]:
    here = defaultdict[int, list[Seat]](list)
    for seat in seats:
        here[seat.room_id].append(seat)
    return [_table_of(here[room.pk]) for room in rooms]


def _table_of(seats: Iterable[Seat]) -> Table:
    guide = next((seat.member_id for seat in seats if seat.role == "facilitator"), None)
    return Table(tuple(seat.member_id for seat in seats if seat.role in SPEAKING_ROLES), guide)
