"""How many browsers may be signed in as one member."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.models import Device, Member
from assemblies.services import MAX_DEVICES, invite, join
from kernel.errors import Refused
from tests.shell.assemblies.cast import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def aina() -> Member:
    return cast().aina


def use(member: Member, times: int = 1) -> None:
    """Open the member's link in so many browsers."""
    code = invite(member)
    for _ in range(times):
        join(code, name=member.name, speaks=["ca"], reads="ca", device_label="Firefox")


def test_a_link_lets_in_as_many_browsers_as_places_and_says_so_to_the_next(aina: Member) -> None:
    use(aina, MAX_DEVICES)
    with pytest.raises(Refused, match=r"member\.too_many_devices"):
        use(aina)
    answer = Client().post(f"/join/{invite(aina)}/?lang=en", {"name": aina.name, "speaks": ["ca"], "reads": "en"})
    assert (answer.status_code, f"signed in on {MAX_DEVICES} devices" in answer.content.decode()) == (400, True)
    assert aina.devices.filter(ended_at=None).count() == MAX_DEVICES


def test_a_browser_that_rested_for_a_day_gives_way(aina: Member) -> None:
    use(aina, MAX_DEVICES)
    oldest = aina.devices.first()
    assert oldest
    Device.objects.filter(pk=oldest.pk).update(last_seen_at=timezone.now() - datetime.timedelta(days=1, seconds=1))
    use(aina)
    assert aina.devices.filter(ended_at=None).count() == MAX_DEVICES
    assert aina.devices.exclude(ended_at=None).get() == oldest


def test_a_place_that_was_given_up_is_free(aina: Member) -> None:
    use(aina, MAX_DEVICES)
    aina.devices.filter(pk=aina.devices.values("pk")[:1]).update(ended_at=timezone.now())
    use(aina)
