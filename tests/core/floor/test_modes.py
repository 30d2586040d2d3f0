"""What each mode does by itself: order and limits alone, the cap on one person, the go-around."""

from __future__ import annotations

from floor.core.commands import (
    FloorGive,
    FloorSet,
    HandRaise,
    MemberArrive,
    MemberLeave,
    MemberMute,
    MemberUnmute,
    OfferAccept,
    OfferDecline,
    TurnExtend,
    TurnYield,
)
from floor.core.events import RoundStarted, TurnLimited
from floor.core.ledger import add_person
from floor.core.machine import suggestion
from floor.core.policy import is_nudge_due
from floor.core.types import Handover, Limits, Offered, Open, Speaking, Wrapping
from tests.core.floor.sitting import CHAIR, Sitting, at, opened

TWELVE_MINUTES = Limits(planned_ms=720_000)
"""For four people: 180 s each, and with the usual cap of 150 % at most 270 s."""


def test_open_orders_and_limits_but_never_invites_nor_nudges() -> None:
    sitting = opened(mode="open")
    sitting.turn(0, "alba", end=200)
    sitting.do(210, "alba", HandRaise())
    assert isinstance(sitting.phase, Offered)
    assert not is_nudge_due(sitting.floor, "bruno", at(210))


def test_strict_ends_a_turn_at_the_cap_though_nobody_waits() -> None:
    sitting = strict()
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), at(270))
    assert isinstance(sitting.phase_at(270), Wrapping)
    assert isinstance(sitting.phase_at(280), Handover)
    assert sitting.seconds("alba") == 280


def test_who_has_reached_the_cap_is_not_called_until_the_chair_does() -> None:
    sitting = strict()
    sitting.advance(290)
    assert sitting.refused(290, "alba", HandRaise()) == "floor.cap_reached"
    sitting.do(291, CHAIR, FloorGive("alba"))
    assert sitting.do(292, "alba", OfferAccept()) == ["turn.started", "turn.wrapping"]


def test_the_chair_may_extend_a_turn_past_the_cap() -> None:
    sitting = strict()
    sitting.do(275, CHAIR, TurnExtend(60))
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), at(335), 60_000, given_until=at(335))


def test_time_given_past_the_cap_comes_to_an_end_though_nobody_waits() -> None:
    sitting = strict()
    sitting.do(100, CHAIR, TurnExtend(60))
    assert isinstance(sitting.phase_at(330), Wrapping)
    assert isinstance(sitting.phase_at(340), Handover)
    assert len(sitting.events_of(TurnLimited)) == 0


def test_in_strict_too_the_queue_limits_a_turn_below_the_cap() -> None:
    sitting = strict()
    sitting.do(10, "bruno", HandRaise())
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), at(45))


def test_a_new_item_gives_everybody_the_whole_cap_again() -> None:
    sitting = strict()
    sitting.do(270, "alba", TurnYield())
    sitting.begin_item(280)
    assert sitting.do(281, "alba", HandRaise()) == ["hand.raised", "floor.offered"]


def test_a_new_item_lets_who_speaks_go_on_to_a_cap_of_its_own() -> None:
    sitting = strict()
    sitting.begin_item(100)
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), at(370))


def strict() -> Sitting:
    """Alba speaks from the first second on, and nobody waits."""
    sitting = opened(mode="strict", limits=TWELVE_MINUTES)
    sitting.do(0, "alba", HandRaise())
    sitting.do(0, "alba", OfferAccept())
    return sitting


def test_a_round_calls_everybody_once_and_then_goes_on_as_before() -> None:
    sitting = opened()
    assert sitting.do(10, CHAIR, FloorSet("round")) == ["floor.changed", "round.started", "floor.offered"]
    called = [turn_of_the_round(sitting, 12 + 9 * each) for each in range(4)]
    assert called == list(sitting.events_of(RoundStarted)[0].members)
    assert sorted(called) == ["alba", "bruno", "carla", "dora"]
    assert (sitting.floor.mode, sitting.floor.round) == ("balanced", None)


def test_the_order_of_a_round_is_drawn_anew_each_time() -> None:
    assert len({in_round(round_of(second)) for second in range(9)}) > 1


def test_who_passes_in_a_round_keeps_hand_and_chances() -> None:
    sitting = round_of(10)
    first = offered(sitting)
    other = next(key for key in sitting.floor.people if key != first)
    sitting.do(11, other, HandRaise())
    assert sitting.do(12, first, OfferDecline()) == ["offer.lapsed", "floor.offered"]
    assert not sitting.floor.people[first].passed
    assert [request.member for request in sitting.floor.queue] == [other]


def test_in_a_round_hands_wait_for_its_end_but_points_of_order_do_not() -> None:
    sitting = round_of(10)
    first, second, *_ = in_round(sitting)
    sitting.do(11, first, OfferAccept())
    sitting.do(12, second, HandRaise("order"))
    sitting.do(13, first, HandRaise())
    sitting.do(14, first, TurnYield())
    assert sitting.phase_at(17) == Offered(second, at(25), "queue", "order", departs=False, gap_until=at(17))
    sitting.do(18, second, OfferAccept())
    assert sitting.floor.queue[0].member == first


def test_a_point_of_order_leaves_that_persons_go_in_the_round() -> None:
    sitting = round_of(10)
    first, second, *_ = in_round(sitting)
    sitting.do(11, second, HandRaise("order"))
    sitting.do(12, first, OfferDecline())
    sitting.do(13, second, OfferAccept())
    sitting.do(14, second, TurnYield())
    assert sitting.phase_at(17) == Offered(second, at(25), "round", "normal", departs=False, gap_until=at(17))


def test_who_was_muted_when_the_round_began_is_called_once_that_is_lifted() -> None:
    sitting = opened("alba", "bruno")
    sitting.do(1, CHAIR, MemberMute("bruno"))
    sitting.do(10, CHAIR, FloorSet("round"))
    assert offered(sitting) == "alba"
    sitting.do(11, CHAIR, MemberUnmute("bruno"))
    sitting.do(12, "alba", OfferDecline())
    assert offered(sitting) == "bruno"


def test_everybody_has_the_same_time_in_a_round() -> None:
    sitting = round_of(10)
    sitting.do(12, offered(sitting), OfferAccept())
    assert isinstance(sitting.phase, Speaking)
    assert sitting.phase.ends_at == at(12 + 90)


def test_who_is_away_is_passed_over_in_a_round_and_who_comes_is_called_last() -> None:
    sitting = opened("alba", "bruno")
    sitting.floor = add_person(sitting.floor, "eve")
    sitting.initial = add_person(sitting.initial, "eve")
    sitting.do(10, CHAIR, FloorSet("round"))
    first = offered(sitting)
    other = "bruno" if first == "alba" else "alba"
    sitting.do(11, None, MemberLeave(other))
    sitting.do(12, None, MemberArrive("eve"))
    sitting.do(13, first, OfferDecline())
    assert offered(sitting) == "eve"
    assert sitting.do(14, "eve", OfferDecline()) == ["offer.lapsed", "round.ended"]
    assert sitting.phase == Open()


def test_in_a_round_a_call_out_of_order_departs_and_uses_that_persons_go() -> None:
    sitting = round_of(10)
    *_, last = in_round(sitting)
    assert suggestion(sitting.floor, at(10)) == offered(sitting)
    sitting.do(11, CHAIR, FloorGive(last))
    sitting.do(12, last, OfferAccept())
    assert last not in in_round(sitting)


def test_a_round_is_not_begun_on_a_closed_floor_nor_in_free_speech() -> None:
    assert Sitting().refused(1, CHAIR, FloorSet("round")) == "floor.closed"
    assert opened(mode="free").refused(1, CHAIR, FloorSet("round")) == "floor.no_queue"


def test_another_mode_ends_the_round() -> None:
    sitting = round_of(10)
    sitting.do(11, CHAIR, FloorSet("chaired"))
    assert sitting.floor.round is None


def round_of(second: float) -> Sitting:
    """Four people, and a round that begins then."""
    sitting = opened()
    sitting.do(second, CHAIR, FloorSet("round"))
    return sitting


def in_round(sitting: Sitting) -> tuple[str, ...]:
    assert sitting.floor.round
    return sitting.floor.round.members


def offered(sitting: Sitting) -> str:
    assert isinstance(sitting.phase, Offered)
    return sitting.phase.member


def turn_of_the_round(sitting: Sitting, second: float) -> str:
    member = offered(sitting)
    sitting.do(second, member, OfferAccept())
    sitting.do(second + 5, member, TurnYield())
    sitting.advance(second + 9)
    return member
