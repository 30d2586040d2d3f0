"""Before a vote, without a mouse: an amendment and an objection by people in three languages, heard by the chair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.looks import IN_HAND, faults
from tests.browser.people import Person
from tests.browser.test_keyboard import use, walk_to
from tests.browser.windows import PHONE, Windows

pytestmark = pytest.mark.browser

PARAGRAPH, OBJECTION = "Los sábados y los domingos.", "Et les marchés du samedi ?"


@dataclass(frozen=True, slots=True)
class Contest:
    """Ana on her phone, Bruno at a desk, Amina from right to left on a phone, Clara who presides."""

    ana: Person
    bruno: Person
    amina: Person
    clara: Person

    @property
    def people(self) -> tuple[Person, ...]:
        return (self.ana, self.bruno, self.amina, self.clara)


@pytest.fixture(scope="module")
def contest(all_windows: Windows) -> Iterator[Contest]:
    """Everybody is in the live plenary and reads the motion, before the vote."""
    ana, amina = (all_windows.visit("contested", name, **PHONE) for name in ("Ana", "Amina"))
    bruno, clara = (all_windows.visit("contested", name) for name in ("Bruno", "Clara"))
    for person in (ana, bruno, amina, clara):
        person.go("plenary/")
        expect(person.page.locator("main article").first).to_be_visible()
    yield Contest(ana, bruno, amina, clara)
    all_windows.close()


def section(person: Person, name: str) -> Locator:
    return person.page.locator(f"section[aria-labelledby={name}]")


def test_an_amendment_is_offered_and_supported(windows: Windows, contest: Contest) -> None:
    ana, bruno = contest.ana, contest.bruno
    use(ana, ana.button("I want to change this text"))
    walk_to(ana, section(ana, "amendments").locator("select").first)
    ana.page.keyboard.press("ArrowDown")
    walk_to(ana, ana.box("The new paragraph"))
    ana.page.keyboard.type(PARAGRAPH)
    use(ana, ana.button("Offer the amendment"))
    expect(ana.button("Take my amendment back")).to_be_visible()
    expect(bruno.button("Take my amendment back")).to_have_count(0)
    use(bruno, bruno.button("Support it"))
    expect(bruno.button("No longer support it")).to_be_visible()
    for person in (ana, contest.clara):
        expect(section(person, "amendments").locator("small.num")).to_contain_text("2")


def test_an_objection_is_raised_answered_and_taken_back(windows: Windows, contest: Contest) -> None:
    bruno, clara = contest.bruno, contest.clara
    use(bruno, bruno.button("I object to this text"))
    walk_to(bruno, section(bruno, "objections").locator("textarea"))
    bruno.page.keyboard.type(OBJECTION)
    use(bruno, bruno.button("Raise the objection"))
    use(clara, clara.button("Uphold it"))
    for person in contest.people:
        expect(section(person, "objections").locator(".chip.bad")).to_have_text(person.say("upheld"))
    use(clara, clara.button("What it asks for is met"))
    expect(section(bruno, "objections").locator(".chip.ok")).to_have_text(bruno.say("met"))
    expect(contest.ana.button("Take my objection back")).to_have_count(0)
    use(bruno, bruno.button("Take my objection back"))
    expect(section(clara, "objections").get_by_text("taken back", exact=True)).to_be_visible()
    expect(clara.button("Uphold it")).to_have_count(0)


@pytest.mark.parametrize("name", ["ana", "amina"])
def test_it_can_be_used_by_everybody(windows: Windows, contest: Contest, name: str) -> None:
    person: Person = getattr(contest, name)
    assert faults(person.page, IN_HAND) == []
    assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
