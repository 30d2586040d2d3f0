"""Whoever joins reads what the assembly is asked in their own language first, as its organiser wrote it beside."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from assemblies.models import Assembly
from assemblies.services import invite
from hemicycle.realtime import COMMANDS, KINDS
from learning.queries import learning_of, state_of
from live.models import Event
from live.registry import install
from tests.cast import Cast, make_cast
from tests.factories import bring_translations, make_member
from tests.shell.assemblies.cast import let_in
from translation import queries as texts

pytestmark = pytest.mark.django_db
QUESTION = "Should the centre be free of cars on Sundays?"


@pytest.fixture
def cast() -> Cast:
    install(kinds=KINDS, doors=COMMANDS)
    return make_cast()


def join_page(cast: Cast, lang: str) -> str:
    return Client().get(f"/join/{invite(cast.bo)}/?lang={lang}").content.decode()


def public_page(cast: Cast, lang: str) -> str:
    return Client().get(f"/a/{cast.assembly.slug}/?lang={lang}").content.decode()


def test_question_and_mandate_are_read_in_the_language_of_whoever_joins(cast: Cast) -> None:
    assert QUESTION in join_page(cast, "fr")
    bring_translations(learning_of(cast.assembly.pk), "fr")
    for page in (
        join_page(cast, "fr"),
        public_page(cast, "fr"),
        let_in(cast.bo).get(f"/m/{cast.bo.key}/").content.decode(),
    ):
        assert f"(fr) {QUESTION}" in page
        assert "traduction automatique" in page
    assert "(fr) The council answers" in join_page(cast, "fr")
    assert "(fr)" not in join_page(cast, "es")


def test_a_language_that_nobody_else_reads_is_wanted_by_who_joins_in_it_and_not_by_the_street(cast: Cast) -> None:
    stream = learning_of(cast.assembly.pk)
    public_page(cast, "ar")
    join_page(cast, "it")
    bring_translations(stream, "it")
    assert f"(it) {QUESTION}" in join_page(cast, "it")
    assert texts.shown(stream, state_of(cast.assembly.pk).preface.values(), "ar") == {}


def test_what_the_organiser_changes_is_translated_anew_and_nothing_is_written_twice(cast: Cast) -> None:
    stream = learning_of(cast.assembly.pk)
    join_page(cast, "fr")
    bring_translations(stream, "fr")
    join_page(cast, "fr")
    assert written(stream) == ["preface.written", "preface.written"]
    Assembly.objects.update(question="Should it be free on Saturdays?", mandate="")
    page = join_page(cast, "fr")
    assert ("Should it be free on Saturdays?" in page, "(fr)" in page, "The council" in page) == (True, False, False)
    bring_translations(stream, "fr")
    assert "(fr) Should it be free on Saturdays?" in join_page(cast, "fr")
    assert written(stream)[2:] == ["preface.written", "preface.written"]


def written(stream: str) -> list[str]:
    return list(Event.objects.filter(stream__name=stream).order_by("seq").values_list("kind", flat=True))


def test_the_translator_signs_it(cast: Cast) -> None:
    rui = make_member(cast.assembly, "Rui", role="translator", lang="fr", chamber="")
    join_page(cast, "fr")
    listed: list[Any] = let_in(rui).get(f"/m/{rui.key}/translate/", {"to": "fr"}).context["texts"]
    assert [[*official.parts.values()] for official, _parts in listed] == [["La question"], ["Le mandat"]]
    key = state_of(cast.assembly.pk).preface["question"]
    form = {"original": [QUESTION], "text": ["Le centre sans voitures le dimanche ?"]}
    assert let_in(rui).post(f"/m/{rui.key}/translate/{key}/fr/", form).status_code == 302
    page = join_page(cast, "fr")
    assert "Le centre sans voitures le dimanche ?" in page
    assert "relu par une personne traductrice" in page
