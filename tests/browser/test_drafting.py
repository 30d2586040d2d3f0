"""Three people of three languages write one text at once, through a crash of the server, with nothing but keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.looks import IN_HAND, faults
from tests.browser.people import Person
from tests.browser.test_keyboard import use, walk_to
from tests.browser.windows import PHONE, Windows

pytestmark = pytest.mark.browser

SPANISH = "Los coches se quedan fuera los domingos."
FRENCH = "Les bus sont gratuits le dimanche."
CATALAN = "Els veïns poden entrar amb cotxe."
OFFLINE = "No connection. You can go on writing here; it is sent as soon as the line is back."
People = dict[str, Person]


@pytest.fixture(scope="module")
def people(all_windows: Windows) -> Iterator[People]:
    """Ana at a desk, Bruno and Carla on phones; all have the same text open."""
    looks: dict[str, dict[str, Any]] = {"Ana": {}, "Bruno": PHONE, "Carla": PHONE}
    found = {name: all_windows.visit("drafting", name, **look) for name, look in looks.items()}
    fatou = all_windows.visit("drafting", "Fatou")
    fatou.lead_room()
    fatou.press("Open the room")
    for person in found.values():
        person.enter_room()
        person.tab("Drafts")
    ana = found["Ana"]
    use(ana, ana.button("Write a new draft"))
    expect(ana.box("Recommendation")).to_be_visible()
    for name in ("Bruno", "Carla"):
        found[name].press("Write with the others")
        expect(found[name].box("Recommendation")).to_be_visible()
    yield found
    all_windows.close()


def types(person: Person, text: str) -> None:
    """Write this at the end of the recommendation, key by key, with nothing but keys."""
    walk_to(person, person.box("Recommendation"))
    person.page.keyboard.press("Control+End")
    person.page.keyboard.type(text, delay=5)


def text_of(person: Person) -> str:
    return person.box("Recommendation").input_value()


def all_read(people: People, *texts: str) -> None:
    """Everybody's box holds all of these, and the same."""
    for person in people.values():
        for text in texts:
            expect(person.box("Recommendation")).to_have_value(re.compile(re.escape(text)))
    first = text_of(people["Ana"])
    for person in people.values():
        expect(person.box("Recommendation")).to_have_value(first)


def test_what_three_write_at_once_is_one_text(windows: Windows, people: People) -> None:
    types(people["Ana"], SPANISH + "\n")
    all_read(people, SPANISH)
    types(people["Bruno"], FRENCH + "\n")
    types(people["Carla"], CATALAN + "\n")
    all_read(people, SPANISH, FRENCH, CATALAN)


def test_each_passage_is_shown_in_the_readers_language_with_its_original(windows: Windows, people: People) -> None:
    bruno = people["Bruno"]
    passage = bruno.page.locator("li", has=bruno.page.locator("p.orig[lang=es]", has_text=SPANISH))
    expect(passage.locator("p[lang=fr]").first).to_contain_text("dimanches")
    assert faults(bruno.page, IN_HAND) == []


def test_a_crash_of_the_server_and_a_lost_line_lose_nothing(windows: Windows, people: People) -> None:
    windows.forgive("WebSocket|ERR_CONNECTION_REFUSED|Failed to load resource")
    ana, bruno = people["Ana"], people["Bruno"]
    with windows.product.dead():
        types(ana, "Escrito sin línea.\n")
        types(bruno, "Écrit hors ligne.\n")
        bruno.sees(bruno.say(OFFLINE))
    all_read(people, SPANISH, FRENCH, CATALAN, "Escrito sin línea.", "Écrit hors ligne.")
    for person in people.values():
        expect(person.page.get_by_text(person.say("Everything is kept."))).to_be_visible()


def test_what_does_not_fit_is_refused_in_a_sentence_and_nothing_is_lost(windows: Windows, people: People) -> None:
    carla = people["Carla"]
    before = text_of(carla)
    carla.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    carla.page.evaluate("navigator.clipboard.writeText('x'.repeat(200_000))")
    walk_to(carla, carla.box("Recommendation"))
    carla.page.keyboard.press("Control+V")
    expect(carla.page.locator("p[role=alert]")).to_contain_text(re.compile(r"4\D?000"))
    assert text_of(carla) == before
    types(carla, " Sí.")
    all_read(people, "Sí.")


def test_one_language_makes_it_a_version(windows: Windows, people: People) -> None:
    ana, bruno, carla = people.values()
    freeze = ana.button("Put version {number} to the room", number=1)
    expect(freeze).to_be_disabled()
    adopt = ana.button("Put it into {language}", language="español")
    expect(adopt).to_have_count(4)
    for left in (3, 2, 1, 0):
        adopt.first.click()
        expect(adopt).to_have_count(left)
    expect(freeze).to_be_enabled()
    use(ana, freeze)
    for person in (bruno, carla):
        use(person, person.button("Close").last)


def test_a_majority_sends_it_and_an_dissent_goes_along(windows: Windows, people: People) -> None:
    bruno, carla = people["Bruno"], people["Carla"]
    use(carla, carla.page.locator("summary", has_text=carla.say("I cannot live with this …")))
    walk_to(carla, carla.box("Why, in a sentence or two"))
    carla.page.keyboard.type("Els diumenges no hi ha autobús.")
    use(carla, carla.button("Say so to the room"))
    use(bruno, bruno.button("I disagree, too"))
    expect(bruno.page.locator(".dissent [lang=fr]").first).to_contain_text("dimanches")
    assert faults(bruno.page, IN_HAND) == []
    for person in people.values():
        use(person, person.button("I agree with this"))
    use(carla, carla.button("Send to the plenary"))
    for person in people.values():
        person.sees(person.say("sent to the plenary"))
        expect(person.page.locator(".dissent")).to_contain_text(person.say("stays beside the text"))
