"""What the chair may send to a room, and those who lead rooms to each other."""

from __future__ import annotations

from facilitation.core.chairs_types import HelpAnswer, HelpClose, MemoWrite
from facilitation.rules import may_chair, may_judge_texts, may_read_chairs
from floor.core.commands import (
    FloorGive,
    FloorPause,
    FloorResume,
    FloorSet,
    FloorSkip,
    GroupForm,
    HandAdvance,
    ListClose,
    ListOpen,
    MemberMute,
    MemberUnmute,
    PaceMeasure,
    PaceSet,
    TimeCorrect,
    TurnEnd,
    TurnExtend,
)
from kernel.wire import name_of
from live.doors import Door
from rooms.core.agenda import PointAdd, PointDrop, PointMove
from rooms.core.control import ContributionHide, ContributionRestore, RoomLock, RoomUnlock
from rooms.core.exclusion import ExclusionAllow, ExclusionForbid
from rooms.core.finding import FindingDrop, FindingWrite
from rooms.core.poll import PollClose, PollOpen
from rooms.core.step import StepExtend, StepFinish
from rooms.core.types import ItemOpen, MemberReadmit, MemberRemove, RoomClose, RoomOpen
from rooms.core.wording import SuggestionAccept, SuggestionDecline

_CHAIR: tuple[type, ...] = (
    FloorGive,
    FloorSkip,
    TimeCorrect,
    GroupForm,
    PaceMeasure,
    PaceSet,
    HandAdvance,
    ListClose,
    ListOpen,
    TurnExtend,
    TurnEnd,
    FloorPause,
    FloorResume,
    FloorSet,
    MemberMute,
    MemberUnmute,
    RoomOpen,
    RoomClose,
    ItemOpen,
    PointAdd,
    PointMove,
    PointDrop,
    StepExtend,
    StepFinish,
    MemberRemove,
    MemberReadmit,
    RoomLock,
    RoomUnlock,
    ContributionHide,
    ContributionRestore,
    FindingWrite,
    FindingDrop,
    PollOpen,
    PollClose,
    ExclusionAllow,
    ExclusionForbid,
)

_CHAIRS: tuple[type, ...] = (HelpAnswer, HelpClose, MemoWrite)
_JUDGES: tuple[type, ...] = (SuggestionAccept, SuggestionDecline)

COMMANDS: dict[str, Door] = {
    **{name_of(command): Door(command, "room", may_chair) for command in _CHAIR},
    **{name_of(command): Door(command, "chairs", may_read_chairs) for command in _CHAIRS},
    **{name_of(command): Door(command, "room", may_judge_texts) for command in _JUDGES},
}
