"""The organiser composes rooms, moves people by hand, opens and closes."""

from __future__ import annotations

import pytest
from django.test import Client

from assemblies.services import add_member
from floor.core.commands import HandRaise, MemberArrive, OfferAccept
from floor.core.types import Limits
from kernel import clock
from live.services import submit
from rooms.models import Room, Seat
from rooms.queries import state_of
from tests.shell.assemblies.cast import Cast, cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    made = cast()
    for name in ("Léa", "Ugo", "Eva"):
        add_member(made.assembly, name=name, role="citizen", speaks=["fr"], reads="fr")
    return made


@pytest.fixture
def ana(people: Cast) -> Client:
    return signed_in(people.organiser)


def seats() -> dict[str, list[int]]:
    rows = Seat.objects.filter(removed=False).order_by("member__name", "room__number")
    found: dict[str, list[int]] = {}
    for seat in rows.select_related("member", "room"):
        found.setdefault(seat.member.name, []).append(seat.room.number)
    return found


def test_somebody_is_moved_by_hand_to_and_fro_and_out(people: Cast, ana: Client) -> None:
    for title in ("One", "Two"):
        ana.post("/organise/sundays/rooms/new/", {"new-title": title, "new-mode": "balanced"})
    one, two = Room.objects.order_by("number")
    where = []
    for room in (one.pk, two.pk, ""):
        ana.post("/organise/sundays/rooms/move/", {"move-member": people.aina.key, "move-room": room})
        where.append(seats().get("Aïna", []))
    assert where == [[1], [2], []]


def test_a_facilitator_may_keep_several_rooms(people: Cast, ana: Client) -> None:
    for title in ("One", "Two"):
        ana.post("/organise/sundays/rooms/new/", {"new-title": title, "new-mode": "balanced"})
    for room in Room.objects.all():
        act = {"move-member": people.rui.key, "move-room": room.pk, "move-also": "on"}
        ana.post("/organise/sundays/rooms/move/", act)
    assert seats() == {"Rui": [1, 2]}


def test_a_room_is_announced_opened_and_closed(ana: Client) -> None:
    ana.post("/organise/sundays/rooms/new/", {"new-title": "", "new-mode": "free"})
    room = Room.objects.get()
    ana.post("/organise/sundays/rooms/plan/", {"plan-opens_at": "2027-03-14T18:30"})
    stages = []
    for act in ("open", "open", "close"):
        assert ana.post(f"/organise/sundays/rooms/{room.pk}/{act}/").status_code == 302
        room.refresh_from_db()
        stages.append(room.stage)
    assert stages == ["open", "open", "closed"]
    assert room.opens_at == 1805049000000
    assert f'action="/organise/sundays/rooms/{room.pk}/open/"' in ana.get("/organise/sundays/rooms/").content.decode()
    Room.objects.update(final_at=clock.now())
    assert f"/rooms/{room.pk}/open/" not in ana.get("/organise/sundays/rooms/").content.decode()


def test_an_act_that_does_not_exist_is_refused_in_words(ana: Client) -> None:
    ana.post("/organise/sundays/rooms/new/", {"new-mode": "free"})
    answer = ana.post(f"/organise/sundays/rooms/{Room.objects.get().pk}/burn/")
    assert answer.status_code == 404
    assert "does not know “burn”" in answer.content.decode()


def test_a_room_of_another_assembly_is_not_found(people: Cast, ana: Client) -> None:
    ana.post("/organise/sundays/rooms/new/", {"new-mode": "free"})
    people.assembly.organisers.remove(people.organiser)
    assert ana.post(f"/organise/sundays/rooms/{Room.objects.get().pk}/open/").status_code == 404


def test_who_has_the_floor_is_not_moved_and_the_page_says_why(people: Cast, ana: Client) -> None:
    for title in ("One", "Two"):
        ana.post("/organise/sundays/rooms/new/", {"new-title": title, "new-mode": "balanced"})
    one, two = Room.objects.order_by("number")
    ana.post("/organise/sundays/rooms/move/", {"move-member": people.aina.key, "move-room": one.pk})
    ana.post(f"/organise/sundays/rooms/{one.pk}/open/")
    submit(one.stream, MemberArrive(people.aina.key))
    for command in (HandRaise(), OfferAccept()):
        submit(one.stream, command, by=people.aina.key)
    answer = ana.post("/organise/sundays/rooms/move/", {"move-member": people.aina.key, "move-room": two.pk})
    assert answer.status_code == 400
    assert "This person has the floor." in answer.content.decode()
    assert seats() == {"Aïna": [1]}


def test_a_room_is_made_with_the_mode_and_limits_that_were_chosen(ana: Client) -> None:
    asked = {"new-mode": "strict", "new-turn": "45", "new-planned": "20", "new-orders": "0"}
    ana.post("/organise/sundays/rooms/new/", asked)
    floor = state_of(Room.objects.get()).floor
    assert (floor.mode, floor.limits) == (
        "strict",
        Limits(turn_ms=45_000, soft_ms=30_000, planned_ms=1_200_000, orders=0),
    )


def test_limits_left_empty_are_the_usual_ones(ana: Client) -> None:
    ana.post("/organise/sundays/rooms/new/", {"new-mode": "open"})
    assert state_of(Room.objects.get()).floor.limits == Limits()


@pytest.mark.parametrize("wrong", [{"turn": "7"}, {"planned": "0"}, {"orders": "99"}, {"mode": "round"}])
def test_limits_that_make_no_sense_make_no_room(ana: Client, wrong: dict[str, str]) -> None:
    asked = {"new-mode": "open", **{f"new-{name}": value for name, value in wrong.items()}}
    assert (ana.post("/organise/sundays/rooms/new/", asked).status_code, Room.objects.count()) == (400, 0)
