"""A room in a few figures, as its log has it."""

from __future__ import annotations

from facilitation.core.overview import Extreme, Leads, RoomSummary, Since, SpeaksNow, StepNow, mentions, summary_of
from floor.core.commands import FloorPause, HandRaise, MemberLeave, OfferAccept
from kernel import wire
from rooms.core.step import ReadyDeclare, StepExtend, StepFinish, StepTake
from rooms.core.types import ItemOpen, MemberRemove, RoomClose
from tests.core.rooms.sitting import GUIDE, RoomSitting, at, opened, seated


def line(sitting: RoomSitting, second: float) -> RoomSummary:
    sitting.advance(second)
    return summary_of(7, sitting.room, at(second))


def speaking() -> RoomSitting:
    """Alba speaks since second 10, Bruno waits since second 12."""
    sitting = opened("alba", "bruno", "carla")
    sitting.do(10, "alba", HandRaise())
    sitting.do(10, "alba", OfferAccept())
    sitting.do(12, "bruno", HandRaise())
    return sitting


def test_a_room_that_waits_has_people_and_no_time() -> None:
    found = line(seated("alba", "bruno"), 5)
    assert (found.room, found.phase, found.since, found.present, found.seats) == (7, "waiting", None, 0, 2)
    assert (found.speaker, found.idle_at, found.quiet, found.leads) == (None, None, (), (Leads(GUIDE, is_here=False),))


def test_who_speaks_who_waits_and_who_is_owed_and_over() -> None:
    found = line(speaking(), 40)
    assert found.speaker is not None
    assert (found.speaker.member, found.speaker.at, found.speaker.is_wrapping) == ("alba", at(10), False)
    assert (found.hands, found.waits, found.idle_at) == (1, Since("bruno", at(12)), None)
    assert found.over == Extreme("alba", 20_000)
    assert found.owed is not None
    assert (found.owed.member in ("bruno", "carla"), found.owed.ms) == (True, 10_000)
    assert (found.silent, found.quiet) == (2, (Since("carla", at(0)),))


def test_nobody_speaks_since_the_last_turn_ended() -> None:
    sitting = opened("alba", "bruno")
    assert line(sitting, 30).idle_at == at(0)
    sitting.do(40, "alba", HandRaise())
    sitting.do(41, "alba", OfferAccept())
    assert line(sitting, 50).idle_at is None


def test_a_pause_stops_the_clock_of_the_line() -> None:
    sitting = speaking()
    sitting.do(40, GUIDE, FloorPause())
    found = line(sitting, 400)
    assert (found.paused_at, found.over) == (at(40), Extreme("alba", 20_000))
    assert found.speaker == SpeaksNow("alba", at(10), found.speaker.ends_at if found.speaker else 0, is_wrapping=False)


def test_a_new_item_begins_at_zero() -> None:
    sitting = speaking()
    sitting.do(60, GUIDE, ItemOpen())
    found = line(sitting, 60)
    assert (found.item, found.since, found.owed, found.over) == (1, at(60), None, None)


def test_who_lost_the_connection_is_away_and_who_was_sent_out_is_gone() -> None:
    sitting = opened("alba", "bruno", "carla")
    sitting.do(30, None, MemberLeave("bruno"))
    sitting.do(40, GUIDE, MemberRemove("carla"))
    sitting.do(50, None, MemberLeave(GUIDE))
    found = line(sitting, 60)
    assert (found.present, found.seats, found.away, found.away_count) == (1, 2, (Since("bruno", at(30)),), 1)
    assert found.leads == (Leads(GUIDE, is_here=False),)


def test_a_closed_room_calls_for_nobody() -> None:
    sitting = speaking()
    sitting.do(60, GUIDE, RoomClose())
    found = line(sitting, 900)
    assert (found.phase, found.speaker, found.waits, found.quiet, found.idle_at) == ("closed", None, None, (), None)


def test_a_line_names_everybody_it_mentions_and_stays_small() -> None:
    found = line(speaking(), 40)
    assert mentions(found) == {"alba", "bruno", "carla", GUIDE}
    assert len(wire.dumps(wire.encode(found))) < 1000


def test_a_line_says_which_step_the_room_is_at_and_how_many_of_those_here_want_to_move_on() -> None:
    sitting = speaking()
    assert line(sitting, 41).step is None
    sitting.do(42, None, StepTake(1, "step", "vote", at(300), 258_000))
    sitting.do(43, GUIDE, StepExtend("step", 60))
    sitting.do(44, "alba", ReadyDeclare("step"))
    assert line(sitting, 45).step == StepNow("vote", at(360), 1, is_done=False)
    sitting.do(46, "alba", MemberLeave("alba"))
    assert line(sitting, 47).step == StepNow("vote", at(360), 0, is_done=False)
    sitting.do(48, GUIDE, StepFinish("step"))
    assert line(sitting, 49).step == StepNow("vote", at(360), 0, is_done=True)
