"""Rules and results in sentences: exact, in the page's way of writing numbers, the same trust said twice."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils import translation

from kernel.languages import INTERFACE_LANGUAGES
from plenary.core.labels import LABELS
from plenary.core.options import table
from plenary.core.presets import PRESETS, conference, deliberative_committee, double_majority, most, simple_majority
from plenary.core.rules import Base, Combination, Effect, Electorate, Kind, Level, Rule, Threshold, Tie
from plenary.core.tally import Count, Settled, count_marks, tally
from plenary.naming import percent
from plenary.wording import (
    choice_labels,
    outcome_sentence,
    preset_name,
    rule_sentences,
    trust_of_result,
    trust_sentence,
    working,
)

SPACE = "\u202f"
CHAMBERS = ("citizens", "parliament")


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
    assert rule_sentences(deliberative_committee())[-3:] == [
        "This vote is advice; it does not decide.",
        "Where it is exactly even, the motion is not adopted.",
        "A decision that departs from the advice is published with the reasons for it.",
    ]


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_has_a_name_and_reads_back_in_sentences(preset: str) -> None:
    sentences = rule_sentences(PRESETS[preset].rule(Level.PUBLIC, ("citizens", "parliament")))
    assert preset_name(preset)
    assert len(sentences) >= 2
    assert not any("%(" in sentence for sentence in sentences)


@pytest.mark.parametrize("lang", [lang for lang in INTERFACE_LANGUAGES if lang != "en"])
@pytest.mark.parametrize("kind", Kind)
def test_every_rule_reads_back_in_every_language_of_the_interface(kind: Kind, lang: str) -> None:
    offered = [each for each in PRESETS.values() if (each.decides if kind is Kind.YES_NO else each.chooses)]
    for rule in (replace(each.rule(Level.PUBLIC, CHAMBERS), kind=kind, tie=tie) for each in offered for tie in Tie):
        english = rule_sentences(rule)
        with translation.override(lang):
            translated = rule_sentences(rule)
        assert len(translated) == len(english)
        assert not set(translated) & set(english)
        assert not any("%(" in sentence for sentence in translated)


@pytest.mark.parametrize("lang", INTERFACE_LANGUAGES)
def test_a_ballot_is_labelled_from_the_table_that_names_its_source(lang: str) -> None:
    labels = LABELS[lang]
    with translation.override(lang):
        assert [label for *_, label in choice_labels(simple_majority())] == [labels.yes, labels.no, labels.abstain]
    assert len({labels.yes, labels.no, labels.abstain}) == 3
    assert re.search(r"Rule \d+|Reglament", labels.source)


def chosen_of(*papers: str, kind: Kind = Kind.APPROVAL, tie: Tie = Tie.REJECTED) -> str:
    """The sentence about a choice among three options, of which more than half must approve."""
    rule = replace(simple_majority(), kind=kind, tie=tie)
    compared = table("citizens", papers, kind, 3)
    counts = [count_marks("citizens", compared, cast=len(papers), entitled=4, present=4)]
    return outcome_sentence(tally(counts, rule, tables=[compared]))


@pytest.mark.parametrize(
    ("papers", "tie", "said"),
    [
        (("1 2", "2", "2 3"), Tie.REJECTED, f"Option 2 is chosen, with 3 of 3 (100{SPACE}%)."),
        (
            ("1", "2", "3", "3"),
            Tie.LOT,
            f"None is chosen: the highest has 2 of 4 (50{SPACE}%); more than 50{SPACE}% was needed.",
        ),
        (("1 2", "1 2"), Tie.REJECTED, "Not adopted: it was exactly even."),
        (("1 2", "1 2"), Tie.CHAIR, "Exactly even. The chair decides."),
        (("1 2", "1 2"), Tie.LOT, "Option 1 is chosen by lot: it was exactly even."),
        (("blank", "blank"), Tie.REJECTED, "None is chosen: all ballots are empty."),
        (("1",), Tie.REJECTED, "Not adopted: only 1 of 4 voted, too few to decide."),
    ],
)
def test_what_came_of_a_choice_is_said(papers: tuple[str, ...], tie: Tie, said: str) -> None:
    assert chosen_of(*papers, tie=tie) == said


@pytest.mark.parametrize(
    ("settled", "adopted", "said"),
    [
        (Settled.TIE_OPEN, False, "Exactly even. The chair decides."),
        (Settled.CHAIR, True, "Adopted by the chair's vote: it was exactly even."),
        (Settled.CHAIR, False, "Not adopted, by the chair's vote: it was exactly even."),
        (Settled.LOT, True, "Adopted by lot: it was exactly even."),
        (Settled.LOT, False, "Not adopted, by lot: it was exactly even."),
        (Settled.TIE_REJECTED, False, "Not adopted: it was exactly even."),
    ],
)
def test_what_ended_a_tie_is_said(settled: Settled, adopted: bool, said: str) -> None:
    outcome = tally([Count("citizens", 4, 4, 2, 2, 0)], simple_majority())
    assert outcome_sentence(replace(outcome, settled=settled, adopted=adopted)) == said


@pytest.mark.parametrize(
    ("rule", "yes", "said"),
    [
        (simple_majority(), 3, f"Adopted: 3 of 4 said yes (75{SPACE}%); more than 50{SPACE}% was needed."),
        (simple_majority(), 1, f"Not adopted: 1 of 4 said yes (25{SPACE}%); more than 50{SPACE}% was needed."),
        (conference(), 3, f"Adopted: 3 of 4 said yes (75{SPACE}%); 70{SPACE}% was needed."),
        (conference(), 2, f"Not adopted: 2 of 4 said yes (50{SPACE}%); 70{SPACE}% was needed."),
    ],
)
def test_more_than_half_is_never_called_half(rule: Rule, yes: int, said: str) -> None:
    assert outcome_sentence(tally([Count("citizens", 4, 4, yes, 4 - yes, 0)], rule)) == said


def test_a_veto_names_who_stopped_it() -> None:
    rule = Rule((Electorate("citizens"), Electorate("council", effect=Effect.VETO)))
    outcome = tally([Count("citizens", 9, 9, 9, 0, 0), Count("council", 5, 5, 1, 4, 0)], rule)
    assert outcome_sentence(outcome) == "Not adopted: Council stopped it with 4 votes against."


def test_votes_that_fail_only_together_say_so() -> None:
    counts = [Count("one", 20, 20, 11, 9, 0), Count("two", 20, 20, 11, 9, 0), Count("three", 20, 20, 0, 20, 0)]
    outcome = tally(counts, double_majority(Level.PUBLIC, ("one", "two", "three")))
    assert outcome_sentence(outcome) == "Not adopted: of all votes together, 22 of 60 said yes."


def test_the_sentence_of_a_motion_that_most_pass_is_not_of_one_that_failed() -> None:
    counts = [Count("one", 9, 9, 0, 9, 0), Count("two", 9, 9, 9, 0, 0), Count("three", 9, 9, 8, 1, 0)]
    rule = Rule(
        tuple(Electorate(name) for name in ("one", "two", "three")), combine=Combination.MAJORITY_OF_ELECTORATES
    )
    assert outcome_sentence(tally(counts, rule)).startswith("Adopted. It passed in: two, three.")


def test_where_abstentions_weigh_against_the_rule_says_so() -> None:
    rule = Rule((Electorate("citizens", base=Base.CAST, threshold=Threshold(over="1/2")),))
    assert rule_sentences(rule)[1] == "Whoever abstains counts among those who did not say yes."


def test_the_sentence_names_the_electorate_that_failed() -> None:
    counts = [Count("parliament", 15, 0, 10, 2, 0), Count("citizens", 45, 0, 1, 2, 0)]
    rule = Rule((Electorate("parliament"), Electorate("citizens")))
    assert outcome_sentence(tally(counts, rule)) == "Not adopted. It failed in: Citizens."


def test_the_working_can_be_followed_with_pencil_and_paper() -> None:
    verdict = tally([Count("citizens", 185, 0, 119, 32, 17)], conference()).verdicts[0]
    assert [working(step)["arithmetic"] for step in (verdict.quorum, verdict.threshold)] == [
        "168 × 2 = 336 ≥ 185 = 185 × 1",
        "119 × 10 = 1190 ≥ 1057 = 151 × 7",
    ]


def test_where_any_support_is_enough_none_is_said_to_be_needed() -> None:
    rule = replace(most(), kind=Kind.APPROVAL)
    compared = table("citizens", ["1", "2", "2"], Kind.APPROVAL, 3)
    counts = [count_marks("citizens", compared, cast=3, entitled=3, present=3)]
    verdict = tally(counts, rule, tables=[compared]).verdicts[0]
    assert working(verdict.threshold)["said"] == "Support of the best option: 2 of 3; any is enough."


@pytest.mark.parametrize("level", Level)
def test_every_level_has_its_sentence_of_trust_on_ballot_and_result(level: Level) -> None:
    assert trust_sentence(level).split(":")[0] == trust_of_result(level).split(":")[0]
