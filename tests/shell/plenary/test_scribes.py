"""A scribe marks the ballot of a person without a device, where no list says who voted what."""

from __future__ import annotations

import pytest
from django.test import Client

from assemblies.models import Member
from assemblies.services import invite, join
from plenary.models import Ballot, NamedBallot, Permit
from tests.cast import Cast
from tests.factories import make_member
from tests.shell.plenary.voting import Vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def pen(cast: Cast) -> Member:
    """Types for Ana."""
    member = make_member(cast.assembly, "Pen", role="scribe", lang="es")
    cast.ana.scribe = member
    cast.ana.save()
    return member


def browser(member: Member) -> Client:
    client = Client()
    joined = join(invite(member), name=member.name, speaks=["es"], reads="es", device_label="Firefox")
    client.cookies["device"] = joined.secret
    return client


def mark(member: Member, vote: Vote, person: Member, choice: str = "yes") -> int:
    address = f"/m/{member.key}/motions/{vote.key}/for/{person.key}/"
    answer = browser(member).post(f"{address}ballot", {"electorate": "citizens", "choice": choice})
    return answer.status_code


def test_the_ballot_is_the_persons_and_final(pen: Member, assisted: Vote, cast: Cast) -> None:
    assert [mark(pen, assisted, cast.ana), mark(pen, assisted, cast.ana, "no")] == [200, 409]
    assert list(Permit.objects.values_list("member", flat=True)) == [cast.ana.key]
    assert list(Ballot.objects.values_list("choice", flat=True)) == ["yes"]


def test_nobody_marks_the_ballot_of_somebody_else(pen: Member, assisted: Vote, cast: Cast) -> None:
    found = {
        (member.name, person.name): mark(member, assisted, person)
        for member in (pen, cast.ana, cast.bo, cast.fatou, cast.otto)
        for person in (cast.ana, cast.bo)
    }
    assert {pair for pair, status in found.items() if status != 404} == {("Pen", "Ana")}
    assert Ballot.objects.count() == 1


def test_a_public_ballot_is_not_for_a_scribe(pen: Member, named: Vote, cast: Cast) -> None:
    assert mark(pen, named, cast.ana) == 409
    assert NamedBallot.objects.count() == 0


def test_the_scribe_finds_the_ballot_in_the_list(pen: Member, assisted: Vote, cast: Cast) -> None:
    client = browser(pen)
    address = f"/m/{pen.key}/motions/{assisted.key}/for/{cast.ana.key}/"
    assert address in client.get(f"/m/{pen.key}/motions/").content.decode()
    assert 'name="choice"' in client.get(address).content.decode()
    assert 'name="choice"' not in client.get(f"/m/{pen.key}/motions/{assisted.key}/").content.decode()
