"""A new facilitator practises: from the own page into a room of simulated people, and out of it with a report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from kernel import clock
from tests.browser.product import Product
from tests.browser.windows import DESK, WAIT_MS, Windows

pytestmark = pytest.mark.browser
RATE = 5
"""How many times faster civic time runs: an insult comes 130 s after the beginning."""


@pytest.fixture
def hurried(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Windows]:
    """Windows of a server whose civic clock runs faster."""
    epoch = str(clock.wall())
    surroundings = {"REHEARSAL": "1", "CIVIC_CLOCK_RATE": str(RATE), "CIVIC_CLOCK_EPOCH": epoch}
    running = Product(tmp_path_factory.mktemp("practice"), "keys", **surroundings)
    running.start()
    windows = Windows(browser, running)
    yield windows
    windows.close()
    running.stop()


def test_a_facilitator_practises_alone_and_reads_what_happened(hurried: Windows) -> None:
    fatou = hurried.visit("keys", "Fatou", **DESK)
    page = fatou.page
    fatou.go()
    page.get_by_role("link", name="Guide for facilitators").click()
    page.get_by_role("link", name="Practise", exact=True).click()
    page.get_by_label("6 minutes").check()
    page.get_by_role("button", name="Enter the practice room").click()
    expect(page.get_by_text("Practice room: everybody here but you is simulated.")).to_be_visible()
    expect(page.get_by_text("· simulated").first).to_be_visible()
    page.get_by_role("button", name="Give the floor", exact=True).first.click(timeout=2 * WAIT_MS)
    insult = page.locator("article.said", has_text="too stupid to count").last
    expect(insult).to_be_visible(timeout=2 * WAIT_MS)
    insult.get_by_role("button", name="Hide …").click()
    page.get_by_role("button", name="it insults somebody").click()
    expect(page.get_by_text("Hidden by the facilitator: it insults somebody.").first).to_be_visible()
    page.get_by_role("link", name="End it and read the report").click()
    page.get_by_role("button", name="End it and read the report").click()
    expect(page.get_by_role("heading", name="Report of a practice")).to_be_visible()
    expect(page.get_by_text("and was hidden: it insults somebody.")).to_be_visible()
    expect(page.get_by_text("gave the floor to").first).to_be_visible()
    page.get_by_role("button", name="Delete this report").click()
    expect(page.get_by_text("The practice and its report were deleted.")).to_be_visible()
    assert hurried.unforgiven() == []
