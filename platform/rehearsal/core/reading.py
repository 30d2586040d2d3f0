"""Reads "scenario/1" into typed values, or refuses it with file, place and reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NoReturn

from rehearsal.core.entries import Entry
from rehearsal.core.scenario import (
    AmendmentPlan,
    AmendmentRules,
    BallotPlan,
    Choice,
    DraftPlan,
    DraftVersion,
    ElectorateRules,
    MergePlan,
    MotionPlan,
    Participant,
    PlenaryRules,
    Role,
    RoomPlan,
    Scenario,
    SpeakingRules,
    StatementPlan,
    StatementRules,
)
from rehearsal.core.timeline import People, Rooms, read_timeline

SCHEMA = "scenario/1"
EVERYBODY = "citizens"
"""The electorate where the rules name none."""
EFFECTS = ("deciding", "advisory")
ORDERS = ("text", "furthest_first")
ACTS = ("replace", "insert", "delete")


def read_scenario(text: str, *, file: str) -> Scenario:
    """The scenario in `text`, or `Refused("scenario.unreadable", file, place, reason)`."""
    root = Entry(file, "scenario", _parse(text, file))
    if (schema := root.text("schema")) != SCHEMA:
        root.refuse(f'unknown schema "{schema}"; this player knows "{SCHEMA}"')
    participants = _participants(root)
    rooms = _rooms(root, participants)
    drafts = _drafts(root, participants, rooms)
    merges = _merges(root, participants, rooms, drafts)
    motions = _motions(root, drafts, merges)
    amendments = _amendments(root, participants, motions)
    votes = {**motions, **{each.id: each.vote for each in amendments.values() if each.vote}}
    return Scenario(
        id=root.text("id"),
        title=root.text("title", root.text("id")),
        question=root.by_language("question"),
        mandate=root.by_language("mandate"),
        speaking=_speaking(root.inside("rules").inside("speaking")),
        plenary=_plenary(root.inside("rules").inside("plenary")),
        participants=tuple(participants.values()),
        rooms=tuple(rooms.values()),
        timeline=read_timeline(root, participants, rooms),
        drafts=tuple(drafts.values()),
        merges=tuple(merges.values()),
        motions=tuple(motions.values()),
        amendments=tuple(amendments.values()),
        statements=_statements(root, participants, motions),
        ballots=_ballots(root, participants, votes),
        expected=root.inside("expected").data,
    )


def _parse(text: str, file: str) -> Mapping[str, Any]:
    nothing = Entry(file, "scenario", {})

    def constant(name: str) -> NoReturn:
        nothing.refuse(f"{name} is not a number")

    try:
        data = json.loads(text, parse_constant=constant)
    except (ValueError, RecursionError) as error:
        nothing.refuse(f"not JSON: {error}")
    if not isinstance(data, dict):
        nothing.refuse("must be an object")
    return data


def _speaking(entry: Entry) -> SpeakingRules:
    def limit(key: str) -> int | None:
        return entry.milliseconds(key) if entry.data.get(key) is not None else None

    return SpeakingRules(
        soft_ms=limit("soft_limit_s"),
        hard_ms=limit("hard_limit_s"),
        over=entry.fraction("over") if "over" in entry.data else Fraction(3, 2),
        under=entry.fraction("under") if "under" in entry.data else Fraction(1, 2),
    )


def _plenary(entry: Entry) -> PlenaryRules:
    if entry.data.get("last_ballot_counts", True) is not True:
        entry.refuse('"last_ballot_counts" must be true: the last ballot before closing counts')
    if not entry.data:
        return PlenaryRules((ElectorateRules(EVERYBODY, None, True, Fraction(1, 2), Fraction(0), False),))
    electorates = tuple(_electorate(each, each.text("name")) for each in entry.entries("electorates"))
    if electorates and not any(each.decides for each in electorates):
        entry.refuse("no electorate decides")
    amendments, statements = entry.inside("amendments"), entry.inside("statements")
    return PlenaryRules(
        electorates or (_electorate(entry, EVERYBODY),),
        AmendmentRules(amendments.one_of("order", ORDERS, "order"), int(amendments.get("supporters", int, "a number")))
        if amendments.data
        else None,
        StatementRules(
            int(statements.get("hours", int, "a number")), int(statements.get("signatures", int, "a number"))
        )
        if statements.data
        else None,
    )


def _electorate(entry: Entry, name: str) -> ElectorateRules:
    return ElectorateRules(
        name,
        entry.optional_text("chamber"),
        decides=entry.one_of("effect", EFFECTS, "effect", EFFECTS[0]) == EFFECTS[0],
        threshold=entry.fraction("threshold"),
        quorum=entry.fraction("quorum"),
        abstentions_in_share=entry.data.get("abstentions_in_share", False) is True,
    )


def _participants(root: Entry) -> dict[str, Participant]:
    found: dict[str, Participant] = {}
    for entry in root.entries("participants"):
        person = _participant(entry)
        if person.id in found:
            entry.refuse(f'"{person.id}" stands twice')
        found[person.id] = person
    return found


def _participant(entry: Entry) -> Participant:
    spoken = entry.language("lang")
    return Participant(
        id=entry.text("id"),
        name=entry.text("name"),
        role=Role(entry.one_of("role", tuple(Role), "role")),
        lang=spoken,
        reads=entry.language("reads", spoken),
        room=entry.optional_text("room"),
        chamber=entry.text("chamber", ""),
    )


def _rooms(root: Entry, people: Mapping[str, Participant]) -> dict[str, RoomPlan]:
    found: dict[str, RoomPlan] = {}
    for entry in root.entries("rooms"):
        room = _room(entry, people)
        if room.id in found:
            entry.refuse(f'"{room.id}" stands twice')
        found[room.id] = room
    for entry, person in zip(root.entries("participants"), people.values(), strict=True):
        if person.room is not None and person.id not in getattr(found.get(person.room), "members", ()):
            entry.refuse(f'"{person.id}" is not among the members of room "{person.room}"')
    return found


def _room(entry: Entry, people: Mapping[str, Participant]) -> RoomPlan:
    members = tuple(str(member) for member in entry.get("members", list, "a list"))
    for member in members:
        if member not in people:
            entry.refuse(f'unknown person "{member}"')
    if len(set(members)) != len(members):
        entry.refuse("a member stands twice")
    facilitator = entry.one_of("facilitator", people, "person")
    if facilitator not in members:
        entry.refuse(f'the facilitator "{facilitator}" is not among the members')
    return RoomPlan(
        entry.text("id"),
        entry.by_language("topic"),
        facilitator=facilitator,
        members=members,
        end=entry.milliseconds("end"),
    )


def _drafts(root: Entry, people: People, rooms: Rooms) -> dict[str, DraftPlan]:
    found: dict[str, DraftPlan] = {}
    for entry in root.entries("drafts"):
        draft = _draft(entry, people, rooms)
        if draft.id in found:
            entry.refuse(f'"{draft.id}" stands twice')
        found[draft.id] = draft
    return found


def _draft(entry: Entry, people: People, rooms: Rooms) -> DraftPlan:
    room = entry.one_of("room", rooms, "room")
    lang = entry.language("lang")
    versions = tuple(
        _version(Entry(entry.file, f"{entry.place}.{version.place}", version.data), lang, people, rooms[room])
        for version in entry.entries("versions")
    )
    submitted = entry.milliseconds("submitted_at") if entry.data.get("submitted_at") is not None else None
    times = [version.t for version in versions] + ([submitted] if submitted is not None else [])
    if not versions:
        entry.refuse("a draft has at least one version")
    if times != sorted(times):
        entry.refuse("time runs backwards between versions and submission")
    return DraftPlan(entry.text("id"), room, lang=lang, versions=versions, submitted_at=submitted)


def _version(entry: Entry, lang: str, people: People, room: RoomPlan) -> DraftVersion:
    by = entry.one_of("by", people, "person")
    if by not in room.members:
        entry.refuse(f'"{by}" is not among the members of room "{room.id}"')
    return DraftVersion(
        n=int(entry.get("n", int, "a whole number")),
        t=entry.milliseconds("t"),
        by=by,
        lang=entry.language("lang", lang),
        title=entry.text("title", ""),
        text=entry.text("text"),
        reasons=entry.text("reasons", ""),
    )


def _merges(root: Entry, people: People, rooms: Rooms, drafts: Mapping[str, DraftPlan]) -> dict[str, MergePlan]:
    found: dict[str, MergePlan] = {}
    for entry in root.entries("merges"):
        merge = _merge(entry, people, rooms)
        if merge.id in found or merge.id in drafts:
            entry.refuse(f'"{merge.id}" stands twice')
        for name in merge.drafts:
            draft = drafts[name] if name in drafts else entry.refuse(f'unknown draft "{name}"')
            if draft.submitted_at is None or draft.submitted_at > merge.t:
                entry.refuse(f'draft "{name}" is not submitted before it')
        found[merge.id] = merge
    return found


def _merge(entry: Entry, people: People, rooms: Rooms) -> MergePlan:
    room, by = entry.one_of("room", rooms, "room"), entry.one_of("by", people, "person")
    if by not in rooms[room].members:
        entry.refuse(f'"{by}" is not among the members of room "{room}"')
    return MergePlan(
        entry.text("id"),
        room,
        by=by,
        t=entry.milliseconds("t"),
        drafts=tuple(str(each) for each in entry.get("drafts", list, "a list")),
        lang=entry.language("lang", people[by].lang),
        title=entry.text("title", ""),
        text=entry.text("text"),
        reasons=entry.text("reasons", ""),
        accepts=_people(entry, "accepts", people),
        refuses=_people(entry, "refuses", people),
    )


def _motions(root: Entry, drafts: Mapping[str, DraftPlan], merges: Mapping[str, MergePlan]) -> dict[str, MotionPlan]:
    found: dict[str, MotionPlan] = {}
    for entry in root.entries("motions"):
        draft = entry.one_of("draft", {**drafts, **merges}, "draft")
        motion = MotionPlan(
            entry.text("id"), draft, opens=entry.milliseconds("opens"), closes=entry.milliseconds("closes")
        )
        if motion.id in found:
            entry.refuse(f'"{motion.id}" stands twice')
        if motion.closes <= motion.opens:
            entry.refuse("time runs backwards: it closes before it opens")
        if draft in drafts and drafts[draft].submitted_at is None:
            entry.refuse(f'draft "{draft}" is never submitted')
        found[motion.id] = motion
    return found


def _amendments(root: Entry, people: People, motions: Mapping[str, MotionPlan]) -> dict[str, AmendmentPlan]:
    found: dict[str, AmendmentPlan] = {}
    for entry in root.entries("amendments"):
        amendment = _amendment(entry, people, motions)
        if amendment.id in found or amendment.id in motions:
            entry.refuse(f'"{amendment.id}" stands twice')
        found[amendment.id] = amendment
    return found


def _amendment(entry: Entry, people: People, motions: Mapping[str, MotionPlan]) -> AmendmentPlan:
    motion, name, t = motions[entry.one_of("motion", motions, "motion")], entry.text("id"), entry.milliseconds("t")
    vote = None
    if entry.data.get("opens") is not None:
        vote = MotionPlan(name, motion.draft, opens=entry.milliseconds("opens"), closes=entry.milliseconds("closes"))
        if not t <= vote.opens < vote.closes <= motion.opens:
            entry.refuse("time runs backwards: it is offered, opens, closes, and then its motion opens")
    by = entry.one_of("by", people, "person")
    return AmendmentPlan(
        name,
        motion.id,
        by=by,
        t=t,
        act=entry.one_of("act", ACTS, "act"),
        paragraph=int(entry.get("paragraph", int, "a whole number")),
        lang=entry.language("lang", people[by].lang),
        text=entry.text("text", ""),
        reasons=entry.text("reasons", ""),
        supporters=_people(entry, "supporters", people),
        vote=vote,
    )


def _statements(root: Entry, people: People, motions: Mapping[str, MotionPlan]) -> tuple[StatementPlan, ...]:
    found: dict[str, StatementPlan] = {}
    for entry in root.entries("statements"):
        by = entry.one_of("by", people, "person")
        statement = StatementPlan(
            entry.text("id"),
            entry.one_of("motion", motions, "motion"),
            by=by,
            t=entry.milliseconds("t"),
            lang=entry.language("lang", people[by].lang),
            text=entry.text("text"),
            signers=_people(entry, "signers", people),
        )
        if statement.id in found:
            entry.refuse(f'"{statement.id}" stands twice')
        if statement.t < motions[statement.motion].opens:
            entry.refuse("time runs backwards: nobody states anything before the vote opens")
        found[statement.id] = statement
    return tuple(found.values())


def _people(entry: Entry, key: str, people: People) -> tuple[str, ...]:
    names = tuple(str(each) for each in entry.data.get(key, []))
    if strangers := [each for each in names if each not in people]:
        entry.refuse(f'unknown person "{strangers[0]}"')
    return names


def _ballots(root: Entry, people: People, motions: Mapping[str, MotionPlan]) -> tuple[BallotPlan, ...]:
    last: dict[str, int] = {}
    found: list[BallotPlan] = []
    for index, entry in enumerate(root.entries("ballots")):
        ballot = BallotPlan(
            index,
            entry.one_of("motion", motions, "motion"),
            by=entry.one_of("by", people, "person"),
            t=entry.milliseconds("t"),
            choice=Choice(entry.one_of("choice", tuple(Choice), "choice")),
            rejected=entry.data.get("expect") == "reject",
        )
        if ballot.t < last.get(ballot.motion, 0):
            entry.refuse("time runs backwards within a motion")
        last[ballot.motion] = ballot.t
        found.append(ballot)
    return tuple(found)
