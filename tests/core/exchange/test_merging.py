"""Merging texts of several rooms as pure rules: who has to accept, what a refusal leaves, and what makes it stale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.core.merging import (
    MAX_PARENTS,
    Candidate,
    Ground,
    Merge,
    MergeAnswer,
    MergePropose,
    MergeWithdraw,
    Parent,
    RoomVerdict,
)
from exchange.core.sharing import EVENTS, ExchangeState, mentions
from kernel import wire
from tests.core.exchange.test_sharing import Exchange, exchange, refusal

__all__ = ["exchange"]
NOW = {draft: Candidate(Parent(room, draft, 2), is_accepted=True) for draft, room in (("a", 1), ("b", 2), ("c", 3))}
PEOPLE = {1: ("ana", "blai", "carme"), 2: ("bo", "chloé"), 3: ("dora",)}
PROPOSE = MergePropose(1, ("a", "b"), "", "Cerrar los domingos. Plantar árboles.", "", "es")


def propose(exchange: Exchange, command: MergePropose = PROPOSE, now: Mapping[str, Candidate] = NOW) -> Merge:
    exchange.do(command, gathered=now)
    return [*exchange.state.merges.values()][-1]


def answer(
    exchange: Exchange, merge: Merge, by: str, room: int, *, accept: bool = True, now: Mapping[str, Candidate] = NOW
) -> list[str]:
    """Names of the events that follow."""
    events = exchange.do(MergeAnswer(merge.key, room, accept), by, Ground(PEOPLE[room], now))
    return [wire.name_of(type(event)) for event in events]


def state_of(exchange: Exchange, merge: Merge) -> Merge:
    return exchange.state.merges[merge.key]


def test_it_stands_when_more_than_half_of_every_room_accept(exchange: Exchange) -> None:
    merge = propose(exchange)
    assert merge.parents == (Parent(1, "a", 2), Parent(2, "b", 2))
    assert answer(exchange, merge, "ana", 1) == ["merge.answered"]
    assert answer(exchange, merge, "blai", 1) == ["merge.answered", "merge.decided"]
    assert state_of(exchange, merge).fate == "open"
    assert answer(exchange, merge, "bo", 2) == ["merge.answered"], "half is not more than half"
    assert answer(exchange, merge, "chloé", 2) == ["merge.answered", "merge.decided"]
    assert state_of(exchange, merge).fate == "adopted"
    assert state_of(exchange, merge).verdicts == (RoomVerdict(1, True, 2, 0, 3), RoomVerdict(2, True, 2, 0, 2))


def test_one_room_that_refuses_is_enough_and_nobody_answers_any_more(exchange: Exchange) -> None:
    merge = propose(exchange)
    for by in ("bo", "chloé"):
        answer(exchange, merge, by, 2, accept=False)
    assert state_of(exchange, merge).fate == "refused"
    assert refusal(exchange, MergeAnswer(merge.key, 1, accept=True), "ana", Ground(PEOPLE[1], NOW)) == "merge.closed"
    assert refusal(exchange, MergeWithdraw(merge.key)) == "merge.closed"


def test_an_answer_may_be_changed_until_the_room_has_decided(exchange: Exchange) -> None:
    merge = propose(exchange)
    assert answer(exchange, merge, "ana", 1, accept=False) == ["merge.answered"]
    assert answer(exchange, merge, "ana", 1, accept=False) == []
    assert answer(exchange, merge, "ana", 1) == ["merge.answered"]
    assert answer(exchange, merge, "blai", 1) == ["merge.answered", "merge.decided"]
    assert refusal(exchange, MergeAnswer(merge.key, 1, accept=True), "carme", Ground(PEOPLE[1], NOW)) == "merge.closed"


def test_who_left_the_room_no_longer_counts_in_it(exchange: Exchange) -> None:
    merge = propose(exchange)
    answer(exchange, merge, "ana", 1)
    moved = Ground(("blai", "carme", "dora"), NOW)
    assert len(exchange.do(MergeAnswer(merge.key, 1, accept=True), "blai", moved)) == 1, "ana is not among them"
    assert len(exchange.do(MergeAnswer(merge.key, 1, accept=True), "carme", moved)) == 2


@pytest.mark.parametrize(
    "now",
    [
        {**NOW, "b": replace(NOW["b"], parent=Parent(2, "b", 3))},
        {**NOW, "b": replace(NOW["b"], change="voted")},
        {**NOW, "b": replace(NOW["b"], change="merged")},
        {"a": NOW["a"]},
    ],
)
def test_a_source_that_changed_meanwhile_stops_the_answers_and_loses_nothing(
    exchange: Exchange, now: Mapping[str, Candidate]
) -> None:
    merge = propose(exchange)
    answer(exchange, merge, "ana", 1)
    before = state_of(exchange, merge)
    assert refusal(exchange, MergeAnswer(merge.key, 1, accept=True), "blai", Ground(PEOPLE[1], now)) == "merge.changed"
    assert state_of(exchange, merge) == before


@pytest.mark.parametrize(
    ("command", "now", "code"),
    [
        (replace(PROPOSE, drafts=("a",)), NOW, "merge.bad_texts"),
        (replace(PROPOSE, drafts=("a", "a")), NOW, "merge.bad_texts"),
        (replace(PROPOSE, drafts=("b", "c")), NOW, "merge.bad_texts"),
        (replace(PROPOSE, drafts=("a", "nowhere")), NOW, "draft.unknown"),
        (PROPOSE, {**NOW, "b": replace(NOW["b"], is_accepted=False)}, "merge.not_accepted"),
        (PROPOSE, {**NOW, "b": replace(NOW["b"], change="voted")}, "merge.taken"),
        (replace(PROPOSE, recommendation="  "), NOW, "text.empty"),
        (replace(PROPOSE, recommendation="x" * 20_000), NOW, "text.too_long"),
        (replace(PROPOSE, lang="tlh"), NOW, "language.unknown"),
    ],
)
def test_what_cannot_be_one_text_is_refused(
    exchange: Exchange, command: MergePropose, now: Mapping[str, Candidate], code: str
) -> None:
    assert refusal(exchange, command, gathered=now) == code


def test_no_more_texts_than_can_be_read_together(exchange: Exchange) -> None:
    drafts = tuple(f"d{number}" for number in range(MAX_PARENTS + 1))
    now = {draft: Candidate(Parent(number + 1, draft, 1), True) for number, draft in enumerate(drafts)}
    assert refusal(exchange, replace(PROPOSE, drafts=drafts), gathered=now) == "merge.bad_texts"
    assert len(propose(exchange, replace(PROPOSE, drafts=drafts[:-1]), now).rooms) == MAX_PARENTS


def test_a_room_with_two_of_the_texts_decides_once(exchange: Exchange) -> None:
    now = {**NOW, "a2": Candidate(Parent(1, "a2", 1), is_accepted=True)}
    merge = propose(exchange, replace(PROPOSE, drafts=("a", "a2", "b")), now)
    assert merge.rooms == (1, 2)


def test_what_was_taken_back_is_answered_no_more(exchange: Exchange) -> None:
    merge = propose(exchange)
    exchange.do(MergeWithdraw(merge.key))
    assert state_of(exchange, merge).fate == "withdrawn"
    assert refusal(exchange, MergeAnswer(merge.key, 1, accept=True), "ana", Ground(PEOPLE[1], NOW)) == "merge.closed"
    assert refusal(exchange, MergeWithdraw("none")) == "merge.unknown"


def test_a_room_that_is_not_asked_has_no_answer(exchange: Exchange) -> None:
    merge = propose(exchange)
    assert refusal(exchange, MergeAnswer(merge.key, 3, accept=True), "dora", Ground(PEOPLE[3], NOW)) == "merge.closed"


@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.integers(0, 2), st.booleans()), max_size=20))
def test_it_is_adopted_only_by_more_than_half_of_each_room(answers: list[tuple[int, int, bool]]) -> None:
    exchange = Exchange()
    merge = propose(exchange)
    said: dict[tuple[int, str], bool] = {}
    for room, place, accept in answers:
        current = state_of(exchange, merge)
        if current.fate != "open" or current.verdict_of(room):
            continue
        by = PEOPLE[room][place % len(PEOPLE[room])]
        answer(exchange, merge, by, room, accept=accept)
        said[room, by] = accept
    final = state_of(exchange, merge)
    for verdict in final.verdicts:
        votes = [accept for (room, _by), accept in said.items() if room == verdict.room]
        assert 2 * votes.count(verdict.accepted) > len(PEOPLE[verdict.room])
    assert (final.fate == "adopted") == ({1, 2} == {each.room for each in final.verdicts if each.accepted})
    assert (final.fate == "refused") == any(not each.accepted for each in final.verdicts)
    assert set(mentions(exchange.state)) >= set(merge.texts)
    encoded: Any = wire.encode(exchange.state)
    assert wire.decode(ExchangeState, encoded) == exchange.state
    assert {wire.name_of(each) for each in EVENTS} >= {"merge.proposed", "merge.decided"}
