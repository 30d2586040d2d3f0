"""Who spoke how long in a room, folded from the events that members received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rehearsal.core.received import Frame


@dataclass(frozen=True, slots=True)
class Turn:
    """One holding of the floor (or one stretch of free speech), as the spans in which it ran."""

    member: str
    spans: tuple[tuple[int, int], ...]
    departs: bool = False

    @property
    def milliseconds(self) -> int:
        """How long it ran, pauses left out."""
        return sum(end - start for start, end in self.spans)


@dataclass(slots=True)
class _Running:
    member: str
    departs: bool
    since: int | None
    spans: list[tuple[int, int]]

    def stop(self, at: int) -> None:
        if self.since is not None:
            self.spans.append((self.since, at))
            self.since = None

    def stopped(self, at: int) -> Turn:
        self.stop(at)
        return Turn(self.member, tuple(self.spans), self.departs)


STARTS = ("turn.started", "speech.started")
STOPS = ("turn.ended", "speech.stopped")


def turns_of(events: Iterable[Frame]) -> tuple[Turn, ...]:
    """The turns in order of their ends; a pause of the floor interrupts what runs."""
    running: dict[str, _Running] = {}
    done: list[Turn] = []
    at = 0
    for event in events:
        at, kind, data = int(event["at"]), event["kind"], event["data"]
        if kind in STARTS:
            departs = bool(data.get("departs", False))
            running[data["member"]] = _Running(data["member"], departs, since=at, spans=[])
        elif kind in STOPS and data["member"] in running:
            done.append(running.pop(data["member"]).stopped(at))
        elif kind in ("floor.paused", "floor.resumed"):
            _pause(running.values(), at, paused=kind == "floor.paused")
    return (*done, *(each.stopped(at) for each in running.values()))


def _pause(running: Iterable[_Running], at: int, *, paused: bool) -> None:
    for each in running:
        if paused:
            each.stop(at)
        else:
            each.since = at


@dataclass(frozen=True, slots=True)
class Speaking:
    """The figures of one room; ids are those of the scenario, seconds are scenario seconds."""

    milliseconds: Mapping[str, int]
    turns: Mapping[str, int]
    longest: tuple[int, str] | None
    with_speech_ms: int
    overlapped_ms: int
    departures: int

    @property
    def total_ms(self) -> int:
        """Speech of all citizens together."""
        return sum(self.milliseconds.values())

    @property
    def fair_ms(self) -> Fraction:
        """Speech divided by the citizens on the roster."""
        return Fraction(self.total_ms, max(1, len(self.milliseconds)))

    def share(self, member: str) -> Fraction:
        """A citizen's part of all speech."""
        return Fraction(self.milliseconds[member], self.total_ms) if self.total_ms else Fraction(0)

    def beyond(self, over: Fraction) -> tuple[str, ...]:
        """Citizens who spoke more than `over` times the fair share, in the roster's order."""
        return tuple(member for member, spoken in self.milliseconds.items() if spoken > over * self.fair_ms)

    def below(self, under: Fraction) -> tuple[str, ...]:
        """Citizens who spoke less than `under` times the fair share."""
        return tuple(member for member, spoken in self.milliseconds.items() if spoken < under * self.fair_ms)


def gini(values: Sequence[int]) -> Fraction:
    """Mean difference between all pairs, over twice the mean; 0 where nobody spoke."""
    total = sum(values)
    if not total:
        return Fraction(0)
    differences = sum(abs(one - other) for one in values for other in values)
    return Fraction(differences, 2 * len(values) * total)


def speaking(turns: Sequence[Turn], roster: Sequence[str]) -> Speaking:
    """The figures of the citizens on the roster; others have no account."""
    counted = [turn for turn in turns if turn.member in roster]
    longest = max(counted, key=lambda turn: turn.milliseconds, default=None)
    with_speech, overlapped = _covered([span for turn in counted for span in turn.spans])
    return Speaking(
        milliseconds={who: sum(turn.milliseconds for turn in counted if turn.member == who) for who in roster},
        turns={who: sum(turn.member == who for turn in counted) for who in roster},
        longest=(longest.milliseconds, longest.member) if longest else None,
        with_speech_ms=with_speech,
        overlapped_ms=overlapped,
        departures=sum(turn.departs for turn in counted),
    )


def _covered(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Milliseconds in which at least one, and at least two, of the spans run."""
    edges = sorted([(start, 1) for start, _ in spans] + [(end, -1) for _, end in spans])
    one = two = depth = last = 0
    for at, step in edges:
        one += (at - last) * (depth >= 1)
        two += (at - last) * (depth >= 2)
        depth, last = depth + step, at
    return one, two
