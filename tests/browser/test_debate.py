"""A debate of the plenary without a mouse: led without a script, spoken on phones, shown in the hall, voted on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import IN_HAND, faults
from tests.browser.people import Person
from tests.browser.test_keyboard import use, walk_to
from tests.browser.windows import PHONE, Windows

pytestmark = pytest.mark.browser

SAID = "Una calle tranquila."
NO_LINE = "No connection. You still see what was said."


@dataclass(frozen=True, slots=True)
class Hall:
    """Ana and Bruno on their own screens, Clara who presides without a script, the view for the hall on a large one."""

    ana: Person
    bruno: Person
    clara: Person
    screen: Page

    def look_again(self) -> None:
        """Clara looks at what has happened."""
        self.clara.go("debate/")


@pytest.fixture(scope="module")
def hall(all_windows: Windows) -> Iterator[Hall]:
    """Everybody is in; the debate is not open yet."""
    ana, bruno = all_windows.visit("debate", "Ana", **PHONE), all_windows.visit("debate", "Bruno")
    clara = all_windows.visit("debate", "Clara", java_script_enabled=False)
    screen = bruno.page.context.new_page()
    screen.set_viewport_size({"width": 1920, "height": 1080})
    clara.go("debate/")
    yield Hall(ana, bruno, clara, screen)
    all_windows.close()


def test_the_chair_opens_the_debate_and_everybody_finds_it(windows: Windows, hall: Hall) -> None:
    walk_to(hall.clara, hall.clara.page.locator("input[name=minutes]"))
    hall.clara.page.keyboard.type("5")
    use(hall.clara, hall.clara.button("Open the debate"))
    hall.clara.sees("nobody speaks")
    for person in (hall.ana, hall.bruno):
        person.go()
        use(person, person.page.get_by_role("link", name=person.say("Into the debate")))
        expect(person.page.locator(".bar button.big")).to_be_visible()
    hall.screen.goto(f"{hall.bruno.home}hall/?lang=en&in=fr&in=es")
    expect(hall.screen.locator("#hall")).to_contain_text("hands up: 0")


def test_a_hand_is_called_and_what_is_said_is_read_in_other_languages(windows: Windows, hall: Hall) -> None:
    use(hall.ana, hall.ana.page.locator(".bar button.big"), "Space")
    expect(hall.ana.page.locator(".bar button.big")).to_have_attribute("aria-pressed", "true")
    hall.look_again()
    use(hall.clara, hall.clara.page.get_by_role("button", name="Call Ana"))
    expect(hall.ana.page.locator("section.mine textarea")).to_be_visible()
    walk_to(hall.ana, hall.ana.page.locator("section.mine textarea"))
    hall.ana.page.keyboard.type(SAID)
    hall.ana.page.keyboard.press("Control+Enter")
    hall.bruno.sees_in("fr", "rue")
    expect(hall.screen.locator(".speaker")).to_have_text("Speaks now: Ana")
    expect(hall.screen.locator("td.n")).to_have_text(re.compile("^4:[0-5][0-9]$"))


def test_the_server_dies_in_mid_turn_and_the_debate_goes_on(windows: Windows, hall: Hall) -> None:
    windows.forgive("WebSocket connection to .* failed|ERR_CONNECTION_REFUSED|Failed to load resource")
    with windows.product.dead():
        hall.bruno.sees(hall.bruno.say(NO_LINE))
    expect(hall.bruno.page.locator(".strip.warn")).to_have_count(0)
    expect(hall.ana.page.locator("section.mine textarea")).to_be_visible()
    expect(hall.screen.locator(".speaker")).to_have_text("Speaks now: Ana")
    hall.look_again()
    hall.clara.sees("Ana speaks")
    use(hall.clara, hall.clara.button("End the turn"))
    expect(hall.ana.page.locator("section.mine textarea")).to_have_count(0)


def test_everybody_else_reads_it_without_names(windows: Windows, hall: Hall) -> None:
    public = windows.blank()
    public.goto(f"{hall.ana.base}/a/debate/hall/?lang=fr")
    expect(public.locator("#hall [lang=fr]", has_text="rue")).to_be_visible()
    expect(public.locator("#hall")).not_to_contain_text("Ana")
    assert faults(public, IN_HAND) == []


def test_a_motion_is_debated_in_all_languages(windows: Windows, hall: Hall) -> None:
    for person in (hall.ana, hall.bruno):
        person.sees(person.say("Next:"))
    use(hall.clara, hall.clara.button("Go on to this 1"))
    for person in (hall.ana, hall.bruno):
        person.sees(person.say("Motion {number} is debated", number=1))
    expect(hall.screen.locator("#hall h1")).not_to_have_text("Debate of the plenary")


def test_the_vote_follows_and_its_result_stands_in_the_hall(windows: Windows, hall: Hall) -> None:
    use(hall.clara, hall.clara.button("Open the vote"))
    expect(hall.screen.locator("#hall")).to_contain_text("0 / 3")
    for voted, person in enumerate((hall.ana, hall.bruno), 1):
        use(person, person.page.get_by_role("link", name=person.say("Vote on motion {number}", number=1)))
        use(person, person.page.get_by_role("radio").first, "Space")
        use(person, person.button("Vote yes"))
        expect(hall.screen.locator("#hall")).to_contain_text(f"{voted} / 3")
    hall.look_again()
    use(hall.clara, hall.clara.button("Close the vote and count"))
    expect(hall.screen.locator("#hall")).to_contain_text("Adopted")


def test_every_page_of_it_can_be_used_by_everybody(windows: Windows, hall: Hall) -> None:
    use(hall.ana, hall.ana.page.get_by_role("link", name=hall.ana.say("Back to the debate")))
    hall.ana.sees(hall.ana.say("The text"))
    for page in (hall.ana.page, hall.screen):
        assert faults(page, IN_HAND) == []
