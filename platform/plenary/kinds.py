"""The kind of stream a plenary is: `plenary.<assembly>`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assemblies import queries as members
from assemblies.models import scope_of
from live import queries as live_queries
from live.core.actors import Actor, Standing
from live.core.kinds import Projection, Recorded, StreamKind, Words, WordsShown, words_of
from live.names import parse_name
from plenary import masks, queries, services
from plenary.core import machine, motions
from plenary.core.motions import (
    MotionAdded,
    MotionCertified,
    MotionClosed,
    MotionOpened,
    MotionProlonged,
    MotionVoided,
    PlenaryState,
)
from translation.replacing import carry_over
from translation.services import open_feed, want

PARTICIPANTS = ("citizen", "chair")


def _standing(stream: str, actor: Actor) -> Standing | None:
    if parse_name(stream).id != actor.assembly:
        return None
    return Standing.PARTICIPANT if actor.role in PARTICIPANTS else Standing.READER


def _words(keys: Iterable[str]) -> Mapping[str, WordsShown]:
    wanted = list(keys)
    return {**live_queries.words(wanted), **members.names(wanted)}


def _project(projections: Sequence[Projection[PlenaryState]]) -> None:
    for each in projections:
        for record in each.records:
            _project_one(each.stream, each.state, record)


def _project_one(stream: str, state: PlenaryState, record: Recorded[PlenaryState]) -> None:
    assembly = parse_name(stream).id
    match record.event:
        case MotionAdded() as added:
            services.keep_motion(assembly, added)
            if added.repeats is None:  # what is repeated is translated, and put right, already
                _have_translated(stream, assembly, added)
        case MotionOpened() | MotionProlonged() | MotionClosed():
            _project_ballot(state, record.event)
        case MotionVoided(motion):
            services.void_ballot(assembly, state.motions[motion], at=record.at)
        case MotionCertified(motion) if state.motions[motion].phase == "certified":
            services.publish_result(assembly, state.motions[motion])
    if said := words_of(record.event):
        want(stream, scope=scope_of(assembly), words=said)


def _project_ballot(state: PlenaryState, event: MotionOpened | MotionProlonged | MotionClosed) -> None:
    match event:
        case MotionOpened():
            services.freeze_roll(state.motions[event.motion], event, present=state.present)
        case MotionProlonged(motion, closes_at):
            services.prolong_ballot(motion, closes_at)
        case MotionClosed(motion):
            services.close_ballot(motion)


def _have_translated(stream: str, assembly: int, added: MotionAdded) -> None:
    amendable = [added.lang] if added.rule.amendments else []
    for lang in {*members.reading_languages(assembly), *amendable}:
        open_feed(stream, lang)
    words = [Words(key, part.lang, "") for part in motions.parts_of(added) for key in part.words]
    want(stream, scope=scope_of(assembly), words=words)
    carry_over(stream, {each.key: each.key for each in words})


PLENARY: StreamKind[PlenaryState] = StreamKind(
    name="plenary",
    version=1,
    events=motions.EVENTS,
    state=PlenaryState,
    initial=PlenaryState,
    decide=machine.decide,
    evolve=machine.evolve,
    next_deadline=machine.next_deadline,
    expire=machine.expire,
    stalled=machine.stalled,
    mentions=motions.mentions,
    project=_project,
    words=_words,
    standing=_standing,
    arrive=motions.MemberArrive,
    leave=motions.MemberLeave,
    gather=queries.gather,
    signed=masks.signed,
)
