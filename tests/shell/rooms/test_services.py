"""What an organiser does with rooms."""

from __future__ import annotations

import pytest

from facilitation import commands as chairs_may
from floor.core.commands import HandRaise, LagReport, MemberArrive, MemberMute, OfferAccept, TurnYield
from floor.core.types import Limits
from kernel import clock
from kernel.errors import Refused
from kernel.wire import name_of
from live.log import Submission, write
from live.models import Event, Stream
from rooms import commands as members_may
from rooms import services
from rooms.models import Room
from rooms.queries import report, rooms_of_member, state_of
from tests.cast import Cast
from tests.factories import make_assembly, make_member

pytestmark = pytest.mark.django_db


def names_in(room: Room) -> list[str]:
    return [seat.member.name for seat in room.seats.select_related("member")]


def test_rooms_are_numbered_within_their_assembly(cast: Cast) -> None:
    first, second = services.create_room(cast.assembly), services.create_room(cast.assembly)
    other = services.create_room(make_assembly())
    assert [first.number, second.number, other.number] == [1, 2, 1]
    assert Stream.objects.filter(name__in=[first.stream, second.stream, other.stream]).count() == 3


def test_a_room_begins_with_the_mode_and_limits_it_is_given(cast: Cast) -> None:
    room = services.create_room(cast.assembly, mode="chaired", limits=Limits(turn_ms=150_000))
    floor = state_of(room).floor
    assert (floor.mode, floor.limits.turn_ms) == ("chaired", 150_000)


def test_seating_twice_changes_nothing(room: Room, cast: Cast) -> None:
    before = Event.objects.count()
    services.seat_member(room, cast.ana)
    assert Event.objects.count() == before


def test_only_members_of_the_assembly_are_seated(room: Room) -> None:
    stranger = make_member(make_assembly(), "Zoe")
    with pytest.raises(Refused, match="not_a_member"):
        services.seat_member(room, stranger)


def test_who_moves_sits_in_one_room_only(room: Room, cast: Cast) -> None:
    other = services.create_room(cast.assembly)
    for _ in range(2):
        services.move_member(cast.ana, to=other)
    assert (names_in(room), names_in(other)) == (["Bo", "Fatou"], ["Ana"])


def test_the_time_spoken_follows_who_moves_and_each_room_reports_its_own(room: Room, cast: Cast) -> None:
    other, began = services.create_room(cast.assembly), clock.now()
    services.open_room(room)
    for second, command in ((10, MemberArrive(cast.ana.key)), (10, HandRaise()), (10, OfferAccept())):
        write([Submission(room.stream, command, cast.ana.key, at=began + second * 1000)])
    with pytest.raises(Refused, match="has_floor"):
        services.move_member(cast.ana, to=other)
    assert names_in(room) == ["Ana", "Bo", "Fatou"]
    write([Submission(room.stream, TurnYield(), cast.ana.key, at=began + 50_000)])
    services.move_member(cast.ana, to=other)
    account = state_of(other).floor.people[cast.ana.key]
    assert (account.spoken_ms, account.total_ms, account.total_turns) == (40_000, 40_000, 1)
    assert [report(each).people[cast.ana.key].ms for each in (room, other)] == [40_000, 0]
    services.move_member(cast.ana, to=room)
    assert [report(each).people[cast.ana.key].ms for each in (room, other)] == [40_000, 0]


def test_what_is_owed_is_counted_up_to_the_move(room: Room, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    other = services.create_room(cast.assembly)
    services.open_room(room)
    for member in (cast.ana, cast.bo):
        write([Submission(room.stream, MemberArrive(member.key), member.key)])
    for command in (HandRaise(), OfferAccept()):
        write([Submission(room.stream, command, cast.bo.key)])
    write([Submission(room.stream, MemberMute(cast.ana.key), cast.fatou.key)])
    monkeypatch.setattr(clock, "_clock", [clock.Clock(wall_anchor=clock.wall() + 60_000)])
    services.move_member(cast.ana, to=other)
    account = state_of(other).floor.people[cast.ana.key]
    assert (account.fair_us >= 29_000_000, account.muted) == (True, True)


def test_a_raised_hand_follows_who_moves_and_has_waited_since(room: Room, cast: Cast) -> None:
    other, began = services.create_room(cast.assembly), clock.now()
    for each in (room, other):
        services.open_room(each)
    key = cast.ana.key
    for command in (MemberArrive(key), HandRaise("reply", "question")):
        write([Submission(room.stream, command, key, at=began)])
    (hand,) = state_of(room).floor.queue
    services.move_member(cast.ana, to=other)
    assert (state_of(room).floor.queue, state_of(other).floor.queue) == ((), (hand,))


def test_a_hand_does_not_follow_to_where_nobody_asks(room: Room, cast: Cast) -> None:
    services.open_room(room)
    write([Submission(room.stream, each, cast.ana.key) for each in (MemberArrive(cast.ana.key), HandRaise("reply"))])
    services.move_member(cast.ana, to=services.create_room(cast.assembly))
    assert state_of(Room.objects.get(number=2)).floor.queue == ()


def test_moving_leaves_the_rooms_of_the_past_alone(room: Room, cast: Cast) -> None:
    services.close_room(room)
    services.move_member(cast.ana, to=services.create_room(cast.assembly))
    assert [each.room.number for each in rooms_of_member(cast.ana.key)] == [2, 1]


def test_a_new_reading_language_reaches_the_room(room: Room, cast: Cast) -> None:
    cast.ana.reads = "ca"
    cast.ana.save()
    services.refresh_seats(cast.ana)
    assert state_of(room).seats[cast.ana.key].reads == "ca"


def test_opening_and_closing_are_safe_to_repeat(room: Room) -> None:
    for _ in range(2):
        services.open_room(room)
    for _ in range(2):
        services.close_room(room)
    kinds = list(Event.objects.filter(stream__name=room.stream).values_list("kind", flat=True))
    assert (kinds.count("room.opened"), kinds.count("room.closed")) == (1, 1)


def test_seating_several_people_is_all_or_nothing(room: Room, cast: Cast) -> None:
    stranger = make_member(make_assembly(), "Zoe")
    with pytest.raises(Refused, match="not_a_member"):
        services.seat_members(room, [cast.chen, stranger])
    assert "Chen" not in names_in(room)


def test_late_texts_lengthen_the_gaps_of_an_open_room_and_of_nothing_else(room: Room) -> None:
    services.report_lag(room.stream, 6_000)
    waiting = state_of(room).floor.lag_ms
    services.open_room(room)
    for stream in (room.stream, room.stream, "plenary.1"):
        services.report_lag(stream, 6_000)
    kinds = list(Event.objects.values_list("kind", flat=True))
    assert (waiting, state_of(room).floor.lag_ms, kinds.count("lag.changed")) == (0, 6_000, 1)


def test_no_member_has_a_door_to_the_report_of_lag() -> None:
    assert name_of(LagReport) not in {*members_may.COMMANDS, *chairs_may.COMMANDS}
