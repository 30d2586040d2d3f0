"""The kind of stream that carries a room, and the rows its events leave in other tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from assemblies.models import scope_of
from assemblies.queries import names
from floor.core.commands import MemberArrive, MemberLeave
from live import bulk, queries
from live.core.actors import Actor, Standing
from live.core.kinds import Projection, Recorded, StreamKind, Words, WordsShown
from live.log import words_in
from live.names import parse_name
from live.services import release
from recommendations.core.drafting import DraftBegun, DraftFreeze, DraftSubmitted, DraftWrite, DraftWritten
from recommendations.services import keep_revision, submit_draft
from recommendations.writing import follow_version, live_text, open_text
from rooms import rules
from rooms.accommodations import weights_of
from rooms.core import room as core
from rooms.core.control import ContributionHidden, ContributionRestored, ContributionWithdrawn, SaidCommand
from rooms.core.events import (
    EVENTS,
    ContributionMade,
    ItemOpened,
    MemberReadmitted,
    MemberRemoved,
    NoteMade,
    SeatGiven,
    SeatTaken,
    StageEvent,
)
from rooms.core.poll import PollClosed
from rooms.core.step import StepEvent
from rooms.core.types import RoomState, ScribeAct
from rooms.core.wording import ContributionCorrect, SuggestionAccept, SuggestionDecline, SuggestionMade
from rooms.models import Contribution, Room, Seat
from rooms.people import organisers_of
from rooms.polls import counts_for, forget_answers
from rooms.said import all_words, earlier
from rooms.wordings import project_wordings
from translation.services import Wanted, open_feed, silence, want_all

CONTRIBUTION = (
    "room", "member", "words", "lang", "at", "seq", "kind", "turn", "item", "hidden", "withdrawn", "wording",
)  # fmt: skip
SeatEvent = SeatGiven | SeatTaken | MemberRemoved | MemberReadmitted


def project(projections: Sequence[Projection[RoomState]]) -> None:
    """Seats, contributions, versions, recommendations and wanted translations, as the events say."""
    for each in projections:
        room = parse_name(each.stream).id
        _project_seats(each.stream, room, each.records)
        _project_stage(room, each)
        _project_step(room, each)
    bulk.insert(Contribution, CONTRIBUTION, (row for each in projections for row in _contributions(each)))
    _hand_on(projections)
    project_wordings(projections)
    for each in projections:
        _project_control(each.records)


def _project_seats(stream: str, room: int, records: Sequence[Recorded[RoomState]]) -> None:
    for record in records:
        match record.event:
            case SeatGiven(member=member, role=role, reads=reads):
                Seat.objects.update_or_create(room_id=room, member_id=member, defaults={"role": role})
                open_feed(stream, reads)
            case SeatTaken(member):
                Seat.objects.filter(room_id=room, member_id=member).delete()
            case MemberRemoved(member) | MemberReadmitted(member) as event:
                removed = isinstance(event, MemberRemoved)
                Seat.objects.filter(room_id=room, member_id=member).update(removed=removed)


def _project_stage(room: int, projection: Projection[RoomState]) -> None:
    if any(isinstance(record.event, StageEvent) for record in projection.records):
        state = projection.state
        Room.objects.filter(pk=room).update(stage=state.phase, final_at=state.final_at)


def _project_control(records: Sequence[Recorded[RoomState]]) -> None:
    for record in records:
        match record.event:
            case ContributionHidden(words, reason):
                silence(all_words(words))
                Contribution.objects.filter(words=words).update(hidden=reason)
            case ContributionWithdrawn(words):
                silence(all_words(words))
                Contribution.objects.filter(words=words).update(hidden="", withdrawn=True)
            case ContributionRestored(words):
                release(all_words(words))
                Contribution.objects.filter(words=words).update(hidden="")
            case PollClosed(poll=poll):
                forget_answers(poll)


def _project_step(room: int, projection: Projection[RoomState]) -> None:
    if any(isinstance(record.event, StepEvent) for record in projection.records):
        step, seq = projection.state.step, projection.state.step_seq
        until = step.ends_at + step.extra_ms if step and step.extra_ms else 0
        Room.objects.filter(pk=room).update(
            step=step.key if step else "", step_seq=seq, is_step_done=bool(step and step.is_done), step_until=until
        )


def _contributions(projection: Projection[RoomState]) -> Iterator[tuple[Any, ...]]:
    room, records = parse_name(projection.stream).id, projection.records
    items = {record.seq: record.event.number for record in records if isinstance(record.event, ItemOpened)}
    item = projection.state.item - len(items)
    for record in records:
        item, event = items.get(record.seq, item), record.event
        if isinstance(event, ContributionMade):
            yield (*_said(room, record, event), "contribution", event.turn, item, "", False, event.words.key)
        elif isinstance(event, NoteMade):
            yield (*_said(room, record, event), "note", 0, item, "", False, event.words.key)


def _said(room: int, record: Recorded[RoomState], event: ContributionMade | NoteMade) -> tuple[Any, ...]:
    return room, event.member, event.words.key, event.words.lang, record.at, record.seq


def _hand_on(projections: Sequence[Projection[RoomState]]) -> None:
    """To the translators what was written, to the recommendations what became of the drafts."""
    written = {
        each.stream: [word for record in each.records for word in _to_translate(record.event)] for each in projections
    }
    drafts = [
        (each.state, record)
        for each in projections
        for record in each.records
        if isinstance(record.event, DraftBegun | DraftWritten | DraftSubmitted)
    ]
    scopes = _scopes([stream for stream, words in written.items() if words]) if any(written.values()) else {}
    want_all([Wanted(stream, scope, written[stream]) for stream, scope in scopes.items()])
    for state, record in drafts:
        _hand_on_draft(Room.objects.get(pk=parse_name(record.stream).id), state, record)


def _to_translate(event: Any) -> Sequence[Words]:
    """A suggested translation is one already."""
    return () if isinstance(event, SuggestionMade) else words_in(event)


def _scopes(streams: Collection[str]) -> dict[str, str]:
    """What the translations of these rooms are kept for: their assembly; one query."""
    rooms = {parse_name(stream).id: stream for stream in streams}
    found = bulk.select(Room, ("id", "assembly"), id=rooms)
    return {rooms[room]: scope_of(assembly) for room, assembly in found}


def _hand_on_draft(room: Room, state: RoomState, record: Recorded[Any]) -> None:
    draft = state.drafts[record.event.draft]
    if isinstance(record.event, DraftBegun):
        open_text(record.stream, draft, assembly=room.assembly_id)
    elif isinstance(record.event, DraftWritten):
        keep_revision(room.assembly_id, record)
        follow_version(draft)
    else:
        submit_draft(room.assembly_id, record=record, label=str(room), draft=draft)


def _words(keys: Iterable[str]) -> Mapping[str, WordsShown]:
    wanted = set(keys)
    return {**queries.words(wanted), **names(wanted)}


def _standing(stream: str, actor: Actor) -> Standing | None:
    return rules.standing(actor, parse_name(stream).id)


def _gather(stream: str, state: RoomState, command: object) -> Any:
    act = command.act if isinstance(command, ScribeAct) else command
    if isinstance(act, SaidCommand | ContributionCorrect):
        return earlier(parse_name(stream).id, act.words)
    if isinstance(act, SuggestionAccept | SuggestionDecline):
        return organisers_of(parse_name(stream).id)
    if isinstance(act, DraftFreeze | DraftWrite):
        return live_text(state.drafts.get(act.draft or ""))
    return counts_for(state, act)


def _silences(event: Any) -> bool:
    return isinstance(event, ContributionHidden | ContributionWithdrawn | ContributionRestored)


def _banished(event: Any) -> str | None:
    return event.member if isinstance(event, MemberRemoved | SeatTaken) else None


ROOM: StreamKind[RoomState] = StreamKind(
    name="room",
    version=1,
    events=EVENTS,
    state=RoomState,
    initial=RoomState,
    decide=core.decide,
    evolve=lambda state, record: core.evolve(state, record.event, record.at),
    next_deadline=core.next_deadline,
    expire=core.expire,
    stalled=core.stalled,
    mentions=core.mentions,
    project=project,
    words=_words,
    standing=_standing,
    arrive=MemberArrive,
    leave=MemberLeave,
    gather=_gather,
    confided=weights_of,
    banished=_banished,
    may_type=core.may_type,
    silences=_silences,
)
