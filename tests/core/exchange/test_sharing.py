"""The exchange between rooms as pure rules: who reads what, comments, answers, and numbers of enough people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.core import sharing
from exchange.core.sharing import (
    GRADIENT,
    MAX_COMMENTS,
    MAX_OWN,
    CommentAnswer,
    CommentMake,
    CommentWithdraw,
    DraftShare,
    ExchangeState,
    Share,
    ShareClose,
    ShareClosed,
    Source,
)
from kernel.errors import Refused
from live.core.kinds import Moment, Recorded
from rooms.core.poll import LEAST_ANSWERS

SOURCE = Source(2, "title", "text", None, is_accepted=True, rooms=frozenset({1, 2, 3}))
SHARE = DraftShare("draft", 1, (2, 3))


class Exchange:
    """A state and a clock."""

    def __init__(self) -> None:
        self.state = ExchangeState()
        self.at = 0

    def do(self, command: Any, by: str = "ana", gathered: Any = None) -> list[Any]:
        self.at += 1000
        events = list(sharing.decide(self.state, command, Moment(self.at, by, f"seed {self.at}", gathered)))
        for event in events:
            self.state = sharing.evolve(self.state, Recorded("exchange.1", self.at, self.at, by, event))
        return events

    def share(self) -> Share:
        self.do(SHARE, gathered=SOURCE)
        return [*self.state.shares.values()][-1]

    def comment(self, share: Share, by: str = "bo", room: int = 2) -> str:
        return str(self.do(CommentMake(share.key, room, "¿Y los jueves?", "es"), by)[0].words.key)


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


def refusal(exchange: Exchange, command: Any, by: str = "ana", gathered: Any = None) -> str:
    before = exchange.state
    with pytest.raises(Refused) as refused:
        exchange.do(command, by, gathered)
    assert exchange.state == before
    return refused.value.code


def test_a_room_shares_the_version_it_stands_behind(exchange: Exchange) -> None:
    share = exchange.share()
    assert (share.version, share.room, share.readers, share.texts) == (2, 1, (2, 3), ("title", "text"))


@pytest.mark.parametrize(
    ("command", "source", "code"),
    [
        (SHARE, None, "draft.unknown"),
        (SHARE, replace(SOURCE, is_accepted=False), "share.not_accepted"),
        (DraftShare("draft", 1, ()), SOURCE, "share.bad_rooms"),
        (DraftShare("draft", 1, (1, 2)), SOURCE, "share.bad_rooms"),
        (DraftShare("draft", 1, (2, 9)), SOURCE, "share.bad_rooms"),
        (DraftShare("draft", 1, tuple(range(2, 30))), replace(SOURCE, rooms=frozenset(range(40))), "share.too_many"),
    ],
)
def test_what_is_not_shared(exchange: Exchange, command: DraftShare, source: Source | None, code: str) -> None:
    assert refusal(exchange, command, gathered=source) == code


def test_a_draft_is_shared_once_at_a_time(exchange: Exchange) -> None:
    share = exchange.share()
    assert refusal(exchange, SHARE, gathered=SOURCE) == "share.one_at_a_time"
    exchange.do(ShareClose(share.key), gathered=(0,) * GRADIENT)
    assert exchange.share().key != share.key


def test_a_room_that_reads_it_comments_and_the_one_that_wrote_it_answers_once(exchange: Exchange) -> None:
    share = exchange.share()
    key = exchange.comment(share)
    exchange.do(CommentAnswer(share.key, key, "Los jueves también.", "es"))
    comment = exchange.state.shares[share.key].comments[key]
    assert (comment.room, comment.member, comment.answer is not None) == (2, "bo", True)
    assert refusal(exchange, CommentAnswer(share.key, key, "No.", "es")) == "comment.answered"
    assert refusal(exchange, CommentAnswer(share.key, "none", "No.", "es")) == "comment.unknown"
    assert refusal(exchange, CommentMake(share.key, 4, "Hola", "es")) == "share.not_yours"
    assert refusal(exchange, CommentMake("none", 2, "Hola", "es")) == "share.unknown"
    assert refusal(exchange, CommentMake(share.key, 2, " ", "es")) == "text.empty"


def test_what_was_taken_back_is_not_answered_and_taking_back_twice_is_once(exchange: Exchange) -> None:
    share = exchange.share()
    key = exchange.comment(share)
    assert [len(exchange.do(CommentWithdraw(share.key, key), "bo")) for _ in range(2)] == [1, 0]
    assert refusal(exchange, CommentAnswer(share.key, key, "Sí.", "es")) == "comment.unknown"


def test_nobody_fills_the_page(exchange: Exchange) -> None:
    share = exchange.share()
    for number in range(MAX_COMMENTS):
        exchange.comment(share, f"person {number // MAX_OWN}")
        if number == MAX_OWN - 1:
            assert refusal(exchange, CommentMake(share.key, 2, "Más", "es"), "person 0") == "comment.too_many"
    assert refusal(exchange, CommentMake(share.key, 2, "Más", "es"), "somebody") == "comment.too_many"


def test_after_the_end_nobody_comments_and_answers_still_come(exchange: Exchange) -> None:
    share = exchange.share()
    key = exchange.comment(share)
    assert len(exchange.do(ShareClose(share.key), gathered=(0,) * GRADIENT)) == 1
    assert exchange.do(ShareClose(share.key), gathered=(9,) * GRADIENT) == []
    assert refusal(exchange, CommentMake(share.key, 2, "Hola", "es")) == "share.closed"
    assert len(exchange.do(CommentAnswer(share.key, key, "Sí.", "es"))) == 1


@given(st.lists(st.integers(0, 4), min_size=GRADIENT, max_size=GRADIENT))
def test_numbers_are_told_of_enough_people_only(counts: list[int]) -> None:
    exchange = Exchange()
    share = exchange.share()
    exchange.do(ShareClose(share.key), gathered=tuple(counts))
    told = tuple(counts) if sum(counts) >= LEAST_ANSWERS else None
    ended = exchange.state.shares[share.key]
    assert (ended.is_open, ended.answers, ended.counts) == (False, sum(counts), told)


def test_no_event_says_who_agreed_how_far() -> None:
    assert set(ShareClosed.__dataclass_fields__) == {"share", "answers", "counts"}
