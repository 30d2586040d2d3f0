"""The texts that a room writes together: whoever reads the room reads them, and with each update it is asked anew who
may write."""

from __future__ import annotations

from typing import NamedTuple

from django.db import transaction

from kernel.errors import Refused
from live.documents import Added, DocumentKind, Missing
from live.folds import current, positions
from live.names import DocumentName, parse_name
from recommendations import resting, writing
from recommendations.core.drafting import DraftState, refuse_unless_open
from recommendations.models import DraftText
from rooms.core.types import RoomState
from rooms.core.writing import writer_of
from rooms.models import Room


class _Opened(NamedTuple):
    """A common text with its room and draft, all held until the transaction ends."""

    text: DraftText
    room: RoomState
    draft: DraftState


def _opened(name: DocumentName) -> _Opened:
    found = positions([name.root], lock=True)
    room: RoomState | None = current(found[0]).state if found else None
    draft = room.drafts.get(name.key) if room else None
    if room is None or draft is None:
        raise Refused("draft.unknown")
    assembly = Room.objects.values_list("assembly", flat=True).get(pk=parse_name(name.root).id)
    return _Opened(writing.open_text(name.root, draft, assembly=assembly), room, draft)


@transaction.atomic
def missing(name: DocumentName, known: bytes) -> Missing:
    """What whoever has `known` lacks of a draft's common text; its translations follow. Safe to repeat."""
    resting.forget(name)
    return writing.missing(_opened(name).text, known)


@transaction.atomic
def add(name: DocumentName, update: bytes, by: str, member: str | None = None) -> Added | None:
    """Store an update of a draft's common text, or `Refused`. Safe to repeat: what is known already changes nothing."""
    text, room, draft = _opened(name)
    author = writer_of(room, by, member)
    refuse_unless_open(draft)
    return writing.add_update(text, update, member=author)


DRAFT = DocumentKind(name="draft", missing=missing, add=add, seqs=writing.seqs, looked_at=resting.look)
