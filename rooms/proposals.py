"""Proposals of rooms: asking for a composition, working it out, and making the rooms of a round."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import structlog
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from assemblies.models import Assembly, Member
from floor.core.types import Limits, Mode
from kernel import wire
from kernel.ids import new_key
from rooms.core.composition import Composed, Person, Question, Table, Wishes, chance_of, check
from rooms.core.composition_late import fitting
from rooms.core.composition_search import Tell, compose, tries_for
from rooms.models import Proposal, Room, Seat
from rooms.queries import guides_of, people_who_met, seatable, unseated
from rooms.services import close_room, create_room, seat_members
from translation.reach import translated_pairs

log = structlog.get_logger(__name__)
AT_ONCE = 60_000
"""Tries that are worked out while the page is waited for, in about a second; more go to a process of their own."""
CHAMBER = "chamber"


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


def person_of(member: Member, traits: Sequence[str]) -> Person:
    """A member as the composition sees them."""
    known = {**member.traits, CHAMBER: member.chamber}
    shown = tuple(f"{column}: {known[column]}" for column in traits if known.get(column))
    return Person(member.key, tuple(member.speaks), member.reads, shown)


@transaction.atomic
def propose(assembly: Assembly, order: Order, *, seed: str = "") -> Proposal:
    """Ask for rooms; refused where the wishes contradict one another. Small ones are worked out at once, the others
    after the commit. Each call makes another proposal."""
    members = seatable(assembly) if order.everybody else unseated(assembly)
    people = tuple(person_of(member, order.traits) for member in members)
    guides = tuple(person_of(member, ()) for member in guides_of(assembly))
    routes = routes_between([*people, *guides]) if order.translated else None
    wishes = replace(order.wishes, routes=routes, met=people_who_met(assembly))
    check(people, wishes)
    question = Question(people, guides, wishes, seed or new_key(), tries_for(len(people), wishes.rounds))
    proposal = Proposal.objects.create(
        assembly=assembly, question=wire.encode(question), traits=list(order.traits), everybody=order.everybody,
        mode=order.mode, limits=wire.encode(order.limits), latecomers=order.latecomers,
    )  # fmt: skip
    if question.tries <= AT_ONCE:
        _keep(proposal, answer_to(question))
    else:
        transaction.on_commit(lambda: _begin(proposal))
    return proposal


def answer_to(question: Question, tell: Tell = lambda percent: None) -> Composed:
    """The rooms that follow from a question."""
    chance = chance_of(question.seed)
    return Composed(
        compose(
            question.people, question.wishes, chance=chance, tries=question.tries, guides=question.guides, tell=tell
        )
    )


def question_of(proposal: Proposal) -> Question:
    """What was asked."""
    return wire.decode(Question, proposal.question)


def composed_of(proposal: Proposal) -> Composed | None:
    """What was answered, if it was."""
    return wire.decode(Composed, proposal.answer) if proposal.answer else None


# --- working it out beside the talk


def _begin(proposal: Proposal) -> None:
    threading.Thread(target=_work_out, args=(proposal,), name="composition", daemon=True).start()


def _work_out(proposal: Proposal) -> None:
    """In a thread that waits for a process: the search must not take the interpreter from those who talk."""
    try:
        for line in _searching(proposal.question):
            data = json.loads(line)
            if isinstance(data, int):
                Proposal.objects.filter(pk=proposal.pk).update(percent=data, heard_at=timezone.now())
            else:
                _keep(proposal, wire.decode(Composed, data))
    except Exception:
        log.exception("composition failed", proposal=proposal.pk)
    finally:
        connection.close()


def _searching(question: Any) -> Iterator[str]:
    command = [sys.executable, "-m", "rooms.composer"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as child:  # noqa: S603 (our own module)
        if child.stdin and child.stdout:
            child.stdin.write(json.dumps(question))
            child.stdin.close()
            yield from child.stdout


def _keep(proposal: Proposal, composed: Composed) -> None:
    proposal.answer, proposal.percent = wire.encode(composed), 100
    Proposal.objects.filter(pk=proposal.pk).update(answer=proposal.answer, percent=100, heard_at=timezone.now())


# --- making rooms of it


@transaction.atomic
def apply_round(proposal: Proposal, number: int, *, by: str | None = None) -> list[Room]:
    """Make the rooms of this round, counted from 1, and seat everybody who is still to be seated. The rooms in which
    the same people sat until now end. Safe to repeat: a round that was made is not made again."""
    assembly = Assembly.objects.select_for_update().get(pk=proposal.assembly_id)
    proposal.refresh_from_db()
    composed = composed_of(proposal)
    if composed is None or number != proposal.applied + 1 or number > len(composed.rounds):
        return []
    tables = composed.rounds[number - 1]
    if proposal.everybody or number > 1:
        _close_rooms_of(assembly, [key for table in tables for key in table.people], by=by)
    last = Room.objects.filter(assembly=assembly).aggregate(last=Max("round"))["last"] or 0
    waiting = {member.key: member for member in unseated(assembly)}
    guides = {member.key: member for member in guides_of(assembly)}
    rooms = []
    mode, limits = cast("Mode", proposal.mode), wire.decode(Limits, proposal.limits)
    for table in tables:
        room = create_room(assembly, mode=mode, limits=limits, round_number=last + 1)
        seated = [waiting.pop(key) for key in table.people if key in waiting]
        seat_members(room, [*seated, *([guides[table.guide]] if table.guide in guides else [])], by=by)
        rooms.append(room)
    Proposal.objects.filter(pk=proposal.pk).update(applied=number)
    for member in waiting.values():
        place_latecomer(member, by=by)
    return rooms


def _close_rooms_of(assembly: Assembly, keys: Iterable[str], *, by: str | None) -> None:
    seats = Seat.objects.filter(room__assembly=assembly, member__in=list(keys)).exclude(role="facilitator")
    for room in Room.objects.filter(pk__in=seats.values("room")).exclude(stage="closed").order_by("pk"):
        close_room(room, by=by)


# --- those who come later


def applied_to(assembly: Assembly) -> Proposal | None:
    """The proposal that the rooms of this assembly follow; one query."""
    return Proposal.objects.filter(assembly=assembly, applied__gt=0).order_by("pk").last()


@transaction.atomic
def place_latecomer(member: Member, *, by: str | None = None) -> Room | None:
    """Who has no seat gets the room that fits by the rule of the composition, unless the organiser places by hand or
    none fits; then they wait in the lobby. Safe to repeat."""
    proposal = applied_to(member.assembly)
    if proposal is None or proposal.latecomers != "rule":
        return None
    if not unseated(member.assembly).filter(pk=member.pk).exists():
        return None
    rooms = list(Room.objects.filter(assembly=member.assembly, round__gt=0).exclude(stage="closed").order_by("pk"))
    seats = Seat.objects.filter(room__in=rooms, removed=False).select_related("member")
    traits = tuple(proposal.traits)
    person = person_of(member, traits)
    here = {seat.member_id: person_of(seat.member, traits) for seat in seats if seat.role != "facilitator"}
    guides = {seat.member_id: person_of(seat.member, ()) for seat in seats if seat.role == "facilitator"}
    tables = [_table_of(room, seats) for room in rooms]
    wishes = _with_languages_of(question_of(proposal).wishes, [*here.values(), *guides.values(), person])
    found = fitting(person, tables, here, wishes, guides)
    if found is None:
        return None
    seat_members(rooms[found], [member], by=by)
    return rooms[found]


def _with_languages_of(wishes: Wishes, people: Iterable[Person]) -> Wishes:
    """The same wishes where other languages are spoken than when they were made."""
    return wishes if wishes.routes is None else replace(wishes, routes=routes_between(people))


def routes_between(people: Iterable[Person]) -> frozenset[tuple[str, str]]:
    """What this installation translates of the languages these people speak and read."""
    return translated_pairs({lang for person in people for lang in (*person.speaks, person.reads)})


def _table_of(room: Room, seats: Iterable[Seat]) -> Table:
    here = [seat for seat in seats if seat.room_id == room.pk]
    guides = [seat.member_id for seat in here if seat.role == "facilitator"]
    people = tuple(seat.member_id for seat in here if seat.role != "facilitator")
    return Table(people, guides[0] if guides else None)
