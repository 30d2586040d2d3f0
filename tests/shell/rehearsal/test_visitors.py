"""A second device on a member's link takes the seat; closing its last screen gives it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.doors import actor_of_socket
from assemblies.models import Assembly, Device, Member
from assemblies.services import add_member, create_assembly, invite, join
from kernel.clock import clock
from live.models import Presence
from rehearsal.demo.visitors import GONE, taken_seats

pytestmark = pytest.mark.django_db
NOBODY = frozenset[str]()


@pytest.fixture
def lucia() -> Member:
    assembly: Assembly = create_assembly(
        slug="demo", title="Demo", question="Cars?", mandate="", lang="es", working_languages=["es"]
    )
    return add_member(assembly, name="Lucía", role="citizen", speaks=["es"], reads="es")


def arrive(member: Member) -> str:
    return join(invite(member), name=member.name, speaks=["es"], reads="es", device_label="a phone").secret


def own_devices() -> frozenset[int]:
    return frozenset(Device.objects.values_list("pk", flat=True))


def seen_long_ago(member: Member) -> None:
    Device.objects.filter(member=member).update(last_seen_at=timezone.now() - 2 * GONE)


def open_screen(member: Member, *, renewed_ago_ms: int = 0) -> None:
    at = clock().real() - renewed_ago_ms
    Presence.objects.create(stream="room.1", member=member.key, process="web", open=True, renewed_at=at)


def test_the_players_own_device_takes_no_seat(lucia: Member) -> None:
    arrive(lucia)
    assert taken_seats([lucia.key], own_devices(), taken=NOBODY) == set()


def test_a_second_device_takes_the_seat(lucia: Member) -> None:
    arrive(lucia)
    own = own_devices()
    arrive(lucia)
    assert taken_seats([lucia.key], own, taken=NOBODY) == {lucia.key}


def test_the_seat_stays_taken_while_a_screen_is_open(lucia: Member) -> None:
    arrive(lucia)
    seen_long_ago(lucia)
    open_screen(lucia)
    assert taken_seats([lucia.key], frozenset(), taken=frozenset({lucia.key})) == {lucia.key}


def test_the_seat_is_free_again_when_the_last_screen_has_gone(lucia: Member) -> None:
    arrive(lucia)
    seen_long_ago(lucia)
    open_screen(lucia, renewed_ago_ms=60_000)
    assert taken_seats([lucia.key], frozenset(), taken=frozenset({lucia.key})) == set()


def test_an_open_screen_of_the_players_own_takes_nothing(lucia: Member) -> None:
    arrive(lucia)
    open_screen(lucia)
    assert taken_seats([lucia.key], own_devices(), taken=NOBODY) == set()


def test_a_device_that_comes_back_by_its_socket_is_seen_again(lucia: Member) -> None:
    secret = arrive(lucia)
    seen_long_ago(lucia)
    assert actor_of_socket(lucia.key, {"device": secret}) is not None
    assert Device.objects.get().last_seen_at > timezone.now() - timedelta(seconds=5)
    assert taken_seats([lucia.key], frozenset(), taken=NOBODY) == {lucia.key}
