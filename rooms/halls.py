"""The hall: the room in which the plenary debates, with everybody in it and speaking time for each chamber."""

from __future__ import annotations

from django.db import transaction

from assemblies.models import Assembly, Member
from assemblies.queries import members, reading_languages
from floor.core.commands import GroupForm
from kernel.errors import Refused
from live.services import submit
from rooms.models import Room
from rooms.queries import hall_of, state_of
from rooms.services import create_room, hold_seating, open_room, seat_members
from translation.services import open_feed

LONGEST_MINUTES = 12 * 60
"""Speaking time that a chamber may be given for one debate."""


@transaction.atomic
def open_debate(assembly: Assembly, *, minutes: int = 0, by: str | None = None) -> Room:
    """Every citizen sits in the hall, the chair calls who speaks, and each chamber has so many minutes; 0: none is
    counted. Safe to repeat: a debate that has not ended goes on as it is."""
    if not 0 <= minutes <= LONGEST_MINUTES:
        raise Refused("floor.bad_limits", field="seconds")
    hold_seating(assembly.pk)
    found = hall_of(assembly.pk)
    if found is not None and found.stage != "closed":
        return found
    citizens = list(members(assembly).filter(role="citizen").select_related("scribe"))
    hall = create_room(assembly, mode="chaired", is_hall=True)
    seat_members(hall, citizens, by=by)
    for chamber in sorted({each.chamber for each in citizens if each.chamber and minutes}):
        keys = tuple(each.key for each in citizens if each.chamber == chamber)
        submit(hall.stream, GroupForm(chamber, keys, minutes * 60), by=by)
    for lang in sorted({*assembly.languages, *reading_languages(assembly.pk)}):
        open_feed(hall.stream, lang)
    open_room(hall, by=by)
    return hall


@transaction.atomic
def join_debate(member: Member, *, by: str | None = None) -> None:
    """Who joins while the plenary debates sits in the hall, and speaks from what is left to the chamber. Safe to
    repeat."""
    hall = hall_of(member.assembly_id)
    if hall is None or hall.stage == "closed" or member.role != "citizen":
        return
    seat_members(hall, [member], by=by)
    budget = state_of(hall).floor.groups.get(member.chamber)
    if budget is not None and member.key not in budget.members:
        submit(hall.stream, GroupForm(member.chamber, (*budget.members, member.key), None), by=by)
