"""Reading the exchange: what is shared, and what a sharing needs to know of its room."""

from __future__ import annotations

from typing import Any

from exchange.core.sharing import GRADIENT, DraftShare, ExchangeState, Share, ShareClose, Source
from live.names import parse_name, stream_name
from live.services import state_or
from recommendations.core.drafting import has_majority
from rooms.models import Room
from rooms.polls import counted
from rooms.queries import people_who_count, states_of


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


def gather(stream: str, state: ExchangeState, command: Any) -> Any:
    """What deciding needs from tables: of a draft that is to be shared its `Source`, of a sharing that ends the
    numbers by step."""
    match command:
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
