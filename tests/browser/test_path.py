"""One walk in steps, each standing on the one before: three people of three languages meet, speak, write, vote."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from playwright.sync_api import expect

from tests.browser.house import EMAIL, PASSWORD
from tests.browser.looks import IN_HAND, faults
from tests.browser.people import Person
from tests.browser.windows import PHONE, Windows
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser

SAID = {
    "Ana": "El parque necesita más árboles y agua.",
    "Bruno": "Les voitures doivent quitter la rue.",
    "Carla": "Els veïns volen un carrer tranquil.",
}
READ: dict[str, dict[str, tuple[str, ...]]] = {
    "Ana": {"fr": ("parc", "arbres", "eau"), "ca": ("parc", "arbres", "aigua"), "it": ("parco", "alberi", "acqua")},
    "Bruno": {"es": ("coches", "calle"), "ca": ("cotxes", "carrer"), "it": ("macchine|auto",)},
    "Carla": {"es": ("vecinos", "calle"), "fr": ("voisins", "rue"), "it": ("vicini",)},
}
"""Words that every engine gives (as patterns), by speaker and reader's language."""


@dataclass(slots=True)
class Walk:
    """Everybody who walks, and how far they came."""

    citizens: list[Person]
    fabio: Person
    olga: Person
    reached: int = 0

    def after(self, number: int) -> None:
        """Begin the step after this one; fails at once where that one did not end."""
        assert self.reached == number, f"step {number} did not come to its end"

    @property
    def everybody(self) -> list[Person]:
        """All in the room."""
        return [*self.citizens, self.fabio]


@pytest.fixture(scope="module")
def walk(all_windows: Windows) -> Iterator[Walk]:
    """Three citizens on phones, who have only their links; a facilitator and an organiser at their desks."""
    citizens = [all_windows.visit("path", name, **PHONE) for name in SAID]
    fabio = all_windows.visit("path", "Fabio")
    olga = Person("Olga", "en", all_windows.blank(), fabio.base, fabio.seat, fabio.room)
    yield Walk(citizens, fabio, olga)
    all_windows.close()


def test_each_joins_by_a_personal_link_in_their_own_language(windows: Windows, walk: Walk) -> None:
    for person in walk.citizens:
        person.page.goto(f"{person.base}/join/{person.seat['code']}/")
        expect(person.page.locator("html")).to_have_attribute("lang", person.lang)
        expect(person.page.locator("input[name=name]")).to_have_value(person.name)
        person.press("Enter")
        expect(person.page).to_have_url(person.home)
        expect(person.page.get_by_role("heading", level=1)).to_contain_text(person.name)
    walk.reached = 1


def test_the_facilitator_opens_the_room_and_calls(windows: Windows, walk: Walk) -> None:
    walk.after(1)
    walk.fabio.lead_room()
    for person in walk.citizens:
        person.page.get_by_role("link", name=person.say("Enter room %(number)s", number=1)).click()
        expect(person.page.locator("main .card")).to_be_visible()
    walk.fabio.press("Open the room")
    walk.fabio.page.get_by_role("combobox", name=walk.fabio.say("Mode"), exact=True).select_option("chaired")
    for person in walk.citizens:
        expect(person.page.locator(".bar button.big")).to_be_visible()
    walk.reached = 2


@pytest.mark.parametrize("name", SAID)
def test_each_speaks_in_turn_and_the_others_read_it_in_their_own_language(
    windows: Windows, walk: Walk, name: str
) -> None:
    number = 3 + list(SAID).index(name)
    walk.after(number - 1)
    speaker = next(person for person in walk.citizens if person.name == name)
    speaker.raise_hand()
    walk.fabio.button("Give the floor").first.click()
    speaker.speak(SAID[name])
    for reader in walk.everybody:
        if reader is not speaker:
            _reads(reader, speaker)
    speaker.end_turn()
    expect(speaker.page.locator(".bar button.big")).to_be_visible()
    walk.reached = number


def _reads(reader: Person, speaker: Person) -> None:
    for word in READ[speaker.name][reader.lang]:
        expect(reader.page.locator(f"main p[lang={reader.lang}]", has_text=re.compile(word)).first).to_be_visible()
    label = reader.page.get_by_text(re.compile("apertium|words", re.IGNORECASE)).first
    expect(label).to_be_visible()
    reader.page.get_by_role("button", name=reader.say("Original"), exact=True).first.click()
    expect(reader.page.locator(f"p.orig[lang={speaker.lang}]").first).to_have_text(SAID[speaker.name])
    reader.page.get_by_role("button", name=reader.say("Hide the original"), exact=True).first.click()


def test_a_draft_that_most_accept_is_sent_to_the_plenary(windows: Windows, walk: Walk) -> None:
    walk.after(5)
    ana, bruno, _ = walk.citizens
    for person in walk.citizens:
        person.tab("Drafts")
    ana.press("Write a new draft")
    ana.box("Title").fill("Árboles para el parque")
    ana.box("Recommendation").fill(SAID["Ana"])
    ana.press("Put version {number} to the room", number=1)
    bruno.sees_in("fr", "parc")
    ana.press("I agree with this")
    expect(ana.button("Send to the plenary")).to_have_count(0)
    bruno.press("I agree with this")
    bruno.press("Send to the plenary")
    for person in walk.citizens:
        person.sees(person.say("sent to the plenary"))
    walk.reached = 6


def test_the_organiser_puts_it_to_the_vote(windows: Windows, walk: Walk) -> None:
    walk.after(6)
    olga = walk.olga
    olga.page.goto(f"{olga.base}/organise/path/plenary/")
    olga.page.locator("input[name=login]").fill(EMAIL)
    olga.page.locator("input[name=password]").fill(PASSWORD)
    olga.page.get_by_role("main").get_by_role("button", name="Sign in").click()
    olga.press("Put to the vote")
    olga.press("Open the vote")
    olga.sees("0 of 3 have voted.")
    walk.reached = 7


def test_one_votes_in_the_live_plenary(windows: Windows, walk: Walk) -> None:
    walk.after(7)
    ana = walk.citizens[0]
    ana.go("plenary/")
    ana.sees_in("es", "parque")
    ana.page.get_by_role("radio", name=ana.say("Yes")).check()
    ana.press("Vote yes")
    expect(ana.page.locator(".strip.good")).to_be_visible()
    walk.reached = 8
    assert faults(ana.page, IN_HAND) == []


def test_another_votes_without_javascript(windows: Windows, walk: Walk) -> None:
    walk.after(8)
    _vote_plainly(windows, walk.citizens[1], "yes")
    _vote_plainly(windows, walk.citizens[2], "no")
    walk.reached = 9


def _vote_plainly(windows: Windows, person: Person, choice: str) -> None:
    device = person.page.context.storage_state()  # the same device, with scripts switched off
    context = windows.context(person.lang, java_script_enabled=False, storage_state=device, **PHONE)
    voter = dataclasses.replace(person, page=context.new_page())
    voter.go("motions/")
    voter.page.get_by_role("link", name=voter.say("Go and vote")).click()
    voter.sees_in(person.lang, "parc")
    voter.page.locator(f"input[value={choice}]").check()
    voter.press("Cast my vote")
    expect(voter.page.locator(".strip.good")).to_contain_text(voter.say("Your vote is in."))
    context.close()


def test_the_count_is_certified_and_published(windows: Windows, walk: Walk) -> None:
    walk.after(9)
    olga = walk.olga
    olga.page.reload()
    olga.sees("3 of 3 have voted.")
    olga.press("Close the vote and count")
    expect(walk.citizens[0].page.locator("table")).to_be_visible()
    counted = faults(walk.citizens[0].page, IN_HAND)
    olga.press("Certify and publish the result")
    olga.page.get_by_role("link", name="See the result").click()
    walk.reached = 10
    assert counted == []


def test_everybody_sees_the_result_as_sentence_drawing_and_table(windows: Windows, walk: Walk) -> None:
    walk.after(10)
    page = walk.olga.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("2")
    drawing = page.get_by_role("img")
    expect(drawing.locator("circle")).to_have_count(3)
    assert page.locator("table tbody tr").all_inner_texts()[0].split()[-1] == "✓"
    ana = walk.citizens[0]
    link = ana.page.get_by_role("link", name=ana.say("The published result, and how to recount it yourself"))
    link.click()
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text("2")
    walk.reached = 11


def test_the_published_file_is_recounted_identically(windows: Windows, walk: Walk, tmp_path: Path) -> None:
    walk.after(11)
    opener = build_opener(ProxyHandler({}))
    links = {"Ballots (JSON)": "result.json", "recount.py": "recount.py"}
    for name, file in links.items():
        address = walk.olga.page.get_by_role("link", name=name).get_attribute("href")
        (tmp_path / file).write_bytes(opener.open(f"{walk.olga.base}{address}", timeout=PATIENCE_S).read())
    command = [sys.executable, "-I", "recount.py", "result.json"]
    counted = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert (counted.returncode, "identical" in counted.stdout.lower()) == (0, True), counted.stdout
