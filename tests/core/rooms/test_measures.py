"""Whatever those who chair do in a room is counted, or it is said here why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from floor.core.commands import (
    FloorPause,
    FloorResume,
    FloorSet,
    GroupForm,
    ListClose,
    ListOpen,
    MemberMute,
    MemberUnmute,
)
from floor.core.types import Limits
from live.core.kinds import Recorded
from rooms.core import overrides
from rooms.core.control import RoomLock, RoomUnlock
from rooms.core.events import EVENTS
from rooms.core.measures import MEASURES, measures_of
from rooms.core.poll import PollOpen
from rooms.core.room import RoomCommand
from rooms.core.step import StepExtend, StepFinish, StepTake
from rooms.core.types import MemberReadmit, MemberRemove
from tests.core.rooms.sitting import GUIDE, RoomSitting, at, opened, seated

ON_ONE = {*overrides.PLAIN, *(each for each in EVENTS if each.__name__ in {
    "FloorOffered", "TurnStarted", "TurnEnded", "HandLowered", "OfferLapsed",
})}  # fmt: skip
"""Acts on one person, told with the person they fell on (`rooms.core.overrides`)."""
NOT_COUNTED: Mapping[str, str] = {
    "how the room was made, or goes on elsewhere": "SeatGiven TimeBrought HandBrought SeatTaken ReopeningProlonged",
    "told as the times of the room and its items": "RoomOpened RoomClosed ItemOpened FloorOpened FloorClosed",
    "told as what the room is to debate": "PointAdded PointMoved PointDropped",
    "the end of what was counted when it began": "FloorResumed TurnResumed PollClosed RoundEnded",
    "a consequence by rule of something else": (
        "FloorHeld TurnLimited TurnWrapping GroupCompensated LagChanged StepTaken StepTimed StepLeft PollProlonged "
        "ExclusionProlonged ExclusionEnded FindingAgreed OptionOffered"
    ),
    "an act of the members themselves": (
        "ContributionMade NoteMade HandRaised OfferAccepted OfferProlonged InvitationsStopped InvitationsAllowed "
        "MemberArrived MemberLeft SpeechStarted SpeechStopped ReadyDeclared ReadyWithdrawn ContributionWithdrawn "
        "FindingAccepted FindingReleased ExclusionProposed ExclusionAnswered ExclusionSupported ContributionCorrected "
        "SuggestionMade TranslationFlagged DraftBegun DraftWritten DraftAccepted DraftReleased DraftSubmitted "
        "DissentRaised DissentShared DissentLeft"
    ),
    "words for the room, which the room agrees to or not": "FindingWritten FindingDropped",
    "about the words of a translation, shown with them": "SuggestionAccepted SuggestionDeclined",
}


def test_every_event_of_a_room_is_counted_or_said_not_to_be() -> None:
    not_counted = {name for names in NOT_COUNTED.values() for name in names.split()}
    counted = {each.__name__ for each in (*MEASURES, *ON_ONE)}
    assert not not_counted & counted
    assert not_counted | counted == {each.__name__ for each in EVENTS}


def counts(sitting: RoomSitting) -> Mapping[str, int]:
    log = [Recorded("room.1", each.seq, each.at, each.by, each.event) for each in sitting.log]
    return Counter[str](measures_of(log))


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ([FloorPause(), FloorResume()], {"pause": 1}),
        ([FloorSet("open", Limits()), FloorSet("open", Limits(turn_ms=30_000))], {"rules": 2}),
        ([FloorSet("round", Limits())], {"round": 1}),
        ([ListClose(), ListOpen()], {"list": 2}),
        ([GroupForm("youth", ("alba",), 60)], {"budget": 1}),
        ([RoomLock(), RoomUnlock()], {"lock": 2}),
        ([MemberMute("alba"), MemberUnmute("alba")], {"unmute": 1}),
        ([MemberRemove("alba"), MemberReadmit("alba")], {"readmission": 1}),
        ([PollOpen("Vamos?", (), "es")], {"poll": 1}),
    ],
)
def test_what_is_decided_for_all_is_counted(commands: list[RoomCommand], expected: Mapping[str, int]) -> None:
    sitting = opened()
    for second, command in enumerate(commands, 1):
        sitting.do(second, GUIDE, command)
    assert {name: count for name, count in counts(sitting).items() if name in expected} == expected


def test_how_a_room_was_made_and_what_its_programme_does_is_nobodys_measure() -> None:
    sitting = seated("alba", "bruno")
    sitting.do(1, GUIDE, FloorSet("open", Limits()))
    assert counts(sitting) == {}
    assert counts(opened()) == {}


def test_a_step_that_gives_turns_another_length_is_the_programmes() -> None:
    sitting = opened()
    sitting.do(1, "account.1", StepTake(1, "step", "discussion", at(300), 299_000, "strict", 30_000))
    assert (sitting.room.floor.mode, counts(sitting)) == ("strict", {})
    sitting.do(2, GUIDE, StepExtend("step", 60))
    sitting.do(3, GUIDE, StepFinish("step"))
    assert counts(sitting) == {"step": 2}
