"""A motion is amended before its ballot opens: offered, ordered, voted on one by one, and what becomes of the text."""

from __future__ import annotations

import dataclasses
import itertools
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kernel.errors import Refused
from plenary.core.amendments import (
    MOST_OF_ONE,
    Act,
    Amendment,
    AmendmentArrange,
    AmendmentCall,
    AmendmentOffer,
    AmendmentSupport,
    AmendmentWithdraw,
    amended,
    paragraphs,
    reach,
    same_place,
    voting_order,
)
from plenary.core.motions import (
    MotionAdd,
    MotionCertify,
    MotionClose,
    MotionOpen,
    MotionRepeat,
    MotionState,
    MotionVoid,
)
from plenary.core.presets import simple_majority
from plenary.core.rules import Amending, AmendmentOrder, Rule
from plenary.core.tally import Choice
from tests.core.plenary.sitting import ROLL, TEXT, Sitting
from tests.core.plenary.test_motions import refusal

IN_ORDER = dataclasses.replace(simple_majority(), amendments=Amending())


def amending(rule: Rule = IN_ORDER) -> tuple[Sitting, str]:
    plenary = Sitting()
    return plenary, plenary.add(1, rule)


def offer(plenary: Sitting, motion: str, act: Act, paragraph: int, text: str = "", by: str = ROLL[0]) -> str:
    """Key of the new amendment."""
    plenary.do(2, by, AmendmentOffer(motion, act, paragraph, text, "", "es"))
    return plenary.state.motions[motion].amendments[-1].amendment


def fates(plenary: Sitting, motion: str) -> list[str]:
    return [each.fate for each in plenary.state.motions[motion].amendments]


def text_of(plenary: Sitting, motion: str) -> str:
    return plenary.texts.get(plenary.state.motions[motion].recommendation, TEXT)


def vote(plenary: Sitting, motion: str, choice: Choice) -> MotionState:
    """Call the next amendment and decide it."""
    plenary.do(5, "chair", AmendmentCall(motion))
    called = list(plenary.state.motions)[-1]
    plenary.do(6, "chair", MotionOpen(called))
    plenary.cast(called, "citizens", [choice] * 8)
    plenary.do(7, "chair", MotionClose(called))
    plenary.do(8, "chair", MotionCertify(called))
    return plenary.state.motions[called]


def test_adopted_amendments_make_the_text_and_nothing_else_does() -> None:
    plenary, motion = amending()
    offer(plenary, motion, "replace", 1, "Une.")
    offer(plenary, motion, "insert", 3, "Cuatro.")
    offer(plenary, motion, "delete", 2)
    plenary.do(3, "chair", AmendmentArrange(motion))
    for choice in (Choice.YES, Choice.NO, Choice.YES):
        vote(plenary, motion, choice)
    assert fates(plenary, motion) == ["adopted", "rejected", "adopted"]
    assert text_of(plenary, motion) == "Une.\nDos y dos.\nTres.\nCuatro."
    assert plenary.state.motions[motion].unamended == "text of recommendation 1"
    assert plenary.do(9, "chair", MotionOpen(motion)) == ["motion.opened"]


def test_of_two_on_one_paragraph_the_furthest_comes_first_and_settles_the_other() -> None:
    plenary, motion = amending()
    near = offer(plenary, motion, "replace", 2, "Dos y tres.")
    far = offer(plenary, motion, "delete", 2, by=ROLL[1])
    plenary.do(3, "chair", AmendmentArrange(motion))
    assert [each.amendment for each in plenary.state.motions[motion].amendments] == [far, near]
    vote(plenary, motion, Choice.YES)
    assert fates(plenary, motion) == ["adopted", "lapsed"]
    assert refusal(lambda: plenary.do(9, "chair", AmendmentCall(motion))) == "amendment.none_left"
    assert text_of(plenary, motion) == "Uno.\nTres."


def test_a_rejected_one_leaves_the_other_on_its_paragraph_standing() -> None:
    plenary, motion = amending()
    offer(plenary, motion, "delete", 2)
    offer(plenary, motion, "replace", 2, "Dos y tres.", by=ROLL[1])
    plenary.do(3, "chair", AmendmentArrange(motion))
    vote(plenary, motion, Choice.NO)
    vote(plenary, motion, Choice.YES)
    assert fates(plenary, motion) == ["rejected", "adopted"]
    assert text_of(plenary, motion) == "Uno.\nDos y tres.\nTres."


def test_an_amendment_needs_as_many_behind_it_as_the_rule_says() -> None:
    plenary, motion = amending(dataclasses.replace(simple_majority(), amendments=Amending(supporters=2)))
    alone, backed = offer(plenary, motion, "delete", 1), offer(plenary, motion, "delete", 3)
    plenary.do(3, ROLL[1], AmendmentSupport(motion, backed, support=True))
    plenary.do(3, ROLL[1], AmendmentSupport(motion, alone, support=True))
    plenary.do(3, ROLL[1], AmendmentSupport(motion, alone, support=False))
    plenary.do(4, "chair", AmendmentArrange(motion))
    assert [(each.amendment, each.fate) for each in plenary.state.motions[motion].amendments] == [
        (backed, "offered"),
        (alone, "unsupported"),
    ]


def test_the_motion_waits_for_its_amendments() -> None:
    plenary, motion = amending()
    offer(plenary, motion, "delete", 1)
    assert refusal(lambda: plenary.do(3, "chair", MotionOpen(motion))) == "motion.amendments_open"
    plenary.do(3, "chair", AmendmentArrange(motion))
    plenary.do(4, "chair", AmendmentCall(motion))
    assert refusal(lambda: plenary.do(5, "chair", MotionOpen(motion))) == "motion.amendments_open"


def test_they_are_voted_on_one_at_a_time_and_only_when_the_list_is_closed() -> None:
    plenary, motion = amending()
    offer(plenary, motion, "delete", 1)
    offer(plenary, motion, "delete", 3)
    assert refusal(lambda: plenary.do(3, "chair", AmendmentCall(motion))) == "amendment.list_open"
    plenary.do(3, "chair", AmendmentArrange(motion))
    plenary.do(4, "chair", AmendmentCall(motion))
    assert refusal(lambda: plenary.do(5, "chair", AmendmentCall(motion))) == "amendment.one_at_a_time"
    assert refusal(lambda: offer(plenary, motion, "delete", 2)) == "amendment.list_closed"


def test_an_amendment_is_decided_under_the_rule_of_its_motion_and_cannot_be_amended_itself() -> None:
    plenary, motion = amending(dataclasses.replace(IN_ORDER, certifiers=2))
    offer(plenary, motion, "delete", 1)
    plenary.do(3, "chair", AmendmentArrange(motion))
    called = vote(plenary, motion, Choice.YES)
    assert (called.rule.electorates, called.rule.amendments) == (IN_ORDER.electorates, None)
    assert fates(plenary, motion) == ["called"], "one of two has certified"
    assert plenary.do(9, "witness", MotionCertify(called.motion)) == ["motion.certified", "amendment.decided"]
    assert plenary.do(9, "witness", MotionCertify(called.motion)) == []


def test_what_cannot_be_carried_out_lapses_and_the_text_stays() -> None:
    plenary, motion = amending()
    keys = [offer(plenary, motion, "delete", number) for number in (1, 2, 3)]
    erased = offer(plenary, motion, "insert", 1, "Y medio.")
    plenary.do(3, "chair", AmendmentArrange(motion))
    vote(plenary, motion, Choice.YES)
    plenary.do(5, "chair", AmendmentCall(motion))
    called = list(plenary.state.motions)[-1]
    del plenary.words[erased]
    plenary.do(6, "chair", MotionOpen(called))
    plenary.cast(called, "citizens", [Choice.YES] * 8)
    plenary.do(7, "chair", MotionClose(called))
    plenary.do(8, "chair", MotionCertify(called))
    for _ in keys[1:]:
        vote(plenary, motion, Choice.YES)
    assert fates(plenary, motion) == ["adopted", "lapsed", "adopted", "lapsed"]
    assert text_of(plenary, motion) == "Tres."


def test_what_is_not_there_in_the_language_of_the_motion_cannot_be_voted_on_yet() -> None:
    plenary, motion = amending()
    key = offer(plenary, motion, "replace", 1, "Un.")
    text = plenary.words.pop(key)
    assert refusal(lambda: plenary.do(3, "chair", AmendmentArrange(motion))) == "amendment.not_in_language"
    plenary.words[key] = text
    assert plenary.do(4, "chair", AmendmentArrange(motion)) == ["amendment.arranged"]


def test_erased_words_hold_nobody_up() -> None:
    plenary, motion = amending()
    plenary.erased.add(offer(plenary, motion, "replace", 1, "Un."))
    plenary.do(3, "chair", AmendmentArrange(motion))
    assert fates(plenary, motion) == ["unsupported"]


@pytest.mark.parametrize(
    ("act", "paragraph", "text", "code"),
    [
        ("replace", 0, "Nada.", "amendment.no_paragraph"),
        ("delete", 4, "", "amendment.no_paragraph"),
        ("insert", 4, "Cinco.", "amendment.no_paragraph"),
        ("insert", -1, "Menos.", "amendment.no_paragraph"),
        ("replace", 1, "  ", "text.empty"),
        ("replace", 1, "Uno.\n", "amendment.no_change"),
        ("replace", 1, "x" * 200_000, "text.too_long"),
    ],
)
def test_what_changes_nothing_or_has_no_place_is_refused(act: Act, paragraph: int, text: str, code: str) -> None:
    plenary, motion = amending()
    assert refusal(lambda: offer(plenary, motion, act, paragraph, text)) == code


def test_who_may() -> None:
    plenary, motion = amending()
    assert refusal(lambda: offer(plenary, motion, "delete", 1, by="guest")) == "ballot.not_entitled"
    mine = offer(plenary, motion, "delete", 1)
    refused = {
        "guest supports": lambda: plenary.do(3, "guest", AmendmentSupport(motion, mine, support=True)),
        "own": lambda: plenary.do(3, ROLL[0], AmendmentSupport(motion, mine, support=False)),
        "another takes back": lambda: plenary.do(3, ROLL[1], AmendmentWithdraw(motion, mine)),
        "unknown": lambda: plenary.do(3, ROLL[1], AmendmentSupport(motion, "none", support=True)),
    }
    assert {name: refusal(act) for name, act in refused.items()} == {
        "guest supports": "ballot.not_entitled",
        "own": "amendment.your_own",
        "another takes back": "amendment.not_yours",
        "unknown": "amendment.unknown",
    }
    plenary.do(4, ROLL[0], AmendmentWithdraw(motion, mine))
    assert refusal(lambda: plenary.do(5, ROLL[0], AmendmentWithdraw(motion, mine))) == "amendment.withdrawn"


def test_nobody_fills_the_list_alone() -> None:
    plenary, motion = amending()
    for number in range(MOST_OF_ONE):
        offer(plenary, motion, "insert", 1, f"{number}")
    assert refusal(lambda: offer(plenary, motion, "insert", 1, "more")) == "amendment.too_many"


def test_only_where_the_rule_says_so_and_never_among_options() -> None:
    plenary, motion = amending(simple_majority())
    assert refusal(lambda: offer(plenary, motion, "delete", 1)) == "amendment.not_heard"
    several = MotionAdd("recommendation a", IN_ORDER, ("recommendation b",))
    assert refusal(lambda: plenary.do(2, "chair", several)) == "amendment.not_heard"
    with pytest.raises(Refused):
        amending(dataclasses.replace(simple_majority(), amendments=Amending(supporters=0)))


def test_an_open_ballot_is_amended_no_more() -> None:
    plenary, motion = amending()
    plenary.do(2, "chair", MotionOpen(motion))
    assert refusal(lambda: offer(plenary, motion, "delete", 1)) == "motion.wrong_phase"


def repeat(plenary: Sitting, motion: str) -> str:
    """Void a vote that is open; key of the motion with which it is repeated."""
    plenary.do(6, "chair", MotionVoid(motion, "fr", "Trois au lieu de treize", "fr"))
    plenary.do(7, "chair", MotionRepeat(motion))
    return list(plenary.state.motions)[-1]


def test_an_amendment_whose_vote_was_voided_is_decided_by_the_repetition() -> None:
    plenary, motion = amending()
    offer(plenary, motion, "delete", 1)
    plenary.do(3, "chair", AmendmentArrange(motion))
    plenary.do(4, "chair", AmendmentCall(motion))
    called = list(plenary.state.motions)[-1]
    plenary.do(5, "chair", MotionOpen(called))
    repetition = repeat(plenary, called)
    assert refusal(lambda: plenary.do(8, "chair", AmendmentCall(motion))) == "amendment.one_at_a_time"
    assert plenary.state.motions[motion].amendments[0].motion == repetition
    plenary.do(8, "chair", MotionOpen(repetition))
    plenary.cast(repetition, "citizens", [Choice.YES] * 8)
    plenary.do(9, "chair", MotionClose(repetition))
    assert plenary.do(10, "chair", MotionCertify(repetition)) == ["motion.certified", "amendment.decided"]
    assert text_of(plenary, motion) == "Dos y dos.\nTres."


def test_a_motion_that_is_repeated_keeps_its_text_and_is_not_amended_again() -> None:
    plenary, motion = amending()
    offer(plenary, motion, "delete", 1)
    plenary.do(3, "chair", AmendmentArrange(motion))
    vote(plenary, motion, Choice.YES)
    plenary.do(9, "chair", MotionOpen(motion))
    repeated = repeat(plenary, motion)
    voided, repetition = (plenary.state.motions[key] for key in (motion, repeated))
    assert text_of(plenary, repetition.motion) == "Dos y dos.\nTres."
    assert (repetition.amendments, repetition.former) == (voided.amendments, voided.former)
    assert refusal(lambda: offer(plenary, repetition.motion, "delete", 2)) == "amendment.list_closed"
    assert plenary.do(11, "chair", MotionOpen(repeated)) == ["motion.opened"]
    again = repeat(plenary, repeated)
    assert refusal(lambda: offer(plenary, again, "delete", 2)) == "amendment.list_closed"


def test_a_text_that_was_voted_on_unamended_is_repeated_unamended() -> None:
    plenary, motion = amending()
    plenary.do(2, "chair", MotionOpen(motion))
    repetition = repeat(plenary, motion)
    assert refusal(lambda: offer(plenary, repetition, "delete", 2)) == "amendment.list_closed"


# --- order and text, for any amendments

ACTS: some.SearchStrategy[Act] = some.sampled_from(get_args(Act))
LINES = some.lists(some.text("ab c", min_size=1, max_size=6).filter(str.strip).map(str.strip), min_size=1, max_size=6)


@some.composite
def _amended(draw: some.DrawFn) -> tuple[str, list[tuple[Amendment, str]]]:
    """A text and amendments to it, of which no two want to change the same paragraph."""
    lines = draw(LINES)
    found: list[tuple[Amendment, str]] = []
    for number in range(draw(some.integers(0, 8))):
        act = draw(ACTS)
        paragraph = draw(some.integers(0 if act == "insert" else 1, len(lines)))
        one = Amendment(f"a{number}", "m", act, paragraph, "es", None, ("m",))
        if not any(same_place(one, other) for other, _ in found):
            found.append((one, f"new {number}"))
    return "\n".join(lines), found


@given(_amended())
def test_the_text_has_each_untouched_paragraph_and_each_new_one_in_its_place(
    made: tuple[str, list[tuple[Amendment, str]]],
) -> None:
    text, adopted = made
    touched = {each.paragraph: (each, words) for each, words in adopted if each.act != "insert"}
    expected = [words for each, words in adopted if each.paragraph == 0]
    for number, line in enumerate(paragraphs(text), start=1):
        if number not in touched:
            expected.append(line)
        elif touched[number][0].act == "replace":
            expected.append(touched[number][1])
        expected += [words for each, words in adopted if each.act == "insert" and each.paragraph == number]
    assert paragraphs(amended(text, adopted)) == expected


@given(_amended(), some.sampled_from(list(AmendmentOrder)), some.randoms())
def test_the_order_names_each_once_keeps_paragraphs_together_and_the_furthest_first(
    made: tuple[str, list[tuple[Amendment, str]]], order: AmendmentOrder, chance: object
) -> None:
    text, adopted = made
    twins = [(dataclasses.replace(each, amendment=each.amendment + "b"), "other") for each, _ in adopted]
    offered = [*adopted, *twins]
    words = {each.amendment: said for each, said in offered}
    by_key = {each.amendment: each for each, _ in offered}
    keys = voting_order([each for each, _ in offered], words, text, order)
    assert sorted(keys) == sorted(by_key)
    places = [by_key[key].paragraph for key in keys]
    assert len([place for one, place in zip([None, *places], places, strict=False) if one != place]) == len(set(places))
    for one, other in itertools.pairwise(keys):
        if by_key[one].paragraph == by_key[other].paragraph:
            assert reach(by_key[one], words[one], text) >= reach(by_key[other], words[other], text)
    if order is AmendmentOrder.TEXT:
        assert places == sorted(places)
