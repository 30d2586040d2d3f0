"""A sitting without a mouse: planned, begun, made longer, led on, told something, and back to the plenary."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.product import Product
from tests.browser.test_keyboard import use
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def people(all_windows: Windows) -> Iterator[tuple[Person, Person]]:
    """Ana in her room, in Spanish; Clara presides from the plenary, in English."""
    ana, clara = all_windows.visit("sitting", "Ana"), all_windows.visit("sitting", "Clara")
    clara.go("plenary/")
    ana.enter_room()
    yield ana, clara
    all_windows.close()


def seconds(person: Person) -> int:
    """What the clock of the step shows."""
    minutes, rest = person.page.get_by_role("timer").first.inner_text().split(":")
    return 60 * int(minutes) + int(rest)


def test_a_plan_begins_in_the_rooms(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, clara = people
    use(clara, clara.button("Plan a short sitting"))
    use(clara, clara.button("Begin in all rooms"))
    ana.sees(ana.say("Step {number} of {count}", number=1, count=4), exact=True)
    ana.sees(ana.say("Introduction"), exact=True)
    expect(ana.page.locator(".bar button.big")).to_be_visible()


def test_everybody_gets_a_minute_more(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, clara = people
    before = seconds(ana)
    use(clara, clara.button("+1 minute for all"))
    longer = "|".join(f"{left // 60}:{left % 60:02}" for left in range(before + 1, before + 61))
    expect(ana.page.get_by_role("timer").first).to_have_text(re.compile(f"^({longer})$"))


def test_a_message_comes_in_ones_own_language_and_is_put_away(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, clara = people
    box = clara.box("Message to all rooms")
    use(clara, box)
    clara.page.keyboard.type("The street is quiet.")
    use(clara, clara.button("Send to all rooms"))
    expect(box).to_have_value("")
    card = ana.page.get_by_role("region", name=ana.say("Message from the plenary"))
    expect(card).to_contain_text("Clara")
    use(ana, card.get_by_role("button", name=ana.say("I have read it")))
    expect(card).to_have_count(0)


def test_a_room_votes_to_move_on_and_the_chair_sees_it(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, clara = people
    for number in (2, 3, 4):
        use(clara, clara.button("Next step"))
        clara.sees(f"Step {number} of 4", exact=True)
    use(ana, ana.button("I am ready to move on"), "Space")
    ana.sees(ana.say("This room is ready to move on."))
    clara.sees("All rooms are ready to move on.")


def test_the_rooms_end_and_lead_to_the_plenary(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, clara = people
    use(clara, clara.button("End the rooms"))
    use(clara, clara.button("Now"))
    clara.sees("Prepare the next sitting")
    ana.sees(ana.say("The rooms have closed. It goes on in the plenary."))
    use(ana, ana.page.get_by_role("link", name=ana.say("Go to the plenary")))
    expect(ana.page).to_have_url(re.compile("/plenary/$"))


def test_rooms_follow_though_the_process_that_was_to_tell_them_was_killed(windows: Windows, product: Product) -> None:
    ana = windows.visit("killed", "Ana")
    ana.enter_room()
    product.run("-m", "tests.browser.killed", "killed", ends=-signal.SIGKILL)
    ana.sees(ana.say("Step {number} of {count}", number=1, count=4), exact=True)
    expect(ana.page.locator(".bar button.big")).to_be_visible()
