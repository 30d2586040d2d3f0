"""Who may share a room's drafts, comment on those of other rooms, and answer."""

from __future__ import annotations

from collections.abc import Collection

from exchange.core.merging import Candidate, Merge
from exchange.core.sharing import Comment, ExchangeState, Share
from facilitation.rules import CHAIRS, may_chair
from live.core.actors import Actor
from live.names import parse_name, stream_name
from rooms.core.types import SPEAKING_ROLES
from rooms.models import Seat


def speaks_in(actor: Actor, rooms: Collection[int]) -> frozenset[int]:
    """In which of these rooms the actor has a seat that takes turns; one query."""
    seats = Seat.objects.filter(room__in=rooms, member__key=actor.key, role__in=SPEAKING_ROLES, removed=False)
    return frozenset(seats.values_list("room", flat=True))


def may_share(actor: Actor, room: int) -> bool:
    """Share, end a sharing, and answer: whoever takes turns in the room that wrote the text, and who leads it."""
    return bool(speaks_in(actor, (room,))) or may_chair(actor, parse_name(stream_name("room", room)))


def may_judge(actor: Actor, share: Share, room: int) -> bool:
    """Comment and say how far one agrees: whoever takes turns in a room that reads it, and not in the one that wrote
    it."""
    return judges(speaks_in(actor, (share.room, room)), share, room)


def judges(own: Collection[int], share: Share, room: int) -> bool:
    """The same of who takes turns in these rooms."""
    return room in share.readers and room in own and share.room not in own


def may_withdraw(actor: Actor, comment: Comment) -> bool:
    """Take a comment back: whoever wrote it, and who leads their room."""
    return comment.member == actor.key or may_chair(actor, parse_name(stream_name("room", comment.room)))


def may_merge(actor: Actor, room: int, candidate: Candidate, state: ExchangeState) -> bool:
    """Propose to merge this text, from a room in which the actor may share: what the room itself stands behind, what
    everybody may read, what it was asked to read; who leads rooms, whatever a room stands behind."""
    parent = candidate.parent
    shared = any(
        (share.draft, share.version) == (parent.draft, parent.version) and room in share.readers
        for share in state.shares.values()
    )
    return candidate.is_accepted and (parent.room == room or candidate.is_sent or shared or actor.role in CHAIRS)


def may_answer(actor: Actor, room: int) -> bool:
    """Say for oneself whether one can live with a merged text: whoever takes turns in a room that it is made of."""
    return bool(speaks_in(actor, (room,)))


def may_take_back(actor: Actor, merge: Merge) -> bool:
    """Take a proposal back: whoever made it, and who leads the room it came from."""
    return merge.member == actor.key or may_chair(actor, parse_name(stream_name("room", merge.room)))
