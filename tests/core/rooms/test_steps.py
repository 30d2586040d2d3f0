"""Steps of a programme in one room: what they do to the floor, and how a room says it is ready for the next."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from floor.core.commands import FloorPause, FloorResume, FloorSet, HandRaise, MemberArrive, MemberLeave, OfferDecline
from floor.core.types import Limits, Mode, Offered, Paused
from rooms.core.step import ReadyDeclare, ReadyWithdraw, StepExtend, StepFinish, StepKind, StepLeave, StepTake
from rooms.core.types import MemberRemove, RoomClose, SeatGive, SeatTake
from tests.core.rooms.random_rooms import play
from tests.core.rooms.sitting import GUIDE, RoomSitting, at, opened, seated


def take(seq: int = 5, kind: StepKind = "discussion", *, step: str = "a", mode: Mode | None = None) -> StepTake:
    return StepTake(seq, step, kind, at(600), 600_000, mode)


OWN = Limits(turn_ms=120_000, min_turn_ms=40_000, soft_ms=100_000)


def lengths_of(limits: Limits) -> tuple[int, int, int]:
    return limits.turn_ms, limits.min_turn_ms, limits.soft_ms


def lengths(room: RoomSitting) -> tuple[int, int, int]:
    return lengths_of(room.room.floor.limits)


def at_step(kind: StepKind = "discussion", *, guided: bool = True) -> RoomSitting:
    room = opened()
    if not guided:
        room.do(1, None, MemberLeave(GUIDE))
    room.do(2, None, take(kind=kind))
    return room


def test_a_discussion_is_an_agenda_item_of_its_own() -> None:
    room = opened()
    assert room.do(1, "organiser", take()) == ["step.taken", "floor.changed", "item.opened"]
    assert (room.room.item, room.room.floor.limits.planned_ms) == (1, 600_000)
    assert room.log[-1].by == "organiser"


def test_the_same_step_given_again_changes_nothing() -> None:
    room = at_step()
    before = room.room
    assert room.do(3, None, take()) == []
    assert room.do(3, None, take(4, "break", step="b")) == []
    assert room.room == before


def test_a_later_number_for_the_same_step_only_moves_its_end() -> None:
    room = at_step()
    room.do(3, "alba", HandRaise())
    assert room.do(4, None, replace(take(6), ends_at=at(660))) == ["step.timed"]
    assert room.room.step is not None
    assert (room.room.step.ends_at, room.room.step_seq) == (at(660), 6)


def test_a_round_calls_everybody() -> None:
    room = at_step("round")
    assert room.room.floor.mode == "round"
    assert room.room.floor.round is not None


def test_a_break_stops_the_clocks_and_the_next_step_starts_them() -> None:
    room = at_step("break")
    assert isinstance(room.room.floor.phase, Paused)
    assert room.do(300, None, take(6, "draft", step="b")) == ["step.taken", "floor.resumed"]


def test_a_room_that_its_facilitator_paused_takes_the_step_when_it_goes_on() -> None:
    room = at_step()
    room.do(3, GUIDE, FloorPause())
    assert room.do(4, None, take(6, "draft", step="b")) == []
    room.do(5, GUIDE, FloorResume())
    assert room.do(6, None, take(6, "draft", step="b")) == ["step.taken"]


def test_a_step_sets_the_length_of_turns_and_no_turn_is_shorter_than_the_shortest() -> None:
    room = opened()
    room.do(1, None, replace(take(), turn_ms=20_000))
    limits = room.room.floor.limits
    assert (limits.turn_ms, limits.min_turn_ms, limits.soft_ms) == (20_000, 20_000, 5_000)


def test_a_length_given_by_a_step_ends_with_the_step() -> None:
    room = opened()
    room.do(1, GUIDE, FloorSet("open", OWN))
    room.do(2, None, replace(take(), turn_ms=20_000))
    room.do(3, None, replace(take(6, step="b"), turn_ms=45_000))
    assert room.room.floor.limits.turn_ms == 45_000
    room.do(4, None, take(7, "draft", step="c"))
    assert lengths(room) == lengths_of(OWN)


def test_a_length_that_the_facilitator_sets_at_a_step_stays() -> None:
    room = opened()
    room.do(1, None, replace(take(), turn_ms=20_000))
    room.do(2, GUIDE, FloorSet("open", replace(room.room.floor.limits, gap_ms=5_000)))
    room.do(3, None, take(6, "draft", step="b"))
    assert (lengths(room), room.room.floor.limits.gap_ms) == (lengths_of(Limits()), 5_000)
    room.do(4, None, replace(take(7, "draft", step="c"), turn_ms=20_000))
    room.do(5, GUIDE, FloorSet("open", OWN))
    room.do(6, None, take(8, "draft", step="d"))
    assert lengths(room) == lengths_of(OWN)


def test_a_room_that_opens_again_after_the_programme_has_its_own_length() -> None:
    room = opened()
    room.do(1, None, replace(take(kind="round"), turn_ms=20_000))
    assert room.do(2, None, StepLeave(9))[-3:] == ["room.closed", "floor.changed", "step.left"]
    assert (lengths(room), room.room.floor.mode) == (lengths_of(Limits()), "balanced")


def test_nobody_waits_to_be_called_in_a_room_without_facilitator() -> None:
    room = at_step(guided=False)
    room.do(3, None, take(6, step="b", mode="chaired"))
    assert room.room.floor.mode == "balanced"


def test_when_the_last_facilitator_goes_the_rule_calls() -> None:
    room = at_step()
    room.do(3, GUIDE, FloorSet("chaired", Limits()))
    assert room.do(4, None, MemberLeave(GUIDE)) == ["member.left", "floor.changed"]
    assert room.room.floor.mode == "balanced"


def test_when_the_last_facilitator_is_sent_out_or_moved_or_stands_down_the_rule_calls() -> None:
    for command in (MemberRemove(GUIDE), SeatTake(GUIDE), SeatGive(GUIDE, "observer", ("en",), "en")):
        room = at_step()
        room.do(3, GUIDE, FloorSet("chaired", Limits()))
        room.do(4, "organiser", command)
        assert room.room.floor.mode == "balanced"


def test_somebody_sent_out_or_moved_can_make_the_others_half() -> None:
    for command in (MemberRemove("carla"), SeatTake("carla")):
        room = at_step("vote")
        room.do(3, None, MemberLeave("dora"))
        room.do(4, "alba", ReadyDeclare("a"))
        assert "step.done" in room.do(5, GUIDE, command)


def test_a_step_after_an_unfinished_round_goes_on_as_before_it() -> None:
    room = at_step("round")
    room.do(3, None, take(6, "discussion", step="b"))
    assert (room.room.floor.mode, room.room.floor.round) == ("balanced", None)


def test_a_second_round_calls_everybody_again() -> None:
    room = at_step("round")
    first = room.room.floor.phase
    assert isinstance(first, Offered)
    room.do(3, first.member, OfferDecline())
    events = room.do(4, None, take(6, "round", step="b"))
    assert [name for name in events if name.startswith("round")] == ["round.ended", "round.started"]
    goes_on = room.room.floor.round
    assert goes_on is not None
    assert (sorted(goes_on.members), goes_on.then) == (["alba", "bruno", "carla", "dora"], "balanced")


def test_half_of_those_present_move_a_room_on() -> None:
    room = at_step("vote")
    assert room.do(3, "alba", ReadyDeclare("a")) == ["ready.declared"]
    assert room.do(4, "bruno", ReadyDeclare("a")) == ["ready.declared", "step.done"]
    assert room.do(5, "carla", ReadyDeclare("a")) == []


def test_whoever_thinks_again_no_longer_counts() -> None:
    room = at_step("vote")
    room.do(3, "alba", ReadyDeclare("a"))
    assert room.do(4, "alba", ReadyWithdraw("a")) == ["ready.withdrawn"]
    assert room.do(5, "bruno", ReadyDeclare("a")) == ["ready.declared"]


def test_somebody_leaving_can_make_the_others_half() -> None:
    room = at_step("vote")
    room.do(3, None, MemberLeave("dora"))
    room.do(4, "alba", ReadyDeclare("a"))
    assert room.do(5, None, MemberLeave("carla")) == ["member.left", "step.done"]


def test_the_vote_of_somebody_who_left_moves_nobody() -> None:
    room = at_step("vote")
    room.do(3, "alba", ReadyDeclare("a"))
    assert room.do(4, None, MemberLeave("alba")) == ["member.left"]


def test_a_guided_room_votes_on_moving_on_only_when_asked() -> None:
    room = at_step("discussion")
    assert room.refused(3, "alba", ReadyDeclare("a")) == "step.no_vote"
    room.do(4, None, MemberLeave(GUIDE))
    assert room.do(5, "alba", ReadyDeclare("a")) == ["ready.declared"]


def test_who_does_not_speak_here_does_not_vote_on_moving_on() -> None:
    room = at_step("vote")
    assert room.refused(3, GUIDE, ReadyDeclare("a")) == "step.not_yours"
    room.do(4, None, MemberLeave("alba"))
    assert room.refused(5, "alba", ReadyDeclare("a")) == "step.not_yours"


def test_a_step_that_is_over_is_neither_longer_nor_done() -> None:
    room = at_step("vote")
    room.do(3, None, take(6, step="b"))
    assert room.refused(4, "alba", ReadyDeclare("a")) == "step.over"
    assert room.refused(4, GUIDE, StepExtend("a", 60)) == "step.over"


def test_one_room_gets_ten_minutes_more_at_most() -> None:
    room = at_step()
    for _ in range(10):
        assert room.do(3, GUIDE, StepExtend("a", 60)) == ["step.extended"]
    assert room.refused(4, GUIDE, StepExtend("a", 60)) == "step.bad_extension"
    assert room.refused(4, GUIDE, StepExtend("a", 0)) == "step.bad_extension"


def test_the_facilitator_says_that_the_room_is_ready() -> None:
    room = at_step()
    assert room.do(3, GUIDE, StepFinish("a")) == ["step.done"]
    assert room.do(4, GUIDE, StepFinish("a")) == []


def test_the_end_of_the_programme_closes_the_room_once() -> None:
    room = at_step()
    assert room.do(3, None, StepLeave(9)) == ["floor.closed", "room.closed", "step.left"]
    assert room.do(4, None, StepLeave(9)) == []


def test_a_room_closed_before_the_end_takes_no_step() -> None:
    room = at_step()
    room.do(3, GUIDE, RoomClose())
    assert room.do(4, None, take(6, step="b")) == []
    assert room.do(5, None, StepLeave(9)) == ["step.left"]


def test_a_waiting_room_takes_no_step() -> None:
    room = seated()
    room.do(1, None, MemberArrive("alba"))
    assert room.do(2, None, take()) == []


@given(st.integers(0, 2000))
def test_numbers_of_the_programme_only_grow_and_a_step_taken_twice_is_taken_once(seed: int) -> None:
    room = play(seed, acts=60)
    numbers = [entry.event.seq for entry in room.log if hasattr(entry.event, "seq")]
    assert numbers == sorted(set(numbers))
    again = take(room.room.step_seq + 1, "round", step="z")
    room.do(10_000, None, again)
    assert room.do(10_000, None, again) == []
