"""From a raised hand to the end of a turn, in mode `balanced`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from floor.core.commands import (
    FloorGive,
    FloorPause,
    FloorResume,
    HandLower,
    HandRaise,
    MemberArrive,
    MemberLeave,
    OfferAccept,
    OfferDecline,
    OfferProlong,
    TurnEnd,
    TurnExtend,
    TurnYield,
)
from floor.core.events import HandLowered, OfferLapsed, TurnEnded, TurnLimited, TurnStarted
from floor.core.types import Handover, Offered, Open, Request, Speaking, Wrapping
from tests.core.floor.sitting import CHAIR, Sitting, at, opened


def speaking(*waiting: str) -> Sitting:
    """Alba has spoken since second 0, and these people ask at second 1."""
    sitting = opened()
    sitting.do(0, "alba", HandRaise())
    sitting.do(0, "alba", OfferAccept())
    for member in waiting:
        sitting.do(1, member, HandRaise())
    return sitting


def test_a_raised_hand_on_a_free_floor_is_offered_the_floor() -> None:
    sitting = opened()
    assert sitting.do(5, "alba", HandRaise()) == ["hand.raised", "floor.offered"]
    assert sitting.phase == Offered("alba", at(13), "queue", "normal", departs=False)


def test_an_accepted_offer_starts_the_turn_and_uses_up_the_request() -> None:
    sitting = speaking()
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), None)
    assert sitting.floor.queue == ()


def test_a_declined_offer_goes_to_the_next_in_line() -> None:
    sitting = opened()
    sitting.do(5, "alba", HandRaise())
    sitting.do(6, "bruno", HandRaise())
    assert sitting.do(7, "alba", OfferDecline()) == ["offer.lapsed", "hand.lowered", "floor.offered"]
    assert sitting.phase == Offered("bruno", at(15), "queue", "normal", departs=False)


def test_an_offer_nobody_answers_lapses_with_the_request() -> None:
    sitting = opened()
    sitting.do(5, "alba", HandRaise())
    assert sitting.phase_at(13) == Open()
    assert [event for event, when, _ in sitting.log if when == at(13)] == [
        OfferLapsed("alba", "timeout"),
        HandLowered("alba", "timeout", "normal"),
    ]


def test_lowering_the_hand_declines_the_offer() -> None:
    sitting = opened()
    sitting.do(5, "alba", HandRaise())
    assert sitting.do(6, "alba", HandLower()) == ["offer.lapsed", "hand.lowered"]


def test_asking_again_while_the_floor_is_offered_accepts_it() -> None:
    sitting = opened()
    sitting.do(5, "alba", HandRaise())
    assert sitting.do(6, "alba", HandRaise()) == ["turn.started"]


def test_only_the_person_it_is_offered_to_may_accept() -> None:
    sitting = opened()
    sitting.do(5, "alba", HandRaise())
    assert sitting.refused(6, "bruno", OfferAccept()) == "floor.not_offered"
    assert sitting.refused(14, "alba", OfferAccept()) == "floor.not_offered"


def test_a_second_hand_of_the_same_kind_changes_nothing() -> None:
    sitting = speaking("bruno")
    assert sitting.do(2, "bruno", HandRaise()) == []


def test_while_nobody_waits_a_turn_has_no_end() -> None:
    sitting = speaking()
    assert sitting.phase_at(1000) == Speaking("alba", "normal", 1, at(0), None)
    assert sitting.seconds("alba") == 0
    sitting.do(1000, "alba", TurnYield())
    assert sitting.seconds("alba") == 1000


def test_the_limit_comes_with_the_first_person_who_waits() -> None:
    sitting = speaking("bruno")
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), at(45))


def test_turns_get_shorter_as_the_queue_grows_but_not_shorter_than_the_shortest() -> None:
    room = opened(*"abcdefghij")
    room.do(0, "a", HandRaise())
    room.do(0, "a", OfferAccept())
    ends = []
    for member in "bcdefghij":
        room.do(1, member, HandRaise())
        assert isinstance(room.phase, Speaking)
        ends.append(room.phase.ends_at)
    assert ends == [at(second) for second in (45, 45, 45, 45, 40, 34.285, 30, 30, 30)]


def test_who_is_over_the_share_shortens_nobodys_turn_to_the_half() -> None:
    sitting = opened()
    sitting.turn(0, "bruno", end=60)
    sitting.do(70, "alba", HandRaise())
    sitting.do(70, "alba", OfferAccept())
    sitting.do(71, "bruno", HandRaise())
    assert sitting.phase == Speaking("alba", "normal", 2, at(70), at(160), over_ms=-15_000)
    sitting.do(72, "carla", HandRaise())
    assert sitting.events_of(TurnLimited)[-1] == TurnLimited("alba", at(70 + 45 + 3.75))


def test_a_hand_after_the_limit_begins_the_wrap_up_at_once() -> None:
    sitting = speaking()
    assert sitting.do(200, "bruno", HandRaise()) == ["hand.raised", "turn.wrapping"]
    assert sitting.phase == Wrapping("alba", "normal", 1, at(0), at(210))


def test_past_the_limit_ten_seconds_remain_then_the_floor_closes() -> None:
    sitting = speaking("bruno")
    assert isinstance(sitting.phase_at(45), Wrapping)
    assert sitting.phase_at(55) == early("bruno", 58)
    assert sitting.seconds("alba") == 55


def early(member: str, second: float) -> Offered:
    """The floor offered in a gap that ends at this second."""
    return Offered(member, at(second + 8), "queue", "normal", departs=False, gap_until=at(second))


def test_the_next_in_line_is_offered_the_floor_in_the_gap_and_has_as_long_after_it() -> None:
    sitting = speaking("bruno")
    assert sitting.do(20, "alba", TurnYield()) == ["turn.ended", "floor.offered"]
    assert sitting.phase == early("bruno", 23)
    sitting.do(29, "bruno", OfferAccept())
    assert sitting.events_of(TurnStarted)[-1] == TurnStarted("bruno", None, "normal")
    assert (sitting.floor.gap_ms, sitting.floor.held_ms) == (3000, 6000)


def test_who_accepts_in_the_gap_begins_when_it_ends() -> None:
    sitting = speaking("bruno")
    sitting.do(20, "alba", TurnYield())
    assert sitting.do(21, "bruno", OfferAccept()) == ["offer.accepted"]
    assert sitting.do(21.5, "bruno", OfferAccept()) == []
    assert sitting.do(21.5, "bruno", OfferProlong()) == []
    assert sitting.phase_at(22.9) == replace(early("bruno", 23), until=at(23), is_accepted=True)
    assert sitting.phase_at(23) == Speaking("bruno", "normal", 2, at(23), None, over_ms=-5000)
    assert (sitting.floor.gap_ms, sitting.floor.held_ms) == (3000, 0)


def test_who_passes_in_the_gap_leaves_the_rest_of_it_to_the_next() -> None:
    for answers in ((OfferDecline(),), (OfferAccept(), HandLower())):
        sitting = speaking("bruno", "carla")
        sitting.do(20, "alba", TurnYield())
        for answer in answers:
            sitting.do(21, "bruno", answer)
        assert sitting.phase == early("carla", 23)


def test_in_the_gap_nobody_over_the_share_is_called_for_somebody_owed_time_may_still_ask() -> None:
    sitting = speaking()
    sitting.do(19, "alba", HandRaise())
    sitting.do(20, "alba", TurnYield())
    assert sitting.phase_at(22) == Handover(at(23))
    sitting.do(22, "bruno", HandRaise())
    assert sitting.phase == early("bruno", 23)


def test_a_pause_moves_the_gap_in_which_somebody_is_called() -> None:
    sitting = speaking("bruno")
    sitting.do(20, "alba", TurnYield())
    sitting.do(21, CHAIR, FloorPause())
    sitting.do(121, CHAIR, FloorResume())
    assert sitting.phase == early("bruno", 123)
    assert (sitting.phase_at(131), sitting.floor.gap_ms, sitting.floor.held_ms) == (Open(), 3000, 8000)


def test_the_chairs_call_ends_the_gap() -> None:
    sitting = speaking("bruno")
    sitting.do(20, "alba", TurnYield())
    assert sitting.do(21, CHAIR, FloorGive("carla")) == ["offer.lapsed", "floor.offered"]
    assert sitting.do(21.5, "carla", OfferAccept()) == ["turn.started"]


def test_after_the_gap_the_floor_is_open_when_nobody_waits() -> None:
    sitting = speaking()
    sitting.do(20, "alba", TurnYield())
    assert sitting.phase_at(23) == Open()


def test_when_the_last_who_waited_withdraws_the_limit_is_lifted() -> None:
    sitting = speaking("bruno")
    sitting.advance(50)
    assert sitting.do(51, "bruno", HandLower()) == ["hand.lowered", "turn.limited"]
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), None)


def test_the_speaker_may_ask_for_another_turn_and_does_not_wait_for_it_now() -> None:
    sitting = speaking()
    assert sitting.do(5, "alba", HandRaise()) == ["hand.raised"]
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), None)


def test_who_asks_while_speaking_waits_from_the_end_of_the_turn() -> None:
    """A hand that aged while its owner spoke would go before those who are owed time (G3)."""
    sitting = speaking()
    sitting.do(5, "alba", HandRaise())
    sitting.do(380, "bruno", HandRaise())
    sitting.do(389, "alba", TurnYield())
    assert sitting.floor.queue[-1] == Request("alba", "normal", at(389))
    sitting.do(394, "bruno", OfferAccept())
    sitting.do(395, "bruno", HandRaise())
    sitting.do(400, "bruno", TurnYield())
    assert sitting.phase_at(403) == early("bruno", 403)


@pytest.mark.parametrize("is_paused", [False, True])
def test_a_hand_of_the_moment_in_which_a_turn_ends_goes_before_that_of_its_speaker(is_paused: bool) -> None:
    """All of a pause is one moment to those who wait."""
    sitting = opened()
    for member, start, end in (("carla", 0, 60), ("bruno", 70, 75)):
        sitting.turn(start, member, end=end)
    sitting.do(80, "alba", HandRaise())
    sitting.do(80, "alba", OfferAccept())
    sitting.do(85, "alba", HandRaise())
    if is_paused:
        sitting.do(88, CHAIR, FloorPause())
    sitting.do(89, "bruno", HandRaise())
    sitting.do(90 if is_paused else 89, CHAIR, TurnEnd())
    if is_paused:
        sitting.do(100, CHAIR, FloorResume())
    assert (type(sitting.phase), getattr(sitting.phase, "member", None)) == (Offered, "bruno")


def test_who_asked_before_speaking_to_order_keeps_the_place() -> None:
    sitting = speaking("bruno")
    sitting.do(2, "bruno", HandRaise("order"))
    sitting.do(10, "alba", TurnYield())
    sitting.do(14, "bruno", OfferAccept())
    sitting.do(20, "bruno", TurnYield())
    assert [request.asked_at for request in sitting.floor.queue] == [at(1)]


def test_an_extension_moves_the_end_and_later_hands_do_not_take_it_back() -> None:
    sitting = speaking("bruno")
    sitting.do(10, CHAIR, TurnExtend(30))
    sitting.do(11, "carla", HandRaise())
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), at(75), 30_000, given_until=at(40))


def test_an_extension_in_the_wrap_up_counts_from_now() -> None:
    sitting = speaking("bruno")
    sitting.do(50, CHAIR, TurnExtend(30))
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), at(80), 30_000, given_until=at(80))


def test_an_extension_before_anybody_waits_counts_when_somebody_does() -> None:
    sitting = speaking()
    sitting.do(10, CHAIR, TurnExtend(30))
    sitting.do(20, "bruno", HandRaise())
    assert sitting.events_of(TurnLimited) == [TurnLimited("alba", at(75))]


def test_time_given_while_nobody_waits_is_not_lost_when_somebody_does() -> None:
    sitting = speaking()
    sitting.do(198, CHAIR, TurnExtend(60))
    assert sitting.do(199, "bruno", HandRaise()) == ["hand.raised", "turn.limited"]
    assert isinstance(sitting.phase_at(257), Speaking)
    assert isinstance(sitting.phase_at(258), Wrapping)


def test_a_pause_moves_what_was_given_too() -> None:
    sitting = speaking()
    sitting.do(198, CHAIR, TurnExtend(60))
    sitting.do(200, CHAIR, FloorPause())
    sitting.do(300, CHAIR, FloorResume())
    sitting.do(301, "bruno", HandRaise())
    assert sitting.events_of(TurnLimited) == [TurnLimited("alba", at(358))]


def test_the_chair_may_end_a_turn() -> None:
    sitting = speaking()
    sitting.do(10, CHAIR, TurnEnd())
    assert sitting.events_of(TurnEnded) == [TurnEnded("alba", "chair", at(13))]


def test_nobody_ends_extends_or_yields_what_is_not_there() -> None:
    sitting = opened()
    assert sitting.refused(1, CHAIR, TurnEnd()) == "floor.nobody_speaks"
    assert sitting.refused(1, CHAIR, TurnExtend(30)) == "floor.nobody_speaks"
    assert sitting.refused(1, "alba", TurnYield()) == "floor.not_yours"
    assert speaking().refused(1, CHAIR, TurnExtend(0)) == "floor.bad_extension"


def test_a_point_of_order_goes_before_those_who_wait_and_is_brief() -> None:
    sitting = speaking("bruno")
    sitting.do(10, "carla", HandRaise("order"))
    sitting.do(20, "alba", TurnYield())
    sitting.do(24, "carla", OfferAccept())
    assert sitting.events_of(TurnStarted)[-1] == TurnStarted("carla", at(54), "order")


def test_points_of_order_are_two_a_person_and_item() -> None:
    sitting = opened()
    for second in (0, 10):
        sitting.do(second, "carla", HandRaise("order"))
        sitting.do(second + 4, "carla", OfferAccept())
        sitting.do(second + 5, "carla", TurnYield())
    assert sitting.refused(20, "carla", HandRaise("order")) == "floor.orders_used"
    sitting.begin_item(30)
    assert sitting.do(31, "carla", HandRaise("order")) == ["hand.raised", "floor.offered"]


def test_a_point_of_order_whose_offer_goes_by_is_used_up() -> None:
    sitting = opened()
    sitting.do(0, "carla", HandRaise("order"))
    sitting.do(1, "carla", OfferDecline())
    sitting.do(2, "carla", HandRaise("order"))
    assert sitting.phase_at(10) == Open()
    assert sitting.refused(11, "carla", HandRaise("order")) == "floor.orders_used"


def test_hands_that_wait_count_among_the_points_of_order() -> None:
    sitting = speaking()
    sitting.do(2, "carla", HandRaise("interposed"))
    sitting.do(2, "carla", HandRaise("intervention"))
    assert sitting.refused(3, "carla", HandRaise("order")) == "floor.orders_used"


def test_declining_a_point_of_order_keeps_the_ordinary_hand_and_its_place() -> None:
    for answer in (OfferDecline(), None):
        sitting = speaking("carla")
        sitting.do(2, "carla", HandRaise("order"))
        sitting.do(10, "alba", TurnYield())
        if answer:
            sitting.do(14, "carla", answer)
        sitting.advance(21)
        assert [(each.kind, each.asked_at) for each in sitting.floor.queue] == [("normal", at(1))]


def test_who_leaves_the_offer_of_a_point_of_order_has_used_it_and_keeps_the_ordinary_hand() -> None:
    sitting = speaking("carla")
    sitting.do(2, "carla", HandRaise("order"))
    sitting.do(10, "alba", TurnYield())
    assert sitting.do(14, None, MemberLeave("carla")) == ["offer.lapsed", "hand.lowered", "member.left"]
    assert sitting.floor.people["carla"].orders == 1
    sitting.do(20, None, MemberArrive("carla"))
    assert sitting.phase == Offered("carla", at(28), "queue", "normal", departs=False)


def test_an_ordinary_hand_does_not_take_the_offer_of_a_point_of_order() -> None:
    sitting = opened()
    sitting.do(1, "carla", HandRaise("order"))
    assert sitting.do(2, "carla", HandRaise()) == ["hand.raised"]
    assert isinstance(sitting.phase, Offered)


def test_a_reply_is_called_only_by_the_chair() -> None:
    sitting = opened()
    assert sitting.do(1, "alba", HandRaise("reply")) == ["hand.raised"]
    assert sitting.phase == Open()


def test_a_stranger_may_not_ask() -> None:
    assert opened().refused(1, "nobody", HandRaise()) == "floor.no_place"
