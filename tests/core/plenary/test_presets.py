"""Every rule that is offered by name decides as the body it is named after, with that body's numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernel import wire
from plenary.core.presets import (
    CONFERENCE_HEARD,
    CONFERENCE_INSTITUTIONS,
    PRESETS,
    conference,
    conference_plenary,
    consent,
    deliberative_committee,
    double_majority,
    every_chamber,
    simple_majority,
    supermajority,
)
from plenary.core.rules import Base, Electorate, Level, Rule, Threshold, Tie, check
from plenary.core.tally import Count, Outcome, Settled, tally

PANEL_2 = [(yes, 200 - yes) for yes in range(140, 179)] + [(139, 61), (120, 80), (90, 110)]
"""Conference on the Future of Europe, panel 2, in spirit: 42 motions at 70 %, 39 of them adopted."""
CONFERENCE_SEATS = dict(
    zip(
        (*CONFERENCE_INSTITUTIONS, *CONFERENCE_HEARD),
        (108, 54, 3, 108, 80, 28, 18, 18, 6, 6, 12, 8),
        strict=True,
    )
)
"""The plenary of the Conference: 108 citizens are 80 of the panels, 27 of the nations and one of the Youth Forum."""
CANTONS = tuple(f"canton {number}" for number in range(1, 24))


def counted(electorate: str, yes: int, no: int, abstain: int = 0, *, entitled: int = 0) -> Count:
    """A count; everybody entitled has voted unless said otherwise, and was present."""
    total = yes + no + abstain
    return Count(electorate, entitled or total, entitled or total, yes, no, abstain)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_can_be_counted_and_travels_unchanged(preset: str) -> None:
    rule = PRESETS[preset].rule(Level.PUBLIC, ("citizens", "parliament"))
    check(rule)
    assert wire.decode(Rule, wire.encode(rule)) == rule


@pytest.mark.parametrize(
    ("chambers", "offered"),
    [
        ((), {"simple_majority", "most", "conference", "supermajority", "consent"}),
        (("citizens",), {"simple_majority", "most", "conference", "supermajority", "consent"}),
        (("citizens", "parliament"), {*PRESETS} - {"conference_plenary"}),
        (tuple(CONFERENCE_SEATS), {*PRESETS} - {"deliberative_committee"}),
    ],
)
def test_only_what_an_assembly_has_the_chambers_for_is_offered(chambers: tuple[str, ...], offered: set[str]) -> None:
    assert {name for name, preset in PRESETS.items() if preset.fits(chambers)} == offered


@pytest.mark.parametrize(
    ("yes", "no", "adopted"), [(5001, 4999, True), (5000, 5000, False), (4999, 5001, False), (1, 0, False)]
)
def test_a_simple_majority_is_more_than_half(yes: int, no: int, adopted: bool) -> None:
    assert tally([counted("citizens", yes, no, entitled=10_000)], simple_majority()).adopted is adopted


@pytest.mark.parametrize(("yes", "adopted"), [(7000, True), (6999, False)])
def test_seventy_percent_at_the_boundary(yes: int, adopted: bool) -> None:
    assert tally([counted("citizens", yes, 10_000 - yes)], conference()).adopted is adopted


def test_the_panel_adopts_thirty_nine_of_its_forty_two_motions() -> None:
    adopted = [tally([counted("citizens", yes, no)], conference()).adopted for yes, no in PANEL_2]
    assert (len(adopted), sum(adopted)) == (42, 39)


@pytest.mark.parametrize(("yes", "adopted"), [(8000, True), (7999, False)])
def test_eighty_percent_at_the_boundary(yes: int, adopted: bool) -> None:
    assert tally([counted("citizens", yes, 10_000 - yes)], supermajority()).adopted is adopted


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "adopted"),
    [(7000, 3000, 0, True), (6999, 3001, 0, False), (7000, 0, 3000, True), (6999, 0, 3001, False)],
)
def test_seventy_percent_of_the_valid_votes_at_the_boundary(yes: int, no: int, abstain: int, adopted: bool) -> None:
    rule = Rule((Electorate("citizens", base=Base.VALID, threshold=Threshold(at_least="7/10")),))
    assert tally([counted("citizens", yes, no, abstain)], rule).adopted is adopted


@pytest.mark.parametrize(
    ("yes", "no", "aside", "upheld", "adopted", "settled"),
    [
        pytest.param(8000, 2000, 0, 0, True, Settled.COUNT, id="80 % and nothing upheld"),
        pytest.param(7999, 2001, 0, 0, False, Settled.COUNT, id="79.99 %"),
        pytest.param(8000, 0, 2000, 0, True, Settled.COUNT, id="who stands aside is in the base"),
        pytest.param(7999, 0, 2001, 0, False, Settled.COUNT, id="and has not consented"),
        pytest.param(10_000, 0, 0, 1, False, Settled.OBJECTION, id="all but for one objection"),
        pytest.param(5000, 5000, 0, 2, False, Settled.OBJECTION, id="an objection comes first"),
    ],
)
def test_consent_needs_four_fifths_and_no_objection_upheld(
    yes: int, no: int, aside: int, upheld: int, adopted: bool, settled: Settled
) -> None:
    outcome = tally([counted("citizens", yes, no, aside)], consent(), upheld=upheld)
    assert (outcome.adopted, outcome.settled) == (adopted, settled)


def test_where_no_objections_are_heard_none_stops_a_motion() -> None:
    assert tally([counted("citizens", 8, 2)], supermajority(), upheld=1).adopted


@pytest.mark.parametrize(
    ("parliament", "citizens", "adopted", "departs"),
    [
        pytest.param((8, 7), (30, 15), True, (), id="Brussels, both for"),
        pytest.param((8, 7), (15, 30), True, ("citizens",), id="Brussels, the citizens against"),
        pytest.param((7, 8), (45, 0), False, ("citizens",), id="Brussels, only the citizens for"),
        pytest.param((6, 4), (14, 16), True, ("citizens",), id="Wallonia, the citizens against"),
        pytest.param((5, 5), (15, 15), False, (), id="Wallonia, everybody divided"),
    ],
)
def test_parliament_decides_and_owes_reasons_where_it_departs(
    parliament: tuple[int, int],
    citizens: tuple[int, int],
    adopted: bool,
    departs: tuple[str, ...],
) -> None:
    outcome = tally([counted("parliament", *parliament), counted("citizens", *citizens)], deliberative_committee())
    assert (outcome.adopted, outcome.departs_from) == (adopted, departs)


def test_advice_that_too_few_gave_is_none_to_depart_from() -> None:
    counts = [counted("parliament", 8, 7), counted("citizens", 1, 21, entitled=45)]
    assert tally(counts, deliberative_committee()).departs_from == ()


def conference_votes(**against: int) -> Outcome:
    """The plenary of 449, all for, but for so many against in these components."""
    assert sum(CONFERENCE_SEATS.values()) == 449
    counts = [
        counted(name, seats - against.get(name.replace(" ", "_"), 0), against.get(name.replace(" ", "_"), 0))
        for name, seats in CONFERENCE_SEATS.items()
    ]
    return tally(counts, conference_plenary())


@pytest.mark.parametrize(
    ("against", "adopted"),
    [
        ({}, True),
        ({"commission": 1}, True),
        ({"commission": 2}, False),
        ({"council": 27}, False),
        ({"european_parliament": 53, "national_parliaments": 53}, True),
        ({"civil_society": 8, "social_partners": 12, "national_citizens": 28}, True),
    ],
)
def test_each_of_the_four_institutions_must_agree_and_the_others_are_heard(
    against: dict[str, int],
    adopted: bool,
) -> None:
    assert conference_votes(**against).adopted is adopted


def test_every_chamber_must_pass_it() -> None:
    rule = every_chamber(Level.PUBLIC, ("citizens", "parliament"))
    assert tally([counted("citizens", 60, 40), counted("parliament", 51, 50)], rule).adopted
    assert not tally([counted("citizens", 100, 0), counted("parliament", 50, 51)], rule).adopted


@pytest.mark.parametrize(
    ("cantons", "there", "elsewhere", "adopted"),
    [
        pytest.param(12, (51, 49), (49, 51), True, id="just both"),
        pytest.param(12, (51, 49), (40, 60), False, id="most cantons, fewer people"),
        pytest.param(11, (99, 1), (49, 51), False, id="most people, fewer cantons"),
    ],
)
def test_a_double_majority_needs_the_people_and_the_cantons(
    cantons: int,
    there: tuple[int, int],
    elsewhere: tuple[int, int],
    adopted: bool,
) -> None:
    counts = [counted(name, *there) for name in CANTONS[:cantons]]
    counts += [counted(name, *elsewhere) for name in CANTONS[cantons:]]
    assert tally(counts, double_majority(Level.PUBLIC, CANTONS)).adopted is adopted


@pytest.mark.parametrize(
    ("tie", "settled"),
    [(Tie.REJECTED, Settled.TIE_REJECTED), (Tie.CHAIR, Settled.TIE_OPEN), (Tie.LOT, Settled.LOT)],
)
def test_a_tie_ends_as_was_announced(tie: Tie, settled: Settled) -> None:
    outcome = tally([counted("citizens", 7, 7)], replace(simple_majority(), tie=tie), seed="even")
    assert outcome.settled is settled


def test_seventy_percent_knows_no_tie() -> None:
    outcome = tally([counted("citizens", 5, 5)], replace(conference(), tie=Tie.CHAIR))
    assert outcome.settled is Settled.COUNT


def test_a_lot_falls_both_ways_and_always_the_same_for_one_seed() -> None:
    rule = replace(simple_majority(), tie=Tie.LOT)
    drawn = [tally([counted("citizens", 1, 1)], rule, seed=f"seed {number}").adopted for number in range(400)]
    assert drawn == [tally([counted("citizens", 1, 1)], rule, seed=f"seed {number}").adopted for number in range(400)]
    assert 150 < sum(drawn) < 250
