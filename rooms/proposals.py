"""Proposals of rooms: asking for a composition, working it out, and making the rooms of a round."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

import structlog
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from assemblies.models import Assembly
from floor.core.types import Limits, Mode
from kernel import wire
from kernel.ids import new_key
from rooms.core.composition import Composed, Question, Wishes, check
from rooms.core.composition_search import answer_to, tries_for
from rooms.latecomers import place_latecomer
from rooms.models import Proposal, Room, Seat
from rooms.people import composed_of, person_of, routes_between
from rooms.queries import guides_of, people_who_met, seatable, unseated
from rooms.services import close_room, create_room, hold_seating, seat_members

log = structlog.get_logger(__name__)
AT_ONCE = 60_000
"""Tries that are worked out while the page is waited for, in about a second; more go to a process of their own."""


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
    assembly = hold_seating(proposal.assembly_id)
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
