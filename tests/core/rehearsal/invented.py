"""Scenarios made up from a seed, with other names, languages and times; and a perfect server that plays them."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from random import Random
from typing import Any, cast

from rehearsal.core.reading import read_scenario
from rehearsal.core.received import ClientLog, Received
from rehearsal.core.report import Played, Run
from rehearsal.core.scenario import Chat, Scenario, Utterance
from rehearsal.core.voting import BallotCast, Published

NAMES = (
    "Ama",
    "Björn",
    "Chiara",
    "Dilnoza",
    "Eoghan",
    "Farah",
    "Gwenaëlle",
    "Hōkū",
    "Iñaki",
    "Jūratė",
    "Køge",
    "Łucja",
)
LANGUAGES = ("it", "pt", "ca", "sv", "pl")
Json = dict[str, Any]


def invent(
    seed: int,
    *,
    citizens: int = 4,
    rooms: int = 2,
    turns: int = 5,
    motions: int = 1,
    longest: int = 60,
    hours: int = 80,
) -> Json:
    """A whole scenario as JSON data whose `expected` block follows from what was drawn."""
    chance = Random(seed)
    names = chance.sample([f"{one} {two}" for one in NAMES for two in NAMES if one != two], rooms * (citizens + 1))
    places = [(room, number) for room in range(rooms) for number in range(citizens + 1)]
    people = [_person(chance, room, number, name) for (room, number), name in zip(places, names, strict=True)]
    plans = [_room(people, room) for room in range(rooms)]
    timeline = [event for room in plans for event in _room_timeline(chance, room, people, turns, longest)]
    for room in plans:
        room["end"] = 10 + max(e["t"] + e.get("dur", 0) for e in timeline if e["room"] == room["id"])
    document: Json = {
        "schema": "scenario/1",
        "id": f"invented-{seed}",
        "title": "Invented",
        "rules": {
            "speaking": {"soft_limit_s": 40, "hard_limit_s": 120, "over": 1.5, "under": 0.5},
            "plenary": {"threshold": 0.6, "quorum": 0.5, "abstentions_in_share": False, "last_ballot_counts": True},
        },
        "participants": [*people, {"id": "chief", "name": "Ines", "role": "organiser", "lang": "it", "room": None}],
        "rooms": plans,
        "timeline": sorted(timeline, key=lambda event: float(event["t"])),
        **_plenary(chance, plans, people, motions, hours),
    }
    document["expected"] = {
        "rooms": {room["id"]: _expected_room(document, room) for room in plans},
        "motions": {motion["id"]: _expected_motion(document, motion) for motion in document["motions"]},
    }
    return document


def with_two_chambers(document: Json) -> Json:
    """Who sits in the first room decides, three against one; all others advise, and say no."""
    for person in document["participants"]:
        person["chamber"] = "deputies" if person["room"] == "salon0" else "drawn"
    electorate = {"quorum": 0.5, "threshold": 0.6}
    document["rules"]["plenary"] = {
        "electorates": [
            {"name": "house", "chamber": "deputies", **electorate},
            {"name": "people", "effect": "advisory", **electorate},
        ]
    }
    voters = [person for person in document["participants"] if person["role"] == "citizen"]
    yes = [person["id"] for person in voters if person["chamber"] == "deputies"][:3]
    document["ballots"] = [
        {"motion": "m0", "by": person["id"], "t": 30.0, "choice": "for" if person["id"] in yes else "against"}
        for person in voters
    ]
    document["expected"]["motions"] = {
        "m0": {
            "house": {"for": 3, "against": 1, "abstain": 0, "voters": 4, "eligible": 4, "share_for": 0.75},
            "people": {"for": 0, "against": 4, "abstain": 0, "voters": 4, "eligible": 4, "share_for": 0.0},
            "adopted": True,
        }
    }
    return document


def scenario_of(document: Json) -> Scenario:
    """The document as typed values."""
    return read_scenario(json.dumps(document), file="invented.json")


def _person(chance: Random, room: int, number: int, name: str) -> Json:
    lang = chance.choice(LANGUAGES)
    return {
        "id": f"p{room}{number}",
        "name": name,
        "role": "citizen" if number else "facilitator",
        "lang": lang,
        "reads": chance.choice((lang, chance.choice(LANGUAGES))),
        "room": f"salon{room}",
    }


def _room(people: list[Json], room: int) -> Json:
    members = [person["id"] for person in people if person["room"] == f"salon{room}"]
    return {"id": f"salon{room}", "topic": {"it": "Acqua"}, "facilitator": members[0], "members": members, "end": 0}


def _room_timeline(chance: Random, room: Json, people: list[Json], turns: int, longest: int) -> list[Json]:
    def event(t: float, kind: str, by: str, **more: Any) -> Json:
        return {"t": round(t, 1), "room": room["id"], "type": kind, "by": by, **more}

    found = [event(0, "room_open", room["facilitator"])]
    found += [event(1 + index / 2, "join", member) for index, member in enumerate(room["members"])]
    at = 12.0
    for _ in range(turns):
        by = chance.choice(room["members"][1:])
        lang = next(person["lang"] for person in people if person["id"] == by)
        dur = chance.randint(10, longest)
        found.append(event(at - 1, "hand_raise", by))
        found.append(event(at, "utterance", by, lang=lang, dur=dur, text=f"Parole {chance.random()}. Fine."))
        at += dur + chance.choice((1, 4, 7.5))
    return found


def _plenary(chance: Random, plans: list[Json], people: list[Json], motions: int, hours: int) -> Json:
    drafts, asked, ballots = [], [], []
    voters = [person for person in people if person["role"] == "citizen"]
    for number in range(motions):
        room = plans[number % len(plans)]
        by = room["members"][1]
        lang = next(person["lang"] for person in people if person["id"] == by)
        text = f"Vogliamo {number} fontane."
        version = {"n": 1, "t": 10.0, "by": by, "lang": lang, "text": text}
        drafts.append(
            {"id": f"d{number}", "room": room["id"], "lang": lang, "versions": [version], "submitted_at": room["end"]}
        )
        opens = (hours + 20.0) * number
        asked.append({"id": f"m{number}", "draft": f"d{number}", "opens": opens, "closes": opens + hours})
        times = sorted(chance.sample(range(5, hours - 10), len(voters)))
        for time, voter in zip(times, voters, strict=True):
            choice = chance.choice(("for", "for", "against", "abstain"))
            ballots.append({"motion": f"m{number}", "by": voter["id"], "t": opens + time, "choice": choice})
        late = {
            "motion": f"m{number}",
            "by": voters[0]["id"],
            "t": opens + hours + 5,
            "choice": "against",
            "expect": "reject",
        }
        ballots.append(late)
    for draft in drafts:
        draft["submitted_at"] = 11.0
    return {"drafts": drafts, "motions": asked, "ballots": ballots}


def _expected_room(document: Json, room: Json) -> Json:
    people = {person["id"]: person for person in document["participants"]}
    spoken = [e for e in document["timeline"] if e["type"] == "utterance" and e["room"] == room["id"]]
    citizens = [member for member in room["members"] if people[member]["role"] == "citizen"]
    reads = {people[member]["reads"] for member in room["members"]}
    jobs = Counter(f"{e['lang']}>{to}" for e in spoken for to in reads if to != e["lang"])
    return {
        "turns": {who: sum(e["by"] == who for e in spoken) for who in citizens},
        "speaking_seconds": {who: float(sum(e["dur"] for e in spoken if e["by"] == who)) for who in citizens},
        "room_seconds_with_speech": float(sum(e["dur"] for e in spoken)),
        "utterances_with_text": len(spoken),
        "translation_jobs": dict(jobs),
    }


def _expected_motion(document: Json, motion: Json) -> Json:
    last = {b["by"]: b["choice"] for b in document["ballots"] if b["motion"] == motion["id"] and "expect" not in b}
    tally = Counter(last.values())
    valid = tally["for"] + tally["against"]
    return {
        "for": tally["for"],
        "against": tally["against"],
        "abstain": tally["abstain"],
        "voters": len(last),
        "rejected_ballots": 1,
        "adopted": bool(valid) and Fraction(tally["for"], valid) >= Fraction(6, 10),
    }


# --- a perfect server: the frames that each member would receive


def play_perfectly(scenario: Scenario) -> Played:
    """What a server without fault and without delay would have sent and stored."""
    rooms = {room.id: f"room.{number}" for number, room in enumerate(scenario.rooms, 1)}
    streams: dict[str, list[Json]] = {}
    for room in scenario.rooms:
        _play_room(scenario, room.id, rooms[room.id], streams)
    motions = _play_plenary(scenario, streams.setdefault("plenary.1", []))
    ballots = tuple(
        BallotCast(ballot.motion, ballot.by, ballot.choice, "ballot.closed" if ballot.rejected else None)
        for ballot in scenario.ballots
    )
    return Played(
        scenario=scenario,
        run=Run(speed=1, processes=1, database="none", engines=()),
        rooms=rooms,
        plenary="plenary.1",
        people={f"key-{person.id}": person.id for person in scenario.participants},
        motions=motions,
        logs=tuple(_log_of(scenario, person.id, rooms, streams) for person in scenario.participants),
        stored={name: tuple(events) for name, events in streams.items()},
        ballots=ballots,
        published={motion.id: _published(scenario, motion.id) for motion in scenario.motions},
    )


def _write(streams: dict[str, list[Json]], stream: str, at: int, kind: str, **data: Any) -> None:
    log = streams.setdefault(stream, [])
    frame = {"type": "event", "stream": stream, "seq": len(log) + 1, "at": at, "by": None, "kind": kind, "data": data}
    log.append(frame)


def _play_room(scenario: Scenario, room: str, stream: str, streams: dict[str, list[Json]]) -> None:
    plan = next(each for each in scenario.rooms if each.id == room)
    reads = sorted({scenario.person(member).reads for member in plan.members})
    for lang in reads:
        streams.setdefault(f"{stream}.text.{lang}", [])
    for turn, event in enumerate(scenario.of_room(room)):
        if not isinstance(event, Utterance | Chat):
            continue
        words = {"key": f"w{stream}-{turn}", "lang": event.lang, "digest": "d"}
        if isinstance(event, Chat):
            _write(streams, stream, event.t, "note.made", words=words, member=f"key-{event.by}")
        else:
            _write(streams, stream, event.t, "turn.started", member=f"key-{event.by}", departs=False)
            _write(streams, stream, event.t, "contribution.made", words=words, member=f"key-{event.by}", turn=turn)
            _write(streams, stream, event.end, "turn.ended", member=f"key-{event.by}", reason="yielded")
        for lang in reads:
            if lang != event.lang:
                feed = f"{stream}.text.{lang}"
                _write(streams, feed, event.t + 300, "text.rendered", of=words["key"], key="r", status="machine")


def _play_plenary(scenario: Scenario, log: list[Json]) -> dict[str, str]:
    streams = {"plenary.1": log}
    rolls = Counter(
        electorate.name
        for person in scenario.participants
        if person.role == "citizen" and (electorate := scenario.electorate_of(person.id))
    )
    drafts = {draft.id: draft for draft in scenario.drafts}
    for motion in scenario.motions:
        key, lang = f"key-{motion.id}", drafts[motion.draft].lang
        versions = {reads: {"status": "original" if reads == lang else "machine"} for reads in scenario.languages()}
        adopted = cast(Any, scenario.expected)["motions"][motion.id]["adopted"]
        _write(streams, "plenary.1", motion.opens, "motion.added", motion=key, lang=lang)
        _write(
            streams,
            "plenary.1",
            motion.opens,
            "motion.opened",
            motion=key,
            rolls=dict(rolls),
            versions=versions,
        )
        _write(streams, "plenary.1", motion.closes, "motion.closed", motion=key, outcome={"adopted": adopted})
    return {motion.id: f"key-{motion.id}" for motion in scenario.motions}


def _published(scenario: Scenario, motion: str) -> Published:
    last = {b.by: b.choice.value for b in scenario.ballots if b.motion == motion and not b.rejected}
    tally = Counter((scenario.electorate_of(by), choice) for by, choice in last.items())
    counts = {
        electorate.name: {choice: tally[electorate, choice] for choice in ("for", "against", "abstain")}
        for electorate in scenario.plenary.electorates
    }
    return Published(board="0" * 64, tally=counts, recount="identical")


def _log_of(scenario: Scenario, person: str, rooms: dict[str, str], streams: dict[str, list[Json]]) -> ClientLog:
    who = scenario.person(person)
    mine = ["plenary.1"]
    if who.room is not None:
        mine += [rooms[who.room], f"{rooms[who.room]}.text.{who.reads}"]
    frames = [Received(0.0, {"type": "snapshot", "stream": name, "seq": 0, "state": {}}) for name in mine]
    frames += [Received(event["at"] + 20.0, event) for name in mine for event in streams.get(name, [])]
    return ClientLog(person, 1, tuple(frames), frozenset(mine))
