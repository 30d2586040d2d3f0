"""What may be asked of the floor; each may be refused. Who may ask as the chair is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from floor.core.types import CorrectionReason, Kind, Limits, Mode, Tag


@dataclass(frozen=True, slots=True)
class HandRaise:
    """Ask for the floor."""

    kind: Kind = "normal"
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class HandLower:
    """No longer ask for the floor."""


@dataclass(frozen=True, slots=True)
class OfferAccept:
    """Take the floor that is offered to me."""


@dataclass(frozen=True, slots=True)
class OfferDecline:
    """Pass."""


@dataclass(frozen=True, slots=True)
class OfferProlong:
    """I am coming: the offer reached a screen that was not in sight."""


@dataclass(frozen=True, slots=True)
class InvitationsStop:
    """Invite me no more."""


@dataclass(frozen=True, slots=True)
class InvitationsAllow:
    """I may be invited again."""


@dataclass(frozen=True, slots=True)
class QuestionAllow:
    """I have the floor, and whoever wants to ask me first may do so now; my clock stands still meanwhile."""


@dataclass(frozen=True, slots=True)
class TurnYield:
    """I have finished."""


@dataclass(frozen=True, slots=True)
class SpeechStart:
    """I begin to speak (mode `free`)."""


@dataclass(frozen=True, slots=True)
class SpeechStop:
    """I have stopped speaking (mode `free`)."""


# --- commands of the chair


@dataclass(frozen=True, slots=True)
class FloorGive:
    """Call this person now; a question to the speaker makes the speaker's clock stand still."""

    member: str


@dataclass(frozen=True, slots=True)
class FloorSkip:
    """Pass over this person, who may ask again."""

    member: str


@dataclass(frozen=True, slots=True)
class HandAdvance:
    """Put this person's hand before the two lists."""

    member: str


@dataclass(frozen=True, slots=True)
class ListClose:
    """Let nobody else ask for a turn on this item."""


@dataclass(frozen=True, slots=True)
class ListOpen:
    """Let people ask again."""


@dataclass(frozen=True, slots=True)
class TurnExtend:
    """Give the speaker more time."""

    seconds: int


@dataclass(frozen=True, slots=True)
class TurnEnd:
    """End the turn now."""


@dataclass(frozen=True, slots=True)
class FloorPause:
    """Stop all clocks."""


@dataclass(frozen=True, slots=True)
class FloorResume:
    """Go on where it stopped."""


@dataclass(frozen=True, slots=True)
class FloorSet:
    """Change mode and limits; limits left out take their defaults."""

    mode: Mode
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class TimeCorrect:
    """Count this person's time on this item differently, by so many seconds."""

    member: str
    seconds: int
    reason: CorrectionReason


@dataclass(frozen=True, slots=True)
class GroupForm:
    """Give these people a time to share, in place of an earlier one; without people the group is gone."""

    group: str
    members: tuple[str, ...]
    seconds: int | None
    """None: what the group has left at this moment, or has overrun."""


@dataclass(frozen=True, slots=True)
class PaceSet:
    """Make turns longer or shorter by language, in percent; a language left out has the usual length."""

    paces: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PaceMeasure:
    """The same as it was measured (`floor.core.paces`), for the languages in which people here spoke last."""


@dataclass(frozen=True, slots=True)
class MemberMute:
    """Bar this person from turns and notes."""

    member: str


@dataclass(frozen=True, slots=True)
class MemberUnmute:
    """Let this person speak again."""

    member: str


# --- commands of the system


@dataclass(frozen=True, slots=True)
class MemberArrive:
    """This person's first screen is connected."""

    member: str


@dataclass(frozen=True, slots=True)
class LagReport:
    """Translations arrive so late."""

    lag_ms: int


@dataclass(frozen=True, slots=True)
class MemberLeave:
    """This person's last screen has gone."""

    member: str


OfferCommand = OfferAccept | OfferDecline | OfferProlong
InvitationCommand = InvitationsStop | InvitationsAllow
TurnCommand = TurnYield | QuestionAllow
MemberCommand = HandRaise | HandLower | OfferCommand | InvitationCommand | TurnCommand | SpeechStart | SpeechStop
TimeCommand = TimeCorrect | GroupForm | PaceSet | PaceMeasure
ListCommand = HandAdvance | ListClose | ListOpen
ChairCommand = (
    ListCommand
    | TimeCommand
    | FloorGive
    | FloorSkip
    | TurnExtend
    | TurnEnd
    | FloorPause
    | FloorResume
    | FloorSet
    | MemberMute
    | MemberUnmute
)
SystemCommand = MemberArrive | MemberLeave | LagReport
FloorCommand = MemberCommand | ChairCommand | SystemCommand
