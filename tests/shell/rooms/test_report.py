"""The report of a room, from its log alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from floor.core.commands import FloorGive, FloorPause, FloorSet, HandRaise, OfferAccept, TurnEnd, TurnExtend, TurnYield
from floor.core.figures import gini
from floor.core.types import Limits
from rooms import queries
from rooms.core.report import Spoken
from rooms.core.summary import summary_of
from rooms.core.types import ContributionMake, NoteMake
from rooms.models import Room
from tests.cast import Cast
from tests.shell.rooms.play import Talk

pytestmark = pytest.mark.django_db


def test_seconds_and_turns_of_each_person_who_could_speak(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.give_turn(1, cast.ana.key)
    talk.do(11, cast.ana.key, ContributionMake("Hola", "es"))
    talk.do(31, cast.ana.key, TurnYield())
    talk.do(32, cast.bo.key, NoteMake("Oui", "fr"))
    report = queries.report(room)
    assert report.people == {cast.ana.key: Spoken(30_000, 1, 1, 0), cast.bo.key: Spoken(0, 0, 0, 1)}
    assert (report.share[cast.ana.key], report.gini) == (Fraction(1), Fraction(1, 2))


def test_every_act_of_the_chair_is_counted_once(room: Room, cast: Cast) -> None:
    talk, chair = Talk(room, cast), cast.fatou.key
    talk.do(1, chair, FloorSet("chaired", Limits()))
    talk.do(2, cast.ana.key, HandRaise())
    talk.do(3, chair, FloorGive(cast.bo.key))
    talk.do(4, cast.bo.key, OfferAccept())
    talk.do(5, chair, TurnExtend(30))
    talk.do(6, chair, TurnEnd())
    talk.do(7, chair, FloorGive(cast.ana.key))
    talk.do(8, chair, FloorPause())
    summary = summary_of(queries.log_of(room), {})
    assert summary.acts == {"invitation": 1, "grant": 1, "extension": 1, "cut": 1, "pause": 1, "rules": 1}
    assert (summary.departures, summary.extended_s) == (1, 30)


def test_a_room_in_which_nothing_happened_has_an_empty_report(room: Room) -> None:
    summary = summary_of(queries.log_of(room), {})
    assert (queries.report(room).gini, summary.acts, summary.departures) == (Fraction(0), {}, 0)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 0), ([0, 0], 0), ([5, 5, 5], 0), ([0, 0, 0, 8], Fraction(3, 4)), ([1, 3], Fraction(1, 4))],
)
def test_gini_is_exact(values: list[int], expected: Fraction) -> None:
    assert gini(values) == expected
