"""The temperature of drafts without a script: asked, answered in secret, told when enough have answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kernel.errors import Refused
from live.names import parse_name
from live.registry import DOORS
from live.services import submit
from recommendations.core.drafting import DraftState
from rooms.core.poll import LEAST_SEATS, Poll, TemperatureAsk
from rooms.core.types import SPEAKING_ROLES, RoomState
from rooms.models import Room
from rooms.polls import answer_poll, has_answered

ANSWER, ASK = "temperature.answer", "temperature.ask"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the room was asked about one version, for one reader; `counts` with the names of the steps."""

    poll: Poll
    may_answer: bool
    counts: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Temperature:
    """Of one draft: what was asked, and whether it can be asked about the version that counts."""

    asked: Sequence[Asked]
    may_ask: bool


def steps() -> list[str]:
    """The scale of five in words."""
    return [_("strongly against"), _("rather against"), _("undecided"), _("rather for"), _("strongly for")]


def answered(room: RoomState, member: str) -> set[str]:
    """The open polls that this member has answered; one query where one is open."""
    open_ones = [key for key, poll in room.polls.items() if poll.is_open]
    return has_answered(open_ones, member) if open_ones else set()


def temperature(room: RoomState, draft: DraftState, member: str, done: set[str]) -> Temperature:
    """What this member sees of the temperature of a draft; `done` are the polls that they have answered."""
    speaks = room.phase == "open" and member in room.floor.people
    found = [poll for poll in room.polls.values() if poll.draft == draft.key]
    asked = [
        Asked(
            poll,
            speaks and poll.is_open and poll.key not in done,
            list(zip(steps(), poll.counts, strict=True)) if poll.counts else (),
        )
        for poll in found
    ]
    return Temperature(asked, speaks and _can_be_asked(room, draft))


def _can_be_asked(room: RoomState, draft: DraftState) -> bool:
    seats = sum(seat.role in SPEAKING_ROLES and not seat.removed for seat in room.seats.values())
    before = any((each.draft, each.version) == (draft.key, draft.version) for each in room.polls.values())
    is_free = not any(each.is_open for each in room.polls.values())
    return seats >= LEAST_SEATS and is_free and not before and not draft.submitted


def act(request: Any, room: Room) -> None:
    """Ask or answer as a form says, through the doors that a socket's command and a program's answer take."""
    form = request.POST
    if form["act"] == ANSWER:
        answer_poll(room, form.get("poll", ""), actor=request.actor, choice=_number(form.get("choice", ""), wrong=-1))
        return
    command = TemperatureAsk(form.get("draft", ""), _number(form.get("version", ""), wrong=0))
    if not DOORS[ASK].may(request.actor, parse_name(room.stream), command):
        raise Refused("command.not_yours", command="")
    submit(room.stream, command, by=request.actor.key)


def _number(text: str, *, wrong: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else wrong
