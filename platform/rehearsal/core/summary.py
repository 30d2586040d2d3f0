"""A report in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
SHOWN = 20
WIDTH = 300


def summary(document: Json) -> Iterator[str]:
    """The report as lines of text, what went wrong last."""
    house = f"{document['processes']} web, {document['database']}"
    yield f"{document['scenario']}: {document['speed']} times faster, {house}"
    for room in document["rooms"]:
        yield from _room(room)
    yield _translation(document["translation"])
    for motion in document["motions"]:
        yield _motion(motion)
    yield _deliveries(document["deliveries"])
    yield _commands(document["commands"])
    for fault in document["faults"]:
        yield f"fault {fault['kind']} at {fault['when_s']:g} s: whole again after {fault['whole_after_s']} s"
    for remark in document["remarks"]:
        yield f"at {remark['at_s']:g} s, {remark['who']}, {remark['expect']}: {remark['seen']}"
    yield from _judgement(document)


def _room(room: Json) -> Iterator[str]:
    people = ", ".join(f"{who} {each['seconds']:.0f} s" for who, each in room["citizens"].items())
    yield f"{room['id']}: {people}; Gini {room['gini']:.2f}, {room['departures']} departures, {room['events']} events"


def _translation(data: Json) -> str:
    wait = data["latency_ms"]
    text = f"translation: {sum(data['jobs'].values())} jobs, {data['done']} done, {data['pending']} pending"
    if data["missing_pairs"]:
        text += f", no route for {' '.join(data['missing_pairs'])}"
    return text + (f", {_times(wait)}" if wait["p50"] is not None else "")


def _times(wait: Json) -> str:
    return f"p50 {wait['p50']:.0f} ms, p95 {wait['p95']:.0f} ms, p99 {wait['p99']:.0f} ms"


def _motion(motion: Json) -> str:
    tallies = "; ".join(
        f"{who}: " + ", ".join(f"{count} {choice}" for choice, count in tally.items())
        for who, tally in motion["tally"].items()
    )
    outcome = "adopted" if motion["adopted"] else "not adopted"
    return f"{motion['id']}: {tallies}; {outcome}; recount {motion['recount']}"


def _deliveries(data: Json) -> str:
    wait = data["latency_ms"]
    times = f"; from command to frame {_times(wait)}" if wait["p50"] is not None else ""
    return (
        f"frames: {data['received']} of {data['expected']} received, {data['missing']} missing, "
        f"{data['duplicate']} twice, {data['out_of_order']} out of order{times}"
    )


def _commands(data: Json) -> str:
    refused = ", ".join(f"{count} {code}" for code, count in data["refused"].items())
    wait = data["latency_ms"]
    times = f", {_times(wait)}" if wait["p50"] is not None else ""
    return f"commands: {data['sent']} sent, {data['accepted']} accepted{times}" + (
        f"; refused: {refused}" if refused else ""
    )


def _judgement(document: Json) -> Iterator[str]:
    judged = [figure for figure in document["expected"] if figure["holds"] is not None]
    broken = [figure for figure in judged if not figure["holds"]]
    yield f"expected: {len(judged) - len(broken)} of {len(judged)} figures hold"
    for figure in broken[:SHOWN]:
        yield f"  {figure['path']}: wanted {figure['wanted']}, got {figure['got']}"
    for error in document["errors"][:SHOWN]:
        yield f"error: {error.strip()[-WIDTH:]}"
    if len(document["errors"]) > SHOWN:
        yield f"… and {len(document['errors']) - SHOWN} more errors"
