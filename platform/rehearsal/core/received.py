"""What members received: each client's frames in order, who should have had which, and all of them merged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Frame = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Received:
    """One frame at one client. `at` is the civic moment of arrival in milliseconds, with fractions."""

    at: float
    frame: Frame


@dataclass(frozen=True, slots=True)
class ClientLog:
    """Everything one client of a member received, in order of arrival."""

    member: str
    """The participant's id."""
    connection: int
    frames: tuple[Received, ...]
    held: frozenset[str]
    """Streams it was subscribed to at the end: it should have every event of these."""

    def events(self) -> Iterable[Received]:
        """Its frames of kind event."""
        return (each for each in self.frames if each.frame.get("type") == "event")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one client should have received of a stream, and what it did."""

    expected: int = 0
    received: int = 0
    missing: int = 0
    duplicate: int = 0
    out_of_order: int = 0

    def __add__(self, other: Delivery) -> Delivery:
        return Delivery(
            self.expected + other.expected,
            self.received + other.received,
            self.missing + other.missing,
            self.duplicate + other.duplicate,
            self.out_of_order + other.out_of_order,
        )

    def is_whole(self) -> bool:
        """Nothing missing, nothing twice, nothing out of order."""
        return not (self.missing or self.duplicate or self.out_of_order)


@dataclass(slots=True)
class _Position:
    """How far one client is in one stream; a snapshot covers everything up to its number."""

    covered: int
    highest: int
    seen: set[int] = field(default_factory=set)
    jumped: set[int] = field(default_factory=set)
    duplicate: int = 0
    out_of_order: int = 0

    def snapshot(self, seq: int) -> None:
        self.jumped.update(range(self.highest + 1, seq + 1))
        self.highest = max(self.highest, seq)

    def event(self, seq: int) -> None:
        if seq in self.seen or seq <= self.covered:
            self.duplicate += 1
            return
        self.out_of_order += seq < self.highest
        self.seen.add(seq)
        self.highest = max(self.highest, seq)

    def delivery(self, last: int) -> Delivery:
        wanted = set(range(self.covered + 1, last + 1)) - self.jumped
        return Delivery(
            expected=len(wanted),
            received=len(wanted & self.seen),
            missing=len(wanted - self.seen),
            duplicate=self.duplicate,
            out_of_order=self.out_of_order,
        )


def deliveries(log: ClientLog, last: Mapping[str, int]) -> Mapping[str, Delivery]:
    """What the client should have received and did, for each stream; `last` is each stream's last number.

    A stream it left early (or lost for good) is expected only up to the last frame it had of it.
    """
    positions: dict[str, _Position] = {}
    for each in log.frames:
        frame = each.frame
        stream, seq = frame.get("stream"), frame.get("seq")
        if frame.get("type") not in ("snapshot", "event") or not isinstance(stream, str) or not isinstance(seq, int):
            continue
        first = seq if frame["type"] == "snapshot" else seq - 1
        position = positions.setdefault(stream, _Position(covered=first, highest=first))
        if frame["type"] == "snapshot":
            position.snapshot(seq)
        else:
            position.event(seq)
    return {
        stream: position.delivery(
            max(last.get(stream, 0), position.highest) if stream in log.held else position.highest
        )
        for stream, position in positions.items()
    }


def ways(logs: Iterable[ClientLog], speed: int) -> tuple[float, ...]:
    """Real milliseconds from each command's event to its frame at each client that was there when it happened."""
    found: list[float] = []
    for log in logs:
        since: dict[str, float] = {}
        for each in log.frames:
            frame = each.frame
            if frame.get("type") == "snapshot":
                since[frame["stream"]] = each.at
            elif frame.get("type") == "event" and frame["by"] and frame["at"] >= since.get(frame["stream"], math.inf):
                found.append(max(0.0, each.at - frame["at"]) / speed)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class StreamLog:
    """One stream as all members together received it."""

    name: str
    base: Frame | None
    """State of the earliest snapshot anybody got."""
    base_seq: int
    events: tuple[Frame, ...]
    """In order of their numbers, each once."""
    states: tuple[Frame, ...] = ()
    """The states of all snapshots anybody got: what somebody who came late has received all the same."""

    def of_kind(self, *kinds: str) -> tuple[Frame, ...]:
        """The events of these kinds."""
        return tuple(event for event in self.events if event["kind"] in kinds)

    @property
    def last_seq(self) -> int:
        """Number of the last event anybody received."""
        return int(self.events[-1]["seq"]) if self.events else self.base_seq


def merge(logs: Sequence[ClientLog]) -> tuple[Mapping[str, StreamLog], tuple[str, ...]]:
    """All streams as received, and a complaint for each number that two clients received differently."""
    streams: dict[str, StreamLog] = {}
    events: dict[str, dict[int, Frame]] = {}
    complaints: list[str] = []
    for each in (each for log in logs for each in log.frames):
        stream = str(each.frame.get("stream", ""))
        if each.frame.get("type") == "snapshot":
            _keep_base(streams, stream, each.frame)
        elif each.frame.get("type") == "event":
            complaints += _keep_event(events.setdefault(stream, {}), stream, each.frame)
    for stream, found in events.items():
        kept = streams.get(stream) or StreamLog(stream, None, min(found) - 1, ())
        ordered = tuple(found[seq] for seq in sorted(found) if seq > kept.base_seq)
        streams[stream] = replace(kept, events=ordered)
    return streams, tuple(complaints)


def _keep_base(streams: dict[str, StreamLog], stream: str, frame: Frame) -> None:
    known = streams.get(stream)
    states = (*(known.states if known else ()), frame["state"])
    if known is None or frame["seq"] < known.base_seq:
        streams[stream] = StreamLog(stream, frame["state"], int(frame["seq"]), (), states)
    else:
        streams[stream] = replace(known, states=states)


def _keep_event(known: dict[int, Frame], stream: str, frame: Frame) -> list[str]:
    first = known.setdefault(frame["seq"], frame)
    if fact_of(first) == fact_of(frame):
        return []
    return [f"{stream}: event {frame['seq']} was not the same for everybody"]


def fact_of(event: Frame) -> tuple[Any, ...]:
    """What an event says, without the words that stand beside it (they may be erased meanwhile)."""
    return event["seq"], event["at"], event["by"], event["kind"], event["data"]
