"""Writing of a sitting: its stream, and telling rooms what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import structlog

from assemblies.models import Assembly
from kernel import clock
from kernel.errors import Refused
from live import queries as words
from live.core.kinds import WordsShown
from live.log import Submission, write
from live.services import announce, create_stream, submit
from rooms.core.poll import PollClose, PollOpen
from rooms.core.step import StepLeave, StepTake
from rooms.core.types import RoomOpen
from rooms.models import Room
from rooms.queries import state_of
from sittings import queries
from sittings.core.sitting import current_step
from sittings.core.types import AgendaStep, RoomsTell, SittingState
from sittings.wording import usual_question
from translation.replacing import carry_over

log = structlog.get_logger(__name__)


def create_sitting(assembly_id: int) -> str:
    """The sitting's stream, made if it is not there. Safe to repeat."""
    create_stream(queries.sitting_of(assembly_id))
    return queries.sitting_of(assembly_id)


def conduct(assembly_id: int) -> None:
    """Tell rooms what they have not heard of the sitting, and the sitting which rooms are ready.

    Safe to repeat, by any process at any time: what a room is told bears the number of the sitting's event, and a
    room takes no number twice. Not within a transaction: the sitting's event must be stored first.
    """
    state = queries.state_of(assembly_id)
    rooms = queries.rooms_to_tell(assembly_id, state, clock.now())
    question = _question_of(assembly_id, state) if rooms else None
    written = write([told for room in rooms for told in _told(room, state, question)])
    announce(written.published)
    for answer in written.answers:
        if isinstance(answer, Refused):
            log.warning("a room did not follow the sitting", assembly=assembly_id, code=answer.code)
    if question:
        _carry_over(state, question, rooms)
    _hear(assembly_id, state)


def _carry_over(state: SittingState, question: WordsShown, rooms: Sequence[Room]) -> None:
    """What a translator signed of the question stands in every room that is asked it."""
    step = current_step(state)
    for room in rooms:
        asked = words.words(poll.question for poll in state_of(room).polls.values() if poll.is_open and poll.question)
        copies = {key: step.title for key, each in asked.items() if each == question and step and step.title}
        carry_over(room.stream, copies)


def _told(room: Room, state: SittingState, question: WordsShown | None) -> Iterator[Submission]:
    step = current_step(state)
    for poll in _polls_to_close(room, state):
        yield Submission(room.stream, PollClose(poll), state.told_by)
    if step is None or state.ends_at is None:
        yield Submission(room.stream, StepLeave(state.told_seq), state.told_by)
        return
    if room.stage == "waiting":
        yield Submission(room.stream, RoomOpen(), state.told_by)
    yield Submission(room.stream, _take(step, state.told_seq, state.ends_at), state.told_by)
    if question:
        # The same reference has one effect, so that a step told twice asks once.
        asked = PollOpen(question.text, (), question.lang)
        yield Submission(room.stream, asked, ref=f"step {step.key}")


def _polls_to_close(room: Room, state: SittingState) -> list[str]:
    """A temperature check ends with its step."""
    passed = {step.key for step in state.agenda if step.ended_at is not None and step.plan.kind == "temperature"}
    if room.step not in passed:
        return []
    return [key for key, poll in state_of(room).polls.items() if poll.is_open]


def _question_of(assembly_id: int, state: SittingState) -> WordsShown | None:
    """What all rooms are asked at this step: the title of a temperature check, or a usual question in the language of
    the assembly; one query, where there is one."""
    step = current_step(state)
    if step is None or step.plan.kind != "temperature":
        return None
    if step.title:
        return words.words([step.title]).get(step.title)
    return usual_question(Assembly.objects.values_list("lang", flat=True).get(pk=assembly_id))


def _take(step: AgendaStep, seq: int, ends_at: int) -> StepTake:
    plan = step.plan
    return StepTake(seq, step.key, plan.kind, ends_at, plan.planned_ms, plan.mode, plan.turn_ms)


def _hear(assembly_id: int, state: SittingState) -> None:
    step = current_step(state)
    if step is None:
        return
    ready, open_rooms = queries.readiness(assembly_id, step.key)
    if (ready, open_rooms) != (state.ready, state.open_rooms):
        submit(queries.sitting_of(assembly_id), RoomsTell(step.key, ready, open_rooms))
