"""The overview: a hundred rooms in a few queries and small frames, over real sockets, for those who lead only."""

from __future__ import annotations

import json
from collections import deque

import pytest
from asgiref.sync import sync_to_async
from pytest_django import DjangoAssertNumQueries

from assemblies.models import Assembly, Member
from assemblies.queries import actor_of
from facilitation.core.chairs_types import HelpAnswer
from facilitation.help_calls import call_for_help, own_calls
from facilitation.kinds import CHAIRS
from facilitation.overview import AGAIN_S, FRAME_ROOMS, Overview
from facilitation.queries import chairs_state
from facilitation.services import take_room
from floor.core.commands import MemberArrive
from live import folds
from live.models import Presence
from live.names import stream_name
from live.peers import Peer
from live.registry import install
from live.services import submit
from rooms.core.types import MemberRemove, NoteMake
from rooms.kinds import ROOM
from rooms.models import Room
from rooms.queries import state_of
from rooms.services import create_room, open_room, seat_member
from tests.cast import Cast
from tests.factories import make_assembly, make_member
from tests.shell.plenary.test_live import socket_of
from translation.kinds import TEXT
from translation.models import Passage, Rendering, Translation


@pytest.fixture(autouse=True)
def _with_chairs(_kinds: None) -> None:
    install(kinds=[ROOM, CHAIRS, TEXT], doors={})


@pytest.fixture
def hall(db: None) -> Assembly:
    """An assembly with a hundred open rooms of one present member each."""
    assembly = make_assembly()
    for number in range(100):
        room = create_room(assembly)
        member = make_member(assembly, f"Guest {number}")
        seat_member(room, member)
        submit(room.stream, MemberArrive(member.key))
        open_room(room)
    return assembly


class Screen:
    """An outlet that keeps what it was sent."""

    def __init__(self) -> None:
        self.frames: list[str] = []

    def send(self, payload: bytes, lines: object) -> None:
        self.frames += [line.text for line in lines]  # type: ignore[attr-defined]
        assert payload == b"".join(line.payload for line in lines)  # type: ignore[attr-defined]

    def close(self, code: int | None) -> None:
        raise AssertionError("nobody is closed")

    def rooms(self) -> list[list[int]]:
        """The rooms of each frame since the last time."""
        read = [[line["room"] for line in json.loads(frame)["data"]["rooms"]] for frame in self.frames]
        self.frames.clear()
        return read


def reader() -> tuple[Peer, Screen]:
    screen = Screen()
    return Peer(None, screen), screen  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_hundred_quiet_rooms_cost_two_queries_a_second(
    hall: Assembly, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    overview = Overview(hall.pk)
    assert len(overview.look(0)) == 100
    with django_assert_num_queries(2):
        assert overview.look(1) == []


@pytest.mark.django_db
@pytest.mark.parametrize("rooms", [1, 3])
def test_rooms_in_which_something_happened_cost_two_queries_more_however_many(
    hall: Assembly, rooms: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    overview = Overview(hall.pk)
    overview.look(0)
    for room in Room.objects.filter(assembly=hall)[:rooms]:
        member = room.seats.get().member
        submit(room.stream, NoteMake("Hola", "es"), by=member.key)
        folds.remember(room.stream, folds.current(folds.position(room.stream)))
        submit(room.stream, MemberArrive(make_seated(room).key))
        folds.remember(room.stream, folds.current(folds.position(room.stream)))
    with django_assert_num_queries(4):
        assert len(overview.look(1)) == rooms


def make_seated(room: Room) -> Member:
    member = make_member(room.assembly)
    seat_member(room, member)
    return member


@pytest.mark.django_db
def test_everybody_gets_small_frames_the_newcomer_all_rooms_the_others_what_changed(hall: Assembly) -> None:
    overview = Overview(hall.pk)
    (first, seen), (second, late) = reader(), reader()
    overview.tell([first], overview.look(0))
    assert max(len(frame) for frame in seen.frames) < 32_000
    assert [len(rooms) for rooms in seen.rooms()] == [FRAME_ROOMS] * 5
    room = Room.objects.filter(assembly=hall).order_by("pk")[7]
    submit(room.stream, MemberArrive(make_seated(room).key))
    overview.tell([first, second], overview.look(1))
    assert seen.rooms() == [[room.pk]]
    assert sum(map(len, late.rooms())) == 100
    overview.tell([first, second], overview.look(2))
    assert seen.rooms() == late.rooms() == []


@pytest.mark.django_db
def test_who_was_behind_gets_everything_when_there_is_room_again(hall: Assembly) -> None:
    overview = Overview(hall.pk)
    peer, screen = reader()
    overview.tell([peer], overview.look(0))
    screen.frames.clear()
    peer.full_since = 1.0
    overview.tell([peer], [])
    peer.full_since = None
    overview.tell([peer], [])
    assert sum(map(len, screen.rooms())) == 100


@pytest.mark.django_db
def test_who_subscribes_anew_on_the_same_socket_gets_everything_again(hall: Assembly) -> None:
    overview = Overview(hall.pk)
    peer, screen = reader()
    peer.pending[overview.stream] = deque()
    overview.tell([peer], overview.look(0))
    screen.frames.clear()
    peer.drop(overview.stream)
    peer.pending[overview.stream] = deque()
    overview.tell([peer], [])
    assert sum(map(len, screen.rooms())) == 100


@pytest.mark.django_db
def test_what_another_process_wrote_is_folded_from_the_log(hall: Assembly) -> None:
    overview = Overview(hall.pk)
    overview.look(0)
    room = Room.objects.filter(assembly=hall).order_by("pk")[0]
    submit(room.stream, MemberArrive(make_seated(room).key))
    folds.forget()
    assert [(line.room, line.present) for line in overview.look(1)] == [(room.pk, 2)]


@pytest.mark.django_db
def test_translations_that_failed_or_are_doubtful_are_seen_a_little_later(cast: Cast, room: Room) -> None:
    open_room(room)
    submit(room.stream, MemberArrive(cast.ana.key))
    submit(room.stream, NoteMake("Hola", "es"), by=cast.ana.key)
    overview = Overview(cast.assembly.pk)
    overview.look(0)
    passage = Passage.objects.get(root=room.stream)
    scope = {"scope": passage.scope, "digest": "d", "source": "es", "target": "fr", "recipe": "r"}
    doubtful = Translation.objects.create(**scope, text="Salut", doubts=["number"])
    sure = Translation.objects.create(**{**scope, "target": "ca"}, text="Hola", doubts=[])
    Rendering.objects.filter(passage=passage).delete()
    for target, status, found in (("fr", "machine", doubtful), ("ca", "machine", sure), ("it", "failed", None)):
        Rendering.objects.create(key=target, passage=passage, target=target, status=status, translation=found)
    assert overview.look(1) == []
    assert [(line.failed, line.doubtful) for line in overview.look(AGAIN_S)] == [(1, 1)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stopped_runtime")
async def test_a_facilitator_hears_of_rooms_without_reading_them_and_a_citizen_of_none(cast: Cast, room: Room) -> None:
    stream = stream_name("chairs", cast.assembly.pk)
    async with socket_of(cast.fatou) as fatou, socket_of(cast.ana) as ana:
        await ana.send("subscribe", stream=stream, ref="chairs")
        assert (await ana.until("refused"))["code"] == "stream.not_yours"
        await fatou.subscribe(stream)
        first = (await fatou.until("signal"))["data"]
        await sync_to_async(open_room)(room)
        then = (await fatou.until("signal"))["data"]
        assert await ana.is_silent()
    assert [(line["room"], line["phase"]) for line in (*first["rooms"], *then["rooms"])] == [
        (room.pk, "waiting"),
        (room.pk, "open"),
    ]
    assert first["names"][cast.fatou.key] == "Fatou"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stopped_runtime")
async def test_who_took_a_room_over_and_was_sent_out_of_it_has_it_no_longer(cast: Cast, room: Room) -> None:
    stream = stream_name("chairs", cast.assembly.pk)
    gil = await sync_to_async(make_member)(cast.assembly, "Gil", role="facilitator", lang="fr", chamber="")
    await sync_to_async(take_room)(room, gil)
    async with socket_of(cast.fatou) as fatou:
        await fatou.subscribe(stream)
        assert [each.member for each in (await sync_to_async(chairs_state)(cast.assembly.pk)).taken] == [gil.key]
        await sync_to_async(submit)(room.stream, MemberRemove(gil.key), by=cast.fatou.key)
        while (returned := await fatou.until("event"))["kind"] != "room.returned":
            pass
    assert (returned["kind"], returned["data"]) == ("room.returned", {"room": room.pk, "member": gil.key})
    assert (await sync_to_async(chairs_state)(cast.assembly.pk)).taken == ()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stopped_runtime")
async def test_who_is_at_the_console_is_present_in_the_rooms_they_lead_and_in_no_other(cast: Cast, room: Room) -> None:
    other = await sync_to_async(create_room)(cast.assembly)
    async with socket_of(cast.fatou) as fatou:
        await fatou.subscribe(stream_name("chairs", cast.assembly.pk))
        await fatou.send("clock", ref="then")
        await fatou.until("clock")
        states = [await sync_to_async(state_of)(each) for each in (room, other)]
        marked = await sync_to_async(lambda: set(Presence.objects.filter(open=True).values_list("stream", flat=True)))()
    assert states[0].seats[cast.fatou.key].present
    assert states[1].seats == {}
    assert marked == {room.stream, stream_name("chairs", cast.assembly.pk)}
    assert await sync_to_async(Presence.objects.filter(open=True).count)() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("stopped_runtime")
async def test_the_caller_hears_alone_that_the_call_was_answered(cast: Cast, room: Room) -> None:
    actor, stream = await sync_to_async(actor_of)(cast.ana), stream_name("chairs", cast.assembly.pk)
    async with socket_of(cast.ana) as ana, socket_of(cast.bo) as bo:
        await sync_to_async(call_for_help)(actor, room=room.pk)
        (call,) = await sync_to_async(own_calls)(actor, 0)
        await sync_to_async(submit)(stream, HelpAnswer(call["call"]), by=cast.fatou.key)
        heard = await ana.until("signal")
        assert await bo.is_silent()
    assert (heard["name"], heard["data"]["calls"][0]["by"]) == ("help", "Fatou")
    assert CHAIRS.standing(stream, actor) is None
