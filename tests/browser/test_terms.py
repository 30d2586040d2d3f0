"""What terms mean is told at the term, in a room and on a page without a script; tables are looked at before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.house import EMAIL, GLOSSARY, PASSWORD
from tests.browser.looks import DESK, MIRRORED, PHONE, faults
from tests.browser.people import Person
from tests.browser.windows import SMALL, Windows

pytestmark = pytest.mark.browser
WIDTH = 390
SAID = "El pressupost de la plaça i el pressupost del carrer, a Can Batlló."
BAD = "ca,es\nplaça,plaza\ncarrer,\n=pressupost,presupuesto\n"


@pytest.fixture(scope="module")
def carla(all_windows: Windows) -> Iterator[Person]:
    """A reader of Catalan in an open room, on a phone, who has noted something."""
    fatou = all_windows.visit("terms", "Fatou")
    fatou.lead_room()
    fatou.press("Open the room")
    carla = all_windows.visit("terms", "Carla", viewport={"width": WIDTH, "height": 844})
    carla.enter_room()
    carla.press("Note")
    carla.box("A short note to everybody").fill(SAID)
    carla.press("Send the note")
    expect(carla.page.get_by_role("button", name="pressupost", exact=True)).to_be_visible()
    yield carla
    all_windows.close()


def meaning_of(term: Locator) -> Locator:
    return term.page.locator(f"#{term.get_attribute('popovertarget')}")


def test_a_term_is_explained_where_it_first_stands_and_nowhere_else(windows: Windows, carla: Person) -> None:
    for name in ("pressupost", "plaça", "carrer"):
        expect(carla.page.get_by_role("button", name=name, exact=True)).to_have_count(1)
    assert SAID in carla.page.locator("article.said", has_text="Can Batlló").first.inner_text()


def test_it_opens_at_the_term_within_the_window_and_goes_with_escape(windows: Windows, carla: Person) -> None:
    for name in ("pressupost", "plaça", "carrer"):
        term = carla.page.get_by_role("button", name=name, exact=True)
        term.focus()
        carla.page.keyboard.press("Enter")
        box = meaning_of(term)
        expect(box).to_be_visible()
        place, near = box.bounding_box(), term.bounding_box()
        assert place
        assert near
        assert (place["x"] >= 0, place["x"] + place["width"] <= WIDTH) == (True, True)
        assert min(abs(place["y"] - near["y"] - near["height"]), abs(near["y"] - place["y"] - place["height"])) < 24
        assert faults(carla.page, (PHONE,)) == []
        carla.page.set_viewport_size({"width": WIDTH, "height": 844})
        carla.page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        expect(term).to_be_focused()


def test_a_press_elsewhere_closes_it(windows: Windows, carla: Person) -> None:
    term = carla.page.get_by_role("button", name="plaça", exact=True)
    term.click()
    expect(meaning_of(term)).to_contain_text("Un espai obert del barri.")
    carla.page.mouse.click(5, 300)
    expect(meaning_of(term)).to_be_hidden()


def test_a_page_without_a_script_explains_terms_too(windows: Windows) -> None:
    house = windows.product.house["assemblies"]["terms"]
    page = windows.context("ca", java_script_enabled=False, viewport={"width": WIDTH, "height": 844}).new_page()
    page.goto(f"{windows.product.base}/a/terms/recommendations/{house['recommendation']}/?lang=ca")
    term = page.get_by_role("button", name="carrer", exact=True).first
    term.click()
    expect(meaning_of(term)).to_contain_text("Per on passa tothom.")
    page.keyboard.press("Escape")
    expect(meaning_of(term)).to_be_hidden()


@pytest.fixture(scope="module")
def organiser(all_windows: Windows) -> Iterator[Page]:
    """Somebody who organises, on a phone."""
    page = all_windows.blank(**SMALL)
    page.goto(f"{all_windows.product.base}/organise/")
    page.locator("input[name=login]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("main")).to_contain_text("Diumenges sense cotxes")
    yield page
    all_windows.close()


@pytest.mark.parametrize(("table", "is_good"), [(GLOSSARY, True), (BAD, False)])
def test_a_table_is_looked_at_before_it_is_taken(windows: Windows, organiser: Page, table: str, is_good: bool) -> None:
    windows.forgive("the server responded with a status of 400")
    found = []
    for lang, looks in (("en", (PHONE, DESK)), ("ar", (MIRRORED,))):
        organiser.goto(f"{windows.product.base}/organise/keys/glossary/?lang={lang}")
        found += faults(organiser, looks)
        organiser.locator("textarea[name=typed]").fill(table)
        organiser.get_by_role("main").locator("form button.act").click()
        expect(organiser.locator("textarea[name=table]")).to_have_count(1 if is_good else 0)
        found += faults(organiser, looks)
    assert found == []
