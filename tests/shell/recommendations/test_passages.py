"""Texts of a recommendation in the reader's language, with the original beside each."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from live.registry import install
from plenary.kinds import PLENARY
from recommendations.queries import of_assembly, passages
from tests.cast import Cast, make_cast
from tests.shell.plenary.voting import Vote, make_recommendation
from translation.kinds import TEXT
from translation.models import Rendering, Translation

pytestmark = pytest.mark.django_db


@pytest.fixture
def queries(django_assert_num_queries: DjangoAssertNumQueries) -> DjangoAssertNumQueries:
    return django_assert_num_queries


@pytest.fixture
def cast() -> Cast:
    install(kinds=[PLENARY, TEXT], doors={})
    return make_cast()


def translate(key: str, lang: str, text: str) -> None:
    """What the engine would have written."""
    rendering = Rendering.objects.select_related("passage").get(passage__words=key, target=lang)
    rendering.translation = Translation.objects.create(
        scope=rendering.passage.scope, digest=key, source="es", target=lang, recipe="r", text=text
    )
    rendering.status = "machine"
    rendering.save()


def test_a_translated_text_is_shown_with_its_original(cast: Cast) -> None:
    vote = Vote(cast.assembly)
    key = vote.recommendation.recommendation
    translate(key, "fr", "Fermer le centre le dimanche.")
    passage = passages(vote.stream, [key], "fr")[key]
    assert passage.is_translated
    assert (passage.shown.text, passage.shown.lang) == ("Fermer le centre le dimanche.", "fr")
    assert (passage.original.text, passage.original.lang) == ("Cerrar el centro los domingos.", "es")


def test_without_a_translation_the_original_is_shown(cast: Cast) -> None:
    vote = Vote(cast.assembly)
    key = vote.recommendation.recommendation
    passage = passages(vote.stream, [key], "ca")[key]
    assert (passage.shown, passage.is_translated) == (passage.original, False)


def test_a_ballot_opens_where_every_language_is_translated(cast: Cast) -> None:
    vote = Vote(cast.assembly)
    for lang in ("fr", "ca"):
        for key in (vote.recommendation.title, vote.recommendation.recommendation, vote.recommendation.reasons):
            translate(key, lang, f"{key} in {lang}")
    assert {lang: each.status for lang, each in vote.open().state.versions.items()} == {
        "es": "original", "fr": "machine", "ca": "machine",
    }  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_all_recommendations_cost_one_query(cast: Cast, number: int, queries: DjangoAssertNumQueries) -> None:
    made = [make_recommendation(cast.assembly) for _ in range(number)]
    with queries(1):
        assert of_assembly(cast.assembly.pk) == made


@pytest.mark.parametrize("number", [1, 3])
def test_all_texts_cost_two_queries(cast: Cast, number: int, queries: DjangoAssertNumQueries) -> None:
    keys = [make_recommendation(cast.assembly).recommendation for _ in range(number)]
    with queries(2):
        assert len(passages("plenary.1", keys, "fr")) == number
