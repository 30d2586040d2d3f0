"""Pages for everybody: without faults on a phone, at a desk, in the dark, in forced colours, from right to left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.house import EMAIL, PASSWORD
from tests.browser.looks import DESK, MIRRORED, faults
from tests.browser.people import Person
from tests.browser.product import ROOT
from tests.browser.windows import SMALL, Windows

pytestmark = pytest.mark.browser

STRANGER = (
    "/",
    "/a/screens/",
    "/a/screens/recommendations/{recommendation}/",
    "/a/screens/recommendations/{recommendation}/sentences/",
    "/a/screens/recommendations/{sent}/sentences/",
    "/a/screens/results/{done}/",
    "/a/screens/results/{published}/",
    "/a/screens/results/{schulze}/",
    "/a/screens/results/{score}/",
    "/join/{link}/",
    "/guide/facilitators/",
    "/practice/",
    "/accounts/login/",
    "/accounts/password/reset/",
)
WRONG = ("/nowhere/", "/join/nonsense/", "/welcome/nonsense/", "/m/abcdefghijk/")
FACILITATOR = ("practice/", "practice/{practice}/", "facilitate/harvest/")
MEMBER = (
    "",
    "devices/",
    "room/{room}/drafts/",
    "room/{room}/exchange/",
    "room/{merging}/merging/",
    "recommendations/",
    "motions/",
    "motions/{running}/",
    "motions/{done}/",
    "motions/{heard}/",
    "motions/{amended}/",
    "motions/{stated}/",
    "motions/{approval_open}/",
    "motions/{score_open}/",
    "motions/{runoff_open}/",
)
ORGANISER = (
    "",
    "new/",
    "screens/",
    "screens/edit/",
    "screens/members/",
    "screens/languages/",
    "screens/glossary/",
    "screens/members/import/",
    "screens/members/{member}/",
    "screens/links/",
    "screens/rooms/",
    "screens/rooms/status/",
    "screens/rooms/harvest/",
    "screens/sitting/",
    "screens/plenary/",
)


@dataclass(slots=True)
class Readers:
    """One page for each kind of reader, and what stands in the addresses."""

    stranger: Page
    member: Person
    organiser: Page
    parts: dict[str, str]

    def address(self, pattern: str) -> str:
        """The address with everything filled in."""
        return self.member.base + pattern.format(**self.parts)


@pytest.fixture(scope="module")
def readers(all_windows: Windows) -> Iterator[Readers]:
    """A stranger, a citizen and an organiser who has signed in."""
    member = all_windows.visit("screens", "Ana", **SMALL)
    house = all_windows.product.house["assemblies"]["screens"]
    parts = {**house, "link": house["people"]["Pep"]["code"], "member": member.seat["key"]}
    made = Readers(all_windows.blank(**SMALL), member, all_windows.blank(**SMALL), parts)
    made.organiser.goto(made.address("/organise/"))
    made.organiser.locator("input[name=login]").fill(EMAIL)
    made.organiser.locator("input[name=password]").fill(PASSWORD)
    made.organiser.get_by_role("main").get_by_role("button").click()
    expect(made.organiser.get_by_role("main")).to_contain_text("Diumenges sense cotxes")
    yield made
    all_windows.close()


def _faults_in_both_directions(page: Page, address: str) -> list[str]:
    page.goto(f"{address}?lang=en")
    found = faults(page)
    page.goto(f"{address}?lang=ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    return found + faults(page, (MIRRORED,))


@pytest.mark.parametrize("address", STRANGER)
def test_a_public_page_has_no_faults(windows: Windows, readers: Readers, address: str) -> None:
    assert _faults_in_both_directions(readers.stranger, readers.address(address)) == []


@pytest.mark.parametrize("address", WRONG)
def test_a_page_that_says_what_went_wrong_has_no_faults(windows: Windows, readers: Readers, address: str) -> None:
    windows.forgive("the server responded with a status of 40[34]")
    assert _faults_in_both_directions(readers.stranger, readers.address(address)) == []


@pytest.mark.parametrize("address", MEMBER)
def test_a_page_of_a_member_has_no_faults(windows: Windows, readers: Readers, address: str) -> None:
    assert _faults_in_both_directions(readers.member.page, readers.address(f"/m/{{member}}/{address}")) == []


@pytest.mark.parametrize("address", FACILITATOR)
def test_a_page_of_a_facilitator_has_no_faults(windows: Windows, readers: Readers, address: str) -> None:
    fatou = windows.visit("screens", "Fatou", **SMALL)
    pattern = readers.address(f"/m/{fatou.seat['key']}/{address}")
    assert _faults_in_both_directions(fatou.page, pattern) == []


@pytest.mark.parametrize("address", ["translate/", "translate/{planned}/fr/"])
def test_a_page_of_a_translator_has_no_faults(windows: Windows, readers: Readers, address: str) -> None:
    tariq = windows.visit("screens", "Tariq", **SMALL)
    pattern = readers.address(f"/m/{tariq.seat['key']}/{address}")
    assert _faults_in_both_directions(tariq.page, pattern) == []


def test_the_live_plenary_has_no_faults(windows: Windows, readers: Readers) -> None:
    readers.member.go("plenary/")
    readers.member.sees_in("es", "parque")
    amina = windows.visit("screens", "Amina", **SMALL)
    amina.go("plenary/")
    amina.sees_in("ca", "parc")
    assert faults(readers.member.page) + faults(amina.page, (MIRRORED, DESK)) == []


@pytest.mark.parametrize("address", ORGANISER)
def test_a_page_of_an_organiser_has_no_faults(windows: Windows, readers: Readers, address: str) -> None:
    assert _faults_in_both_directions(readers.organiser, readers.address(f"/organise/{address}")) == []


def test_a_form_with_errors_has_no_faults_and_leads_to_them(windows: Windows, readers: Readers) -> None:
    windows.forgive("the server responded with a status of 400")
    page = readers.stranger
    page.goto(readers.address("/join/{link}/?lang=en"))
    page.get_by_role("textbox").fill("")
    page.get_by_role("button", name="Enter").click()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_role("textbox")).to_be_focused()
    assert faults(page) == []


KILOBYTES = {
    ("light", "Ana", "room/{room}/"): (60, 8),
    ("screens", "Ana", "plenary/"): (47, 8),
    ("light", "Fatou", "facilitate/"): (75, 9),
}
"""Scripts and styles of somebody's page on a phone; what a page needs only at times comes when it is needed."""


@pytest.mark.parametrize(("assembly", "name", "address"), KILOBYTES)
def test_a_live_page_is_light(windows: Windows, assembly: str, name: str, address: str) -> None:
    person = windows.visit(assembly, name)
    person.page.set_viewport_size({"width": 390, "height": 844})
    finished: list[Request] = []
    person.page.on("requestfinished", lambda request: finished.append(request))
    person.go(address.format(room=person.room))
    expect(person.page.get_by_role("main")).to_be_visible()
    person.page.wait_for_load_state("networkidle")
    sent = {kind: _bytes_of(finished, kind) / 1000 for kind in ("script", "stylesheet")}
    scripts, styles = KILOBYTES[assembly, name, address]
    assert (0 < sent["script"] <= scripts, 0 < sent["stylesheet"] <= styles) == (True, True), sent


def _bytes_of(requests: list[Request], kind: str) -> int:
    """What these requests brought over the wire, as it was compressed."""
    return sum(request.sizes()["responseBodySize"] for request in requests if request.resource_type == kind)


SIDED = re.compile(
    r"\b(margin|padding|border|inset)-(left|right)\b|\b(float|text-align):\s*(left|right)|[;{ ](left|right):"
)


def test_no_style_knows_left_or_right() -> None:
    sheets = [*ROOT.glob("frontend/src/**/*.svelte"), *ROOT.glob("platform/*/static/*/*.css")]
    found = {sheet.name: [hit[0] for hit in SIDED.finditer(_style_of(sheet))] for sheet in sheets}
    assert (len(sheets) > 10, {name: hits for name, hits in found.items() if hits}) == (True, {})


def _style_of(sheet: Path) -> str:
    text = sheet.read_text()
    return text.partition("<style>")[2] if sheet.suffix == ".svelte" else text
