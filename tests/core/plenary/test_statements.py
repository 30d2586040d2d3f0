"""Minority statements: by whom, until when, and what of them is published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from plenary.core.machine import HOUR_MS
from plenary.core.motions import MotionCertify, MotionClose, MotionOpen, MotionState, MotionVoid, mentions
from plenary.core.presets import simple_majority
from plenary.core.rules import MAX_SIGNATURES, MAX_STATEMENT_HOURS, Rule, check
from plenary.core.statements import (
    MAX_STATEMENTS,
    StatementLeave,
    StatementSign,
    StatementWrite,
    published,
)
from plenary.core.tally import Choice
from tests.core.plenary.sitting import ROLL, Sitting

ANA, BO, CHEN = ROLL[:3]
RULE = replace(simple_majority(), statement_hours=2, signatures=2)
TEXT = "Y quien trabaja de noche?"


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def opened(rule: Rule = RULE) -> tuple[Sitting, str]:
    plenary = Sitting()
    motion = plenary.add(1, rule)
    plenary.do(2, "chair", MotionOpen(motion))
    return plenary, motion


def closed() -> tuple[Sitting, str]:
    """Closed at second 10; statements are taken for two hours more."""
    plenary, motion = opened()
    plenary.cast(motion, "citizens", [Choice.YES] * 8 + [Choice.NO] * 2)
    plenary.do(10, "chair", MotionClose(motion))
    return plenary, motion


def of(plenary: Sitting, motion: str) -> MotionState:
    return plenary.state.motions[motion]


def write(plenary: Sitting, motion: str, by: str = ANA, second: float = 11) -> str:
    plenary.do(second, by, StatementWrite(motion, TEXT, "es"))
    return list(of(plenary, motion).statements)[-1]


def test_it_is_written_and_signed_while_the_ballot_is_open_and_after_closing() -> None:
    plenary, motion = opened()
    key = write(plenary, motion, second=3)
    plenary.cast(motion, "citizens", [Choice.YES] * 8)
    plenary.do(4, "chair", MotionClose(motion))
    assert plenary.do(5, BO, StatementSign(motion, key)) == ["statement.signed"]
    assert plenary.do(6, BO, StatementSign(motion, key)) == []
    assert of(plenary, motion).statements[key].signed == (ANA, BO)


def test_the_time_that_the_rule_gives_ends_on_the_millisecond() -> None:
    plenary, motion = closed()
    key = write(plenary, motion)
    end = 10 + 2 * HOUR_MS / 1000
    assert of(plenary, motion).statements_until == end * 1000
    assert plenary.do(end - 0.001, BO, StatementSign(motion, key)) == ["statement.signed"]
    for act in (StatementWrite(motion, TEXT, "es"), StatementSign(motion, key), StatementLeave(motion, key)):
        assert refusal(lambda: plenary.do(end, CHEN, act)) == "statement.too_late"  # noqa: B023


def test_the_result_is_certified_when_that_time_is_over() -> None:
    plenary, motion = closed()
    assert refusal(lambda: plenary.do(12, "chair", MotionCertify(motion))) == "motion.awaits_statements"
    assert plenary.do(10 + 2 * 3600, "chair", MotionCertify(motion)) == ["motion.certified"]
    assert of(plenary, motion).phase == "certified"


def test_a_time_without_service_is_given_back_and_takes_nothing_from_a_time_that_was_over() -> None:
    plenary, motion = closed()
    assert plenary.stall(3600, 3600 + 600) == ["statements.prolonged"]
    end = 10 + 2 * 3600 + 600
    assert of(plenary, motion).statements_until == end * 1000
    assert plenary.stall(end + 1, end + 100) == []


def test_no_statement_before_the_vote_under_another_rule_or_of_a_void_vote() -> None:
    plenary, motion = opened(simple_majority())
    assert refusal(lambda: write(plenary, motion)) == "statement.not_taken"
    draft = plenary.add(3, RULE)
    assert refusal(lambda: write(plenary, draft)) == "motion.wrong_phase"
    plenary.do(4, "chair", MotionOpen(draft))
    plenary.do(5, "chair", MotionVoid(draft, "fr", "Tres.", "es"))
    assert refusal(lambda: write(plenary, draft)) == "motion.wrong_phase"


def test_whoever_is_not_on_the_roll_neither_writes_nor_signs() -> None:
    plenary, motion = closed()
    key = write(plenary, motion)
    for act in (StatementWrite(motion, TEXT, "es"), StatementSign(motion, key), StatementLeave(motion, key)):
        assert refusal(lambda: plenary.do(12, "observer", act)) == "ballot.not_entitled"  # noqa: B023


def test_one_writes_one_at_a_time_and_what_nobody_signs_is_gone() -> None:
    plenary, motion = closed()
    key = write(plenary, motion)
    assert refusal(lambda: write(plenary, motion)) == "statement.one_each"
    plenary.do(12, BO, StatementSign(motion, key))
    assert plenary.do(13, ANA, StatementLeave(motion, key)) == ["statement.left"]
    assert of(plenary, motion).statements[key].signed == (BO,)
    second = write(plenary, motion, second=14)
    plenary.do(15, BO, StatementLeave(motion, key))
    assert list(of(plenary, motion).statements) == [second]
    assert refusal(lambda: plenary.do(16, BO, StatementSign(motion, key))) == "statement.unknown"
    assert plenary.do(17, BO, StatementLeave(motion, second)) == []


def test_bad_words_and_too_many_statements_are_refused() -> None:
    plenary = Sitting([f"citizen {number}" for number in range(MAX_STATEMENTS + 1)])
    motion = plenary.add(1, RULE)
    plenary.do(2, "chair", MotionOpen(motion))
    for text, lang, code in (("  ", "es", "text.empty"), ("x" * 2001, "es", "text.too_long")):
        assert refusal(lambda: plenary.do(3, ANA, StatementWrite(motion, text, lang))) == code  # noqa: B023
    *writers, last = plenary.roll
    for by in writers:
        write(plenary, motion, by)
    assert refusal(lambda: write(plenary, motion, last)) == "statement.too_many"


def test_a_reader_needs_words_and_names() -> None:
    plenary, motion = closed()
    key = write(plenary, motion)
    plenary.do(12, BO, StatementSign(motion, key))
    assert {key, ANA, BO} <= set(mentions(plenary.state))
    assert [set(mentions(each.event)) for each in plenary.log[-2:]] == [{key, ANA}, {BO}]


@pytest.mark.parametrize(
    ("hours", "signatures"), [(-1, 1), (MAX_STATEMENT_HOURS + 1, 1), (1, 0), (1, MAX_SIGNATURES + 1)]
)
def test_a_rule_that_cannot_be_kept_is_refused(hours: int, signatures: int) -> None:
    assert refusal(lambda: check(replace(RULE, statement_hours=hours, signatures=signatures))) == "rule.bad_statements"


ACTS = st.lists(st.tuples(st.sampled_from(ROLL[:4]), st.sampled_from(("write", "sign", "leave")), st.integers(0, 3)))


@given(ACTS)
def test_every_name_stands_there_because_its_owner_put_it_and_has_not_taken_it_back(
    acts: list[tuple[str, str, int]],
) -> None:
    plenary, motion = closed()
    keys: list[str] = []
    signed: dict[str, list[str]] = {}
    for second, (by, act, place) in enumerate(acts, start=11):
        key = keys[place % len(keys)] if keys else "nothing"
        command = {
            "write": StatementWrite(motion, TEXT, "es"), "sign": StatementSign(motion, key),
            "leave": StatementLeave(motion, key),
        }[act]  # fmt: skip
        try:
            events = plenary.do(second, by, command)
        except Refused:
            continue
        for event in events:
            if event == "statement.written":
                key = next(each for each in of(plenary, motion).statements if each not in signed)
                keys.append(key)
                signed[key] = [by]
            elif event == "statement.signed":
                signed[key].append(by)
            else:
                signed[key].remove(by)
    found = of(plenary, motion).statements
    assert {key: list(each.signed) for key, each in found.items()} == {
        key: each for key, each in signed.items() if each
    }
    enough = published(found, 2)
    assert {each.statement for each in enough} == {key for key, each in signed.items() if len(each) >= 2}
    assert [len(each.signed) for each in enough] == sorted((len(each.signed) for each in enough), reverse=True)
