"""What an organiser does with rooms."""

from __future__ import annotations

import pytest

from floor.core.types import Limits
from kernel.errors import Refused
from live.models import Event, Stream
from rooms import services
from rooms.models import Room, Seat
from rooms.queries import rooms_of_member, state_of, unseated
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
    assert (room.mode, floor.mode, floor.limits.turn_ms) == ("chaired", "chaired", 150_000)


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


def test_everybody_without_a_seat_is_seated_and_facilitators_are_shared_out(cast: Cast) -> None:
    for number in range(13):
        make_member(cast.assembly, f"Citizen {number}", lang=("es", "fr", "ca")[number % 3])
    rooms, composition = services.compose_rooms(cast.assembly, size=8, seed="a public number", tries=200)
    assert [len(names_in(room)) for room in rooms] == [9, 9]
    assert composition.unread == ()
    assert all("Fatou" in names_in(room) for room in rooms)
    assert not unseated(cast.assembly).exists()


def test_composing_again_seats_only_who_is_new(cast: Cast) -> None:
    services.compose_rooms(cast.assembly, size=8, seed="one", tries=10)
    late = make_member(cast.assembly, "Late")
    rooms, _ = services.compose_rooms(cast.assembly, size=8, seed="two", tries=10)
    assert [seat.member for seat in Seat.objects.filter(room__in=rooms, role="citizen")] == [late]


def test_the_same_seed_gives_the_same_rooms(cast: Cast) -> None:
    for number in range(20):
        make_member(cast.assembly, f"Citizen {number}", lang=("es", "fr", "ca")[number % 3])
    first, composition = services.compose_rooms(cast.assembly, size=6, seed="s", tries=100)
    for room in first:
        for seat in room.seats.filter(role="citizen").select_related("member"):
            services.unseat_member(room, seat.member)
    _, again = services.compose_rooms(cast.assembly, size=6, seed="s", tries=100)
    assert again == composition


def test_people_without_a_translation_between_them_sit_apart(cast: Cast) -> None:
    for number in range(13):
        make_member(cast.assembly, f"Citizen {number}", lang="es" if number < 7 else "fr")
    _, composition = services.compose_rooms(
        cast.assembly, size=8, seed="s", routes=frozenset({("ca", "es"), ("es", "ca")}), tries=500
    )
    assert composition.unread == ()


def test_seating_several_people_is_all_or_nothing(room: Room, cast: Cast) -> None:
    stranger = make_member(make_assembly(), "Zoe")
    with pytest.raises(Refused, match="not_a_member"):
        services.seat_members(room, [cast.chen, stranger])
    assert "Chen" not in names_in(room)


@pytest.mark.parametrize("size", [1, 16])
def test_rooms_have_two_to_fifteen_people(cast: Cast, size: int) -> None:
    with pytest.raises(Refused, match="bad_size"):
        services.compose_rooms(cast.assembly, size=size, seed="s")
