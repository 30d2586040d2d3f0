"""Rooms played on the database at chosen moments."""

from __future__ import annotations

from typing import Any

from floor.core.commands import HandRaise, MemberArrive, OfferAccept
from kernel.errors import Refused
from live import folds
from live.log import Answer, Submission, write
from rooms import services
from rooms.core.types import RoomState
from rooms.models import Room
from rooms.queries import state_of
from tests.cast import Cast


class Talk:
    """An open room and a clock that starts when it was opened."""

    def __init__(self, room: Room, cast: Cast) -> None:
        self.room = room
        services.open_room(room)
        self.start = folds.position(room.stream).last_at
        for key in state_of(room).seats:
            self.do(0, None, MemberArrive(key))

    def do(self, second: float, by: str | None, command: Any) -> Answer:
        """Submit a command as if it arrived at this second."""
        at = self.start + round(second * 1000)
        answer = write([Submission(self.room.stream, command, by, None, at)]).answers[0]
        if isinstance(answer, Refused):
            raise answer
        return answer

    def give_turn(self, second: float, member: str) -> None:
        """This person asks and takes the floor."""
        self.do(second, member, HandRaise())
        self.do(second, member, OfferAccept())

    @property
    def state(self) -> RoomState:
        """The room now."""
        return state_of(self.room)
