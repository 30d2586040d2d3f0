"""Downtime: every process says that it serves, and where none did nobody is charged for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from kernel import clock
from live import outages, presence
from live.models import Presence, Service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _serving() -> Iterator[None]:
    outages.watch()
    yield
    outages.stop()


def served(*, until_s_ago: int) -> int:
    """Some process served for a minute and died so long ago; when that was."""
    ended = clock.clock().real() - until_s_ago * 1000
    Service.objects.create(began_at=ended - 60_000, lasted_until=ended)
    return ended


def test_a_first_start_and_a_quick_restart_are_no_outages() -> None:
    outages.keep_up()
    outages.watch()
    outages.keep_up()
    assert (outages.known(), Service.objects.count()) == ((), 1)


def test_who_comes_back_late_knows_since_when_nobody_served() -> None:
    died = served(until_s_ago=1200)
    outages.keep_up()
    (found,) = outages.known()
    assert found.began_at == clock.clock().civic(died)
    assert 1_200_000 <= found.ended_at - found.began_at < 1_205_000


def test_a_process_that_was_held_up_finds_that_another_has_served(monkeypatch: pytest.MonkeyPatch) -> None:
    served(until_s_ago=5)
    outages.keep_up()
    monkeypatch.setattr(clock, "monotonic", lambda: 10**9)
    outages.keep_up()
    assert outages.known() == ()


@pytest.mark.django_db(transaction=True)
def test_what_was_said_in_a_transaction_that_came_to_nothing_was_not_said() -> None:
    died = served(until_s_ago=1200)
    with transaction.atomic():
        outages.keep_up()
        transaction.set_rollback(True)
    assert Service.objects.get().lasted_until == died
    outages.keep_up()
    assert (len(outages.known()), Service.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_who_has_just_said_so_asks_no_table(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    outages.keep_up()
    with django_assert_num_queries(0):
        outages.keep_up()


def test_outages_are_remembered_for_streams_that_sleep_through_several() -> None:
    served(until_s_ago=5000)
    served(until_s_ago=1000)
    outages.keep_up()
    assert len(outages.known()) == 2


def test_a_process_that_serves_nobody_neither_says_so_nor_knows() -> None:
    outages.stop()
    served(until_s_ago=1200)
    outages.keep_up()
    assert (outages.known(), Service.objects.count()) == ((), 1)


def test_who_was_here_when_it_began_has_time_to_come_back() -> None:
    died = served(until_s_ago=1200)
    for member, ago in (("ana", 3_000), ("bo", 60_000)):
        Presence.objects.create(stream="board.1", member=member, process="web-1", renewed_at=died - ago)
    outages.keep_up()
    assert presence.expired() == [("board.1", "bo")]
    assert outages.streams() == ["board.1"]
