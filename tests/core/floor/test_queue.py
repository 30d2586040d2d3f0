"""The queue beside its order: classes, tags, the closed list, a hand put ahead, longer offers, no invitations."""

from __future__ import annotations

from floor.core.commands import (
    HandAdvance,
    HandRaise,
    InvitationsAllow,
    InvitationsStop,
    ListClose,
    ListOpen,
    OfferAccept,
    OfferProlong,
    TurnYield,
)
from floor.core.events import HandRaised, TurnStarted
from floor.core.policy import is_nudge_due, line
from floor.core.types import Held, Kind, Speaking
from tests.core.floor.sitting import CHAIR, Sitting, at, opened


def spoken_for() -> Sitting:
    """Alba speaks; the others may ask."""
    sitting = opened()
    sitting.do(0, "alba", HandRaise())
    sitting.do(0, "alba", OfferAccept())
    return sitting


def dominated() -> Sitting:
    """Alba has spoken for 100 s in a room of four."""
    sitting = opened()
    sitting.turn(0, "alba", end=100)
    sitting.advance(105)
    return sitting


def order(sitting: Sitting, second: float) -> list[tuple[str, str]]:
    return [(request.member, request.kind) for request in line(sitting.floor, at(second))]


def test_classes_above_normal_go_first_in_their_order_whenever_the_hand_went_up() -> None:
    sitting = spoken_for()
    sitting.do(1, "bruno", HandRaise())
    sitting.do(2, "bruno", HandRaise("order"))
    sitting.do(3, "carla", HandRaise("intervention"))
    sitting.do(4, "dora", HandRaise("interposed"))
    assert order(sitting, 5) == [
        ("dora", "interposed"),
        ("carla", "intervention"),
        ("bruno", "order"),
        ("bruno", "normal"),
    ]


def test_all_classes_above_normal_draw_on_the_same_small_number() -> None:
    sitting = opened()
    kinds: tuple[Kind, ...] = ("interposed", "intervention")
    for second, kind in zip((0, 40), kinds, strict=True):
        sitting.do(second, "bruno", HandRaise(kind))
        sitting.do(second + 1, "bruno", OfferAccept())
        sitting.do(second + 2, "bruno", TurnYield())
    assert sitting.refused(90, "bruno", HandRaise("order")) == "floor.orders_used"


def test_what_one_announces_to_speak_goes_from_the_hand_to_the_turn() -> None:
    sitting = opened()
    sitting.do(1, "alba", HandRaise(tag="against"))
    assert sitting.events_of(HandRaised) == [HandRaised("alba", "normal", "against")]
    sitting.do(2, "alba", OfferAccept())
    assert sitting.phase == Speaking("alba", "normal", 1, at(2), None, tag="against")


def test_on_a_closed_list_only_the_classes_above_normal_may_ask() -> None:
    sitting = spoken_for()
    sitting.do(1, "bruno", HandRaise())
    assert sitting.do(2, CHAIR, ListClose()) == ["list.closed"]
    assert sitting.do(3, CHAIR, ListClose()) == []
    assert sitting.refused(4, "carla", HandRaise()) == "floor.list_closed"
    assert sitting.do(5, "carla", HandRaise("order"))[0] == "hand.raised"
    assert order(sitting, 6) == [("carla", "order"), ("bruno", "normal")]
    sitting.do(7, CHAIR, ListOpen())
    assert sitting.do(8, "dora", HandRaise())[0] == "hand.raised"


def test_the_next_item_opens_the_list_again() -> None:
    sitting = spoken_for()
    sitting.do(2, CHAIR, ListClose())
    sitting.begin_item(3)
    assert sitting.do(4, "carla", HandRaise())[0] == "hand.raised"


def test_nobody_is_asked_to_speak_while_the_list_is_closed() -> None:
    sitting = dominated()
    assert is_nudge_due(sitting.floor, "bruno", at(300))
    sitting.do(106, CHAIR, ListClose())
    assert not is_nudge_due(sitting.floor, "bruno", at(300))


def test_a_hand_that_the_chair_puts_ahead_goes_before_both_lists() -> None:
    sitting = spoken_for()
    for second, member in enumerate(("bruno", "carla", "dora"), 1):
        sitting.do(second, member, HandRaise())
    assert sitting.do(5, CHAIR, HandAdvance("dora")) == ["hand.advanced"]
    assert sitting.do(6, CHAIR, HandAdvance("dora")) == []
    sitting.do(7, "bruno", HandRaise("order"))
    assert [member for member, _ in order(sitting, 8)] == ["bruno", "dora", "bruno", "carla"]
    assert sitting.refused(9, CHAIR, HandAdvance("alba")) == "floor.no_hand"
    sitting.do(10, "alba", HandRaise("reply"))
    assert sitting.refused(11, CHAIR, HandAdvance("alba")) == "floor.no_hand"


def test_the_hand_that_was_put_first_last_is_first_so_the_chair_can_make_any_order() -> None:
    sitting = spoken_for()
    for second, member in enumerate(("bruno", "carla", "dora"), 1):
        sitting.do(second, member, HandRaise())
    for second, member in enumerate(("bruno", "carla", "dora", "carla"), 5):
        assert sitting.do(second, CHAIR, HandAdvance(member)) == ["hand.advanced"]
    assert [member for member, _ in order(sitting, 10)] == ["carla", "dora", "bruno"]


def test_an_offer_lasts_longer_once_for_somebody_whose_screen_was_not_in_sight() -> None:
    sitting = opened()
    sitting.do(0, "alba", HandRaise())
    assert sitting.refused(1, "bruno", OfferProlong()) == "floor.not_offered"
    assert sitting.do(2, "alba", OfferProlong()) == ["offer.prolonged"]
    assert sitting.do(3, "alba", OfferProlong()) == []
    sitting.do(19, "alba", OfferAccept())
    assert sitting.events_of(TurnStarted) == [TurnStarted("alba", None, "normal")]


def test_who_wants_no_invitations_is_not_invited_until_they_allow_it() -> None:
    sitting = dominated()
    assert sitting.do(106, "bruno", InvitationsStop()) == ["invitations.stopped"]
    assert sitting.do(106, "bruno", InvitationsStop()) == []
    sitting.do(110, "alba", HandRaise())
    assert sitting.phase == Held("carla", at(114))
    assert sitting.do(111, "bruno", InvitationsAllow()) == ["invitations.allowed"]
