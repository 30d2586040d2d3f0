"""How sure a model is counts beside how sure it usually is, and only where that is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.core.confidence import FEWEST, UNSURE, Usual, usual

SCORES = [-0.2, -0.3, -0.25, -0.4, -0.35, -0.3, -0.28, -0.33]


def test_what_a_model_gives_ordinary_sentences_is_usual_for_it() -> None:
    known = usual(SCORES)
    assert known is not None
    assert max(abs(known.standing(score)) for score in SCORES) < -UNSURE
    assert known.standing(-1.2) < UNSURE < 0 < known.standing(-0.1)


@pytest.mark.parametrize("scores", [SCORES[: FEWEST - 1], [0.0] * 20, []])
def test_a_model_that_tells_nothing_has_no_usual_score(scores: list[float]) -> None:
    assert usual(scores) is None


@given(st.floats(-5, -0.1), st.floats(0.1, 3), st.floats(-9, 0))
def test_two_models_of_different_habits_are_judged_alike(shift: float, scale: float, score: float) -> None:
    one, other = Usual(-0.3, 0.1), Usual(-0.3 * scale + shift, 0.1 * scale)
    assert one.standing(score) == pytest.approx(other.standing(score * scale + shift), abs=1e-6)
