"""Rooms led by simulated chairs, one fair and one who prefers a group, through the real rules of a room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from floor.core import machine
from floor.core.commands import (
    FloorGive,
    FloorSet,
    HandRaise,
    MemberArrive,
    OfferAccept,
    OfferDecline,
    TurnEnd,
    TurnExtend,
    TurnYield,
)
from floor.core.types import Limits
from live.core.kinds import Recorded
from rooms.core.control import ContributionHide
from rooms.core.types import NoteMake, RoomOpen, RoomState, SeatGive
from tests.core.rooms.sitting import GUIDE, RoomSitting

PEOPLE = tuple("abcdefghijkl")
FAVOURED = frozenset(PEOPLE[:6])


@dataclass(frozen=True, slots=True)
class Chair:
    """How somebody leads: how often they follow the rule, and what they do for the group they favour."""

    departs: float = 0.3
    """Part of the calls in which they choose by chance, and not by the rule."""
    passes_over: float = 0.0
    """Part of the calls in which somebody of the favoured group is called before one of the others."""
    cuts: float = 0.1
    cuts_others: float = 0.1
    """Part of the turns of the other group that are cut."""
    extends: float = 0.1
    extends_favoured: float = 0.1
    invites: float = 0.2
    """How often, between two turns, somebody is invited who has not asked; each may decline."""
    invites_favoured: float = 0.5
    """Part of the invitations that go to the favoured group."""
    hides: float = 0.05
    hides_others: float = 0.05
    """Part of the notes of the other group that are hidden."""


FAIR = Chair()
BIASED = Chair(passes_over=0.6)
STRICT_WITH_OTHERS = Chair(cuts_others=0.5)
GENEROUS = Chair(extends_favoured=0.5)
INVITING = Chair(invites_favoured=0.95)
HIDING = Chair(hides_others=0.5)


def lead(chair: Chair, seed: int, *, turns: int) -> Sequence[Recorded[RoomState]]:
    """The log of a room of twelve with so many turns."""
    chance, sitting, second = Random(seed), _opened(), 1.0
    for _ in range(turns):
        for member in chance.sample(PEOPLE, 4):
            sitting.do(second, member, HandRaise())
        second = _turn(sitting, chair, chance, _between(sitting, chair, chance, second))
    return [Recorded(f"room.{seed}", entry.seq, entry.at, entry.by, entry.event) for entry in sitting.log]


def _opened() -> RoomSitting:
    sitting = RoomSitting()
    sitting.do(0, None, SeatGive(GUIDE, "facilitator", ("en",), "en"))
    sitting.do(0, None, MemberArrive(GUIDE))
    for member in PEOPLE:
        sitting.do(0, None, SeatGive(member, "citizen", ("es",), "es"))
        sitting.do(0, None, MemberArrive(member))
    sitting.do(0, GUIDE, FloorSet("chaired", Limits(gap_ms=0)))
    sitting.do(0, GUIDE, RoomOpen())
    return sitting


def _between(sitting: RoomSitting, chair: Chair, chance: Random, second: float) -> float:
    """Somebody sends a note, which may be hidden; somebody who has not asked may be invited, and declines."""
    author = chance.choice(PEOPLE)
    sitting.do(second, author, NoteMake("Una nota.", "es"))
    note = next(reversed(sitting.room.said))
    if chance.random() < (chair.hides if author in FAVOURED else chair.hides_others):
        sitting.do(second, GUIDE, ContributionHide(note.words, "unrelated"))
    waiting = {request.member for request in sitting.room.floor.queue}
    favours = chance.random() < chair.invites_favoured
    silent = [key for key in PEOPLE if (key in FAVOURED) == favours and key not in waiting]
    if not silent or chance.random() >= chair.invites:
        return second
    invited = chance.choice(silent)
    sitting.do(second, GUIDE, FloorGive(invited))
    sitting.do(second + 1, invited, OfferDecline())
    return second + 2


def _turn(sitting: RoomSitting, chair: Chair, chance: Random, second: float) -> float:
    """Somebody is called, speaks, and yields or is cut; when it was over."""
    member = _called(sitting, chair, chance, second)
    sitting.do(second, GUIDE, FloorGive(member))
    if sitting.room.floor.phase.__class__.__name__ == "Offered":
        sitting.do(second, member, OfferAccept())
    if chance.random() < (chair.extends_favoured if member in FAVOURED else chair.extends):
        sitting.do(second + 5, GUIDE, TurnExtend(30))
    end = second + chance.uniform(10, 60)
    is_cut = chance.random() < (chair.cuts if member in FAVOURED else chair.cuts_others)
    sitting.do(end, GUIDE if is_cut else member, TurnEnd() if is_cut else TurnYield())
    return end + 1


def _called(sitting: RoomSitting, chair: Chair, chance: Random, second: float) -> str:
    at = sitting.log[-1].at
    suggested = machine.suggestion(sitting.room.floor, at) or PEOPLE[0]
    waiting = sorted({request.member for request in sitting.room.floor.queue})
    favoured = [member for member in waiting if member in FAVOURED]
    if suggested not in FAVOURED and favoured and chance.random() < chair.passes_over:
        return chance.choice(favoured)
    return chance.choice(waiting) if chance.random() < chair.departs else suggested
