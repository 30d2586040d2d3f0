"""Who met whom in a room, by its log."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from floor.core.events import MemberArrived, MemberLeft
from rooms.core.events import RoomClosed, RoomEvent, RoomOpened

PRESENCE = (MemberArrived, MemberLeft, RoomOpened, RoomClosed)
"""The events that it follows from."""


def met_in(events: Iterable[RoomEvent], people: Collection[str]) -> frozenset[frozenset[str]]:
    """Pairs of these people who were here at the same time while the room was open."""
    here, met, is_open = set[str](), set[frozenset[str]](), False
    for event in events:
        come: Collection[str] = ()
        match event:
            case RoomOpened():
                is_open, come = True, tuple(here)
            case RoomClosed():
                is_open = False
            case MemberArrived(member) if member in people:
                here.add(member)
                come = (member,)
            case MemberLeft(member):
                here.discard(member)
        if is_open:
            met |= {frozenset((one, other)) for one in come for other in here if one != other}
    return frozenset(met)
