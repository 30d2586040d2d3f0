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


def test_a_turn_is_made_longer_and_cut(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, fatou = people
    use(fatou, fatou.button("+30 s"))
    ana.sees("30 segundos más a Ana")
    use(fatou, fatou.button("End the turn"))
    ana.sees(ana.say("The facilitator ended the turn of {name}.", name="Ana"))
    expect(fatou.button("+30 s")).to_have_count(0)


def test_a_counted_time_is_put_right_with_a_reason(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, fatou = people
    use(fatou, fatou.page.get_by_label("What to do for Ana"))
    use(fatou, fatou.page.locator("details[open]").get_by_role("button", name="Correct the time"))
    form = fatou.page.get_by_role("form", name="Correct the time of Ana")
    expect(form.get_by_label("Seconds")).to_be_focused()
    walk_to(fatou, form.get_by_label("Reason"))
    fatou.page.keyboard.press("ArrowDown")
    use(fatou, form.get_by_role("button", name="Correct"))
    expect(form).to_have_count(0)
    ana.sees(ana.say("it took time to understand each other"))


def test_what_was_said_is_hidden_with_a_reason_and_shown_again(windows: Windows, people: tuple[Person, Person]) -> None:
    ana, fatou = people
    use(fatou, fatou.button("Hide …").first)
    use(fatou, fatou.button("it insults somebody"))
    reason = ana.say("it insults somebody")
    ana.sees(ana.say("The facilitator hid something that was said: {reason}.", reason=reason))
    use(fatou, fatou.button("Show it again"))
    ana.sees(ana.say("The facilitator shows again what was hidden."))


def test_the_room_is_locked_its_turns_get_another_length_and_it_is_asked(
    windows: Windows, people: tuple[Person, Person]
) -> None:
    ana, fatou = people
    use(fatou, fatou.button("Lock the room: nobody else comes in"))
    ana.sees(ana.say("The facilitator locked the room: nobody else comes in."))
    use(fatou, fatou.button("Unlock the room"))
    use(fatou, fatou.page.get_by_role("checkbox", name="The others may send somebody out"), "Space")
    walk_to(fatou, fatou.page.get_by_role("combobox", name="Of the others must agree"))
    fatou.page.keyboard.press("ArrowDown")
    ana.sees(ana.say("From now on the others may send somebody out of the room."))
    walk_to(fatou, fatou.page.get_by_role("combobox", name="Longest turn"))
    fatou.page.keyboard.press("ArrowDown")
    ana.sees(ana.say("The facilitator set the length of a turn to {time}.").split("{")[0])
    use(fatou, fatou.page.get_by_text("A new question", exact=True))
    walk_to(fatou, fatou.page.get_by_role("textbox", name="Question", exact=True))
    fatou.page.keyboard.type("Shall we go on?")
    use(fatou, fatou.button("Ask"))
    ana.sees(ana.say("The facilitator asks the room something."))
    use(fatou, fatou.button("Close the question"))
    ana.sees(ana.say("The question to the room is closed."))


def test_the_list_is_closed_a_note_is_written_and_the_room_closes(
    windows: Windows, people: tuple[Person, Person]
) -> None:
    ana, fatou = people
    use(fatou, fatou.button("Close the list of speakers"))
    ana.sees(ana.say("The facilitator closed the list of speakers for this item."))
    use(fatou, fatou.button("Write a note to the room"))
    walk_to(fatou, fatou.page.locator("section.said textarea"))
    fatou.page.keyboard.type("Thank you all.")
    fatou.page.keyboard.press("Control+Enter")
    fatou.sees("Thank you all.")
    use(fatou, fatou.button("Close the room"))
    use(fatou, fatou.button("Close it"))
    expect(fatou.button("Open the room again")).to_be_visible()
    expect(ana.page.locator(".bar button.big")).to_have_count(0)
