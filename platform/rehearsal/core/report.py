"""The report "rehearsal-report/1": folded from what members received, judged against the scenario."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rehearsal.core.comparison import Figure, compare
from rehearsal.core.figures import MotionFold, RoomFold, fold_motion, fold_room, measured_motion, measured_room
from rehearsal.core.received import ClientLog, Delivery, Frame, StreamLog, deliveries, fact_of, merge, ways
from rehearsal.core.scenario import Scenario
from rehearsal.core.translating import followed, latencies, made_at, percentiles, translating
from rehearsal.core.voting import BallotCast, Published

SCHEMA = "rehearsal-report/1"
Json = dict[str, Any]
Streams = Mapping[str, StreamLog]


@dataclass(frozen=True, slots=True)
class CommandSent:
    """One command over a socket with its answer; `refused` is the code, None where it was done."""

    by: str
    kind: str
    refused: str | None
    latency_ms: float


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """What a fault did: seconds until every affected member was whole again (None: never)."""

    kind: str
    when_s: float
    whole_after_s: float | None
    events_lost: int


@dataclass(frozen=True, slots=True)
class Remark:
    """An `expect` sentence of the timeline with what was seen."""

    at_s: float
    who: str
    expect: str
    seen: str


@dataclass(frozen=True, slots=True)
class Run:
    """What was run."""

    speed: int
    processes: int
    database: str
    engines: tuple[str, ...]
    judge_speaking: bool = True
    """False where a machine decides who speaks, so that the expected seconds are only reported."""
    parts: frozenset[str] = frozenset({"rooms", "plenary"})


@dataclass(frozen=True, slots=True)
class Played:
    """Everything that a rehearsal left behind."""

    scenario: Scenario
    run: Run
    rooms: Mapping[str, str]
    """Room id → its stream."""
    plenary: str | None
    people: Mapping[str, str]
    """Member key → participant id."""
    motions: Mapping[str, str]
    """Motion id → its key in the plenary's stream."""
    logs: tuple[ClientLog, ...]
    stored: Mapping[str, tuple[Frame, ...]]
    """The log of each stream as the database has it, in the form of event frames; empty when out of reach."""
    commands: tuple[CommandSent, ...] = ()
    ballots: tuple[BallotCast, ...] = ()
    published: Mapping[str, Published] = field(default_factory=dict)
    amendments: Mapping[str, str] = field(default_factory=dict)
    """Amendment id → its key in the plenary's stream."""
    faults: tuple[FaultSeen, ...] = ()
    remarks: tuple[Remark, ...] = ()
    errors: tuple[str, ...] = ()


def report(played: Played) -> Json:
    """The whole report as JSON-ready data, its keys in the order of the form."""
    streams, complaints = merge(played.logs)
    rooms = _fold_rooms(played, streams)
    motions = _fold_motions(played, streams)
    delivered = _deliveries(played, streams)
    figures = _figures(played, rooms, motions)
    errors = (*played.errors, *complaints, *_contradictions(streams, played), *_disagreements(motions))
    return {
        "schema": SCHEMA,
        "scenario": played.scenario.id,
        "speed": played.run.speed,
        "processes": played.run.processes,
        "database": played.run.database,
        "engines": list(played.run.engines),
        "rooms": [fold.as_data(name) for name, fold in rooms.items()],
        "deliveries": _delivery_data(delivered, played),
        "translation": _translation_data(played, streams),
        "commands": _command_data(played.commands),
        "motions": [fold.as_data(name) for name, fold in motions.items()],
        "faults": [_fault_data(fault) for fault in played.faults],
        "expected": [figure.as_data() for figure in figures],
        "remarks": [_remark_data(remark) for remark in played.remarks],
        "errors": list(errors),
    }


def exit_status(document: Mapping[str, Any]) -> int:
    """0 when every expected figure holds, every delivery is whole and nothing went wrong; else 1."""
    holds = all(figure["holds"] is not False for figure in document["expected"])
    delivered = document["deliveries"]
    whole = not any(delivered[key] for key in ("missing", "duplicate", "out_of_order"))
    lost = any(fault["events_lost"] or fault["whole_after_s"] is None for fault in document["faults"])
    return 0 if holds and whole and not lost and not document["errors"] else 1


def _fold_rooms(played: Played, streams: Streams) -> Mapping[str, RoomFold]:
    scenario = played.scenario
    asked = scenario.rooms if "rooms" in played.run.parts else ()
    return {
        room.id: fold_room(
            room,
            scenario=scenario,
            stream=played.rooms.get(room.id, ""),
            streams=streams,
            people=played.people,
            held=followed(played.logs),
        )
        for room in asked
    }


def _fold_motions(played: Played, streams: Streams) -> Mapping[str, MotionFold]:
    scenario = played.scenario
    asked = scenario.votes if "plenary" in played.run.parts else ()
    return {
        motion.id: fold_motion(
            motion,
            scenario=scenario,
            key=played.motions.get(motion.id),
            plenary=streams.get(played.plenary or ""),
            ballots=played.ballots,
            published=played.published.get(motion.id),
            amendments=played.amendments,
        )
        for motion in asked
    }


def _figures(played: Played, rooms: Mapping[str, RoomFold], motions: Mapping[str, MotionFold]) -> tuple[Figure, ...]:
    scenario, run = played.scenario, played.run
    measured = {
        "rooms": {name: measured_room(fold, run.speed, judged=run.judge_speaking) for name, fold in rooms.items()},
        "motions": {name: measured_motion(fold) for name, fold in motions.items()},
    }
    left_out = {"rooms", "motions"} - {"motions" if part == "plenary" else part for part in run.parts}
    return compare({group: part for group, part in scenario.expected.items() if group not in left_out}, measured)


# --- deliveries


def _deliveries(played: Played, streams: Streams) -> Mapping[str, Delivery]:
    last = {name: log.last_seq for name, log in streams.items()}
    last |= {name: int(events[-1]["seq"]) for name, events in played.stored.items() if events}
    found: dict[str, Delivery] = {}
    for log in played.logs:
        for delivery in deliveries(log, last).values():
            found[log.member] = found.get(log.member, Delivery()) + delivery
    return found


def _delivery_data(found: Mapping[str, Delivery], played: Played) -> Json:
    total = sum(found.values(), Delivery())
    times = percentiles(ways(played.logs, played.run.speed))
    return {
        **_counts(total),
        "latency_ms": times,
        "members": {member: _counts(delivery) for member, delivery in sorted(found.items())},
    }


def _counts(delivery: Delivery) -> Json:
    return {
        "expected": delivery.expected,
        "received": delivery.received,
        "missing": delivery.missing,
        "duplicate": delivery.duplicate,
        "out_of_order": delivery.out_of_order,
    }


def _contradictions(streams: Streams, played: Played) -> tuple[str, ...]:
    """Events that members received otherwise than the database has them."""
    found = []
    for name, events in played.stored.items():
        stored = {event["seq"]: fact_of(event) for event in events}
        for event in streams[name].events if name in streams else ():
            if stored.get(event["seq"]) != fact_of(event):
                found.append(f"{name}: event {event['seq']} differs from the database")
    return tuple(found)


def _disagreements(motions: Mapping[str, MotionFold]) -> tuple[str, ...]:
    return tuple(f"{name}: {complaint}" for name, fold in motions.items() for complaint in fold.disagreements)


# --- the plain parts


def _translation_data(played: Played, streams: Streams) -> Json:
    roots = (*played.rooms.values(), *([played.plenary] if played.plenary else []))
    folds = [translating(streams, root, held=followed(played.logs)) for root in roots]
    jobs: Counter[str] = Counter()
    for fold in folds:
        jobs.update(fold.jobs)
    waits = latencies(played.logs, made_at(streams), played.run.speed)
    return {
        "jobs": dict(sorted(jobs.items())),
        "done": sum(fold.done for fold in folds),
        "pending": sum(len(fold.pending) for fold in folds),
        "missing_pairs": sorted({pair for fold in folds for pair in fold.missing_pairs}),
        "failed": sum(fold.failed for fold in folds),
        "doubtful": sum(fold.doubtful for fold in folds),
        "latency_ms": percentiles(waits),
    }


def _command_data(commands: Sequence[CommandSent]) -> Json:
    refused = Counter(command.refused for command in commands if command.refused)
    return {
        "sent": len(commands),
        "accepted": sum(command.refused is None for command in commands),
        "refused": dict(sorted(refused.items())),
        "latency_ms": percentiles([command.latency_ms for command in commands]),
    }


def _fault_data(fault: FaultSeen) -> Json:
    return {
        "kind": fault.kind,
        "when_s": fault.when_s,
        "whole_after_s": fault.whole_after_s,
        "events_lost": fault.events_lost,
    }


def _remark_data(remark: Remark) -> Json:
    return {"at_s": remark.at_s, "who": remark.who, "expect": remark.expect, "seen": remark.seen}


def pending(logs: Sequence[ClientLog], roots: Sequence[str]) -> tuple[str, ...]:
    """Passages (stream, words, language) whose translation has not reached anybody yet."""
    streams, _ = merge(logs)
    return tuple(
        f"{root} {key} {lang}"
        for root in roots
        for key, lang in translating(streams, root, held=followed(logs)).pending
    )
