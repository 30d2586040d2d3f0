"""The organiser says who types for whom; the scribe sits where the person sits."""

from __future__ import annotations

import pytest

from assemblies.models import Member
from assemblies.queries import actor_of
from assemblies.services import remove_member
from floor.core.commands import HandRaise, MemberArrive, OfferAccept, TurnYield
from kernel.errors import Refused
from live.models import Event
from live.services import submit
from rooms import queries, services
from rooms.core.summary import summary_of
from rooms.core.types import ScribeAct
from rooms.models import Room, Seat
from rooms.rules import standing
from tests.factories import make_member
from tests.shell.assemblies.cast import Cast, cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def pen(people: Cast) -> Member:
    return make_member(people.assembly, "Pen", role="scribe")


@pytest.fixture
def room(people: Cast) -> Room:
    made = services.create_room(people.assembly)
    services.seat_member(made, people.aina)
    return made


def assign(people: Cast, member: Member, scribe: Member | None) -> int:
    data = {"scribe-member": member.key, "scribe-scribe": scribe.key if scribe else ""}
    return signed_in(people.organiser).post("/organise/sundays/rooms/scribe/", data).status_code


def test_the_scribe_gets_a_seat_beside_the_person_and_the_log_says_who_decided(
    people: Cast, pen: Member, room: Room
) -> None:
    assert assign(people, people.aina, pen) == 302
    assert queries.state_of(room).seats[people.aina.key].scribe == pen.key
    assert Seat.objects.filter(room=room, member=pen, role="scribe").exists()
    assert Event.objects.filter(kind="seat.given").last().by == f"account.{people.organiser.pk}"  # type: ignore[union-attr]


def test_the_scribe_goes_along_to_another_room(people: Cast, pen: Member, room: Room) -> None:
    services.assign_scribe(people.aina, pen)
    other = services.create_room(people.assembly)
    services.move_member(people.aina, to=other)
    assert queries.state_of(other).seats[people.aina.key].scribe == pen.key
    assert pen.key in queries.state_of(other).seats


def test_taking_the_scribe_away_ends_the_right_at_once(people: Cast, pen: Member, room: Room) -> None:
    services.assign_scribe(people.aina, pen)
    services.open_room(room)
    submit(room.stream, MemberArrive(pen.key), by=pen.key)
    submit(room.stream, ScribeAct(people.aina.key, HandRaise()), by=pen.key)
    assert assign(people, people.aina, None) == 302
    with pytest.raises(Refused, match=r"scribe\.not_yours"):
        submit(room.stream, ScribeAct(people.aina.key, HandRaise()), by=pen.key)


@pytest.mark.parametrize("how", ["nobody", "another", "moved", "nowhere"])
def test_a_scribe_leaves_with_the_last_person_they_type_for(people: Cast, pen: Member, room: Room, how: str) -> None:
    services.assign_scribe(people.aina, pen)
    other = make_member(people.assembly, "Quill", role="scribe")
    {
        "nobody": lambda: services.assign_scribe(people.aina, None),
        "another": lambda: services.assign_scribe(people.aina, other),
        "moved": lambda: services.move_member(people.aina, to=services.create_room(people.assembly)),
        "nowhere": lambda: services.unseat_member(room, people.aina),
    }[how]()
    assert pen.key not in queries.state_of(room).seats
    assert not Seat.objects.filter(room=room, member=pen).exists()
    assert standing(actor_of(pen), room.pk) is None


def test_a_scribe_of_two_stays_for_the_other(people: Cast, pen: Member, room: Room) -> None:
    zoe = make_member(people.assembly, "Zoe")
    services.seat_member(room, zoe)
    for member in (people.aina, zoe):
        services.assign_scribe(member, pen)
    services.assign_scribe(people.aina, None)
    assert Seat.objects.filter(room=room, member=pen).exists()
    services.assign_scribe(zoe, None)
    assert not Seat.objects.filter(room=room, member=pen).exists()


def test_whoever_had_a_removed_scribe_is_seated_and_moved_like_anybody(people: Cast, pen: Member, room: Room) -> None:
    services.assign_scribe(people.aina, pen)
    remove_member(pen)
    aina = Member.objects.get(pk=people.aina.pk)
    services.seat_member(room, aina)
    services.move_member(aina, to=(other := services.create_room(people.assembly)))
    assert (aina.scribe, queries.state_of(other).seats[aina.key].scribe) == (None, None)


def test_an_act_of_a_scribe_is_no_intervention(people: Cast, pen: Member, room: Room) -> None:
    services.assign_scribe(people.aina, pen)
    services.open_room(room)
    submit(room.stream, MemberArrive(pen.key), by=pen.key)
    for act in (HandRaise(), OfferAccept(), TurnYield()):
        submit(room.stream, ScribeAct(people.aina.key, act), by=pen.key)
    assert summary_of(queries.log_of(room), {}).acts == {}


@pytest.mark.parametrize("role", ["citizen", "facilitator", "observer"])
def test_only_a_scribe_of_the_assembly_types(people: Cast, role: str) -> None:
    other = make_member(people.assembly, "Zoe", role=role)
    assert assign(people, people.aina, other) == 400
    with pytest.raises(Refused, match=r"scribe\.bad_pair"):
        services.assign_scribe(people.aina, other)
