"""Calls for help, notes among those who lead, and rooms that somebody took over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.core.chairs_types import (
    CLOSED_KEPT,
    MAX_CALLS,
    Charge,
    HelpAnswer,
    HelpCall,
    HelpClose,
    Leader,
    LedRoom,
    MemberArrive,
    MemberLeave,
    MemoWrite,
    RoomRelease,
    RoomReturn,
    RoomTake,
)
from kernel.errors import Refused
from tests.core.facilitation.desk import Desk


def refusal(desk: Desk, second: float, by: str | None, command: object) -> str:
    with pytest.raises(Refused) as refused:
        desk.do(second, by, command)
    return refused.value.code


def test_a_call_is_made_answered_and_done() -> None:
    desk = Desk()
    assert desk.do(1, "ana", HelpCall(room=3, text="No oigo nada", lang="es")) == ["help.called"]
    assert desk.do(2, "fatou", HelpAnswer(desk.call)) == ["help.answered"]
    assert desk.do(9, "fatou", HelpClose(desk.call)) == ["help.closed"]
    call = desk.state.calls[0]
    assert (call.member, call.room, call.answered_by, call.answered_at, call.closed_at) == (
        "ana",
        3,
        "fatou",
        2000,
        9000,
    )


def test_a_call_without_words_is_one_however_often_the_button_is_pressed() -> None:
    desk = Desk()
    assert [desk.do(second, "ana", HelpCall(None)) for second in (1, 2)] == [["help.called"], []]
    assert desk.do(3, "ana", HelpCall(3)) == ["help.called"]
    assert desk.do(4, "ana", HelpCall(None, "Me he perdido", "es")) == ["help.called"]


def test_nobody_fills_the_list_with_calls() -> None:
    desk = Desk()
    for number in range(MAX_CALLS):
        desk.do(number, "ana", HelpCall(3, f"{number}", "es"))
    assert refusal(desk, 9, "ana", HelpCall(3, "otra", "es")) == "help.too_many"
    desk.do(10, "fatou", HelpClose(desk.call))
    assert desk.do(11, "ana", HelpCall(3, "otra", "es")) == ["help.called"]


def test_of_two_who_answer_one_has_it_and_the_other_is_told() -> None:
    desk = Desk()
    desk.do(0, "fatou", MemberArrive("fatou"))
    desk.do(1, "ana", HelpCall(3))
    assert desk.do(2, "fatou", HelpAnswer(desk.call)) == ["help.answered"]
    assert desk.do(3, "fatou", HelpAnswer(desk.call)) == []
    assert refusal(desk, 3, "gil", HelpAnswer(desk.call)) == "help.taken"


def test_a_call_whose_helper_has_gone_can_be_answered_again() -> None:
    desk = Desk()
    desk.do(0, "fatou", MemberArrive("fatou"))
    desk.do(1, "ana", HelpCall(3))
    desk.do(2, "fatou", HelpAnswer(desk.call))
    desk.do(40, "fatou", MemberLeave("fatou"))
    assert desk.do(41, "gil", HelpAnswer(desk.call)) == ["help.answered"]
    assert desk.state.calls[0].answered_by == "gil"


def test_what_is_done_is_not_answered_and_stays_done() -> None:
    desk = Desk()
    desk.do(1, "ana", HelpCall(3))
    desk.do(2, "fatou", HelpClose(desk.call))
    assert desk.do(3, "gil", HelpClose(desk.call)) == []
    assert refusal(desk, 3, "gil", HelpAnswer(desk.call)) == "help.closed"
    assert refusal(desk, 3, "gil", HelpAnswer("nonsense")) == "help.unknown"


def test_calls_that_are_done_are_forgotten_and_those_that_wait_never() -> None:
    desk = Desk()
    desk.do(0, "zoe", HelpCall(9))
    for number in range(CLOSED_KEPT + 5):
        desk.do(number, "ana", HelpCall(3))
        desk.do(number, "fatou", HelpClose(desk.call))
    assert [call.member for call in desk.state.calls] == ["zoe", *["ana"] * CLOSED_KEPT]


def test_a_note_among_those_who_lead_is_kept_with_its_room() -> None:
    desk = Desk()
    assert desk.do(1, "gil", MemoWrite("Besoin d'une pause", "fr", 3)) == ["memo.written"]
    assert (desk.state.memos[0].member, desk.state.memos[0].room) == ("gil", 3)
    assert refusal(desk, 2, "gil", MemoWrite("   ", "fr")) == "text.empty"


def led(*leaders: tuple[str, bool], is_closed: bool = False) -> LedRoom:
    return LedRoom(is_closed, tuple(Leader(key, key.title(), is_here) for key, is_here in leaders))


def test_a_room_whose_leader_vanished_is_taken_over_by_who_asks_first() -> None:
    desk = Desk()
    desk.do(0, "gil", MemberArrive("gil"))
    desk.led = led(("fatou", False))
    assert desk.do(31, "gil", RoomTake(3)) == ["room.taken"]
    assert desk.state.taken == (Charge(3, "gil", 31_000, seated=True),)
    desk.led = led(("fatou", False), ("gil", False))
    assert desk.do(32, "gil", RoomTake(3)) == []
    assert refusal(desk, 32, "hana", RoomTake(3)) == "room.is_led"


@pytest.mark.parametrize("present", ["in the room", "at the console"])
def test_a_room_whose_leader_is_here_is_not_taken_over(present: str) -> None:
    desk = Desk()
    desk.led = led(("fatou", present == "in the room"))
    if present == "at the console":
        desk.do(0, "fatou", MemberArrive("fatou"))
    with pytest.raises(Refused) as refused:
        desk.do(1, "gil", RoomTake(3))
    assert (refused.value.code, refused.value.params) == ("room.is_led", {"name": "Fatou"})


def test_a_room_is_given_back_by_who_took_it_only() -> None:
    desk = Desk()
    desk.do(1, "gil", RoomTake(3))
    assert desk.do(2, "fatou", RoomReturn(3)) == []
    assert desk.do(3, "gil", RoomReturn(3)) == ["room.returned"]
    assert desk.do(4, "gil", RoomReturn(3)) == []
    assert desk.state.taken == ()


def test_who_took_over_and_vanished_too_is_replaced() -> None:
    desk = Desk()
    desk.do(0, "gil", MemberArrive("gil"))
    desk.do(1, "gil", RoomTake(3))
    desk.do(60, "gil", MemberLeave("gil"))
    desk.led = led(("fatou", False), ("gil", False))
    assert desk.do(61, "hana", RoomTake(3)) == ["room.taken"]
    assert [charge.member for charge in desk.state.taken] == ["hana"]


def test_who_leads_the_room_anyhow_has_nothing_to_take_unless_another_took_it() -> None:
    desk = Desk()
    desk.led = led(("fatou", False))
    assert desk.do(1, "fatou", RoomTake(3)) == []
    desk.do(2, "gil", RoomTake(3))
    desk.led = led(("fatou", False), ("gil", False))
    assert desk.do(3, "fatou", RoomTake(3)) == ["room.taken"]
    assert desk.state.taken[0].seated is False


def test_who_was_sent_out_does_not_take_the_room_over() -> None:
    desk = Desk()
    desk.led = LedRoom(is_closed=False, leaders=(), removed=("gil",))
    assert refusal(desk, 1, "gil", RoomTake(3)) == "room.not_seated"
    assert desk.do(2, "hana", RoomTake(3)) == ["room.taken"]


def test_a_closed_or_unknown_room_is_not_taken() -> None:
    desk = Desk()
    desk.led = led(("fatou", False), is_closed=True)
    assert refusal(desk, 1, "gil", RoomTake(3)) == "room.not_open"
    desk.led = None
    assert refusal(desk, 1, "gil", RoomTake(3)) == "room.unknown"


def test_who_lost_the_seat_or_whose_room_has_ended_keeps_no_charge_of_it() -> None:
    for gone in (led(("fatou", True)), led(("gil", True), is_closed=True)):
        desk = Desk()
        desk.do(1, "gil", RoomTake(3))
        desk.led = led(("fatou", False), ("gil", False))
        assert desk.do(2, None, RoomRelease(3)) == []
        desk.led = gone
        assert [desk.do(3, None, RoomRelease(3)) for _ in range(2)] == [["room.returned"], []]
        assert desk.state.taken == ()


PEOPLE = st.sampled_from(["ana", "fatou", "gil"])
ACTS = st.one_of(
    st.builds(MemberArrive, PEOPLE),
    st.builds(MemberLeave, PEOPLE),
    st.builds(HelpCall, st.sampled_from([None, 3])),
    st.just("answer"),
    st.just("close"),
    st.builds(RoomTake, st.sampled_from([3, 4])),
    st.builds(RoomReturn, st.sampled_from([3, 4])),
)


@given(st.lists(st.tuples(PEOPLE, ACTS), max_size=40))
def test_whatever_is_asked_a_room_has_one_who_took_it_and_a_repetition_changes_nothing(
    acts: list[tuple[str, object]],
) -> None:
    desk = Desk()
    for second, (by, act) in enumerate(acts):
        newest = desk.state.calls[-1].call if desk.state.calls else "none"
        command = (
            {"answer": HelpAnswer(newest), "close": HelpClose(newest)}.get(act, act) if isinstance(act, str) else act
        )
        for attempt in range(2):
            before = desk.state
            try:
                desk.do(second, by, command)
            except Refused:
                assert desk.state == before
            assert attempt == 0 or desk.state == before
        rooms = [charge.room for charge in desk.state.taken]
        assert len(rooms) == len(set(rooms))
        assert len(desk.state.present) == len(set(desk.state.present))
