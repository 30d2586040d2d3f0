"""Supporters: where an assembly asks for them, a recommendation goes to the vote only with enough."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from assemblies.models import Member
from kernel.errors import Refused
from live.services import submit
from plenary.core.motions import MotionAdd
from plenary.core.presets import conference
from plenary.queries import plenary_of, state_of
from plenary.services import create_plenary
from recommendations.models import Recommendation, Supporter
from recommendations.queries import supporters_of
from tests.cast import Cast, make_cast
from tests.shell.assemblies.cast import let_in, signed_in
from tests.shell.public import test_harvest, test_histories

pytestmark = pytest.mark.django_db
cast = test_histories.cast


@pytest.fixture
def row(cast: Cast) -> Recommendation:
    """A recommendation, in an assembly that asks for two supporters."""
    ask(cast, 2)
    test_harvest.standing(cast, test_harvest.CLOSE, sent=True)
    create_plenary(cast.assembly.pk)
    return Recommendation.objects.get(assembly=cast.assembly)


def ask(cast: Cast, number: int) -> None:
    cast.assembly.settings = {"supporters_minimum": number}
    cast.assembly.save()
    for member in (cast.ana, cast.bo, cast.chen, cast.fatou, cast.otto):
        member.refresh_from_db()


def page(member: Member, **form: str) -> Any:
    address = f"/m/{member.key}/recommendations/"
    return let_in(member).post(address, form) if form else let_in(member).get(address, {"lang": "en"})


def supported(row: Recommendation, *members: Member) -> list[int]:
    return [page(each, recommendation=row.key, support="").status_code for each in members]


def to_the_vote(row: Recommendation) -> str:
    try:
        submit(plenary_of(row.assembly_id), MotionAdd(row.key, conference()))
    except Refused as refused:
        return f"{refused.code} {refused.params}"
    return ""


def test_a_recommendation_waits_for_enough_supporters(cast: Cast, row: Recommendation) -> None:
    assert supported(row, cast.ana, cast.ana) == [302, 302]
    assert to_the_vote(row) == "recommendation.few_supporters {'found': 1, 'needed': 2}"
    assert state_of(cast.assembly.pk).motions == {}
    assert "1 of 2 supporters" in page(cast.bo).content.decode()
    assert "1 of 2 supporters" in test_harvest.page(cast.fatou).content.decode()
    supported(row, cast.bo)
    assert to_the_vote(row) == ""
    assert "put to the vote" in page(cast.bo).content.decode()


def test_support_is_taken_back_and_that_of_who_left_does_not_count(cast: Cast, row: Recommendation) -> None:
    supported(row, cast.ana, cast.bo, cast.chen)
    assert page(cast.ana, recommendation=row.key, leave="").status_code == 302
    cast.bo.removed_at = timezone.now()
    cast.bo.save()
    assert supporters_of([row.key]) == {row.key: 1}


def test_without_a_minimum_nobody_is_asked(cast: Cast, row: Recommendation) -> None:
    ask(cast, 0)
    assert supported(row, cast.ana) == [409]
    lobby = let_in(cast.ana).get(f"/m/{cast.ana.key}/").content.decode()
    assert (f"/m/{cast.ana.key}/recommendations/" in lobby, to_the_vote(row)) == (False, "")


def test_only_citizens_of_the_assembly_support_what_is_there(cast: Cast, row: Recommendation) -> None:
    stranger = make_cast().ana
    assert supported(row, cast.fatou, cast.otto, stranger) == [409, 409, 409]
    assert page(cast.ana, recommendation="nothing", support="").status_code == 409
    assert Supporter.objects.count() == 0
    assert f"/m/{cast.ana.key}/recommendations/" in let_in(cast.ana).get(f"/m/{cast.ana.key}/").content.decode()


def test_among_several_in_one_vote_each_needs_its_own(cast: Cast, row: Recommendation) -> None:
    test_harvest.standing(cast, test_harvest.TREES, sent=True)
    other = Recommendation.objects.filter(assembly=cast.assembly).exclude(pk=row.pk).get()
    supported(row, cast.ana, cast.bo)
    with pytest.raises(Refused) as refused:
        submit(plenary_of(cast.assembly.pk), MotionAdd(row.key, conference(), (other.key,)))
    assert refused.value.params == {"found": 0, "needed": 2}


@pytest.mark.parametrize(("typed", "kept"), [("12", 12), ("", 0), ("-1", None)])
def test_how_many_is_said_by_the_organiser(cast: Cast, typed: str, kept: int | None) -> None:
    client, address = signed_in(cast.olga), f"/organise/{cast.assembly.slug}/edit/"
    shown = client.get(address).context
    form = {name: value for name, value in shown["form"].initial.items() if value not in (None, False)}
    rows = {f"phase-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    answer = client.post(address, {**form, **rows, "supporters_minimum": typed})
    cast.assembly.refresh_from_db()
    assert answer.status_code == (400 if kept is None else 302)
    assert cast.assembly.supporters_minimum == (kept or 0)
