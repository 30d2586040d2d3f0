"""The console over many rooms: without a mouse, on a tablet and a phone, with a call for help and a room taken over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.looks import DESK, IN_HAND, MIRRORED, faults
from tests.browser.people import Person
from tests.browser.test_keyboard import use, walk_to
from tests.browser.windows import PHONE, SMALL, Windows

pytestmark = pytest.mark.browser

TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}}
ROOMS = 12


@pytest.fixture(scope="module")
def fatou(all_windows: Windows) -> Iterator[Person]:
    """Fatou, who leads eleven of twelve rooms, at a tablet."""
    person = all_windows.visit("hall", "Fatou", **TABLET)
    person.go("facilitate/")
    expect(_rows(person)).to_have_count(ROOMS)
    yield person
    all_windows.close()


def _rows(person: Person) -> Locator:
    return person.page.locator(".rows .row-main")


def test_arrow_keys_walk_the_rooms_and_the_menu_is_the_next_stop(windows: Windows, fatou: Person) -> None:
    rows, keyboard = _rows(fatou), fatou.page.keyboard
    expect(rows.nth(1)).to_contain_text(re.compile("1 of 1 here"))
    walk_to(fatou, rows.nth(0))
    for key, there in (("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", 0), ("End", ROOMS - 1), ("Home", 0)):
        keyboard.press(key)
        expect(rows.nth(there)).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.press("Tab")
    menu = fatou.page.get_by_label("What to do about room 2")
    expect(menu).to_be_focused()
    keyboard.press("Enter")
    use(fatou, fatou.page.locator("details[open]").get_by_role("button", name="Pause"))
    expect(rows.nth(1)).to_contain_text("paused")
    expect(menu).to_be_focused()
    keyboard.press("Shift+Tab")
    expect(rows.nth(1)).to_be_focused()


def test_enter_opens_a_room_and_the_way_back_leads_to_its_row(windows: Windows, fatou: Person) -> None:
    keyboard = fatou.page.keyboard
    walk_to(fatou, _rows(fatou).nth(1))
    keyboard.press("Enter")
    expect(fatou.page.locator("#content.one")).to_be_focused()
    expect(fatou.button("Room 2")).to_have_attribute("aria-current", "true")
    expect(fatou.button("Go on")).to_be_visible()
    fatou.page.locator("nav.tabs").get_by_role("button").first.focus()
    keyboard.press("Enter")
    walk_to(fatou, _rows(fatou).nth(1))


def test_a_call_for_help_is_seen_answered_and_closed_by_the_keyboard(windows: Windows, fatou: Person) -> None:
    ana = windows.visit("hall", "Ana", **PHONE)
    ana.enter_room()
    ana.press("Call for help")
    ana.page.locator("section.panel textarea").fill("No oigo nada.")
    ana.page.locator("section.panel button.act").click()
    ana.sees(ana.say("Your call was received at {time}. Somebody will come.").split("{")[0])
    expect(_rows(fatou).nth(0)).to_contain_text("calls for help")
    alerts = fatou.page.locator("nav.tabs").get_by_role("button", name=re.compile(r"^Alerts \("))
    use(fatou, alerts)
    fatou.sees("Ana calls for help.")
    use(fatou, fatou.page.get_by_role("button", name=re.compile("^I look after it")))
    expect(fatou.page.locator("#content.one")).to_be_focused()
    ana.sees(ana.say("{name} looks after your call.", name="Fatou"))
    fatou.page.locator("nav.tabs").get_by_role("button", name=re.compile("^Alerts")).click()
    use(fatou, fatou.page.get_by_role("button", name=re.compile("^It is done")))
    expect(fatou.page.get_by_role("heading", name="Alerts")).to_be_focused()
    expect(ana.page.locator(".strips li")).to_have_count(0)


def test_a_room_whose_facilitator_vanished_is_taken_over_and_given_back(windows: Windows, fatou: Person) -> None:
    fatou.page.locator("nav.tabs").get_by_role("button", name="All rooms").click()
    last = _rows(fatou).nth(ROOMS - 1)
    expect(last).to_contain_text("without facilitator")
    menu = fatou.page.get_by_label(f"What to do about room {ROOMS}")
    menu.click()
    fatou.page.locator("details[open]").get_by_role("button", name="Take over").click()
    expect(fatou.button(f"Room {ROOMS}")).to_have_attribute("aria-current", "true")
    expect(fatou.page.locator("#content.one")).to_be_visible()
    fatou.page.locator("nav.tabs").get_by_role("button", name="All rooms").click()
    expect(last).to_contain_text("taken over by Fatou")
    expect(last).not_to_contain_text("without facilitator")
    menu.click()
    fatou.page.locator("details[open]").get_by_role("button", name="Give the room back").click()
    expect(last).not_to_contain_text("taken over by Fatou")


def test_a_note_among_facilitators_reaches_the_other_in_their_language(windows: Windows, fatou: Person) -> None:
    nour = windows.visit("hall", "Nour", **SMALL)
    nour.go("facilitate/")
    nour.page.locator("nav.tabs").get_by_role("button", name=nour.say("Notes")).click()
    fatou.page.locator("nav.tabs").get_by_role("button", name="Notes").click()
    fatou.page.locator("main textarea").fill("Please look at room 3.")
    fatou.press("Send")
    nour.sees("Please look at room 3.")
    expect(fatou.page.locator("main textarea")).to_have_value("")
    assert faults(nour.page, (MIRRORED,)) == []


@pytest.mark.parametrize("part", ["All rooms", "Alerts", "Notes"])
def test_every_part_can_be_used_in_the_hand(windows: Windows, fatou: Person, part: str) -> None:
    fatou.page.set_viewport_size(SMALL["viewport"])
    fatou.page.locator("nav.tabs").get_by_role("button", name=re.compile(f"^{part}")).click()
    assert faults(fatou.page, IN_HAND) == []


def test_at_a_desk_everything_stands_side_by_side(windows: Windows, fatou: Person) -> None:
    fatou.page.set_viewport_size({"width": 1280, "height": 860})
    fatou.page.locator("nav.tabs").get_by_role("button", name=re.compile("^All rooms")).click()
    for heading in ("All rooms", "Alerts", "Among facilitators"):
        expect(fatou.page.get_by_role("heading", name=heading)).to_be_visible()
    assert faults(fatou.page, (DESK,)) == []
