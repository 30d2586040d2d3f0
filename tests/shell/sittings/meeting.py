"""A sitting on the database, driven at chosen moments."""

from __future__ import annotations

from typing import Any

from assemblies.models import Assembly
from kernel import clock
from kernel.errors import Refused
from live import folds
from live.log import Answer, Submission, write
from rooms.core.step import StepKind
from rooms.core.types import RoomState
from rooms.models import Room
from rooms.queries import state_of as room_state
from sittings import services
from sittings.core.sitting import current_step
from sittings.core.types import SittingAdvance, SittingBegin, SittingState, StepAdd, StepPlan
from sittings.queries import state_of

KINDS: tuple[StepKind, ...] = ("discussion", "break", "draft")


class Meeting:
    """The sitting of an assembly and a clock that starts now. What it says reaches rooms only by `conduct`."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly, self.stream = assembly, services.create_sitting(assembly.pk)
        self.start = clock.now()
        for kind in KINDS:
            self.do(0, StepAdd(StepPlan(kind, 600_000)))

    def do(self, second: float, command: Any, by: str | None = "account.1") -> Answer:
        """Submit a command as if it arrived at this second."""
        at = self.start + round(second * 1000)
        answer = write([Submission(self.stream, command, by, None, at)]).answers[0]
        if isinstance(answer, Refused):
            raise answer
        return answer

    def pass_deadlines(self, second: float) -> None:
        """What a process does that finds the sitting at this second."""
        folds.forget()
        write([Submission(self.stream, None, at=self.start + round(second * 1000))])

    def begin(self) -> None:
        """Begin, and let all rooms follow."""
        self.do(0, SittingBegin())
        self.conduct()

    def next(self, second: float) -> None:
        """The next step, of which rooms have not heard yet."""
        self.do(second, SittingAdvance(self.step))

    def conduct(self) -> None:
        """What any process does after a commit, or later; this one remembers nothing."""
        folds.forget()
        services.conduct(self.assembly.pk)

    @property
    def state(self) -> SittingState:
        """The sitting now."""
        return state_of(self.assembly.pk)

    @property
    def step(self) -> str:
        """The key of the step that goes on."""
        step = current_step(self.state)
        return step.key if step else ""

    def kinds(self) -> list[StepKind | None]:
        """The kind of step each room is at."""
        steps = [room_state(room).step for room in Room.objects.order_by("pk")]
        return [step.kind if step else None for step in steps]


def state(room: Room) -> RoomState:
    """A room now."""
    return room_state(room)
