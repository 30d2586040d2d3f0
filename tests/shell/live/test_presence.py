"""Presence: who is here, and when somebody has gone."""

from __future__ import annotations

import pytest

from kernel import clock
from live import presence, services
from live.models import Presence
from tests.shell.live.board import MemberArrive

pytestmark = pytest.mark.django_db


def renewed(*, seconds_ago: int, process: str = "web-1") -> None:
    """A row of ana on the board."""
    at = clock.clock().real() - seconds_ago * 1000
    Presence.objects.create(stream="board.1", member="ana", process=process, renewed_at=at)


def test_who_was_not_renewed_for_thirty_seconds_has_left(board: str) -> None:
    services.submit(board, MemberArrive("ana"), by="ana")
    renewed(seconds_ago=31)
    assert presence.expired() == [(board, "ana")]
    assert presence.log_departure(board, "ana")
    assert services.load(board).state.present == ()


def test_a_second_process_keeps_a_member_present(board: str) -> None:
    services.submit(board, MemberArrive("ana"), by="ana")
    renewed(seconds_ago=31)
    renewed(seconds_ago=1, process="web-2")
    assert presence.expired() == []


def test_who_returned_in_the_meantime_has_not_left(board: str) -> None:
    services.submit(board, MemberArrive("ana"), by="ana")
    renewed(seconds_ago=31)
    (gone,) = presence.expired()
    renewed(seconds_ago=0, process="web-2")
    assert not presence.log_departure(*gone)
    assert services.load(board).state.present == ("ana",)


def test_two_processes_log_one_departure(board: str) -> None:
    services.submit(board, MemberArrive("ana"), by="ana")
    renewed(seconds_ago=31)
    assert [presence.log_departure(board, "ana") for _ in range(2)] == [True, False]


def test_who_was_on_a_stream_that_was_erased_is_forgotten_without_a_word() -> None:
    renewed(seconds_ago=31)
    assert presence.expired() == [("board.1", "ana")]
    assert not presence.log_departure("board.1", "ana")
    assert presence.expired() == []
