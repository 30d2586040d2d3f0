"""What everybody may read: assemblies that are public, their recommendations, and no names."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from public.prefaces import preface
from recommendations.models import Revision
from tests.shell.assemblies.cast import Cast, cast
from tests.shell.plenary.voting import Vote, make_recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def test_the_front_page_lists_public_assemblies(client: Client, people: Cast) -> None:
    assert "Sundays without cars?" in client.get("/").content.decode()
    people.assembly.public = False
    people.assembly.save()
    assert "Sundays without cars?" not in client.get("/").content.decode()
    assert client.get("/a/sundays/").status_code == 404


def test_an_assembly_shows_question_mandate_and_recommendations(client: Client, people: Cast) -> None:
    made = make_recommendation(people.assembly)
    page = client.get("/a/sundays/").content.decode()
    assert "Sundays without cars?" in page
    assert "The city answers by May." in page
    assert f"/a/sundays/recommendations/{made.key}/" in page


@pytest.mark.parametrize("count", [1, 3])
def test_more_recommendations_cost_no_more_queries(
    client: Client, people: Cast, count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        make_recommendation(people.assembly)
    preface(people.assembly, "en")
    with django_assert_max_num_queries(19):
        client.get("/a/sundays/")


def test_the_thread_of_a_recommendation_leads_from_the_room_to_the_result(client: Client, people: Cast) -> None:
    vote = Vote(people.assembly).open()
    vote.cast(people.aina)
    vote.close().certify()
    row = vote.recommendation
    Revision.objects.create(
        assembly=people.assembly, stream=row.origin_stream, draft=row.draft, number=1, base=0, at=1, lang="ca",
        member=people.aina.key, recommendation=row.recommendation,
    )  # fmt: skip
    page = client.get(f"/a/sundays/recommendations/{row.key}/").content.decode()
    assert "Version 1 was written" in page
    assert f"/a/sundays/results/{vote.key}/" in page
    assert people.aina.name not in page
    assert people.aina.key not in page


def test_markup_in_a_recommendation_is_cleaned(client: Client, people: Cast) -> None:
    made = make_recommendation(people.assembly, text="<script>alert(1)</script>Trees")
    page = client.get(f"/a/sundays/recommendations/{made.key}/").content.decode()
    assert "<script>alert" not in page
    assert "Trees" in page


def test_a_recommendation_of_another_assembly_is_not_found(client: Client, people: Cast) -> None:
    make_recommendation(people.assembly)
    assert client.get("/a/sundays/recommendations/nothing/").status_code == 404
