"""Rooms in which people want anything at any time, from one number."""

from __future__ import annotations

from random import Random

from floor.core.commands import (
    FloorGive,
    FloorPause,
    FloorResume,
    FloorSet,
    HandRaise,
    MemberArrive,
    MemberLeave,
    OfferAccept,
    SpeechStart,
    TurnEnd,
    TurnYield,
)
from floor.core.types import Mode
from kernel.errors import Refused
from recommendations.core.dissenting import DissentLeave, DissentRaise, DissentShare
from recommendations.core.drafting import DraftAccept, DraftSubmit, DraftWrite
from rooms.core.agenda import PointAdd, PointDrop, PointMove
from rooms.core.room import RoomCommand
from rooms.core.step import STEP_KINDS, ReadyDeclare, ReadyWithdraw, StepExtend, StepFinish, StepLeave, StepTake
from rooms.core.types import (
    ContributionMake,
    ItemOpen,
    MemberReadmit,
    MemberRemove,
    NoteMake,
    RoomClose,
    RoomOpen,
    SeatGive,
    SeatTake,
)
from tests.core.rooms.sitting import GUIDE, LANGUAGES, RoomSitting, opened

MODES: tuple[Mode, ...] = ("balanced", "chaired", "free")
MEMBERS = (*LANGUAGES, "eve")


def random_command(sitting: RoomSitting, chance: Random) -> tuple[str, RoomCommand]:
    """Somebody wants something, sensible or not."""
    member, other = chance.choice(MEMBERS), chance.choice(MEMBERS)
    draft = chance.choice([*sitting.room.drafts, "none"])
    state = sitting.room.drafts.get(draft)
    version = state.version if state else 0
    dissent = chance.choice([*(state.dissents if state else ()), "none"])
    step, seq = (sitting.room.step.key if sitting.room.step else "a"), sitting.room.step_seq
    point = chance.choice([*(each.key for each in sitting.room.agenda), "none"])
    own: list[RoomCommand] = [
        HandRaise(), HandRaise("order"), OfferAccept(), TurnYield(), SpeechStart(), ContributionMake("Hola", "es"),
        NoteMake("Ma", "it"), DraftWrite(None, 0, "Títol", "Text", "", "ca"), DraftAccept(draft, version),
        DraftWrite(draft, version, "", "Testo", "Perché", "it"), DraftSubmit(draft, version),
        ReadyDeclare(step), ReadyWithdraw(step), DissentRaise(draft, version, "Però no.", "ca"),
        DissentShare(draft, dissent), DissentLeave(draft, dissent, chance.choice(("integrated", "withdrawn"))),
    ]  # fmt: skip
    chairs: list[RoomCommand] = [
        FloorGive(other), FloorPause(), FloorResume(), FloorResume(), TurnEnd(), FloorSet(chance.choice(MODES)),
        ItemOpen("Next", "en"), ItemOpen(), PointAdd("Then", "en"), PointMove(point, 0), PointDrop(point),
        ItemOpen(point=point), MemberRemove(other), MemberReadmit(other), RoomOpen(), RoomOpen(),
        chance.choice((RoomClose(), RoomOpen())), MemberArrive(other), MemberArrive(other), MemberLeave(other),
        SeatGive(other, "citizen", ("es", "ca"), chance.choice(("es", "ca"))), SeatTake(other),
        StepTake(seq + chance.choice((0, 1)), chance.choice("abc"), chance.choice(STEP_KINDS), 0, 60_000,
                 chance.choice((None, *MODES)), chance.choice((None, 20_000))),
        StepExtend(step, 60), chance.choice((StepFinish(step), StepLeave(seq + 1))),
    ]  # fmt: skip
    return (member, chance.choice(own)) if chance.random() < 0.75 else (GUIDE, chance.choice(chairs))


def play(seed: int, *, acts: int = 80) -> RoomSitting:
    sitting, chance, second = opened(), Random(seed), 0.0
    for _ in range(acts):
        second += chance.choice((0, 0.5, chance.randint(0, 20)))
        by, command = random_command(sitting, chance)
        try:
            sitting.do(second, by, command)
        except Refused:
            continue
    return sitting
