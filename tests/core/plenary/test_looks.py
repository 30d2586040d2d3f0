"""Options are what they look like, and no two look alike; what writing needs in other scripts stays allowed."""

from __future__ import annotations

import pytest

from kernel.errors import Refused
from plenary.core.looks import alike, refuse_tricks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Close the centre.", "close  the CENTRE."),
        ("Close the centre.", "Сlоsе thе сеntrе."),
        ("Close the centre.", "Close the\u200b centre."),
        ("Close the centre.", "Close the cent\u00adre."),
        ("Zona única", "Zona unica"),
        ("Plan \uff21", "Plan A"),
    ],
)
def test_options_that_nobody_can_tell_apart_are_refused(one: str, other: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_tricks(["Something else.", one, other])
    assert (refused.value.code, refused.value.params) == ("motion.options_alike", {"one": 2, "other": 3})


@pytest.mark.parametrize("options", [["At most 1.5 m", "At most 15 m"], ["Plan 1", "Plan 11"], ["Нет", "Да"], ["", ""]])
def test_options_that_differ_in_what_one_reads_stand_side_by_side(options: list[str]) -> None:
    refuse_tricks(options)
    assert alike(options) is None


@pytest.mark.parametrize("trick", ["\u202e", "\u2066", "\ue000", "\U000e0041"])
def test_characters_that_turn_or_hide_writing_are_refused(trick: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_tricks(["Yes.", f"No{trick}."])
    assert (refused.value.code, refused.value.params) == ("motion.option_turned", {"number": 2})


def test_marks_of_direction_and_joiners_that_scripts_need_are_none() -> None:
    refuse_tricks(["إغلاق المركز\u200f", "می\u200cخواهیم", "\u05d0\u200e"])
