"""Rules and results in sentences: exact, in the page's way of writing numbers, the same trust said twice."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.utils import translation

from plenary.core.rules import Base, Electorate, Level, Rule, Threshold, brussels, conference
from plenary.core.tally import Count, tally
from plenary.wording import outcome_sentence, percent, rule_sentences, trust_of_result, trust_sentence, working

SPACE = "\u202f"


@pytest.mark.parametrize(
    ("value", "lang", "written"),
    [
        (Fraction(7, 10), "en", f"70{SPACE}%"),
        (Fraction(119, 151), "en", f"78.8{SPACE}%"),
        (Fraction(119, 151), "fr", f"78,8{SPACE}%"),
        (Fraction(6999, 10000), "en", f"69.9{SPACE}%"),
        (Fraction(0), "en", f"0{SPACE}%"),
    ],
)
def test_a_share_is_cut_and_never_rounded_up_over_a_threshold(value: Fraction, lang: str, written: str) -> None:
    with translation.override(lang):
        assert percent(value) == written


def test_the_rule_takes_two_sentences() -> None:
    assert rule_sentences(conference()) == [
        f"Citizens: passes if at least 70{SPACE}% of the yes and no votes are yes, and at least 50{SPACE}% vote.",
        "Abstentions count for taking part, not for the share of yes.",
    ]


def test_advice_is_called_advice() -> None:
    assert rule_sentences(brussels())[-1] == "This vote is advice; it does not decide."


def test_where_abstentions_weigh_against_the_rule_says_so() -> None:
    rule = Rule((Electorate("citizens", base=Base.CAST, threshold=Threshold(over="1/2")),))
    assert rule_sentences(rule)[1] == "Whoever abstains counts among those who did not say yes."


def test_the_sentence_names_the_electorate_that_failed() -> None:
    counts = [Count("parliament", 15, 0, 10, 2, 0), Count("citizens", 45, 0, 1, 2, 0)]
    rule = Rule((Electorate("parliament"), Electorate("citizens")))
    assert outcome_sentence(tally(counts, rule)) == "Not adopted: only 3 of 45 voted, too few to decide."


def test_the_working_can_be_followed_with_pencil_and_paper() -> None:
    verdict = tally([Count("citizens", 185, 0, 119, 32, 17)], conference()).verdicts[0]
    assert [working(step)["arithmetic"] for step in (verdict.quorum, verdict.threshold)] == [
        "168 × 2 = 336 ≥ 185 = 185 × 1",
        "119 × 10 = 1190 ≥ 1057 = 151 × 7",
    ]


@pytest.mark.parametrize("level", Level)
def test_every_level_has_its_sentence_of_trust_on_ballot_and_result(level: Level) -> None:
    assert trust_sentence(level).split(":")[0] == trust_of_result(level).split(":")[0]
