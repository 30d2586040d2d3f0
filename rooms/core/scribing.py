"""Acting for a person without a device: who types for whom, and what that means for their presence.

The organiser assigns a scribe to a person. Time, place and words are the person's; the log's `by` and the mark on
what was said name the scribe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kernel.errors import Refused
from live.core.kinds import Moment
from rooms.core.events import ContributionMade, NoteMade, RoomEvent
from rooms.core.types import MemberAct, RoomState, ScribeAct

Decide = Callable[[RoomState, MemberAct, Moment], Sequence[RoomEvent]]


def act(room: RoomState, command: ScribeAct, moment: Moment, decide: Decide) -> list[RoomEvent]:
    """Events of an act that a scribe does for their person; decided as if the person had done it themself."""
    person = person_of(room, moment.by, command.member)
    events = decide(room, command.act, moment._replace(by=person))
    return [_marked(event, moment.by) for event in events]


def person_of(room: RoomState, scribe: str | None, member: str) -> str:
    """This member, if it is for them that the scribe types here, or `Refused`."""
    seat, own = room.seats.get(member), room.seats.get(scribe or "")
    if seat is None or seat.removed or own is None or own.removed or seat.scribe != scribe:
        raise Refused("scribe.not_yours")
    return member


def _marked(event: RoomEvent, scribe: str | None) -> RoomEvent:
    return replace(event, scribe=scribe) if isinstance(event, ContributionMade | NoteMade) else event


def people_of(room: RoomState, scribe: str) -> tuple[str, ...]:
    """For whom this member types here."""
    return tuple(key for key, seat in room.seats.items() if seat.scribe == scribe and not seat.removed)


def is_needed(room: RoomState, scribe: str) -> bool:
    """Whether anybody who sits here has this scribe, those sent out included, who may be let in again."""
    return any(seat.scribe == scribe for seat in room.seats.values())


def is_represented(room: RoomState, member: str) -> bool:
    """Whether this person's scribe is here: then so is the person, whatever becomes of a screen of their own."""
    seat = room.seats.get(member)
    scribe = room.seats.get(seat.scribe or "") if seat else None
    return scribe is not None and scribe.present
