"""What has happened at the floor. An event says all that `evolve` needs: rules are applied before it, never in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from floor.core.types import CorrectionReason, Kind, Limits, Mode, OfferReason, Tag

LowerReason = Literal["lowered", "timeout", "declined", "skipped", "left", "muted", "removed", "mode"]
LapseReason = Literal["declined", "timeout", "left", "skipped", "muted", "removed", "called", "mode", "closed"]
EndReason = Literal["yielded", "limit", "chair", "left", "muted", "removed", "mode", "closed"]
StopReason = Literal["stopped", "left", "muted", "removed", "paused", "mode", "closed"]


@dataclass(frozen=True, slots=True)
class HandRaised:
    """Somebody asks for the floor."""

    member: str
    kind: Kind
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class HandAdvanced:
    """The chair put this person's ordinary hand before the two lists."""

    member: str


@dataclass(frozen=True, slots=True)
class HandLowered:
    """This person's request of this kind is gone, or all of them where `kind` is None."""

    member: str
    reason: LowerReason
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class FloorHeld:
    """This person, who is owed time, is invited to speak before somebody over the share is called."""

    member: str
    until: int
    gap_until: int | None = None
    """End of the gap after a turn, where it is still going on."""


@dataclass(frozen=True, slots=True)
class FloorOffered:
    """It is this person's turn as soon as they accept."""

    member: str
    until: int
    reason: OfferReason
    kind: Kind = "normal"
    departs: bool = False
    """The chair called somebody else than the policy would have."""
    gap_until: int | None = None
    """End of the gap after a turn, where it is still going on and the rule calls: the chair's call ends it."""


@dataclass(frozen=True, slots=True)
class OfferAccepted:
    """The person will speak as soon as the gap is over; after it, accepting begins the turn."""

    member: str


@dataclass(frozen=True, slots=True)
class OfferProlonged:
    """The person needs longer to reach the screen."""

    member: str
    until: int


@dataclass(frozen=True, slots=True)
class OfferLapsed:
    """The invitation or offer is over without a turn."""

    member: str
    reason: LapseReason


@dataclass(frozen=True, slots=True)
class TurnStarted:
    """This person has the floor, until `ends_at` if somebody waits."""

    member: str
    ends_at: int | None
    kind: Kind
    departs: bool = False


@dataclass(frozen=True, slots=True)
class TurnSuspended:
    """The turn of this person stands still while a question is put to them."""

    member: str


@dataclass(frozen=True, slots=True)
class TurnResumed:
    """The question is over, and the turn goes on; what it has left is as before."""

    member: str


@dataclass(frozen=True, slots=True)
class TurnLimited:
    """The end of the turn moved because people began or ceased to wait."""

    member: str
    ends_at: int | None


@dataclass(frozen=True, slots=True)
class TurnExtended:
    """The chair gave the speaker more time."""

    member: str
    seconds: int
    ends_at: int | None


@dataclass(frozen=True, slots=True)
class TurnWrapping:
    """The time is used up and somebody waits: please finish until `ends_at`."""

    member: str
    ends_at: int


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The turn is over; the next begins after the gap."""

    member: str
    reason: EndReason
    gap_until: int | None


@dataclass(frozen=True, slots=True)
class FloorOpened:
    """Anybody may ask; nobody speaks."""


@dataclass(frozen=True, slots=True)
class FloorClosed:
    """Nobody may ask any more; all hands are down, and a round is over."""


@dataclass(frozen=True, slots=True)
class FloorPaused:
    """All clocks stand still."""


@dataclass(frozen=True, slots=True)
class FloorResumed:
    """It goes on; every deadline has moved by the length of the pause."""


@dataclass(frozen=True, slots=True)
class FloorChanged:
    """New mode and limits."""

    mode: Mode
    limits: Limits


@dataclass(frozen=True, slots=True)
class RoundStarted:
    """Everybody here is called once, in this order; then the floor goes on in mode `then`."""

    members: tuple[str, ...]
    then: Mode


@dataclass(frozen=True, slots=True)
class RoundEnded:
    """Everybody has been called, or the programme went on; the floor is as before the round."""


@dataclass(frozen=True, slots=True)
class ListClosed:
    """Nobody else asks for a turn on this item."""


@dataclass(frozen=True, slots=True)
class ListOpened:
    """People may ask again."""


@dataclass(frozen=True, slots=True)
class TimeCorrected:
    """The chair corrected what was counted for this person, and with it for their group."""

    member: str
    ms: int
    reason: CorrectionReason


@dataclass(frozen=True, slots=True)
class GroupFormed:
    """These people share this time; nobody, and the group is gone."""

    group: str
    members: tuple[str, ...]
    budget_ms: int


@dataclass(frozen=True, slots=True)
class GroupCompensated:
    """This group overran by so much, and every group got as much more."""

    group: str
    ms: int


@dataclass(frozen=True, slots=True)
class PaceChanged:
    """Turns have these lengths by language, in percent of the usual one."""

    paces: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LagChanged:
    """Translations arrive so late, and gaps grow with it."""

    lag_ms: int


@dataclass(frozen=True, slots=True)
class InvitationsStopped:
    """This person is not invited any more."""

    member: str


@dataclass(frozen=True, slots=True)
class InvitationsAllowed:
    """This person may be invited again."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberMuted:
    """The chair barred this person from turns and notes."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberUnmuted:
    """This person may speak again."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberArrived:
    """This person is here."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """This person has gone; a raised hand is kept for a while."""

    member: str


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody began to speak (mode `free`)."""

    member: str


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """Somebody stopped speaking (mode `free`)."""

    member: str
    reason: StopReason


FloorEvent = (
    HandRaised
    | HandAdvanced
    | HandLowered
    | FloorHeld
    | FloorOffered
    | OfferAccepted
    | OfferProlonged
    | OfferLapsed
    | TurnStarted
    | TurnSuspended
    | TurnResumed
    | TurnLimited
    | TurnExtended
    | TurnWrapping
    | TurnEnded
    | FloorOpened
    | FloorClosed
    | FloorPaused
    | FloorResumed
    | FloorChanged
    | RoundStarted
    | RoundEnded
    | ListClosed
    | ListOpened
    | TimeCorrected
    | GroupFormed
    | GroupCompensated
    | PaceChanged
    | LagChanged
    | InvitationsStopped
    | InvitationsAllowed
    | MemberMuted
    | MemberUnmuted
    | MemberArrived
    | MemberLeft
    | SpeechStarted
    | SpeechStopped
)
EVENTS = get_args(FloorEvent)
