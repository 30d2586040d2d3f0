"""What goes wrong in real life: two tabs, hostile words, a lost line, a server that dies in the middle of a turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import HOSTILE
from tests.browser.people import Person
from tests.browser.windows import Windows, Wire

pytestmark = pytest.mark.browser

IMAGE = "<img src=x onerror=alert(1)>"
BOLD = "<b onclick=alert(1)>negreta</b>"
ELSEWHERE = "[aquí](javascript:alert(1)) <script>alert(1)</script>"
TURNED, HIDDEN = "Un text girat \u202e\u2067sense final", "Un mot in\u200bvi\u2060si\ufeffble\u0007 aquí"
SENT, UNSENT = "Això ja està dit i confirmat.", "Això encara no ho he enviat."
CUT_OFF = "Sense línia escric una altra frase."
NO_LINE = "No connection. You still see what was said."
INERT = """() => [...document.querySelectorAll(
    "main img, main b[onclick], main script, main iframe, [onerror], [onclick], a[href^='javascript']"
  )].map((each) => each.outerHTML)"""

LEAKING = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!/[\u202a-\u202e\u2066-\u2069]/.test(text.data) || !text.parentElement.checkVisibility()) continue;
    let around = text.parentElement;
    while (!/isolate|plaintext/.test(getComputedStyle(around).unicodeBidi)) around = around.parentElement;
    if (around.textContent.trim() !== text.data.trim()) found.push(around.outerHTML);
  }
  return found;
}"""
"""Passages with characters that turn the direction of writing, and that do so beyond their own end."""


@dataclass(slots=True)
class Company:
    """Ana, Eve of the hostile name, and Fatou at the console, in an open room."""

    ana: Person
    eve: Person
    fatou: Person
    wire: Wire
    """Eve's."""

    @property
    def pages(self) -> list[Page]:
        """Everything that is open."""
        return [self.ana.page, self.eve.page, self.fatou.page]


@pytest.fixture(scope="module")
def company(all_windows: Windows) -> Iterator[Company]:
    """The room is open; calling is the facilitator's, so that nobody speaks by surprise."""
    ana, eve, fatou = (all_windows.visit("faults", name) for name in ("Ana", HOSTILE, "Fatou"))
    wire = Wire(eve.page)
    fatou.lead_room()
    ana.enter_room()
    eve.enter_room()
    fatou.press("Open the room")
    fatou.page.get_by_role("combobox", name="Mode", exact=True).select_option("chaired")
    expect(fatou.page.get_by_role("combobox", name="Mode", exact=True)).to_have_value("chaired")
    yield Company(ana, eve, fatou, wire)
    all_windows.close()


def _give(fatou: Person, member: Person) -> None:
    member.raise_hand()
    fatou.button("Give the floor").first.click()
    expect(member.page.locator("section.mine textarea")).to_be_visible()


def test_hostile_words_are_words_wherever_they_stand(windows: Windows, company: Company) -> None:
    _give(company.fatou, company.eve)
    company.eve.speak(f"{IMAGE} {BOLD} {ELSEWHERE}")
    for person in (company.eve, company.ana, company.fatou):
        person.sees("onerror=alert(1)")
    company.ana.button("Original").first.click()
    company.ana.sees_in("ca", IMAGE)
    company.eve.end_turn()
    expect(company.fatou.page.get_by_text(HOSTILE).first).to_be_visible()
    assert [page.evaluate(INERT) for page in company.pages] == [[], [], []]


def test_hostile_drafts_and_titles_are_words_in_the_room_and_on_public_pages(
    windows: Windows, company: Company
) -> None:
    eve, fatou = company.eve, company.fatou
    fatou.page.get_by_role("textbox", name="Title of the next item").fill(IMAGE)
    fatou.press("Begin the next item")
    expect(eve.page.get_by_role("heading", level=1)).to_contain_text("onerror")
    eve.press("Write a new draft")
    eve.box("Title").fill(IMAGE)
    eve.box("Recommendation").fill(f"{BOLD} {ELSEWHERE}")
    eve.press("Put version {number} to the room", number=1)
    eve.press("I agree with this")
    company.ana.press("I agree with this")
    company.ana.press("Send to the plenary")
    eve.sees(eve.say("sent to the plenary"))
    reader = windows.blank("ca")
    reader.goto(f"{eve.base}/a/faults/")
    expect(reader.locator("main")).to_contain_text("negreta")
    reader.get_by_role("link", name=IMAGE).click()
    expect(reader.locator("main")).to_contain_text("negreta")
    assert [page.evaluate(INERT) for page in (*company.pages, reader)] == [[], [], [], []]


def test_characters_that_turn_or_hide_text_reach_no_further_than_their_passage(
    windows: Windows, company: Company
) -> None:
    eve, ana = company.eve, company.ana
    _give(company.fatou, eve)
    eve.speak(TURNED)
    eve.speak(HIDDEN)
    ana.sees_in("es", "sin final")
    ana.button("Original").first.click()
    shown = eve.page.locator("section.now p[lang=ca]")
    expect(shown).to_have_count(2)
    assert [*map(str.strip, shown.all_text_contents())] == [TURNED, HIDDEN.replace("\u0007", "")]
    eve.end_turn()
    assert [page.evaluate(LEAKING) for page in company.pages] == [[], [], []]


def test_two_tabs_of_one_person_show_the_same_and_do_not_say_things_twice(windows: Windows, company: Company) -> None:
    eve, ana = company.eve, company.ana
    second = windows.visit("faults", HOSTILE, context=eve.page.context)
    second.enter_room()
    eve.raise_hand()
    expect(second.page.locator(".bar button[aria-pressed=true]")).to_be_visible()
    second.raise_hand()
    expect(eve.page.locator(".bar button[aria-pressed=false]")).to_be_visible()
    second.page.close()
    _give(company.fatou, eve)
    eve.speak("Una sola vegada.")
    ana.sees_in("es", "vez")
    expect(ana.page.locator("section.now p[lang=es]")).to_have_count(1)
    eve.end_turn()


def test_a_line_lost_in_ones_turn_costs_neither_the_floor_nor_a_word(windows: Windows, company: Company) -> None:
    eve, ana = company.eve, company.ana
    _give(company.fatou, eve)
    box = eve.page.locator("section.mine textarea")
    with company.wire.cut():
        eve.sees(eve.say(NO_LINE))
        box.fill(CUT_OFF)
        eve.press("Send")
        expect(box).to_have_value(CUT_OFF)
        expect(ana.page.get_by_text("otra frase")).to_have_count(0)
    expect(eve.page.locator(".strip.warn")).to_have_count(0)
    expect(box).to_have_value("")
    ana.sees_in("es", "otra frase")
    expect(ana.page.locator("section.now p[lang=es]")).to_have_count(1)
    eve.end_turn()


def test_a_server_that_dies_in_the_middle_of_a_turn_takes_nothing_with_it(windows: Windows, company: Company) -> None:
    windows.forgive("WebSocket connection to .* failed|ERR_CONNECTION_REFUSED|Failed to load resource")
    eve, ana = company.eve, company.ana
    _give(company.fatou, eve)
    eve.speak(SENT)
    eve.page.locator("section.mine textarea").fill(UNSENT)
    with windows.product.dead():
        for person in (eve, ana, company.fatou):
            person.sees(person.say(NO_LINE))
        expect(eve.page.locator("section.mine textarea")).to_have_value(UNSENT)
        eve.press("Send")
    for person in (eve, ana, company.fatou):
        expect(person.page.locator(".strip.warn")).to_have_count(0)
    eve.sees(SENT)
    ana.sees_in("es", "enviado")
    ana.page.reload()
    ana.sees_in("es", "enviado")
    expect(ana.page.locator("main")).to_contain_text(re.compile("dit i confirmat|dicho y confirmado"))
