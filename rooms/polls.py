"""Answering a poll, and counting: who has answered stands in one table, how many chose what in another.

Nothing that is kept links the two: no time, no order, no event. An answer changes a number and leaves a mark; closing
reads the numbers, and both are deleted. Whoever can watch the database while people answer could see more.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F

from kernel.errors import Refused
from live.core.actors import Actor
from live.services import hold
from rooms.core.poll import PollClose, PollOpen
from rooms.core.polling import poll_of
from rooms.core.step import StepLeave
from rooms.core.types import SPEAKING_ROLES, RoomClose, RoomState
from rooms.models import PollCount, PollMark, Room
from rooms.queries import state_of


@transaction.atomic
def answer_poll(room: Room, key: str, *, actor: Actor, choice: int) -> None:
    """Count one answer. A second one of the same person is refused. Waits for a closing that goes on, and the other way
    round."""
    hold(room.stream)
    state = state_of(room)
    _refuse_stranger(state, actor.key)
    poll = poll_of(state.polls, key)
    if not poll.is_open:
        raise Refused("poll.closed")
    count_answer(key, actor.key, choice, choices=poll.choices)


def count_answer(poll: str, member: str, choice: int, *, choices: int) -> None:
    """Count one answer within the caller's transaction; a second one of the same person is refused."""
    if not 0 <= choice < choices:
        raise Refused("poll.bad_choice")
    _mark(poll, member)
    PollCount.objects.get_or_create(poll=poll, choice=choice)
    PollCount.objects.filter(poll=poll, choice=choice).update(count=F("count") + 1)


def has_answered(polls: Iterable[str], member: str) -> set[str]:
    """Which of these the member has answered; one query."""
    return set(PollMark.objects.filter(poll__in=list(polls), member=member).values_list("poll", flat=True))


def _refuse_stranger(state: RoomState, member: str) -> None:
    seat = state.seats.get(member)
    if seat is None or seat.removed or seat.role not in SPEAKING_ROLES:
        raise Refused("poll.not_yours")


def _mark(poll: str, member: str) -> None:
    try:
        with transaction.atomic():
            PollMark.objects.create(poll=poll, member=member)
    except IntegrityError as error:
        raise Refused("poll.already_answered") from error


def counts_for(state: RoomState, command: object) -> tuple[int, ...] | None:
    """What was counted of the poll that is being closed, by itself, with its room, by the clock or for the next
    question, by choice; one query."""
    poll = state.polls.get(command.poll) if isinstance(command, PollClose) else None
    if command is None or isinstance(command, RoomClose | StepLeave | PollOpen):
        poll = next((each for each in state.polls.values() if each.is_open), None)
    if poll is None:
        return None
    return counted(poll.key, poll.choices)


def counted(poll: str, choices: int) -> tuple[int, ...]:
    """The numbers of a poll that goes on, by choice; one query."""
    found = dict(PollCount.objects.filter(poll=poll).values_list("choice", "count"))
    return tuple(found.get(choice, 0) for choice in range(choices))


def forget_answers(poll: str) -> None:
    """Delete marks and numbers of a poll that is over. Safe to repeat."""
    PollMark.objects.filter(poll=poll).delete()
    PollCount.objects.filter(poll=poll).delete()
