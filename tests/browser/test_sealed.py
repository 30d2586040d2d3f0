"""A sealed vote on a phone, without a mouse: cast, changed from another device, closed, found and recounted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.house import EMAIL, PASSWORD
from tests.browser.looks import IN_HAND, faults
from tests.browser.people import Person
from tests.browser.test_keyboard import use, walk_to
from tests.browser.windows import PHONE, Windows

pytestmark = pytest.mark.browser

SOON = """
  const draw = crypto.getRandomValues.bind(crypto);
  crypto.getRandomValues = (into) => (into instanceof Uint32Array ? into.fill(2 ** 29) : draw(into));
"""
"""The moment at which a ballot goes in is drawn early in its span: after 2.5 seconds, not 20."""


@dataclass(slots=True)
class Booth:
    """Ana on her phone and on a second one, Bruno at a desk, and what Ana was told."""

    ana: Person
    again: Person
    bruno: Person
    code: str = ""
    tracker: str = ""


@pytest.fixture(scope="module")
def booth(all_windows: Windows) -> Iterator[Booth]:
    """Three devices in the plenary; requests to the door of ballots must carry no cookie."""
    ana, again = (all_windows.visit("sealed", "Ana", **PHONE) for _ in range(2))
    bruno = all_windows.visit("sealed", "Bruno")
    for person in (ana, again, bruno):
        person.page.add_init_script(SOON)
        person.go("plenary/")
        expect(person.page.locator("fieldset label.choice")).to_have_count(3)
    yield Booth(ana, again, bruno)
    all_windows.close()


def choose(person: Person, choice: str, act: str) -> None:
    """By keyboard: walk to the choices, to this one, and to the button."""
    radio = person.page.get_by_role("radio", name=person.say(choice))
    walk_to(person, person.page.get_by_role("radio").first)
    while not radio.is_checked():
        person.page.keyboard.press("ArrowDown")
    use(person, person.button(act))


def test_a_sealed_ballot_is_first_not_yet_in_and_then_in(windows: Windows, booth: Booth) -> None:
    ana, sent = booth.ana, []
    ana.page.on("request", lambda request: sent.append(request))
    ana.sees(
        ana.say("Sealed vote: your name and your choice are never recorded together. You can change it until closing.")
    )
    choose(ana, "No", "Vote no")
    ana.sees(ana.say("Not yet in."))
    booth.tracker = ana.page.locator(".strip.good code").inner_text()
    kept = ana.page.evaluate("() => Object.values(localStorage).join()")
    assert ("signature" in kept, '"choice":null' in kept) == (True, True)
    ballots = [request for request in sent if "/ballots/" in request.url]
    assert len(ballots) == 1
    assert not {"cookie", "referer", "x-csrftoken"} & set(ballots[0].all_headers())
    assert not [request for request in sent if ana.seat["key"] in (request.post_data or "")]
    use(ana, ana.page.get_by_text(ana.say("If this device gets lost")))
    booth.code = ana.page.locator("details[open] code").inner_text()
    assert faults(ana.page, IN_HAND) == []


def test_a_second_device_goes_on_with_the_code_and_changes_the_vote(windows: Windows, booth: Booth) -> None:
    windows.forgive("409")
    again = booth.again
    choose(again, "Yes", "Vote yes")
    field = again.page.get_by_role("textbox", name=again.say("Code from the device on which you began"))
    walk_to(again, field)
    again.page.keyboard.type(booth.code.lower().replace("-", " "))
    again.page.keyboard.press("Enter")
    expect(field).to_have_count(0)
    choose(again, "Yes", "Vote yes")
    expect(again.page.locator(".strip.good code")).to_have_text(booth.tracker)
    assert faults(again.page, IN_HAND) == []


def test_it_is_found_on_the_board_with_what_was_chosen_last(windows: Windows, booth: Booth) -> None:
    choose(booth.bruno, "No", "Vote no")
    expect(booth.bruno.page.locator(".strip.good code")).to_be_visible()
    page = booth.bruno.page
    page.goto(f"{booth.bruno.base}/organise/sealed/plenary/?lang=en")
    page.locator("input[name=login]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Close the vote and count", exact=True).click()
    page.get_by_role("button", name="Certify and publish the result", exact=True).click()
    page.get_by_role("link", name="See the result").click()
    expect(page.get_by_role("link", name="recount_permits.py")).to_be_visible()
    page.locator("summary", has_text="find your own ballot").click()
    expect(page.locator("ul.board li", has_text=booth.tracker)).to_contain_text(": yes")
    assert faults(page, IN_HAND) == []
