"""The bench of policies is honest: its references come out as published, and our rooms are lawful."""

from __future__ import annotations

import pytest

from tests.bench.floor import NEAR, PUBLISHED, breaches_of, mean_gini, played
from tests.bench.floor_ours import Ours
from tests.bench.floor_worlds import CITIZENS, Outcome


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_reference_comes_out_as_published(name: str) -> None:
    policy, published = PUBLISHED[name]
    assert mean_gini(policy.play(CITIZENS.room(seed)) for seed in range(150)) == pytest.approx(published, abs=NEAR)


def test_every_policy_meets_the_same_people() -> None:
    assert CITIZENS.room(1).wishes == CITIZENS.room(1).wishes
    assert CITIZENS.room(1).wishes != CITIZENS.room(2).wishes


def test_in_our_rooms_people_speak_and_nothing_is_breached() -> None:
    [room] = played(Ours("balanced"), CITIZENS, 1)
    assert room.outcome.turns > 30
    assert breaches_of(room.log) == []


def test_the_index_of_equal_parts_is_nothing_and_of_one_speaker_nearly_one() -> None:
    assert Outcome([5.0, 5.0]).gini == 0
    assert Outcome([0.0, 0.0, 0.0, 9.0]).gini == 0.75
