"""What members may send to a room: whoever takes part may ask, the room decides."""

from __future__ import annotations

from floor.core.commands import (
    HandLower,
    HandRaise,
    InvitationsAllow,
    InvitationsStop,
    OfferAccept,
    OfferDecline,
    OfferProlong,
    QuestionAllow,
    SpeechStart,
    SpeechStop,
    TurnYield,
)
from kernel.wire import name_of
from live.doors import Door, participates
from recommendations.core import drafting
from rooms.core.step import ReadyDeclare, ReadyWithdraw
from rooms.core.types import ContributionMake, NoteMake

_MEMBER: tuple[type, ...] = (
    HandRaise,
    HandLower,
    OfferAccept,
    OfferDecline,
    OfferProlong,
    InvitationsStop,
    InvitationsAllow,
    TurnYield,
    QuestionAllow,
    SpeechStart,
    SpeechStop,
    ContributionMake,
    NoteMake,
    ReadyDeclare,
    ReadyWithdraw,
    *drafting.COMMANDS,
)

COMMANDS: dict[str, Door] = {name_of(command): Door(command, "room", participates) for command in _MEMBER}
