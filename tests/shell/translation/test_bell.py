"""Whoever wants a text wakes whoever translates, here or elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from live import bus
from tests.shell.translation.talk import ROOT, speak
from translation import bell, leases, services
from translation.models import Rendering


def test_ringing_wakes_every_dispatcher_of_the_process() -> None:
    desks = [bell.Desk(), bell.Desk()]
    for each in desks:
        bell.listen(each)
    bell.wake()
    assert [each.rung.is_set() for each in desks] == [True, True]
    for each in desks:
        bell.forget(each)


def test_another_process_is_heard_over_the_bus() -> None:
    here = bell.Desk()
    bell.listen(here)
    bus.heard("translation.wake")
    bell.forget(here)
    assert here.rung.is_set()


def test_waking_where_nobody_listens_is_no_error() -> None:
    bell.wake()


@pytest.mark.django_db
def test_wanting_rings_after_the_commit_and_only_when_there_is_work(
    django_capture_on_commit_callbacks: Any,
) -> None:
    here = bell.Desk()
    bell.listen(here)
    with django_capture_on_commit_callbacks(execute=True):
        speak("Nobody reads this.", root="board.7")
    assert not here.rung.is_set()
    with django_capture_on_commit_callbacks(execute=True):
        services.open_feed(ROOT, "ca")
        speak("Hola")
        assert not here.rung.is_set()
    bell.forget(here)
    assert here.rung.is_set()


@pytest.mark.django_db
def test_live_work_is_handed_over_after_the_commit_and_nobody_else_claims_it(
    django_capture_on_commit_callbacks: Any,
) -> None:
    here = bell.Desk()
    here.free = 10
    bell.listen(here)
    services.open_feed(ROOT, "ca")
    with django_capture_on_commit_callbacks(execute=True):
        speak("Hola")
        assert here.handed() == []
    bell.forget(here)
    (handed,) = here.handed()
    assert (handed.text, handed.target, handed.tries) == ("Hola", "ca", 1)
    assert leases.claim(10) == []
    Rendering.objects.update(leased_until=0)
    (claimed,) = leases.claim(10)
    assert claimed == handed._replace(tries=2, since=0.0)


@pytest.mark.django_db
def test_a_full_desk_leaves_the_work_in_the_table(django_capture_on_commit_callbacks: Any) -> None:
    here = bell.Desk()
    bell.listen(here)
    services.open_feed(ROOT, "ca")
    with django_capture_on_commit_callbacks(execute=True):
        speak("Hola")
    bell.forget(here)
    assert here.rung.is_set()
    assert here.handed() == []
    assert [leased.text for leased in leases.claim(10)] == ["Hola"]
