"""Making rooms, seating people, opening and closing: what an organiser's pages and command line do."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import Max

from assemblies.models import Assembly, Member
from floor.core.commands import FloorSet
from floor.core.types import Limits, Mode
from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from kernel.wire import decode
from live.log import Submission, write
from live.services import announce, create_stream, submit
from rooms.core.composition import Composition, Person, Wishes, chance_of, compose
from rooms.core.types import RoomClose, RoomOpen, SeatGive, SeatTake
from rooms.models import Room, Seat
from rooms.queries import people_who_met, unseated

TRIES = 20_000
"""Swaps considered when rooms are composed; part of what makes the result repeatable."""


@transaction.atomic
def create_room(
    assembly: Assembly, *, title: str = "", title_lang: str = "", mode: Mode = "balanced",
    limits: Limits | None = None, opens_at: int | None = None,
) -> Room:  # fmt: skip
    """A new, empty, waiting room with the next free number. Each call makes another."""
    Assembly.objects.select_for_update().get(pk=assembly.pk)
    last = Room.objects.filter(assembly=assembly).aggregate(last=Max("number"))["last"] or 0
    room = Room.objects.create(
        assembly=assembly,
        number=last + 1,
        title=clean_text(title, limit=120) if title.strip() else "",
        title_lang=language(title_lang or assembly.lang).code,
        mode=mode,
        opens_at=opens_at,
    )
    create_stream(room.stream)
    set_floor(room, mode=mode, limits=limits or Limits())
    return room


def set_floor(room: Room, *, mode: Mode, limits: Limits, by: str | None = None) -> None:
    """Mode and limits of the floor. Safe to repeat."""
    with transaction.atomic():
        submit(room.stream, FloorSet(mode, limits), by=by)
        Room.objects.filter(pk=room.pk).update(mode=mode)


def seat_member(room: Room, member: Member, *, by: str | None = None) -> None:
    """The member sits in this room, in the role and languages they have now. Safe to repeat."""
    submit(room.stream, _seat_for(room, member), by=by)


@transaction.atomic
def seat_members(room: Room, members: Sequence[Member], *, by: str | None = None) -> None:
    """All these members sit in this room, or none of them if one is refused. Safe to repeat."""
    written = write([Submission(room.stream, _seat_for(room, member), by) for member in members])
    transaction.on_commit(lambda: announce(written.published))
    for answer in written.answers:
        if isinstance(answer, Refused):
            raise answer


def _seat_for(room: Room, member: Member) -> SeatGive:
    if member.assembly_id != room.assembly_id or member.removed_at is not None:
        raise Refused("room.not_a_member")
    speaks = member.speaks or [member.reads]
    return decode(SeatGive, {"member": member.key, "role": member.role, "speaks": speaks, "reads": member.reads})


def unseat_member(room: Room, member: Member, *, by: str | None = None) -> None:
    """The member no longer sits in this room; their screens of it stop. Safe to repeat."""
    submit(room.stream, SeatTake(member.key), by=by)


@transaction.atomic
def move_member(member: Member, *, to: Room, by: str | None = None) -> None:
    """The member sits in this room and in no other that is not closed. Safe to repeat."""
    seats = Seat.objects.filter(member=member).exclude(room__stage="closed").select_related("room")
    rooms = {to.pk: to, **{seat.room_id: seat.room for seat in seats}}
    for _, room in sorted(rooms.items()):
        if room == to:
            seat_member(room, member, by=by)
        else:
            unseat_member(room, member, by=by)


@transaction.atomic
def refresh_seats(member: Member) -> None:
    """The member's languages have changed: tell the rooms they sit in. Safe to repeat."""
    for seat in Seat.objects.filter(member=member).exclude(room__stage="closed").select_related("room"):
        seat_member(seat.room, member)


def open_room(room: Room, *, by: str | None = None) -> None:
    """Let the talk begin. Safe to repeat."""
    submit(room.stream, RoomOpen(), by=by)


def close_room(room: Room, *, by: str | None = None) -> None:
    """End the talk. Safe to repeat."""
    submit(room.stream, RoomClose(), by=by)


def compose_rooms(
    assembly: Assembly, *, size: int = 8, seed: str, routes: frozenset[tuple[str, str]] | None = None,
    mode: Mode = "balanced", limits: Limits | None = None, tries: int = TRIES,
) -> tuple[list[Room], Composition]:  # fmt: skip
    """Rooms for all who have no seat, and a facilitator for each as far as they reach.

    The same people, seed and tries give the same rooms. `routes` are the language pairs (from, to) that can be
    translated; None means all. The composition names the pairs who could not be given a common understanding.
    A second call seats only who is still without a seat; one at the same time is refused.
    """
    if not 2 <= size <= 15:
        raise Refused("rooms.bad_size", least=2, most=15)
    members = {member.key: member for member in unseated(assembly)}
    wishes = Wishes(size=size, routes=routes, met=people_who_met(assembly))
    people = [_person(member) for member in members.values()]
    composition = compose(people, wishes, chance=chance_of(seed), tries=tries)
    guides = Member.objects.filter(assembly=assembly, role="facilitator", removed_at=None).order_by("pk")
    with transaction.atomic():
        Assembly.objects.select_for_update().get(pk=assembly.pk)
        if list(unseated(assembly).values_list("key", flat=True)) != list(members):
            raise Refused("rooms.changed_meanwhile")
        rooms = [create_room(assembly, mode=mode, limits=limits) for _ in composition.rooms]
        for room, keys, guide in zip(rooms, composition.rooms, _in_turn(guides), strict=False):
            seat_members(room, [*(members[key] for key in keys), *guide])
    return rooms, composition


def _in_turn(guides: Iterable[Member]) -> Iterator[Sequence[Member]]:
    """One facilitator after the other, again and again; nobody where there is none."""
    return itertools.cycle([[guide] for guide in guides] or [[]])


def _person(member: Member) -> Person:
    traits = (member.chamber,) if member.chamber else ()
    return Person(member.key, tuple(member.speaks), member.reads, traits)
