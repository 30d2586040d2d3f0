"""A motion goes draft, open, closed, certified; the roll, the texts and the count are fixed on the way."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from functools import partial
from typing import Literal, get_args

import pytest

from kernel import wire
from kernel.errors import Refused
from plenary.core import machine
from plenary.core.motions import (
    MemberArrive,
    MemberLeave,
    MotionAdd,
    MotionCertify,
    MotionClose,
    MotionExplain,
    MotionOpen,
    MotionRepeat,
    MotionSettle,
    MotionVoid,
    ObjectionAnswer,
    ObjectionRaise,
    ObjectionWithdraw,
    parts_of,
    repetition_of,
    said_of,
)  # fmt: skip
from plenary.core.passport import RISING, Status, least, suffices
from plenary.core.presets import conference, consent, deliberative_committee, simple_majority
from plenary.core.rules import Needed, Rule, Tie
from plenary.core.tally import Choice, Settled, drawn
from tests.core.plenary.sitting import ROLL, VERSIONS, Sitting

NEEDS: tuple[Needed, ...] = get_args(Needed)


def opened(rule: Rule | None = None, **opening: int) -> tuple[Sitting, str]:
    """A plenary with one motion, opened at second 2."""
    plenary = Sitting()
    motion = plenary.add(1, rule or conference())
    plenary.do(2, "chair", MotionOpen(motion, **opening))
    return plenary, motion


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_motions_are_numbered_in_the_order_they_come() -> None:
    plenary = Sitting()
    keys = [plenary.add(second, conference()) for second in (1, 2, 3)]
    assert [plenary.state.motions[key].number for key in keys] == [1, 2, 3]


def test_a_recommendation_is_put_to_the_vote_once() -> None:
    plenary = Sitting()
    plenary.add(1, conference())
    assert refusal(lambda: plenary.do(2, "chair", MotionAdd("recommendation 1", conference()))) == "motion.exists"


def test_a_rule_that_cannot_be_counted_never_reaches_the_agenda() -> None:
    assert refusal(lambda: Sitting().add(1, Rule(()))) == "rule.bad_electorates"


def test_opening_freezes_the_roll_and_the_versions_of_the_text() -> None:
    plenary, motion = opened()
    state = plenary.state.motions[motion]
    assert (state.phase, state.opened_at, state.rolls, state.versions) == ("open", 2000, {"citizens": 10}, VERSIONS)


def test_nobody_opens_a_ballot_without_voters() -> None:
    plenary = Sitting(roll=())
    motion = plenary.add(1, conference())
    assert refusal(lambda: plenary.do(2, "chair", MotionOpen(motion))) == "motion.nobody_entitled"


@pytest.mark.parametrize(
    ("needed", "code", "waiting"),
    [
        ("machine", "motion.versions_missing", "–"),
        ("reviewed", "motion.versions_unreviewed", "Français"),
        ("signed", "motion.versions_unsigned", "Français, Italiano"),
    ],
)
def test_a_rule_that_asks_for_every_language_names_those_that_lack_something(
    needed: Needed, code: str, waiting: str
) -> None:
    plenary = Sitting()
    motion = plenary.add(1, dataclasses.replace(conference(), versions=needed))
    with pytest.raises(Refused) as caught:
        plenary.do(2, "chair", MotionOpen(motion))
    assert caught.value.as_data() == {"refused": code, "params": {"missing": "Català", "waiting": waiting}}


@pytest.mark.parametrize("statuses", list(itertools.product(RISING, repeat=2)))
def test_a_version_is_no_more_than_the_least_of_its_texts(statuses: tuple[Status, Status]) -> None:
    found = least(statuses)
    assert found in statuses
    assert all(suffices(each, needed) for each in statuses for needed in NEEDS if suffices(found, needed))


@pytest.mark.parametrize("closes_at", [0, 1_999, 2_000, 2_999])
def test_a_ballot_that_would_close_before_anybody_can_vote_is_not_opened(closes_at: int) -> None:
    plenary = Sitting()
    motion = plenary.add(1, conference())
    command = MotionOpen(motion, closes_at=closes_at)
    assert refusal(lambda: plenary.do(2, "chair", command)) == "motion.closes_too_soon"


def test_a_ballot_closes_by_the_clock_at_its_own_time_however_late_anybody_looks() -> None:
    plenary, motion = opened(duration_ms=10_000)
    assert plenary.advance(11) == []
    assert plenary.advance(3600) == ["motion.closed"]
    assert plenary.log[-1].at == 12_000
    assert plenary.advance(7200) == []
    assert plenary.state.motions[motion].phase == "closed"


@pytest.mark.parametrize("closed", [False, True])
def test_a_vote_on_a_wrong_version_is_void_with_its_reason_and_says_nothing_of_the_count(closed: bool) -> None:
    plenary, motion = opened(duration_ms=10_000)
    plenary.cast(motion, "citizens", [Choice.YES] * 10)
    if closed:
        plenary.advance(20)
    assert plenary.do(21 if closed else 5, "chair", MotionVoid(motion, "fr", "Trois au lieu de treize", "fr")) == [
        "motion.voided"
    ]
    state = plenary.state.motions[motion]
    assert (state.phase, state.wrong, state.outcome) == ("void", "fr", None)
    assert state.voided in said_of(state)
    assert plenary.advance(3600) == []
    for command in (
        MotionOpen(motion), MotionClose(motion), MotionCertify(motion), MotionVoid(motion, "fr", "Encore", "fr"),
        MotionSettle(motion, adopt=True),
    ):  # fmt: skip
        assert refusal(partial(plenary.do, 3601, "chair", command)) == "motion.wrong_phase"


def test_a_voided_vote_is_repeated_once_on_the_same_text_under_the_same_rule() -> None:
    plenary, motion = opened()
    plenary.do(3, "chair", MotionVoid(motion, "fr", "Trois au lieu de treize", "fr"))
    plenary.do(4, "chair", MotionRepeat(motion))
    assert refusal(lambda: plenary.do(5, "chair", MotionRepeat(motion))) == "motion.exists"
    assert refusal(lambda: plenary.do(5, "chair", MotionAdd("recommendation 1", conference()))) == "motion.exists"
    before, after = plenary.state.motions.values()
    assert repetition_of(plenary.state, before) == after
    assert (after.repeats, after.number, after.phase, after.opened_at) == (motion, 2, "draft", None)
    assert (after.rule, parts_of(after)) == (before.rule, parts_of(before))
    plenary.do(6, "chair", MotionOpen(after.motion))
    plenary.do(7, "chair", MotionVoid(after.motion, "es", "Otra vez", "es"))
    plenary.do(8, "chair", MotionRepeat(after.motion))
    assert list(plenary.state.motions.values())[-1].repeats == after.motion


@pytest.mark.parametrize("certifiers", [1, 2])
def test_a_certified_result_stands(certifiers: int) -> None:
    plenary, motion = opened(dataclasses.replace(conference(), certifiers=certifiers))
    plenary.do(3, "chair", MotionClose(motion))
    plenary.do(4, "chair", MotionCertify(motion))
    void = partial(plenary.do, 5, "chair", MotionVoid(motion, "fr", "Trois au lieu de treize", "fr"))
    if certifiers == 1:
        assert refusal(void) == "motion.wrong_phase"
    else:
        assert void() == ["motion.voided"]


def test_only_a_version_that_was_voted_on_is_found_wrong_and_only_a_voided_vote_is_repeated() -> None:
    plenary, motion = opened()
    assert refusal(lambda: plenary.do(3, "chair", MotionVoid(motion, "de", "Drei", "de"))) == "motion.no_such_version"
    assert refusal(lambda: plenary.do(3, "chair", MotionVoid(motion, "fr", "  ", "fr"))) == "text.empty"
    assert refusal(lambda: plenary.do(3, "chair", MotionRepeat(motion))) == "motion.wrong_phase"


def test_two_ballots_that_close_at_the_same_moment_both_close() -> None:
    plenary = Sitting()
    first, second = plenary.add(1, conference()), plenary.add(1, conference())
    plenary.do(2, "chair", MotionOpen(first, closes_at=9_000))
    plenary.do(3, "chair", MotionOpen(second, closes_at=9_000))
    assert plenary.advance(9) == ["motion.closed", "motion.closed"]


def test_a_ballot_without_an_end_waits_for_the_chair() -> None:
    plenary, motion = opened()
    assert plenary.advance(10**6) == []
    assert plenary.do(10**6 + 1, "chair", MotionClose(motion)) == ["motion.closed"]


def test_closing_counts_the_ballots_as_they_lie_in_the_tables() -> None:
    plenary, motion = opened()
    plenary.cast(motion, "citizens", [Choice.YES] * 7 + [Choice.NO] * 3)
    plenary.do(3, "chair", MotionClose(motion))
    outcome = plenary.state.motions[motion].outcome
    assert outcome is not None
    assert outcome.adopted
    assert (outcome.verdicts[0].count.yes, outcome.verdicts[0].count.no) == (7, 3)


@pytest.mark.parametrize(
    ("seconds", "command", "code"),
    [
        (0, MotionOpen, "motion.wrong_phase"),
        (0, MotionCertify, "motion.wrong_phase"),
        (1, MotionOpen, "motion.wrong_phase"),
        (1, MotionClose, "motion.wrong_phase"),
    ],
)
def test_steps_out_of_turn_are_refused(seconds: int, command: type, code: str) -> None:
    plenary, motion = opened()
    if seconds:
        plenary.do(3, "chair", MotionClose(motion))
    assert refusal(lambda: plenary.do(4, "chair", command(motion))) == code


@pytest.mark.parametrize("command", [MotionOpen, MotionClose, MotionCertify])
def test_a_motion_nobody_added_is_unknown(command: type) -> None:
    assert refusal(lambda: Sitting().do(1, "chair", command("nothing"))) == "motion.unknown"


def test_certifying_twice_by_the_same_person_counts_once() -> None:
    plenary, motion = opened(simple_majority())
    plenary.do(3, "chair", MotionClose(motion))
    assert plenary.do(4, "chair", MotionCertify(motion)) == ["motion.certified"]
    assert plenary.do(5, "chair", MotionCertify(motion)) == []
    assert plenary.state.motions[motion].certified_by == ("chair",)


def test_where_the_assembly_asks_two_different_people_certify() -> None:
    plenary, motion = opened(dataclasses.replace(simple_majority(), certifiers=2))
    plenary.do(3, "chair", MotionClose(motion))
    plenary.do(4, "chair", MotionCertify(motion))
    plenary.do(5, "chair", MotionCertify(motion))
    assert plenary.state.motions[motion].phase == "closed"
    plenary.do(6, "witness", MotionCertify(motion))
    assert plenary.state.motions[motion].phase == "certified"


@pytest.mark.parametrize("certifiers", [-1, 0, 6])
def test_the_number_of_certifiers_has_bounds(certifiers: int) -> None:
    rule = dataclasses.replace(simple_majority(), certifiers=certifiers)
    assert refusal(lambda: Sitting().add(1, rule)) == "rule.bad_certifiers"


def test_arriving_twice_and_leaving_unseen_are_no_facts() -> None:
    plenary = Sitting()
    assert plenary.do(1, None, MemberArrive("alba")) == ["member.arrived"]
    assert plenary.do(2, None, MemberArrive("alba")) == []
    assert plenary.do(3, None, MemberLeave("bruno")) == []


def divided(tie: Tie) -> tuple[Sitting, str]:
    """A motion on which the citizens were exactly divided, closed at second 3."""
    plenary, motion = opened(dataclasses.replace(simple_majority(), tie=tie))
    plenary.cast(motion, "citizens", [Choice.YES] * 5 + [Choice.NO] * 5)
    plenary.do(3, "chair", MotionClose(motion))
    return plenary, motion


@pytest.mark.parametrize("adopt", [True, False])
def test_the_chair_ends_a_tie_before_anybody_certifies(adopt: bool) -> None:
    plenary, motion = divided(Tie.CHAIR)
    assert refusal(lambda: plenary.do(4, "chair", MotionCertify(motion))) == "motion.awaits_chair"
    plenary.do(5, "chair", MotionSettle(motion, adopt))
    outcome = plenary.state.motions[motion].outcome
    assert outcome is not None
    assert (outcome.adopted, outcome.settled) == (adopt, Settled.CHAIR)
    assert refusal(lambda: plenary.do(6, "chair", MotionSettle(motion, not adopt))) == "motion.no_tie"
    assert plenary.do(7, "chair", MotionCertify(motion)) == ["motion.certified"]


@pytest.mark.parametrize("tie", [Tie.REJECTED, Tie.LOT])
def test_where_the_rule_ends_a_tie_the_chair_does_not(tie: Tie) -> None:
    plenary, motion = divided(tie)
    assert refusal(lambda: plenary.do(4, "chair", MotionSettle(motion, adopt=True))) == "motion.no_tie"


def test_a_lot_is_sealed_at_the_opening_and_told_at_closing() -> None:
    plenary, motion = opened(dataclasses.replace(simple_majority(), tie=Tie.LOT))
    sealed, seed = plenary.state.motions[motion].lot, plenary.seeds[motion]
    assert sealed == machine.lot_of(seed)
    assert seed not in str(wire.encode(plenary.log[-1].event))
    plenary.cast(motion, "citizens", [Choice.YES, Choice.NO] * 5)
    plenary.do(3, "chair", MotionClose(motion))
    state = plenary.state.motions[motion]
    assert state.outcome is not None
    assert (state.lot, state.outcome.adopted) == (seed, drawn(seed))


def departed() -> tuple[Sitting, str]:
    """Parliament adopts what the citizens advised against."""
    plenary, motion = opened(deliberative_committee())
    plenary.cast(motion, "parliament", [Choice.YES] * 6 + [Choice.NO] * 4)
    plenary.cast(motion, "citizens", [Choice.NO] * 9)
    plenary.do(3, "chair", MotionClose(motion))
    return plenary, motion


def test_a_majority_that_departs_from_the_advice_gives_its_reasons_first() -> None:
    plenary, motion = departed()
    assert refusal(lambda: plenary.do(4, "chair", MotionCertify(motion))) == "motion.awaits_reasons"
    plenary.do(5, "chair", MotionExplain(motion, "El presupuesto no alcanza.", "es"))
    first = plenary.state.motions[motion].departure
    plenary.do(6, "chair", MotionExplain(motion, "El presupuesto de 2027 no alcanza.", "es"))
    assert plenary.state.motions[motion].departure not in (None, first)
    assert plenary.do(7, "chair", MotionCertify(motion)) == ["motion.certified"]
    assert refusal(lambda: plenary.do(8, "chair", MotionExplain(motion, "Otra vez.", "es"))) == "motion.wrong_phase"


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [("  ", "es", "text.empty"), ("x" * 4001, "es", "text.too_long"), ("Porque sí.", "xx", "language.unknown")],
)
def test_reasons_that_nobody_could_read_are_refused(text: str, lang: str, code: str) -> None:
    plenary, motion = departed()
    assert refusal(lambda: plenary.do(4, "chair", MotionExplain(motion, text, lang))) == code


def test_who_departs_from_nobody_owes_no_reasons() -> None:
    plenary, motion = opened()
    plenary.do(3, "chair", MotionClose(motion))
    assert refusal(lambda: plenary.do(4, "chair", MotionExplain(motion, "Por algo.", "es"))) == "motion.no_departure"


@pytest.mark.parametrize(
    ("began", "ended", "closes"),
    [
        (500, 2_000, 2_100),  # its end fell into it, 100 s were lost
        (300, 500, 700),  # 200 s were lost, and only 100 would have been left
        (100, 200, None),  # as much is left as was lost
        (595, 640, 700),  # 5 s were lost: nobody is back within 5 s
    ],
)
def test_who_could_not_vote_while_nobody_served_has_as_long_afterwards(
    began: int, ended: int, closes: int | None
) -> None:
    plenary, motion = opened(closes_at=600_000)
    assert plenary.stall(began, ended) == (["motion.prolonged"] if closes else [])
    state = plenary.state.motions[motion]
    assert (state.closes_at, state.is_prolonged) == (1000 * (closes or 600), closes is not None)
    assert plenary.stall(ended, ended) == []


def test_a_ballot_that_had_closed_or_has_no_end_is_not_prolonged() -> None:
    plenary, _ = opened(closes_at=600_000)
    plenary.do(3, "chair", MotionOpen(plenary.add(3, conference())))
    assert plenary.stall(601, 4_000) == []


BY = ROLL[0]


def objected(second: float = 2) -> tuple[Sitting, str, str]:
    """A motion to be decided by consent, and one objection to it."""
    plenary = Sitting()
    motion = plenary.add(1, consent())
    plenary.do(second, BY, ObjectionRaise(motion, "Y quien trabaja de noche?", "es"))
    return plenary, motion, plenary.state.motions[motion].objections[0].objection


def test_the_vote_opens_when_every_objection_has_been_answered() -> None:
    plenary, motion, objection = objected()
    with pytest.raises(Refused) as caught:
        plenary.do(3, "chair", MotionOpen(motion))
    assert caught.value.as_data() == {"refused": "motion.objections_open", "params": {"count": 1}}
    assert plenary.do(4, "chair", ObjectionAnswer(motion, objection, "integrated")) == ["objection.answered"]
    assert plenary.do(5, "chair", MotionOpen(motion)) == ["motion.opened"]


@pytest.mark.parametrize(("fate", "settled"), [("integrated", Settled.COUNT), ("upheld", Settled.OBJECTION)])
def test_one_objection_that_is_upheld_stops_what_everybody_consents_to(
    fate: Literal["integrated", "upheld"], settled: Settled
) -> None:
    plenary, motion, objection = objected()
    plenary.do(3, "chair", ObjectionAnswer(motion, objection, fate))
    plenary.do(4, "chair", MotionOpen(motion))
    plenary.cast(motion, "citizens", [Choice.YES] * 10)
    plenary.do(5, "chair", MotionClose(motion))
    outcome = plenary.state.motions[motion].outcome
    assert outcome is not None
    assert (outcome.settled, outcome.adopted) == (settled, settled is Settled.COUNT)


def test_only_its_author_takes_an_objection_back_and_may_then_raise_another() -> None:
    plenary, motion, objection = objected()
    raise_again = ObjectionRaise(motion, "Otra cosa.", "es")
    assert refusal(lambda: plenary.do(3, ROLL[1], ObjectionWithdraw(motion, objection))) == "objection.not_yours"
    assert refusal(lambda: plenary.do(3, BY, raise_again)) == "objection.one_each"
    assert plenary.do(4, BY, ObjectionWithdraw(motion, objection)) == ["objection.answered"]
    assert plenary.do(4, BY, ObjectionWithdraw(motion, objection)) == []
    assert (
        refusal(lambda: plenary.do(5, "chair", ObjectionAnswer(motion, objection, "upheld"))) == "objection.withdrawn"
    )
    assert plenary.do(6, BY, raise_again) == ["objection.raised"]
    assert [each.fate for each in plenary.state.motions[motion].objections] == ["withdrawn", "open"]


def test_an_objection_comes_from_a_voter_before_the_vote_under_a_rule_that_hears_it() -> None:
    plenary, motion, _ = objected()
    assert refusal(lambda: plenary.do(3, "observer", ObjectionRaise(motion, "No.", "es"))) == "ballot.not_entitled"
    assert refusal(lambda: plenary.do(3, ROLL[1], ObjectionRaise(motion, "  ", "es"))) == "text.empty"
    assert refusal(lambda: plenary.do(3, "chair", ObjectionAnswer(motion, "none", "upheld"))) == "objection.unknown"
    plain = plenary.add(4, simple_majority())
    assert refusal(lambda: plenary.do(5, BY, ObjectionRaise(plain, "No.", "es"))) == "objection.not_heard"
    plenary.do(6, "chair", MotionOpen(plain))
    assert refusal(lambda: plenary.do(7, BY, ObjectionRaise(plain, "No.", "es"))) == "motion.wrong_phase"
