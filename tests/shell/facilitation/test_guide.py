"""The guide for facilitators: readable by anybody, in every language of the interface, true to the console's names."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from facilitation.guide import SECTIONS
from hemicycle.messages import collect
from kernel.languages import INTERFACE_LANGUAGES
from tests.cast import Cast
from tests.shell.assemblies.cast import let_in

pytestmark = pytest.mark.django_db


def test_every_section_can_be_reached_from_the_table_of_contents(client: Client) -> None:
    page = client.get("/guide/facilitators/").content.decode()
    assert re.findall(r'href="#([a-z]+)"', page)[-len(SECTIONS) :] == re.findall(r'<h2 id="([a-z]+)"', page)[1:]


@pytest.mark.parametrize("lang", [code for code in INTERFACE_LANGUAGES if code != "en"])
def test_no_sentence_of_it_is_left_in_english(client: Client, lang: str) -> None:
    said = [each.title for each in SECTIONS] + [text for each in SECTIONS for text in each.sentences]
    said += [text for each in SECTIONS for entry in each.entries for text in (entry.name, entry.does, entry.seen)]
    with translation.override("en"):
        english = {str(text) for text in said if text}
    page = client.get(f"/guide/facilitators/?lang={lang}", follow=True).content.decode()
    assert f'<html lang="{lang}"' in page
    assert [text for text in english if len(text) > 8 and f">{text}<" in page] == []


def test_controls_are_called_what_the_console_calls_them() -> None:
    controls = next(each for each in SECTIONS if each.anchor == "controls").entries
    client_side = {message.text for message in collect("djangojs")}
    with translation.override("en"):
        assert [str(entry.name) for entry in controls if str(entry.name) not in client_side] == []


def test_who_leads_finds_it_in_the_lobby_and_a_citizen_does_not(cast: Cast) -> None:
    lobbies = {
        member.role: "/guide/facilitators/" in let_in(member).get(f"/m/{member.key}/").content.decode()
        for member in (cast.ana, cast.fatou)
    }
    assert lobbies == {"citizen": False, "facilitator": True}
