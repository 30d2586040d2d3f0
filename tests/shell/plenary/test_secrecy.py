"""What the tables of an assisted ballot say about who cast which, and what they no longer say after closing."""

from __future__ import annotations

from random import Random

import pytest
from django.db import connection

from assemblies.models import Member
from plenary.core.presets import conference
from plenary.core.rules import Level, Rule
from plenary.models import Ballot, NamedBallot, Permit
from tests.cast import Cast
from tests.factories import make_member
from tests.shell.plenary.voting import Vote

pytestmark = pytest.mark.django_db

PLACE = {"sqlite": "rowid", "postgresql": "ctid"}


def voters(cast: Cast, number: int = 24) -> list[Member]:
    """The three citizens and some more, in no order."""
    members = [cast.ana, cast.bo, cast.chen, *(make_member(cast.assembly) for _ in range(number - 3))]
    Random(7).shuffle(members)
    return members


def in_order_of_place(table: str, column: str) -> list[str]:
    """A column's values in the order in which the rows lie in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY {PLACE[connection.vendor]}")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def closed(cast: Cast) -> Vote:
    """Twenty-four people have voted in no order, every third one no; the ballot is closed."""
    everybody = voters(cast)
    vote = Vote(cast.assembly, assisted_rule()).open()
    for number, member in enumerate(everybody):
        vote.cast(member, "no" if number % 3 == 0 else "yes")
    return vote.close()


def assisted_rule() -> Rule:
    """70 %, without names."""
    return conference(level=Level.ASSISTED)


def test_after_closing_ballots_lie_in_the_order_of_their_tokens(closed: Vote) -> None:
    tokens = in_order_of_place("plenary_ballot", "token_hash")
    assert (len(tokens), tokens) == (24, sorted(tokens))


def test_after_closing_permits_lie_in_the_order_of_the_members(closed: Vote) -> None:
    members = in_order_of_place("plenary_permit", "member")
    assert (len(members), members) == (24, sorted(members))
    assert list(Permit.objects.order_by("pk").values_list("member", flat=True)) == members


def test_sealing_changes_no_ballot(closed: Vote) -> None:
    outcome = closed.state.outcome
    assert outcome is not None
    counted = outcome.verdicts[0].count
    assert (counted.yes, counted.no, counted.assisted) == (16, 8, 24)
    assert sorted(Ballot.objects.values_list("choice", flat=True)) == ["no"] * 8 + ["yes"] * 16


@pytest.mark.parametrize("model", [Ballot, Permit])
def test_neither_ballot_nor_permit_bears_a_time(model: type[Ballot | Permit]) -> None:
    kinds = {field.get_internal_type() for field in model._meta.get_fields()}
    assert not kinds & {"DateTimeField", "DateField", "TimeField"}


def test_no_table_holds_a_token_and_a_member_together(closed: Vote) -> None:
    assert not {"member", "voter"} & {field.name for field in Ballot._meta.get_fields()}
    assert {field.name for field in Permit._meta.get_fields()} == {
        "id", "motion", "electorate", "member", "is_assisted", "blinded", "envelope",
    }  # fmt: skip
    assert NamedBallot.objects.count() == 0


def test_the_tracker_finds_exactly_one_ballot_on_the_board(cast: Cast) -> None:
    vote = Vote(cast.assembly, assisted_rule()).open()
    done = vote.cast(cast.ana)
    vote.cast(cast.bo)
    board = [ballot["token"] for ballot in vote.close().certify().document()["ballots"]]
    assert done.tracker is not None
    assert sum(token.startswith(done.tracker) for token in board) == 1


def test_two_worlds_with_swapped_votes_publish_the_same_but_for_the_tokens(cast: Cast) -> None:
    published = []
    for first, second in (("yes", "no"), ("no", "yes")):
        vote = Vote(cast.assembly, assisted_rule()).open()
        vote.cast(cast.ana, first)
        vote.cast(cast.bo, second)
        document = vote.close().certify().document()
        published.append(
            (sorted(ballot["choice"] for ballot in document["ballots"]), document["result"], document["rolls"])
        )
    assert published[0] == published[1]
