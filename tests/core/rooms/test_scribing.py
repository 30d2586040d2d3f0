"""A scribe acts for a person without a device: time, place and words are the person's, the log says who typed."""

from __future__ import annotations

from typing import Any

import pytest

from floor.core.commands import HandLower, HandRaise, MemberArrive, MemberLeave, OfferAccept, TurnYield
from recommendations.core.drafting import DraftAccept, DraftWrite
from rooms.core.events import ContributionMade
from rooms.core.types import ContributionMake, MemberRemove, NoteMake, ScribeAct, SeatGive, SeatTake
from tests.core.rooms.sitting import GUIDE, RoomSitting, opened

ORGANISER = "account.1"


def with_scribe() -> RoomSitting:
    """Carla has lost her device; Pen types for her and is here."""
    sitting = opened()
    sitting.do(0, None, MemberLeave("carla"))
    sitting.do(0, ORGANISER, SeatGive("pen", "scribe", ("ca",), "ca"))
    sitting.do(0, ORGANISER, SeatGive("carla", "citizen", ("ca",), "ca", scribe="pen"))
    sitting.do(0, None, MemberArrive("pen"))
    return sitting


def for_carla(act: Any) -> ScribeAct:
    return ScribeAct("carla", act)


def test_time_turn_and_words_are_the_persons_and_the_mark_is_the_scribes() -> None:
    sitting = with_scribe()
    sitting.do(1, "pen", for_carla(HandRaise()))
    sitting.do(2, "pen", for_carla(OfferAccept()))
    sitting.do(3, "pen", for_carla(ContributionMake("Un banc.", "ca")))
    sitting.do(12, "pen", for_carla(TurnYield()))
    account, said = sitting.room.floor.people["carla"], sitting.room.said[-1]
    assert (account.total_ms, account.total_turns) == (10_000, 1)
    assert (said.member, said.turn, said.scribe) == ("carla", 1, "pen")
    assert [entry.by for entry in sitting.log if isinstance(entry.event, ContributionMade)] == ["pen"]


def test_the_person_is_here_while_the_scribe_is() -> None:
    sitting = with_scribe()
    assert sitting.room.seats["carla"].present
    assert sitting.do(5, None, MemberLeave("pen")) == ["member.left", "member.left"]
    assert not sitting.room.floor.people["carla"].present
    assert sitting.do(6, None, MemberArrive("pen")) == ["member.arrived", "member.arrived"]
    assert sitting.do(7, None, MemberLeave("carla")) == []


@pytest.mark.parametrize("end", [MemberRemove("pen"), SeatTake("pen"), SeatGive("carla", "citizen", ("ca",), "ca")])
def test_without_the_scribe_the_person_is_away_and_nobody_acts_for_them(end: Any) -> None:
    sitting = with_scribe()
    sitting.do(1, "pen", for_carla(HandRaise()))
    sitting.do(2, GUIDE, end)
    assert not sitting.room.seats["carla"].present
    assert sitting.refused(3, "pen", for_carla(HandLower())) == "scribe.not_yours"


@pytest.mark.parametrize("by", ["alba", GUIDE, "carla", ORGANISER, None])
def test_nobody_else_acts_for_the_person(by: str | None) -> None:
    assert with_scribe().refused(1, by, for_carla(HandRaise())) == "scribe.not_yours"


def test_a_scribe_acts_for_nobody_else_and_has_no_turns_of_their_own() -> None:
    sitting = with_scribe()
    assert sitting.refused(1, "pen", ScribeAct("alba", HandRaise())) == "scribe.not_yours"
    assert sitting.refused(1, "pen", HandRaise()) == "floor.no_place"
    assert sitting.refused(1, "pen", DraftWrite(None, 0, "", "Text", "", "ca")) == "draft.not_yours"


def test_what_the_person_may_not_the_scribe_may_not() -> None:
    sitting = with_scribe()
    assert sitting.refused(1, "pen", for_carla(ContributionMake("Un banc.", "ca"))) == "floor.not_yours"
    assert sitting.refused(1, "pen", for_carla(NoteMake("n" * 300, "ca"))) == "text.too_long"


def test_drafts_are_accepted_in_the_persons_name() -> None:
    sitting = with_scribe()
    sitting.do(1, "alba", DraftWrite(None, 0, "", "Un banco.", "", "es"))
    (key,) = sitting.room.drafts
    sitting.do(2, "pen", for_carla(DraftAccept(key, 1)))
    assert sitting.room.drafts[key].accepted == ("carla",)


def test_several_people_may_have_one_scribe() -> None:
    sitting = with_scribe()
    sitting.do(1, ORGANISER, SeatGive("dora", "citizen", ("fr",), "fr", scribe="pen"))
    assert sitting.do(2, "pen", ScribeAct("dora", HandRaise()))[0] == "hand.raised"
    assert sitting.do(3, None, MemberLeave("pen")).count("member.left") == 3
