"""Time beside the fair share: carried over, corrected, shared by groups, by language; gaps that wait for texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from floor.core.commands import (
    GroupForm,
    HandRaise,
    LagReport,
    OfferAccept,
    PaceMeasure,
    PaceSet,
    TimeCorrect,
    TurnYield,
)
from floor.core.events import TimeCorrected
from floor.core.ledger import add_person
from floor.core.machine import owed_ms
from floor.core.paces import LENGTHS, measured_paces
from floor.core.types import Budget, Handover, Limits, Speaking
from kernel.languages import base_of
from tests.core.floor.sitting import CHAIR, at, opened


def test_nothing_is_carried_over_unless_the_limits_say_so() -> None:
    sitting = opened()
    sitting.turn(0, "alba", end=100)
    sitting.begin_item(110)
    assert [owed_ms(sitting.floor, key, at(110)) for key in ("alba", "bruno")] == [0, 0]


def test_half_of_what_is_owed_and_over_goes_on_into_the_next_item() -> None:
    sitting = opened(limits=Limits(carry_percent=50))
    sitting.turn(0, "alba", end=100)
    sitting.begin_item(110)
    assert [owed_ms(sitting.floor, key, at(110)) for key in ("alba", "bruno")] == [-37_500, 12_500]


def test_the_chair_corrects_what_was_counted_but_never_below_nothing() -> None:
    sitting = opened()
    sitting.turn(0, "alba", end=20)
    assert sitting.do(30, CHAIR, TimeCorrect("alba", -15, "machine")) == ["time.corrected"]
    assert sitting.seconds("alba") == 5
    sitting.do(31, CHAIR, TimeCorrect("alba", -15, "mistake"))
    assert sitting.events_of(TimeCorrected)[-1] == TimeCorrected("alba", -5000, "mistake")
    assert sitting.refused(32, CHAIR, TimeCorrect("alba", 0, "mistake")) == "floor.bad_correction"


def test_a_group_that_overruns_gives_every_group_as_much_more() -> None:
    sitting = opened()
    sitting.do(0, CHAIR, GroupForm("left", ("alba", "bruno"), 60))
    sitting.do(0, CHAIR, GroupForm("right", ("carla",), 60))
    sitting.do(1, "alba", HandRaise())
    sitting.do(1, "alba", OfferAccept())
    assert sitting.do(81, "alba", TurnYield()) == ["turn.ended", "group.compensated"]
    assert {name: group.left_ms for name, group in sitting.floor.groups.items()} == {"left": 0, "right": 80_000}


def test_whoever_joins_a_group_that_overruns_takes_nothing_from_the_others() -> None:
    sitting = opened()
    sitting.do(0, CHAIR, GroupForm("left", ("alba",), 60))
    sitting.do(0, CHAIR, GroupForm("right", ("carla",), 60))
    sitting.do(1, "alba", HandRaise())
    sitting.do(1, "alba", OfferAccept())
    assert sitting.do(71.5, CHAIR, GroupForm("left", ("alba", "bruno"), None)) == ["group.formed"]
    assert sitting.floor.groups["left"] == Budget(("alba", "bruno"), -10_500)
    assert sitting.do(81, "alba", TurnYield()) == ["turn.ended", "group.compensated"]
    assert {name: group.left_ms for name, group in sitting.floor.groups.items()} == {"left": 0, "right": 80_000}
    assert sitting.refused(82, CHAIR, GroupForm("middle", ("bruno",), None)) == "floor.bad_limits"


def test_nobody_is_in_two_groups_and_a_group_of_nobody_is_gone() -> None:
    sitting = opened()
    sitting.do(0, CHAIR, GroupForm("left", ("alba", "bruno"), 60))
    sitting.do(1, CHAIR, GroupForm("right", ("bruno",), 30))
    assert sitting.floor.groups == {"left": Budget(("alba",), 60_000), "right": Budget(("bruno",), 30_000)}
    sitting.do(2, CHAIR, GroupForm("left", (), 0))
    assert list(sitting.floor.groups) == ["right"]


def test_a_correction_goes_to_the_group_too_and_of_nothing_there_is_none() -> None:
    sitting = opened()
    sitting.do(0, CHAIR, GroupForm("left", ("alba", "bruno"), 60))
    assert sitting.do(1, CHAIR, TimeCorrect("alba", -15, "machine")) == []
    sitting.turn(1, "alba", end=21)
    sitting.do(30, CHAIR, TimeCorrect("alba", -15, "machine"))
    assert sitting.floor.groups["left"].left_ms == 55_000


def test_a_turn_is_longer_in_a_language_that_needs_longer() -> None:
    sitting = opened()
    sitting.floor = add_person(sitting.floor, "alba", "fr")
    assert sitting.do(0, CHAIR, PaceSet({"fr": 120})) == ["pace.changed"]
    assert sitting.do(0, CHAIR, PaceSet({"fr": 120})) == []
    sitting.do(0, "alba", HandRaise())
    sitting.do(0, "alba", OfferAccept())
    sitting.do(1, "bruno", HandRaise())
    assert sitting.phase == Speaking("alba", "normal", 1, at(0), at(54))


def test_turns_are_as_long_as_was_measured_and_on_average_as_long_as_before() -> None:
    sitting = opened()
    for name, lang in (("alba", "fr"), ("bruno", "en"), ("carla", "en"), ("dora", "vec")):
        sitting.floor = add_person(sitting.floor, name, lang)
    assert sitting.do(0, CHAIR, PaceMeasure()) == ["pace.changed"]
    paces = sitting.floor.paces
    assert paces == {"fr": 110, "en": 95}
    assert sum(paces[lang] for lang in ("fr", "en", "en")) == 300
    assert sitting.do(0, CHAIR, PaceMeasure()) == []


@given(st.lists(st.sampled_from([*sorted(LENGTHS), "pt-BR", "eu"]), min_size=1, max_size=15))
def test_the_same_content_gets_the_same_part_of_a_turn_in_every_measured_language(langs: list[str]) -> None:
    paces = measured_paces(langs)
    shares = [paces.get(lang, 100) / LENGTHS[base_of(lang)] for lang in langs if base_of(lang) in LENGTHS]
    assert not shares or max(shares) / min(shares) < 1.05
    assert "eu" not in paces


def test_a_pace_beyond_half_and_double_is_refused() -> None:
    assert opened().refused(0, CHAIR, PaceSet({"fr": 201})) == "floor.bad_pace"


def test_gaps_grow_while_translations_lag_up_to_a_limit() -> None:
    sitting = opened()
    for lag_ms, seconds in ((4200, 5), (60_000, 10), (0, 3)):
        now = sitting.floor.settled_at / 1000 - 1000
        sitting.do(now, None, LagReport(lag_ms))
        sitting.do(now, "alba", HandRaise())
        sitting.do(now, "alba", OfferAccept())
        sitting.do(now + 1, "alba", TurnYield())
        assert sitting.phase == Handover(at(now + 1 + seconds))
        sitting.advance(now + 30)


def test_lag_is_told_in_whole_seconds_so_that_not_every_text_is_an_event() -> None:
    sitting = opened()
    assert sitting.do(1, None, LagReport(4200)) == ["lag.changed"]
    assert sitting.do(2, None, LagReport(4900)) == []
