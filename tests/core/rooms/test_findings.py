"""Points, divergences and questions: written by whoever facilitates, agreed by more than half of those present."""

from __future__ import annotations

from floor.core.commands import MemberLeave
from rooms.core import room
from rooms.core.finding import FindingAccept, FindingDrop, FindingRelease, FindingWrite
from rooms.core.types import RoomClose
from tests.core.rooms.sitting import GUIDE, RoomSitting, opened


def written() -> tuple[RoomSitting, str]:
    sitting = opened()
    sitting.do(1, GUIDE, FindingWrite("point", "We want shade.", "en"))
    return sitting, next(iter(sitting.room.findings))


def test_half_of_those_present_is_not_enough_and_more_is() -> None:
    sitting, key = written()
    assert sitting.do(2, "alba", FindingAccept(key)) == ["finding.accepted"]
    assert sitting.do(3, "bruno", FindingAccept(key)) == ["finding.accepted"]
    assert sitting.do(4, "carla", FindingAccept(key)) == ["finding.accepted", "finding.agreed"]


def test_who_has_left_no_longer_counts() -> None:
    sitting, key = written()
    sitting.do(2, "alba", FindingAccept(key))
    for member in ("alba", "dora"):
        sitting.do(3, None, MemberLeave(member))
    assert sitting.do(4, "bruno", FindingAccept(key)) == ["finding.accepted"]
    assert sitting.do(5, "carla", FindingAccept(key)) == ["finding.accepted", "finding.agreed"]


def test_what_was_agreed_stands() -> None:
    sitting, key = written()
    for member in ("alba", "bruno", "carla"):
        sitting.do(2, member, FindingAccept(key))
    assert sitting.do(3, "alba", FindingRelease(key)) == []
    assert sitting.do(4, GUIDE, FindingDrop(key)) == []
    assert sitting.room.findings[key].is_agreed


def test_one_may_think_again_and_saying_it_twice_changes_nothing() -> None:
    sitting, key = written()
    sitting.do(2, "alba", FindingAccept(key))
    assert sitting.do(3, "alba", FindingAccept(key)) == []
    assert sitting.do(4, "alba", FindingRelease(key)) == ["finding.released"]
    assert sitting.do(5, "alba", FindingRelease(key)) == []


def test_what_is_refused() -> None:
    sitting, key = written()
    assert sitting.refused(2, GUIDE, FindingAccept(key)) == "finding.not_yours"
    assert sitting.refused(2, "alba", FindingAccept("nothing")) == "finding.unknown"
    assert sitting.refused(2, GUIDE, FindingWrite("point", "n" * 500, "en")) == "text.too_long"
    sitting.do(3, GUIDE, RoomClose())
    assert sitting.refused(4, "alba", FindingAccept(key)) == "room.not_open"


def test_there_is_an_end_to_findings() -> None:
    sitting, _ = written()
    for number in range(29):
        sitting.do(2, GUIDE, FindingWrite("question", f"{number}?", "en"))
    assert sitting.refused(3, GUIDE, FindingWrite("question", "And?", "en")) == "finding.too_many"


def test_its_words_are_told_with_the_state() -> None:
    sitting, key = written()
    assert sitting.room.findings[key].words in set(room.mentions(sitting.room))
