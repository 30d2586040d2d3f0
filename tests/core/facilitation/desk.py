"""Those who lead rooms, played at chosen seconds; keeps every event."""

from __future__ import annotations

from typing import Any

from facilitation.core import chairs
from facilitation.core.chairs_types import ChairsState, Leader, LedRoom
from kernel import wire
from live.core.kinds import Moment, Recorded

STREAM = "chairs.1"


class Desk:
    """A `chairs` stream without a database; `led` is what is gathered of the room somebody wants to take."""

    def __init__(self) -> None:
        self.state = ChairsState()
        self.records: list[Recorded[ChairsState]] = []
        self.led: LedRoom | None = LedRoom(False, (Leader("fatou", "Fatou", is_here=False),))

    def do(self, second: float, by: str | None, command: Any) -> list[str]:
        """Decide and fold; the names of the events."""
        at = round(second * 1000)
        moment = Moment(at, by, f"seed {len(self.records)}", self.led)
        events = chairs.decide(self.state, command, moment)
        for event in events:
            record: Recorded[ChairsState] = Recorded(STREAM, len(self.records) + 1, at, by, event)
            self.records.append(record)
            self.state = chairs.evolve(self.state, record)
        return [wire.name_of(type(event)) for event in events]

    @property
    def call(self) -> str:
        """The key of the newest call."""
        return self.state.calls[-1].call

    def exchange(self) -> dict[str, Any]:
        """The whole log with both states, as the browser's tests read it."""
        events = [
            {"seq": each.seq, "at": each.at, "by": each.by, "kind": wire.name_of(type(each.event)),
             "data": wire.encode(each.event)}
            for each in self.records
        ]  # fmt: skip
        initial, state = wire.encode(ChairsState()), wire.encode(self.state)
        return {"kind": "chairs", "initial": initial, "events": events, "state": state}
