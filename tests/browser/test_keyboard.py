"""Without a mouse: a hand is raised and lowered, the floor is given and taken, words are sent, a turn ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Person
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser

MOST_TABS = 60


@pytest.fixture(scope="module")
def people(all_windows: Windows) -> Iterator[tuple[Person, Person]]:
    """Ana in her room, Fatou at the console."""
    ana, fatou = all_windows.visit("keys", "Ana"), all_windows.visit("keys", "Fatou")
    fatou.lead_room()
    ana.enter_room()
    yield ana, fatou
    all_windows.close()


def walk_to(person: Person, wanted: Locator) -> None:
    """Press Tab until this is focused; what has the focus can be seen."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        if wanted.evaluate("(each) => each === document.activeElement"):
            assert wanted.evaluate("(each) => each.matches(':focus-visible')")
            return
        person.page.keyboard.press("Tab")
    pytest.fail(f"{wanted} is out of reach of the Tab key")


def use(person: Person, wanted: Locator, key: str = "Enter") -> None:
    """Walk to this with Tab, and press the key there."""
    walk_to(person, wanted)
    person.page.keyboard.press(key)


def test_the_first_stop_is_the_way_to_the_content(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, _ = people
    ana.page.keyboard.press("Tab")
    expect(ana.page.locator("a.skip")).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(ana.page.locator("#content")).to_be_focused()


def test_a_hand_goes_up_and_down(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, fatou = people
    use(fatou, fatou.button("Open the room"))
    walk_to(fatou, fatou.page.get_by_role("combobox", name="Mode", exact=True))
    fatou.page.keyboard.type("chaired")
    hand = ana.page.locator(".bar button.big")
    expect(fatou.page.locator(".q")).to_have_count(0)
    for raised in (True, False, True):
        use(ana, hand, "Space")
        expect(hand).to_have_attribute("aria-pressed", str(raised).lower())
        expect(hand).to_be_focused()
        expect(fatou.page.locator(".q")).to_have_count(int(raised))


def test_the_floor_is_given_words_are_sent_the_turn_ends(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, fatou = people
    use(fatou, fatou.button("Give the floor").first)
    walk_to(ana, ana.page.locator("section.mine textarea"))
    ana.page.keyboard.type("Una calle tranquila.")
    ana.page.keyboard.press("Control+Enter")
    fatou.sees_in("en", "street")
    expect(ana.page.locator("section.mine textarea")).to_have_value("")
    use(ana, ana.button("End my turn"))
    expect(ana.page.locator(".bar button.big")).to_be_visible()


def test_an_offer_is_focused_and_taken(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, fatou = people
    use(fatou, fatou.page.get_by_label("What to do for Ana"))
    menu = fatou.page.locator("details[open]")
    use(fatou, menu.get_by_role("button", name="Give the floor"))
    expect(ana.button("Take the floor")).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(ana.page.locator("section.mine")).to_be_visible()


def test_escape_closes_a_menu_and_gives_the_focus_back(windows: Windows, people: tuple[Person, Person]) -> None:
    _, fatou = people
    summary = fatou.page.get_by_label("What to do for Ana")
    use(fatou, summary)
    fatou.page.keyboard.press("Escape")
    expect(fatou.page.locator("details[open]")).to_have_count(0)
    expect(summary).to_be_focused()
