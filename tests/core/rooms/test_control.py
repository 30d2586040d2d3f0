"""A room that is locked, and words that are hidden or taken back."""

from __future__ import annotations

import pytest

from floor.core.commands import MemberArrive, MemberLeave
from rooms.core import room as core
from rooms.core.control import (
    ContributionHide,
    ContributionRestore,
    ContributionWithdraw,
    Earlier,
    Mark,
    RoomLock,
    RoomUnlock,
)
from rooms.core.types import KEPT, MemberReadmit, MemberRemove, NoteMake, Role, SeatGive, SeatTake
from tests.core.rooms.sitting import GUIDE, RoomSitting, opened


def noted() -> tuple[RoomSitting, str]:
    room = opened()
    room.do(1, "alba", NoteMake("Hola.", "es"))
    return room, room.room.said[0].words


def test_nobody_new_comes_into_a_locked_room_until_it_is_unlocked() -> None:
    room = opened()
    room.do(1, None, SeatGive("eve", "citizen", ("en",), "en"))
    room.do(2, GUIDE, RoomLock())
    assert room.refused(3, "eve", MemberArrive("eve")) == "room.locked"
    room.do(4, GUIDE, RoomUnlock())
    assert room.do(5, "eve", MemberArrive("eve")) == ["member.arrived"]


@pytest.mark.parametrize("role", ["facilitator", "observer", "translator"])
def test_who_leads_or_reads_comes_in_all_the_same(role: Role) -> None:
    room = opened()
    room.do(0, None, SeatGive("rui", role, ("pt",), "pt"))
    room.do(1, GUIDE, RoomLock())
    assert room.do(3, "rui", MemberArrive("rui")) == ["member.arrived"]


def test_who_lost_the_connection_comes_back_into_a_locked_room() -> None:
    room = opened()
    room.do(1, None, MemberLeave("bruno"))
    room.do(50, GUIDE, RoomLock())
    room.do(51, None, MemberLeave("alba"))
    for member in ("alba", "bruno"):
        assert room.do(300, member, MemberArrive(member)) == ["member.arrived"]


def test_who_left_long_before_the_lock_does_not() -> None:
    room = opened()
    room.do(1, None, MemberLeave("bruno"))
    room.do(100, GUIDE, RoomLock())
    assert room.refused(101, "bruno", MemberArrive("bruno")) == "room.locked"


def test_who_is_let_in_again_is_let_into_the_locked_room_too() -> None:
    room = opened()
    room.do(1, GUIDE, MemberRemove("bruno"))
    room.do(2, GUIDE, RoomLock())
    room.do(3, GUIDE, MemberReadmit("bruno"))
    assert room.do(4, "bruno", MemberArrive("bruno")) == ["member.arrived"]


def test_locking_twice_says_nothing_new() -> None:
    room = opened()
    assert [room.do(second, GUIDE, RoomLock()) for second in (1, 2)] == [["room.locked"], []]


def test_hidden_words_are_asked_for_by_nobody_and_shown_again_on_request() -> None:
    room, words = noted()
    room.do(2, GUIDE, ContributionHide(words, "insult"))
    assert (room.room.said[0].hidden, words in core.mentions(room.room)) == ("insult", False)
    room.do(3, GUIDE, ContributionRestore(words))
    assert (room.room.said[0].hidden, words in core.mentions(room.room)) == (None, True)
    assert list(core.mentions(room.log[-1].event)) == [words]


def test_hiding_for_the_same_reason_twice_says_nothing_new() -> None:
    room, words = noted()
    insult, private = ContributionHide(words, "insult"), ContributionHide(words, "private")
    found = [room.do(second, GUIDE, each) for second, each in enumerate((insult, insult, private), 2)]
    assert found == [["contribution.hidden"], [], ["contribution.hidden"]]


def test_only_the_author_takes_words_back_and_for_good() -> None:
    room, words = noted()
    assert room.refused(2, "bruno", ContributionWithdraw(words)) == "said.not_yours"
    room.do(3, "alba", ContributionWithdraw(words))
    assert (room.room.said[0].withdrawn, words in core.mentions(room.room)) == (True, False)
    assert room.do(4, "alba", ContributionWithdraw(words)) == []
    assert room.refused(5, GUIDE, ContributionRestore(words)) == "said.withdrawn"


def test_who_lost_the_seat_or_was_sent_out_still_takes_back_what_they_said() -> None:
    for loss in (SeatTake("alba"), MemberRemove("alba")):
        room, words = noted()
        room.do(2, GUIDE, loss)
        assert room.do(3, "alba", ContributionWithdraw(words)) == ["contribution.withdrawn"]


def test_who_types_for_somebody_takes_back_what_that_person_said() -> None:
    room, words = noted()
    room.gathered = Earlier("alba", scribe="pen")
    assert room.refused(2, "bruno", ContributionWithdraw(words)) == "said.not_yours"
    assert room.do(3, "pen", ContributionWithdraw(words)) == ["contribution.withdrawn"]


def test_words_older_than_the_room_remembers_are_hidden_shown_and_taken_back_by_what_the_tables_say() -> None:
    room, words = noted()
    for number in range(KEPT):
        room.do(2, "bruno", NoteMake(f"{number}", "it"))
    room.gathered = Earlier("alba")
    assert words not in {said.words for said in room.room.said}
    assert room.refused(3, "bruno", ContributionWithdraw(words)) == "said.not_yours"
    insult = ContributionHide(words, "insult")
    found = [room.do(4, GUIDE, each) for each in (insult, insult, ContributionRestore(words))]
    assert found == [["contribution.hidden"], [], ["contribution.restored"]]
    assert [room.do(5, "alba", ContributionWithdraw(words)) for _ in range(2)] == [["contribution.withdrawn"], []]
    assert room.refused(6, GUIDE, ContributionRestore(words)) == "said.withdrawn"
    assert room.room.marks == {words: Mark(withdrawn=True)}


def test_what_became_of_words_stays_known_when_they_leave_the_room_s_memory() -> None:
    room, words = noted()
    room.do(2, "alba", ContributionWithdraw(words))
    for number in range(KEPT):
        room.do(3, "bruno", NoteMake(f"{number}", "it"))
    room.gathered = Earlier("alba")  # the tables do not know of it yet
    assert room.refused(4, GUIDE, ContributionRestore(words)) == "said.withdrawn"


def test_what_nobody_said_can_be_neither_hidden_nor_taken_back() -> None:
    room = opened()
    assert room.refused(1, GUIDE, ContributionHide("nothing", "insult")) == "said.unknown"
    assert room.refused(1, "alba", ContributionWithdraw("nothing")) == "said.unknown"
