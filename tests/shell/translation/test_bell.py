"""Whoever wants a text wakes whoever translates, here or elsewhere."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from live import bus
from tests.shell.translation.talk import ROOT, speak
from translation import bell, services


def test_ringing_wakes_every_dispatcher_of_the_process() -> None:
    bells = [threading.Event(), threading.Event()]
    for each in bells:
        bell.listen(each)
    bell.wake()
    assert [each.is_set() for each in bells] == [True, True]
    for each in bells:
        bell.forget(each)


def test_another_process_is_heard_over_the_bus() -> None:
    here = threading.Event()
    bell.listen(here)
    bus.heard("translation.wake")
    bell.forget(here)
    assert here.is_set()


def test_waking_where_nobody_listens_is_no_error() -> None:
    bell.wake()


@pytest.mark.django_db
def test_wanting_rings_after_the_commit_and_only_when_there_is_work(
    django_capture_on_commit_callbacks: Any,
) -> None:
    here = threading.Event()
    bell.listen(here)
    with django_capture_on_commit_callbacks(execute=True):
        speak("Nobody reads this.", root="board.7")
    assert not here.is_set()
    with django_capture_on_commit_callbacks(execute=True):
        services.open_feed(ROOT, "ca")
        speak("Hola")
        assert not here.is_set()
    bell.forget(here)
    assert here.is_set()
