"""One person, one vote: what a ballot needs to be taken, and every way in which it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kernel import clock
from kernel.errors import Refused
from live import outages
from plenary.models import Ballot, Motion, NamedBallot, Permit
from tests.cast import Cast
from tests.factories import make_assembly, make_member
from tests.shell.plenary.voting import Vote

pytestmark = pytest.mark.django_db


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_named_ballot_can_be_changed_until_closing_and_the_last_one_counts(named: Vote, cast: Cast) -> None:
    for choice in ("yes", "no", "abstain", "no"):
        named.cast(cast.ana, choice)
    assert list(NamedBallot.objects.values_list("member", "choice")) == [(cast.ana.key, "no")]


def test_an_assisted_ballot_is_final(assisted: Vote, cast: Cast) -> None:
    assisted.cast(cast.ana, "yes")
    assert refusal(lambda: assisted.cast(cast.ana, "no")) == "ballot.already_cast"
    assert list(Ballot.objects.values_list("choice", flat=True)) == ["yes"]


def test_a_refused_second_ballot_leaves_nothing_behind(assisted: Vote, cast: Cast) -> None:
    assisted.cast(cast.ana)
    refusal(lambda: assisted.cast(cast.ana))
    assert (Permit.objects.count(), Ballot.objects.count()) == (1, 1)


@pytest.mark.parametrize("level", ["named", "assisted"])
def test_only_those_on_the_roll_vote(level: str, cast: Cast, request: pytest.FixtureRequest) -> None:
    vote: Vote = request.getfixturevalue(level)
    voters = {}
    for name in ("ana", "bo", "chen", "fatou", "otto"):
        try:
            vote.cast(getattr(cast, name))
            voters[name] = "voted"
        except Refused as refused:
            voters[name] = refused.code
    assert voters == {
        "ana": "voted", "bo": "voted", "chen": "voted", "fatou": "ballot.not_entitled", "otto": "ballot.not_entitled",
    }  # fmt: skip


def test_who_joins_after_the_opening_is_not_on_the_roll(named: Vote, cast: Cast) -> None:
    late = make_member(cast.assembly, "Dora")
    assert refusal(lambda: named.cast(late)) == "ballot.not_entitled"


def test_a_member_of_another_assembly_does_not_even_see_the_motion(named: Vote) -> None:
    stranger = make_member(make_assembly(), "Zoe")
    assert refusal(lambda: named.cast(stranger)) == "motion.unknown"


@pytest.mark.parametrize("choice", ["", "YES", "maybe", "yes "])
def test_a_choice_that_is_none_is_refused(named: Vote, cast: Cast, choice: str) -> None:
    assert refusal(lambda: named.cast(cast.ana, choice)) == "ballot.bad_choice"


def test_an_electorate_one_does_not_belong_to_is_refused(named: Vote, cast: Cast) -> None:
    assert refusal(lambda: named.cast(cast.ana, electorate="parliament")) == "ballot.not_entitled"


def test_a_motion_that_has_not_opened_takes_no_ballot(cast: Cast) -> None:
    assert refusal(lambda: Vote(cast.assembly).cast(cast.ana)) == "motion.not_open"


def test_a_closed_motion_takes_no_ballot(named: Vote, cast: Cast) -> None:
    named.close()
    assert refusal(lambda: named.cast(cast.ana)) == "motion.closed"


def test_a_ballot_after_the_time_is_refused_even_before_the_closing_is_written(cast: Cast) -> None:
    vote = Vote(cast.assembly, ago_s=60).open(closes_at=clock.now() - 1)
    assert vote.state.phase == "open"
    assert refusal(lambda: vote.cast(cast.ana)) == "motion.closed"


def test_a_ballot_whose_end_fell_into_an_outage_takes_votes_afterwards(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    vote = Vote(cast.assembly, ago_s=600).open(closes_at=now - 200_000)
    monkeypatch.setattr(outages, "_known", [outages.Outage(now - 300_000, now - 1000)])
    vote.cast(cast.ana)
    assert (vote.state.is_prolonged, vote.state.closes_at) == (True, now - 1000 + 100_000)
    assert Motion.objects.get(pk=vote.key).closes_at == vote.state.closes_at


def test_a_removed_member_keeps_the_place_on_the_roll_that_is_frozen(named: Vote, cast: Cast) -> None:
    named.cast(cast.ana)
    cast.ana.removed_at = "2026-01-01T00:00:00Z"
    cast.ana.save()
    named.close()
    assert named.state.rolls == {"citizens": 3}
