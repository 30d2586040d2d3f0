"""The stream of those who lead rooms, on the database: who reads it, taking rooms over, hearing of one's call."""

from __future__ import annotations

import dataclasses

import pytest

from assemblies.core.roles import Role
from assemblies.models import Member
from assemblies.queries import actor_of
from facilitation.commands import COMMANDS
from facilitation.core.chairs_types import HelpAnswer, HelpClose, MemberArrive, MemberLeave, MemoWrite
from facilitation.help_calls import call_for_help, own_calls
from facilitation.kinds import CHAIRS
from facilitation.queries import chairs_state
from facilitation.rules import may_chair, may_read_chairs
from facilitation.services import return_room, take_room
from floor.core.commands import MemberArrive as Enter
from floor.core.commands import MemberLeave as Leave
from kernel.errors import Refused
from live.core.actors import Standing
from live.models import Event
from live.names import parse_name, stream_name
from live.registry import install, kind_of
from live.services import create_stream, submit
from rooms.core.types import MemberRemove
from rooms.kinds import ROOM
from rooms.models import Room, Seat
from rooms.services import close_room
from tests.cast import Cast
from tests.factories import make_assembly, make_member
from tests.laws import assert_law
from translation.kinds import TEXT
from translation.models import FeedLanguage, Passage, Rendering

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_chairs(_kinds: None) -> None:
    install(kinds=[ROOM, CHAIRS, TEXT], doors={})


@pytest.fixture
def gil(cast: Cast) -> Member:
    """A facilitator who sits in no room."""
    return make_member(cast.assembly, "Gil", role="facilitator", lang="ca", chamber="")


def chairs_of(cast: Cast) -> str:
    stream = stream_name("chairs", cast.assembly.pk)
    create_stream(stream)
    return stream


def test_facilitators_read_and_nobody_else_of_the_cast(cast: Cast) -> None:
    stream = chairs_of(cast)
    assert {name: CHAIRS.standing(stream, actor) for name, actor in cast.actors().items()} == {
        "ana": None,
        "bo": None,
        "chen": None,
        "fatou": Standing.PARTICIPANT,
        "otto": None,
    }


@pytest.mark.parametrize("role", list(Role))
def test_only_facilitators_and_organisers_read_and_only_of_the_own_assembly(cast: Cast, role: Role) -> None:
    stream = chairs_of(cast)
    own = dataclasses.replace(actor_of(cast.chen), role=role.value)
    foreign = make_member(make_assembly(), "Zoe", role=role.value)
    reads = Standing.PARTICIPANT if role in (Role.FACILITATOR, Role.ORGANISER) else None
    assert (CHAIRS.standing(stream, own), CHAIRS.standing(stream, actor_of(foreign))) == (reads, None)


def test_texts_of_the_stream_are_for_the_same_people(cast: Cast) -> None:
    feed = f"{chairs_of(cast)}.text.fr"
    _, kind = kind_of(feed)
    readers = {name for name, actor in cast.actors().items() if kind.standing(feed, actor)}
    assert readers == {"fatou"}


def test_who_may_read_may_act_there_and_nobody_in_rooms(cast: Cast, room: Room) -> None:
    names = [name for name, door in COMMANDS.items() if door.kind == "chairs"]
    assert sorted(names) == ["help.answer", "help.close", "memo.write"]
    stream = parse_name(chairs_of(cast))
    assert [name for name, actor in cast.actors().items() if may_read_chairs(actor, stream)] == ["fatou"]
    assert not may_read_chairs(actor_of(cast.fatou), parse_name(room.stream))


def test_earlier_snapshot_and_events_give_the_later_snapshot(cast: Cast, room: Room) -> None:
    stream, ana = chairs_of(cast), actor_of(cast.ana)

    def act() -> None:
        submit(stream, MemberArrive(cast.fatou.key), by=cast.fatou.key)
        call_for_help(ana, room=room.pk, text="No oigo nada")
        call = chairs_state(cast.assembly.pk).calls[0].call
        submit(stream, HelpAnswer(call), by=cast.fatou.key)
        submit(stream, MemoWrite("Tout va bien", "fr", room.pk), by=cast.fatou.key)
        submit(stream, HelpClose(call), by=cast.fatou.key)
        submit(stream, MemberLeave(cast.fatou.key), by=cast.fatou.key)

    assert assert_law(stream, act) == [
        "member.arrived", "help.called", "help.answered", "memo.written", "help.closed", "member.left",
    ]  # fmt: skip


def test_a_call_is_wanted_in_the_working_languages_and_those_of_who_leads(cast: Cast, room: Room) -> None:
    FeedLanguage.objects.create(root=chairs_of(cast), lang="it")
    call_for_help(actor_of(cast.ana), room=room.pk, text="No oigo nada")
    passage = Passage.objects.get()
    assert (passage.root, passage.lang) == (chairs_of(cast), "es")
    assert {rendering.target for rendering in Rendering.objects.filter(passage=passage)} == {"ca", "fr", "it"}


def test_a_call_from_a_room_is_for_those_who_sit_in_it(cast: Cast, room: Room) -> None:
    with pytest.raises(Refused) as refused:
        call_for_help(actor_of(cast.chen), room=room.pk)
    assert refused.value.code == "room.not_seated"
    call_for_help(actor_of(cast.chen), room=None)
    assert [call.room for call in chairs_state(cast.assembly.pk).calls] == [None]


def test_who_called_sees_the_own_call_and_who_looks_after_it(cast: Cast, room: Room) -> None:
    call_for_help(actor_of(cast.ana), room=room.pk, ref="once")
    call_for_help(actor_of(cast.ana), room=room.pk, ref="once")
    (waiting,) = own_calls(actor_of(cast.ana), 0)
    assert (waiting["room"], waiting["by"], waiting["answered_at"]) == (room.pk, None, None)
    submit(chairs_of(cast), HelpAnswer(waiting["call"]), by=cast.fatou.key)
    assert own_calls(actor_of(cast.ana), 0)[0]["by"] == "Fatou"
    assert own_calls(actor_of(cast.bo), 0) == []


def test_a_room_nobody_leads_is_taken_over_with_a_seat_and_given_back(cast: Cast, room: Room, gil: Member) -> None:
    take_room(room, gil)
    take_room(room, gil)
    assert may_chair(actor_of(gil), parse_name(room.stream))
    assert ROOM.standing(room.stream, actor_of(gil)) is Standing.PARTICIPANT
    return_room(room, gil)
    return_room(room, gil)
    assert not may_chair(actor_of(gil), parse_name(room.stream))
    assert list(Event.objects.filter(kind__in=["room.taken", "room.returned"]).values_list("by", flat=True)) == [
        gil.key,
        gil.key,
    ]


@pytest.mark.parametrize("where", ["room", "console"])
def test_while_its_facilitator_is_here_a_room_is_not_taken_over(
    cast: Cast, room: Room, gil: Member, where: str
) -> None:
    stream, arrive, leave = (
        (room.stream, Enter, Leave) if where == "room" else (chairs_of(cast), MemberArrive, MemberLeave)
    )
    submit(stream, arrive(cast.fatou.key))
    with pytest.raises(Refused) as refused:
        take_room(room, gil)
    assert (refused.value.code, refused.value.params) == ("room.is_led", {"name": "Fatou"})
    assert not Seat.objects.filter(room=room, member=gil).exists()
    submit(stream, leave(cast.fatou.key))
    take_room(room, gil)
    assert Seat.objects.get(room=room, member=gil).role == "facilitator"


def test_a_facilitator_who_was_sent_out_does_not_take_the_room_over(cast: Cast, room: Room) -> None:
    submit(room.stream, MemberRemove(cast.fatou.key))
    with pytest.raises(Refused) as refused:
        take_room(room, cast.fatou)
    assert refused.value.code == "room.not_seated"
    assert chairs_state(cast.assembly.pk).taken == ()


def test_of_two_who_take_over_one_has_it_and_the_other_is_told_who(cast: Cast, room: Room, gil: Member) -> None:
    hana = make_member(cast.assembly, "Hana", role="facilitator", lang="fr", chamber="")
    submit(chairs_of(cast), MemberArrive(gil.key))
    take_room(room, gil)
    with pytest.raises(Refused) as refused:
        take_room(room, hana)
    assert refused.value.params == {"name": "Gil"}
    submit(chairs_of(cast), MemberLeave(gil.key))
    take_room(room, hana)
    led_by = {seat.member.name for seat in Seat.objects.filter(room=room, role="facilitator").select_related("member")}
    assert led_by == {"Fatou", "Hana"}


def test_who_has_a_seat_there_anyhow_keeps_it_when_giving_back(cast: Cast, room: Room, gil: Member) -> None:
    take_room(room, gil)
    take_room(room, cast.fatou)
    return_room(room, cast.fatou)
    assert may_chair(actor_of(cast.fatou), parse_name(room.stream))


def test_a_closed_room_and_one_of_another_assembly_are_not_taken(cast: Cast, room: Room, gil: Member) -> None:
    close_room(room)
    foreign = make_member(make_assembly(), "Zoe", role="facilitator")
    for member in (gil, foreign):
        with pytest.raises(Refused):
            take_room(room, member)
    assert Seat.objects.filter(room=room).count() == 3
