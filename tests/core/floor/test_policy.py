"""Who comes next and for how long: the two lists, the invitation, the range of places, the nudge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from floor.core import policy
from floor.core.commands import HandRaise, MemberLeave, OfferAccept, OfferDecline, TurnYield
from floor.core.types import Account, FloorState, Held, Kind, Limits, Offered, Open, Request, Speaking
from tests.core.floor.sitting import START, Sitting, at, opened

OVER, OWED, EVEN = -20, 20, 0


def floor(**owed: tuple[int, int]) -> FloorState:
    """An open floor of people present; per person (seconds owed, turns taken)."""
    people = {
        key: Account(present=True, fair_us=max(0, seconds) * 1_000_000, spoken_ms=max(0, -seconds) * 1000, turns=turns)
        for key, (seconds, turns) in owed.items()
    }
    return FloorState(phase=Open(), people=people, settled_at=START)


def asking(state: FloorState, *hands: tuple[str, float] | tuple[str, float, Kind]) -> FloorState:
    """The floor with hands raised at these seconds."""
    queue = tuple(Request(hand[0], hand[2] if len(hand) == 3 else "normal", at(hand[1])) for hand in hands)
    return replace(state, queue=queue)


def order(state: FloorState, second: float) -> list[str]:
    return [request.member for request in policy.line(state, at(second))]


def test_those_owed_time_go_before_those_over_their_share() -> None:
    state = asking(floor(a=(OVER, 1), b=(OWED, 1)), ("a", 0), ("b", 50))
    assert order(state, 60) == ["b", "a"]


def test_among_those_owed_time_who_has_not_spoken_goes_first_then_the_earlier_hand() -> None:
    state = asking(floor(a=(OWED, 2), b=(EVEN, 0), c=(OWED, 1)), ("a", 0), ("c", 5), ("b", 50))
    assert order(state, 60) == ["b", "a", "c"]


def test_among_those_over_the_least_over_goes_first() -> None:
    state = asking(floor(a=(-50, 1), b=(-10, 1)), ("a", 0), ("b", 50))
    assert order(state, 60) == ["b", "a"]


def test_after_three_minutes_anybody_joins_the_end_of_the_first_list() -> None:
    state = asking(
        floor(a=(-90, 3), b=(OWED, 1), c=(OWED, 1), d=(OVER, 1)), ("a", 0), ("b", 170), ("c", 190), ("d", 180)
    )
    assert order(state, 179) == ["b", "c", "d", "a"]
    assert order(state, 200) == ["b", "a", "c", "d"]


def test_a_point_of_order_goes_before_both_lists() -> None:
    state = asking(floor(a=(OWED, 0), b=(OVER, 1)), ("a", 0), ("b", 50, "order"))
    assert order(state, 60) == ["b", "a"]


def test_who_is_away_muted_or_wants_a_reply_is_not_in_line() -> None:
    state = asking(floor(a=(OWED, 0), b=(OWED, 0), c=(OWED, 0)), ("a", 0), ("b", 1), ("c", 2, "reply"))
    people = {
        **state.people,
        "a": replace(state.people["a"], present=False),
        "b": replace(state.people["b"], muted=True),
    }
    assert order(replace(state, people=people), 60) == []


def test_nobody_suggested_when_nobody_waits() -> None:
    assert policy.suggestion(floor(a=(OWED, 0)), at(1)) is None


@pytest.mark.parametrize(
    ("waiting", "over_s", "seconds"),
    [
        (1, 0, 90),
        (2, 0, 80),
        (3, 0, 60),
        (7, 0, 30),
        (1, 20, 70),
        (1, 200, 20),
        (3, 20, 40),
        (3, -40, 70),
        (1, -40, 90),
    ],
)
def test_length_falls_with_the_queue_and_with_what_is_over(waiting: int, over_s: int, seconds: int) -> None:
    people = dict.fromkeys("abcdefgh", (OVER, 1))
    state = asking(floor(**people), *[(key, 0) for key in "bcdefgh"[:waiting]])
    assert policy.allowance_ms(state, "normal", speaker="a", over_ms=over_s * 1000) == seconds * 1000


@pytest.mark.parametrize(
    ("waiting", "over_s", "seconds"),
    [(1, 0, 45), (3, 0, 45), (7, 0, 30), (1, 10, 35), (1, 200, 20), (1, -40, 55), (7, -40, 40), (1, -400, 90)],
)
def test_while_somebody_owed_time_waits_a_turn_has_half_of_the_longest(waiting: int, over_s: int, seconds: int) -> None:
    """And a quarter of what the speaker is owed, or less by all that the speaker is over."""
    people = {**dict.fromkeys("abcdefgh", (OVER, 1)), "b": (EVEN, 1)}
    state = asking(floor(**people), *[(key, 0) for key in "bcdefgh"[:waiting]])
    assert policy.allowance_ms(state, "normal", speaker="a", over_ms=over_s * 1000) == seconds * 1000


def test_a_point_of_order_of_somebody_owed_time_shortens_no_turn() -> None:
    state = asking(floor(a=(EVEN, 1), b=(OWED, 1)), ("b", 0, "order"))
    assert policy.allowance_ms(state, "normal", speaker="a", over_ms=0) == 90_000


def test_a_place_is_a_range_because_somebody_owed_time_may_still_come_in() -> None:
    state = asking(floor(a=(OWED, 1), b=(OWED, 0), c=(OVER, 1), d=(OVER, 1)), ("a", 0), ("c", 1))
    assert policy.place_range(state, "a", at(5)) == (1, 2)
    assert policy.place_range(state, "c", at(5)) == (2, 3)
    assert policy.place_range(state, "b", at(5)) is None


def test_who_has_not_spoken_has_a_firm_place() -> None:
    state = asking(floor(a=(EVEN, 0), b=(EVEN, 0), c=(EVEN, 0)), ("a", 0), ("b", 1))
    assert policy.place_range(state, "b", at(5)) == (2, 2)


def test_somebody_far_over_waits_while_somebody_quiet_is_invited() -> None:
    sitting = dominated()
    sitting.do(110, "alba", HandRaise())
    assert sitting.phase == Held("bruno", at(114))
    assert sitting.phase_at(114) == Offered("alba", at(122), "queue", "normal", departs=False)


def test_the_invited_person_may_take_the_floor() -> None:
    sitting = dominated()
    sitting.do(110, "alba", HandRaise())
    assert sitting.do(112, "bruno", OfferAccept()) == ["turn.started"]
    assert sitting.phase == Speaking("bruno", "normal", 2, at(112), at(112 + 90), over_ms=-25_000)


def test_one_person_is_invited_between_two_turns_and_who_declines_is_left_in_peace() -> None:
    sitting = dominated()
    sitting.do(110, "alba", HandRaise())
    assert sitting.do(111, "bruno", OfferDecline()) == ["offer.lapsed", "floor.offered"]
    sitting.do(112, "alba", OfferAccept())
    sitting.do(120, "alba", TurnYield())
    sitting.do(130, "alba", HandRaise())
    assert sitting.phase == Held("carla", at(134))


def test_who_has_waited_three_minutes_is_called_whoever_else_might_be_invited() -> None:
    sitting = opened("alba", "bruno", "carla")
    sitting.turn(0, "alba", end=1000)
    sitting.do(1010, "alba", HandRaise())
    for second, member, gap_until in ((1010, "bruno", None), (1110, "carla", at(1113))):
        assert sitting.phase_at(second) == Held(member, at(second + 4), gap_until)
        sitting.do(second, member, OfferAccept())
    assert sitting.phase_at(1213) == Offered("alba", at(1224), "queue", "normal", departs=False, gap_until=at(1216))


def test_nobody_is_invited_while_somebody_owed_time_waits() -> None:
    sitting = dominated()
    sitting.do(110, "bruno", HandRaise())
    assert sitting.phase == Offered("bruno", at(118), "queue", "normal", departs=False)


def test_who_is_a_little_over_is_called_without_an_invitation() -> None:
    sitting = opened()
    sitting.turn(0, "alba", end=30)
    sitting.do(40, "alba", HandRaise())
    assert isinstance(sitting.phase, Offered)


def dominated() -> Sitting:
    """Alba has spoken for 100 s in a room of four; bruno, carla and dora are owed 25 s each."""
    sitting = opened()
    sitting.turn(0, "alba", end=100)
    sitting.advance(105)
    return sitting


def test_who_is_owed_time_and_silent_for_three_minutes_is_nudged_in_private() -> None:
    sitting = dominated()
    assert [policy.is_nudge_due(sitting.floor, key, at(179)) for key in ("alba", "bruno")] == [False, False]
    assert [policy.is_nudge_due(sitting.floor, key, at(281)) for key in ("alba", "bruno")] == [False, True]


def test_silence_is_measured_from_ones_own_last_turn() -> None:
    sitting = dominated()
    sitting.turn(110, "bruno", end=115)
    assert policy.is_nudge_due(sitting.floor, "bruno", at(290)) is False
    assert policy.is_nudge_due(sitting.floor, "bruno", at(295)) is True


def test_limits_of_a_room_replace_the_defaults() -> None:
    sitting = opened(limits=Limits(turn_ms=80_000))
    sitting.do(0, "alba", HandRaise())
    sitting.do(0, "alba", OfferAccept())
    sitting.do(1, "bruno", HandRaise())
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), at(40))


def test_who_declined_is_not_invited_again_in_this_item_and_who_was_silent_is() -> None:
    sitting = dominated()
    sitting.do(110, "alba", HandRaise())
    sitting.do(111, "bruno", OfferDecline())
    sitting.do(112, "alba", OfferAccept())
    sitting.do(113, "alba", TurnYield())
    for member in ("carla", "dora"):
        sitting.do(120, None, MemberLeave(member))
    sitting.do(400, "alba", HandRaise())
    assert isinstance(sitting.phase, Offered)
    sitting.begin_item(410)
    sitting.turn(412, "alba", end=500)
    sitting.do(510, "alba", HandRaise())
    assert sitting.phase_at(510) == Held("bruno", at(514))


def test_a_point_of_order_waits_for_no_invitation() -> None:
    sitting = dominated()
    sitting.do(110, "alba", HandRaise("order"))
    assert sitting.phase == Offered("alba", at(118), "queue", "order", departs=False)


def test_who_speaks_is_not_nudged_to_speak() -> None:
    sitting = dominated()
    sitting.do(275, "bruno", HandRaise())
    sitting.do(275, "bruno", OfferAccept())
    assert policy.is_nudge_due(sitting.floor, "bruno", at(285)) is False


def test_a_point_of_order_is_never_longer_than_a_turn() -> None:
    state = replace(floor(a=(EVEN, 0)), limits=Limits(turn_ms=20_000, min_turn_ms=10_000))
    assert policy.allowance_ms(state, "order", speaker="a", over_ms=0) == 20_000
