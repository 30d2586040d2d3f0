"""The others send somebody out: only where the rule allows it, after hearing them, and by enough of those present."""

from __future__ import annotations

import pytest

from floor.core.commands import HandRaise, MemberArrive, MemberLeave, OfferAccept
from rooms.core.exclusion import (
    ExclusionAllow,
    ExclusionAnswer,
    ExclusionForbid,
    ExclusionPropose,
    ExclusionRule,
    ExclusionSupport,
)
from rooms.core.types import MemberReadmit
from tests.core.rooms.sitting import GUIDE, RoomSitting, opened

PROPOSE = ExclusionPropose("dora", "Grita.", "es")
AGREE = ExclusionSupport("dora")


def proposed() -> RoomSitting:
    """Alba proposes to send Dora out; Bruno and Carla are here too."""
    room = opened()
    room.do(1, GUIDE, ExclusionAllow(ExclusionRule()))
    room.do(2, "alba", PROPOSE)
    return room


def test_it_is_off_until_the_facilitator_allows_it() -> None:
    assert opened().refused(1, "alba", PROPOSE) == "exclusion.not_here"


def test_two_thirds_of_the_others_present_send_somebody_out_and_the_facilitator_lets_them_in_again() -> None:
    room = proposed()
    assert room.do(70, "bruno", AGREE) == ["exclusion.supported", "exclusion.ended", "member.left", "member.removed"]
    assert (room.room.seats["dora"].removed, room.room.exclusion) == (True, None)
    assert room.room.seats["dora"].rule == ExclusionRule()
    room.do(71, GUIDE, MemberReadmit("dora"))
    assert room.room.seats["dora"].rule is None
    assert room.do(72, "dora", MemberArrive("dora")) == ["member.arrived"]


def test_less_than_that_sends_nobody_out_and_time_runs_out() -> None:
    room = proposed()
    room.advance(182)
    assert (room.room.seats["dora"].removed, room.room.exclusion, room.log[-1].event.carried) == (False, None, False)  # type: ignore[union-attr]


def test_nobody_agrees_before_the_person_was_heard() -> None:
    room = proposed()
    assert room.refused(10, "bruno", AGREE) == "exclusion.not_heard"
    room.do(20, "dora", ExclusionAnswer("Pardon.", "fr"))
    assert room.do(21, "bruno", AGREE)[0] == "exclusion.supported"


def test_only_the_person_answers_and_once() -> None:
    room = proposed()
    assert room.refused(10, "bruno", ExclusionAnswer("No.", "it")) == "exclusion.not_yours"
    room.do(11, "dora", ExclusionAnswer("Pardon.", "fr"))
    assert room.refused(12, "dora", ExclusionAnswer("Encore.", "fr")) == "exclusion.not_yours"


def test_agreeing_twice_counts_once_and_one_is_not_judge_in_ones_own_cause() -> None:
    room = proposed()
    assert room.do(70, "alba", AGREE) == []
    assert room.refused(71, "dora", AGREE) == "exclusion.not_yours"


def test_who_has_gone_does_not_count() -> None:
    room = proposed()
    room.do(60, None, MemberLeave("alba"))
    assert room.do(70, "bruno", AGREE) == ["exclusion.supported"]


def test_facilitators_and_those_who_only_watch_neither_propose_nor_are_sent_out() -> None:
    room = opened()
    room.do(1, GUIDE, ExclusionAllow(ExclusionRule()))
    assert room.refused(2, GUIDE, PROPOSE) == "exclusion.not_yours"
    assert room.refused(3, "alba", ExclusionPropose(GUIDE, "No.", "es")) == "exclusion.not_yours"


def test_the_same_person_is_proposed_once_an_item_and_two_people_are_too_few_to_judge() -> None:
    room = proposed()
    room.advance(200)
    assert room.refused(201, "bruno", PROPOSE) == "exclusion.once"
    for member in ("carla", "dora"):
        room.do(202, None, MemberLeave(member))
    assert room.refused(203, "bruno", ExclusionPropose("alba", "No.", "it")) == "exclusion.too_few"


def test_forbidding_it_ends_what_goes_on() -> None:
    room = proposed()
    assert room.do(10, GUIDE, ExclusionForbid()) == ["exclusion.ended", "exclusion.forbidden"]
    assert room.room.exclusion is None


def test_who_is_sent_out_while_speaking_loses_the_floor() -> None:
    room = proposed()
    room.do(5, "dora", HandRaise())
    room.do(5, "dora", OfferAccept())
    assert "turn.ended" in room.do(70, "carla", AGREE)


@pytest.mark.parametrize(
    "rule", [ExclusionRule(1, 2), ExclusionRule(3, 2), ExclusionRule(hearing_s=0), ExclusionRule(lasts_s=30)]
)
def test_a_rule_without_a_majority_or_a_hearing_is_none(rule: ExclusionRule) -> None:
    assert opened().refused(1, GUIDE, ExclusionAllow(rule)) == "exclusion.bad_rule"


def test_a_time_in_which_nobody_was_served_shortens_neither_the_hearing_nor_the_vote() -> None:
    room = proposed()
    assert room.stall(20, 3620)[-1] == "exclusion.prolonged"
    assert room.refused(3650, "bruno", AGREE) == "exclusion.not_heard"
    room.advance(3781)
    assert room.room.exclusion is not None
    room.advance(3782)
    assert room.room.exclusion is None


def test_who_was_heard_before_is_not_heard_again() -> None:
    room = proposed()
    room.stall(90, 3690)
    assert room.do(3691, "bruno", AGREE)[0] == "exclusion.supported"
