"""What goes wrong in real rooms: two lead at once, somebody leads elsewhere, everybody asks at the same moment."""

from __future__ import annotations

import pytest

from assemblies.queries import actor_of
from facilitation.commands import COMMANDS
from floor.core.commands import FloorGive, FloorPause, FloorSet, HandRaise, MemberArrive, OfferAccept, TurnExtend
from floor.core.types import Limits, Speaking
from kernel import clock
from kernel.errors import Refused
from live.log import Answer, Submission, write
from live.models import Event
from live.names import parse_name
from live.services import submit
from rooms import services
from rooms.core.types import MemberRemove, NoteMake, RoomClose
from rooms.models import Room
from rooms.queries import state_of
from tests.cast import Cast
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def speaking(room: Room, cast: Cast) -> None:
    """Ana has the floor, Bo waits."""
    services.open_room(room)
    for key, command in (
        (cast.ana.key, MemberArrive(cast.ana.key)), (cast.bo.key, MemberArrive(cast.bo.key)),
        (cast.ana.key, HandRaise()), (cast.ana.key, OfferAccept()), (cast.bo.key, HandRaise()),
    ):  # fmt: skip
        submit(room.stream, command, by=key)


def codes(room: Room, *acts: tuple[str, object]) -> list[str]:
    """What became of acts that came in one batch: `done`, or why not."""
    answers = write([Submission(room.stream, command, by) for by, command in acts]).answers
    return ["done" if isinstance(answer, Answer) else answer.code for answer in answers]


def test_two_facilitators_who_pause_at_once_pause_once(room: Room, cast: Cast) -> None:
    other = make_member(cast.assembly, "Gil", role="facilitator")
    services.seat_member(room, other)
    speaking(room, cast)
    assert codes(room, (cast.fatou.key, FloorPause()), (other.key, FloorPause())) == ["done", "done"]
    assert Event.objects.filter(kind="floor.paused").count() == 1


def test_two_facilitators_who_call_different_people_give_the_floor_to_one(room: Room, cast: Cast) -> None:
    other = make_member(cast.assembly, "Gil", role="facilitator")
    services.seat_member(room, other)
    services.set_floor(room, mode="chaired", limits=Limits())
    services.open_room(room)
    for member in (cast.ana, cast.bo):
        for command in (MemberArrive(member.key), HandRaise()):
            submit(room.stream, command, by=member.key)
    found = codes(room, (cast.fatou.key, FloorGive(cast.ana.key)), (other.key, FloorGive(cast.bo.key)))
    phase = state_of(room).floor.phase
    assert (found, isinstance(phase, Speaking) and phase.member) == (["done", "floor.taken"], cast.ana.key)


def test_two_facilitators_who_extend_at_once_both_extend_and_both_stand_in_the_log(room: Room, cast: Cast) -> None:
    speaking(room, cast)
    assert codes(room, (cast.fatou.key, TurnExtend(30)), ("gil", TurnExtend(30))) == ["done", "done"]
    rows = Event.objects.filter(kind="turn.extended").order_by("seq")
    assert list(rows.values_list("by", flat=True)) == [cast.fatou.key, "gil"]


def test_no_act_of_a_facilitator_reaches_a_room_that_is_not_theirs(room: Room, cast: Cast) -> None:
    other = parse_name(services.create_room(cast.assembly).stream)
    doors = [door for door in COMMANDS.values() if door.kind == "room"]
    assert not any(door.may(actor_of(cast.fatou), other, None) for door in doors)
    assert all(door.may(actor_of(cast.fatou), parse_name(room.stream), None) for door in doors)


def test_who_is_removed_with_the_floor_loses_it_and_the_next_is_called(room: Room, cast: Cast) -> None:
    speaking(room, cast)
    submit(room.stream, MemberRemove(cast.ana.key), by=cast.fatou.key)
    ended = Event.objects.get(kind="turn.ended")
    assert (ended.data["member"], ended.data["reason"], ended.by) == (cast.ana.key, "removed", cast.fatou.key)
    write([Submission(room.stream, None, at=clock.now() + 5_000)])
    assert Event.objects.filter(kind="floor.offered").order_by("seq").last().data["member"] == cast.bo.key  # type: ignore[union-attr]
    assert codes(room, (cast.ana.key, HandRaise())) == ["floor.not_present"]


def test_what_was_not_sent_when_the_room_closed_may_be_posted_for_a_minute(room: Room, cast: Cast) -> None:
    speaking(room, cast)
    submit(room.stream, RoomClose(), by=cast.fatou.key)
    rest = NoteMake("Lo que faltaba. " * 30, "es")
    assert codes(room, (cast.bo.key, NoteMake("Et moi ?", "fr"))) == ["room.not_open"]
    assert codes(room, (cast.ana.key, rest)) == ["done"]
    late = Submission(room.stream, rest, cast.ana.key, at=clock.now() + 61_000)
    assert [isinstance(each, Refused) and each.code for each in write([late]).answers] == ["room.not_open"]


def test_fifteen_hands_within_a_second_all_wait_in_their_order(room: Room, cast: Cast) -> None:
    people = [make_member(cast.assembly, f"Persona {name}") for name in "abcdefghijklm"] + [cast.ana, cast.bo]
    services.seat_members(room, people)
    services.open_room(room)
    write([Submission(room.stream, MemberArrive(each.key), each.key) for each in people])
    began = clock.now()
    hands = [Submission(room.stream, HandRaise(), each.key, f"r{n}", began + n * 60) for n, each in enumerate(people)]
    answers = write([*hands, *hands]).answers
    assert all(isinstance(answer, Answer) for answer in answers)
    assert [hand.member for hand in state_of(room).floor.queue] == [each.key for each in people]
    assert Event.objects.filter(kind="floor.offered").count() == 1


def test_a_facilitator_who_changes_the_mode_while_another_closes_the_room_harms_nothing(room: Room, cast: Cast) -> None:
    speaking(room, cast)
    assert codes(room, (cast.fatou.key, RoomClose()), ("gil", FloorSet("free"))) == ["done", "done"]
    state = state_of(room)
    assert (state.phase, state.floor.queue) == ("closed", ())
