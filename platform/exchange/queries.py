"""Reading the exchange: what is shared, and what a sharing needs to know of its room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exchange.core.merging import Candidate, Change, Ground, Merge, MergeAnswer, MergePropose, Parent
from exchange.core.sharing import GRADIENT, DraftShare, ExchangeState, Share, ShareClose, Source
from live.names import parse_name, stream_name
from live.services import state_or
from plenary.models import Motion
from recommendations.core.drafting import DraftState, has_majority
from recommendations.queries import merged_drafts, of_assembly
from rooms.models import Room
from rooms.polls import counted
from rooms.queries import people_who_count, rooms_of_assembly, states_of


def exchange_of(assembly_id: int) -> str:
    """The name of the stream in which rooms of an assembly exchange drafts."""
    return stream_name("exchange", assembly_id)


def exchange_state(assembly_id: int) -> ExchangeState:
    """What is shared now; nothing where nobody ever shared."""
    return state_or(exchange_of(assembly_id), ExchangeState())


def shared_by(state: ExchangeState, room: int) -> list[Share]:
    """What this room lets others read, the newest first."""
    return [each for each in [*state.shares.values()][::-1] if each.room == room]


def shared_with(state: ExchangeState, room: int) -> list[Share]:
    """What this room is asked to read, the newest first."""
    return [each for each in [*state.shares.values()][::-1] if room in each.readers]


def merges_with(state: ExchangeState, room: int) -> list[Merge]:
    """The proposals that concern this room, the newest first."""
    return [each for each in [*state.merges.values()][::-1] if room in (*each.rooms, each.room)]


def candidates_of(assembly_id: int) -> dict[str, Candidate]:
    """Every draft of an assembly that has a version, by its key, as it stands now; five queries."""
    rooms = list(rooms_of_assembly(assembly_id))
    changes = _changes(assembly_id)
    return {
        draft.key: Candidate(
            Parent(room, draft.key, draft.version),
            is_accepted=draft.submitted or has_majority(draft, people_who_count(state)),
            is_sent=draft.submitted,
            change=_change(draft, changes),
        )
        for room, state in states_of(rooms).items()
        for draft in state.drafts.values()
        if draft.versions
    }


def _changes(assembly_id: int) -> dict[str, tuple[int, Change]]:
    """By draft: up to which version it is part of a merged text or of a motion."""
    motions = Motion.objects.filter(assembly=assembly_id)
    voted = {key for motion in motions for key in (motion.recommendation, *motion.others)}
    found: dict[str, tuple[int, Change]] = {
        row.draft: (row.version, "voted") for row in of_assembly(assembly_id) if row.key in voted
    }
    return found | {draft: (version, "merged") for draft, (version, _row) in merged_drafts(assembly_id).items()}


def _change(draft: DraftState, changes: Mapping[str, tuple[int, Change]]) -> Change | None:
    version, change = changes.get(draft.key, (0, None))
    return change if draft.version <= version else None


def gather(stream: str, state: ExchangeState, command: Any) -> Any:
    """What deciding needs from tables: of a draft that is to be shared its `Source`, of a sharing that ends the
    numbers by step, of texts that are merged how they stand, and of an answer to that whose count."""
    match command:
        case MergePropose():
            return candidates_of(parse_name(stream).id)
        case MergeAnswer(room=room):
            assembly = parse_name(stream).id
            states = states_of(Room.objects.filter(assembly=assembly, pk=room))
            people = [key for state in states.values() for key in people_who_count(state)]
            return Ground(people, candidates_of(assembly))
        case DraftShare(draft, room):
            return _source(parse_name(stream).id, room, draft)
        case ShareClose(share):
            return counted(share, GRADIENT)
        case _:
            return None


def _source(assembly_id: int, room: int, key: str) -> Source | None:
    rooms = {each.pk: each for each in Room.objects.filter(assembly=assembly_id)}
    state = states_of([rooms[room]]).get(room) if room in rooms else None
    draft = state.drafts.get(key) if state else None
    if state is None or draft is None or not draft.versions:
        return None
    newest, stands = draft.newest, draft.submitted or has_majority(draft, people_who_count(state))
    return Source(draft.version, newest.title, newest.recommendation, newest.reasons, stands, frozenset(rooms))
