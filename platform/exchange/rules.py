"""Who may share a room's drafts, comment on those of other rooms, and answer."""

from __future__ import annotations

from collections.abc import Collection

from exchange.core.sharing import Comment, Share
from facilitation.rules import may_chair
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
