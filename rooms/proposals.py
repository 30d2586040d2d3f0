"""Proposals of rooms: asking for a composition, working it out, and making the rooms of a round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import cast

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from assemblies.models import Assembly
from floor.core.types import Limits, Mode
from kernel import wire
from kernel.errors import Refused
from kernel.ids import new_key
from rooms.core.composition import FEWEST, Composed, Question, Table, Wishes, check
from rooms.core.composition_search import tries_for
from rooms.latecomers import place_latecomer
from rooms.models import Proposal, Room, Seat
from rooms.people import composed_of, person_of, routes_between
from rooms.queries import guides_of, people_who_met, seatable, unseated
from rooms.searching import begin, search_now
from rooms.services import close_room, create_room, hold_seating, seat_members

AT_ONCE = 60_000
"""Tries that are waited for with the page, a second or two; more are worked out beside it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What an organiser asks for beside the wishes: whom to seat, what to mix, how the floor goes round."""

    wishes: Wishes
    traits: tuple[str, ...] = ()
    """Columns of the members' list, and `CHAMBER`."""
    everybody: bool = False
    """A next round for all, not only rooms for those without a seat."""
    translated: bool = True
    """Whether people must understand each other by what is translated here; otherwise interpreters see to it."""
    mode: Mode = "balanced"
    limits: Limits = field(default_factory=Limits)
    latecomers: str = "rule"


def propose(assembly: Assembly, order: Order, *, seed: str = "") -> Proposal:
    """Ask for rooms; refused where the wishes contradict one another. Small ones are waited for, with no transaction
    open, the others worked out after the commit. Each call makes another proposal and gives up one of this assembly
    that is still worked out."""
    question = _question(assembly, order, seed or new_key())
    if question.tries > AT_ONCE:
        return _store(assembly, order, question, begins=True)
    return _store(assembly, order, question, search_now(question))


def _question(assembly: Assembly, order: Order, seed: str) -> Question:
    members = seatable(assembly) if order.everybody else unseated(assembly)
    people = tuple(person_of(member, order.traits) for member in members)
    guides = tuple(person_of(member, ()) for member in guides_of(assembly))
    routes = routes_between([*people, *guides]) if order.translated else None
    wishes = replace(order.wishes, routes=routes, met=people_who_met(assembly))
    check(people, wishes)
    return Question(people, guides, wishes, seed, tries_for(len(people), wishes.rounds))


@transaction.atomic
def _store(
    assembly: Assembly, order: Order, question: Question, composed: Composed | None = None, *, begins: bool = False
) -> Proposal:
    hold_seating(assembly.pk)
    Proposal.objects.filter(assembly=assembly, answer__isnull=True).delete()
    proposal = Proposal.objects.create(
        assembly=assembly, question=wire.encode(question), traits=list(order.traits), everybody=order.everybody,
        mode=order.mode, limits=wire.encode(order.limits), latecomers=order.latecomers,
        answer=wire.encode(composed) if composed else None, percent=100 if composed else 0,
        heard_at=timezone.now() if composed or begins else None,
    )  # fmt: skip
    if begins:
        transaction.on_commit(lambda: begin(proposal))
    return proposal


# --- making rooms of it


@transaction.atomic
def apply_round(proposal: Proposal, number: int, *, by: str | None = None) -> list[Room]:
    """Make the rooms of this round, counted from 1, and seat everybody who is still to be seated. Where it seats
    everybody anew, or follows another round, the rooms in which the same people sat until now end. A room of which too
    few are still to be seated is not made; refused where that is every room. Safe to repeat: a round that was made is
    not made again."""
    assembly = hold_seating(proposal.assembly_id)
    proposal.refresh_from_db()
    composed = composed_of(proposal)
    if composed is None or number != proposal.applied + 1 or number > len(composed.rounds):
        return []
    tables = composed.rounds[number - 1]
    if _ends_rooms(proposal, number):
        for room in _rooms_of(assembly.pk, tables):
            close_room(room, by=by)
    last = Room.objects.filter(assembly=assembly).aggregate(last=Max("round"))["last"] or 0
    waiting = {member.key: member for member in unseated(assembly)}
    guides = {member.key: member for member in guides_of(assembly)}
    filled = [(table, [key for key in table.people if key in waiting]) for table in tables]
    filled = [(table, keys) for table, keys in filled if len(keys) >= FEWEST]
    if tables and not filled:
        raise Refused("rooms.outdated")
    rooms = []
    mode, limits = cast("Mode", proposal.mode), wire.decode(Limits, proposal.limits)
    for table, keys in filled:
        room = create_room(assembly, mode=mode, limits=limits, round_number=last + 1)
        seated = [waiting.pop(key) for key in keys]
        seat_members(room, [*seated, *([guides[table.guide]] if table.guide in guides else [])], by=by)
        rooms.append(room)
    Proposal.objects.filter(pk=proposal.pk).update(applied=number)
    for member in waiting.values():
        place_latecomer(member, by=by)
    return rooms


def led_elsewhere(proposal: Proposal) -> dict[str, list[int]]:
    """The facilitators of the next round to be made who have another room that will not end by it, with the numbers of
    those rooms."""
    composed = composed_of(proposal)
    if composed is None or proposal.applied == len(composed.rounds):
        return {}
    tables = composed.rounds[proposal.applied]
    seats = Seat.objects.filter(room__assembly=proposal.assembly_id, role="facilitator", removed=False)
    seats = seats.filter(member__key__in=[table.guide for table in tables if table.guide]).exclude(room__stage="closed")
    if _ends_rooms(proposal, proposal.applied + 1):
        seats = seats.exclude(room__in=_rooms_of(proposal.assembly_id, tables))
    found: dict[str, list[int]] = {}
    for key, number in seats.order_by("room__number").values_list("member__key", "room__number"):
        found.setdefault(key, []).append(number)
    return found


def _ends_rooms(proposal: Proposal, number: int) -> bool:
    return proposal.everybody or number > 1


def _rooms_of(assembly: int, tables: Iterable[Table]) -> QuerySet[Room]:
    """The rooms that have not ended in which the people of these tables sit now."""
    keys = [key for table in tables for key in table.people]
    seats = Seat.objects.filter(room__assembly=assembly, room__is_hall=False, member__key__in=keys)
    seats = seats.exclude(role="facilitator")
    return Room.objects.filter(pk__in=seats.values("room")).exclude(stage="closed").order_by("pk")
