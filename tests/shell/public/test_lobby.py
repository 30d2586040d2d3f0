"""The lobby: where and when it goes on, in the member's language."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.core.roles import PhaseKind
from assemblies.models import Device
from assemblies.phases import PhasePlan, set_phases
from assemblies.services import invite
from facilitation.services import plan_opening
from rooms.queries import state_of
from rooms.services import create_room, open_room, seat_member
from tests.shell.assemblies.cast import Cast, cast, let_in

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2027, 3, 14, 17, 30, tzinfo=datetime.UTC)


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def aina(people: Cast) -> Client:
    return let_in(people.aina)


def test_without_a_room_it_says_so_in_the_members_language(people: Cast, aina: Client) -> None:
    page = aina.get(f"/m/{people.aina.key}/").content.decode()
    assert '<html lang="ca" dir="ltr">' in page
    assert "/room/" not in page


def test_a_waiting_room_is_announced_with_its_time_and_the_zone_named(people: Cast, aina: Client) -> None:
    room = create_room(people.assembly, title="Centre", title_lang="en")
    seat_member(room, people.aina)
    plan_opening(people.assembly, AT)
    page = aina.get(f"/m/{people.aina.key}/?lang=en").content.decode()
    assert '<time datetime="2027-03-14T17:30:00Z">March 14, 2027, 17:30 UTC</time>' in page
    assert f'href="/m/{people.aina.key}/room/{room.pk}/"' in page


def test_an_open_room_is_the_first_thing_to_enter(people: Cast, aina: Client) -> None:
    room = create_room(people.assembly)
    seat_member(room, people.aina)
    open_room(room)
    assert "open now" in aina.get(f"/m/{people.aina.key}/?lang=en").content.decode()


def test_phases_say_what_is_over_and_what_is_now(people: Cast, aina: Client) -> None:
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    plans = [PhasePlan(PhaseKind.LEARN, "Learn", now - 2 * hour, now - hour)]
    set_phases(people.assembly, [*plans, PhasePlan(PhaseKind.DELIBERATE, "Rooms", now - hour, now + hour)])
    places = aina.get(f"/m/{people.aina.key}/").context["phases"]
    assert [(phase.title, place) for phase, place in places] == [("Learn", "done"), ("Rooms", "current")]


def test_another_reading_language_reaches_the_room_too(people: Cast, aina: Client) -> None:
    room = create_room(people.assembly)
    seat_member(room, people.aina)
    assert aina.post(f"/m/{people.aina.key}/language/", {"reads": "fr"}).status_code == 302
    assert state_of(room).seats[people.aina.key].reads == "fr"
    assert '<html lang="fr"' in aina.get(f"/m/{people.aina.key}/").content.decode()


@pytest.mark.parametrize(("reads", "interface"), [("pt-BR", "pt"), ("ca-valencia", "ca"), ("zh-Hant", "ca")])
def test_who_reads_a_variant_gets_the_interface_of_its_language(
    people: Cast, aina: Client, reads: str, interface: str
) -> None:
    aina.post(f"/m/{people.aina.key}/language/", {"reads": reads})
    assert f'<html lang="{interface}"' in aina.get(f"/m/{people.aina.key}/").content.decode()


def test_other_spoken_languages_reach_the_room_too(people: Cast, aina: Client) -> None:
    room = create_room(people.assembly)
    seat_member(room, people.aina)
    address = f"/m/{people.aina.key}/languages/"
    assert aina.post(address, {"speaks": "ro", "also": ["ca", people.assembly.languages[-1]]}).status_code == 302
    assert state_of(room).seats[people.aina.key].speaks == ("ro", "ca", people.assembly.languages[-1])
    assert "Română" in aina.get(f"/m/{people.aina.key}/").content.decode()
    assert aina.post(address, {"speaks": "klingon"}).status_code == 400
    assert state_of(room).seats[people.aina.key].speaks[0] == "ro"


def test_joining_tells_the_rooms_the_languages_chosen(people: Cast) -> None:
    room = create_room(people.assembly)
    seat_member(room, people.aina)
    Client().post(f"/join/{invite(people.aina)}/", {"reads": "fr", "name": "Aïna", "speaks": "pt"})
    seat = state_of(room).seats[people.aina.key]
    assert (seat.speaks, seat.reads) == (("pt",), "fr")


def test_a_language_that_does_not_exist_is_refused_in_words(people: Cast, aina: Client) -> None:
    answer = aina.post(f"/m/{people.aina.key}/language/", {"reads": "klingon"}, headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "klingon" in answer.content.decode()


def test_a_member_ends_one_device_and_then_the_own(people: Cast, aina: Client) -> None:
    other = let_in(people.aina)
    mine, its = Device.objects.order_by("pk")
    aina.post(f"/m/{people.aina.key}/devices/{its.pk}/end/")
    assert other.get(f"/m/{people.aina.key}/").status_code == 403
    assert aina.post(f"/m/{people.aina.key}/devices/{mine.pk}/end/").status_code == 200
    assert aina.get(f"/m/{people.aina.key}/").status_code == 403


def test_nobody_ends_another_members_device(people: Cast, aina: Client) -> None:
    let_in(people.rui)
    foreign = Device.objects.get(member=people.rui)
    assert aina.post(f"/m/{people.aina.key}/devices/{foreign.pk}/end/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.ended_at is None
