"""A sitting goes from step to step, by its chair or by the clock, and ends in all rooms together."""

from __future__ import annotations

from sittings.core.sitting import KEPT, closing_at, current_step, expire
from sittings.core.types import (
    MessageSend,
    RoomsTell,
    SittingAdvance,
    SittingBegin,
    SittingClose,
    SittingExtend,
    SittingPace,
    SittingPrepare,
)
from tests.core.sittings.play import ROOMS, Played, at, begun, planned


def test_it_begins_in_all_rooms_with_the_first_step() -> None:
    played = planned()
    assert played.do(60, SittingBegin()) == ["sitting.begun", "step.begun"]
    assert (played.state.phase, played.state.rooms, played.state.ends_at) == ("running", ROOMS, at(660))
    assert played.do(61, SittingBegin()) == []


def test_it_does_not_begin_without_steps() -> None:
    assert Played().refused(0, SittingBegin()) == "sitting.no_steps"


def test_next_is_said_once_however_many_say_it() -> None:
    played = begun()
    first = played.key(0)
    assert played.do(60, SittingAdvance(first)) == ["step.ended", "step.begun"]
    assert played.do(61, SittingAdvance(first), by="other chair") == []
    assert played.state.is_early
    assert played.state.ends_at == at(60 + 1200)


def test_after_the_last_step_the_sitting_ends() -> None:
    played = begun(1)
    assert played.do(30, SittingAdvance(played.key(0))) == ["step.ended", "sitting.ended"]
    assert played.state.phase == "ended"
    assert played.refused(31, SittingAdvance(played.key(0))) == "sitting.not_running"


def test_a_minute_more_is_a_minute_more_for_all() -> None:
    played = begun()
    assert played.do(10, SittingExtend(played.key(0), 60)) == ["sitting.extended"]
    assert played.state.ends_at == at(660)
    assert played.state.told_seq == len(played.log)


def test_a_minute_more_for_a_step_that_has_overrun_counts_from_now() -> None:
    played = begun(3)
    played.do(600, SittingExtend(played.key(0), 60))
    assert played.state.ends_at == at(660)


def test_what_is_over_is_not_extended() -> None:
    played = begun()
    played.do(10, SittingAdvance(played.key(0)))
    assert played.refused(11, SittingExtend(played.key(0), 60)) == "step.over"
    assert played.refused(11, SittingExtend(played.key(1), 0)) == "sitting.bad_extension"


def test_without_being_told_to_no_step_gives_way() -> None:
    played = begun()
    assert played.advance(100_000) == []


def test_steps_that_give_way_by_themselves_do_so_at_their_own_time() -> None:
    played = begun(1, 2)
    played.do(1, SittingPace(by_itself=True))
    assert played.advance(10_000) == ["step.ended", "step.begun", "step.ended", "sitting.ended"]
    assert [step.ended_at for step in played.state.agenda] == [at(60), at(180)]
    assert not played.state.is_early


def test_a_deadline_is_applied_once() -> None:
    played = begun(1, 2)
    played.do(1, SittingPace(by_itself=True))
    played.advance(60)
    assert expire(played.state, played._moment(at(60), None)) == []


def test_rooms_close_when_it_was_announced() -> None:
    played = begun()
    assert played.do(60, SittingClose(5)) == ["closing.announced"]
    assert closing_at(played.state) == at(360)
    assert played.advance(400) == ["step.ended", "sitting.ended"]
    assert played.log[-1].at == at(360)


def test_an_announced_end_can_be_withdrawn() -> None:
    played = begun()
    played.do(60, SittingClose(5))
    assert played.do(61, SittingClose(None)) == ["closing.announced"]
    assert played.advance(100_000) == []


def test_rooms_may_be_closed_at_once() -> None:
    played = begun()
    assert played.do(60, SittingClose(0)) == ["step.ended", "sitting.ended"]
    assert played.refused(61, SittingClose(0)) == "sitting.not_running"


def test_the_end_is_known_when_it_follows_from_the_plan() -> None:
    played = begun(1, 2)
    assert closing_at(played.state) is None
    played.do(1, SittingPace(by_itself=True))
    assert closing_at(played.state) == at(180)
    played.do(2, SittingPace(by_itself=False))
    played.do(3, SittingAdvance(played.key(0)))
    assert closing_at(played.state) == at(3 + 120)


def test_all_rooms_ready_are_told_to_the_chair_and_go_on_only_by_themselves() -> None:
    played = begun()
    step = played.key(0)
    assert played.do(5, RoomsTell(step, (11,), 2), by=None) == ["rooms.ready"]
    assert played.do(6, RoomsTell(step, (11,), 2), by=None) == []
    assert played.do(7, RoomsTell(step, (11, 12), 2), by=None) == ["rooms.ready"]
    played.do(8, SittingPace(by_itself=True))
    assert played.do(9, RoomsTell(step, (11, 12, 13), 3), by=None) == ["rooms.ready", "step.ended", "step.begun"]
    assert played.state.ready == ()


def test_what_rooms_say_of_a_step_that_is_over_is_not_heard() -> None:
    played = begun()
    first = played.key(0)
    played.do(5, SittingAdvance(first))
    assert played.do(6, RoomsTell(first, (11, 12), 2), by=None) == []


def test_a_message_says_who_sent_it_unless_it_was_an_account() -> None:
    played = begun()
    played.do(5, MessageSend("Volvemos a las once.", "es"))
    played.do(6, MessageSend("Merci.", "fr"), by="account.3")
    assert [message.member for message in played.state.messages] == ["chair", None]
    assert played.refused(7, MessageSend("  ", "es")) == "text.empty"


def test_the_last_messages_stay() -> None:
    played = Played()
    for number in range(KEPT + 5):
        played.do(number, MessageSend(f"{number}", "es"))
    assert [message.at for message in played.state.messages] == [at(number) for number in range(5, KEPT + 5)]


def test_the_next_sitting_begins_with_an_empty_plan_and_rooms_may_still_hear_of_the_last_one() -> None:
    played = begun(1)
    played.do(5, SittingClose(0))
    told = played.state.told_seq
    assert played.refused(6, SittingBegin()) == "sitting.over"
    assert played.do(7, SittingPrepare()) == ["sitting.prepared"]
    state = played.state
    assert (state.number, state.phase, state.agenda, state.told_seq) == (2, "planning", (), told)
    assert current_step(state) is None
