"""A rule is data that can be counted, or it is refused."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from kernel import wire
from kernel.errors import Refused
from plenary.core.presets import conference
from plenary.core.rules import Combination, Effect, Electorate, Quorum, Rule, Threshold, check, fraction


@pytest.mark.parametrize(("text", "value"), [("7/10", Fraction(7, 10)), ("0/1", Fraction(0)), ("2/2", Fraction(1))])
def test_a_share_is_an_exact_fraction(text: str, value: Fraction) -> None:
    assert fraction(text) == value


@pytest.mark.parametrize(
    "text", ["0.7", "70%", "1/0", "-1/2", "3/2", "1", "", "½", "²/₃", "1/2/3", "1" * 30 + "/" + "2" * 30, " 1/2"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"rule\.bad_fraction"):
        fraction(text)


@pytest.mark.parametrize(
    ("electorates", "code"),
    [
        ((), "rule.bad_electorates"),
        ((Electorate("a"), Electorate("a")), "rule.bad_electorates"),
        ((Electorate(""),), "rule.bad_electorates"),
        ((Electorate("a" * 41),), "rule.bad_electorates"),
        ((Electorate("a", effect=Effect.ADVISORY),), "rule.nobody_decides"),
        ((Electorate("a", threshold=Threshold()),), "rule.bad_threshold"),
        ((Electorate("a", threshold=Threshold(over="1/2", at_least="1/2")),), "rule.bad_threshold"),
        ((Electorate("a", threshold=Threshold(over="half")),), "rule.bad_fraction"),
        ((Electorate("a", quorum=Quorum("present", "2/1")),), "rule.bad_fraction"),
    ],
)
def test_a_rule_that_cannot_be_counted_is_refused(electorates: tuple[Electorate, ...], code: str) -> None:
    with pytest.raises(Refused) as caught:
        check(Rule(electorates))
    assert caught.value.code == code


def test_what_only_one_decides_cannot_be_combined() -> None:
    rule = Rule((Electorate("a"), Electorate("b", effect=Effect.VETO)), combine=Combination.DOUBLE_MAJORITY)
    with pytest.raises(Refused, match=r"rule\.nothing_to_combine"):
        check(rule)


def test_a_level_that_does_not_exist_is_refused_at_the_door() -> None:
    data = wire.encode(conference())
    data["electorates"][0]["level"] = "telepathic"
    with pytest.raises(Refused, match=r"wire\.wrong_type"):
        wire.decode(Rule, data)


def test_a_rule_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        conference().combine = Combination.ALL  # type: ignore[misc]
