"""The README's pictures, taken from a running demo: `python -m tests.browser.pictures`, about three minutes."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from rehearsal.processes import Process, free_ports
from tests.browser.conftest import ARGUMENTS
from tests.browser.product import ROOT

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 250_000
START_S = 120
RATE = 3
"""How many times faster the demo's turns and votes run, so that a result is there after two minutes."""
ROUND_MS = 480_000 // RATE
TRANSLATED = "section.now:not(.over) .foot .chip, section.now:not(.over) .foot button"
"""What is being said now, translated."""
QUEUE = "aside ol li, main .q"
ALL_THERE = "(selectors) => selectors.every((each) => document.querySelector(each))"
LINK = re.compile(r"^  (\w+)(?:, (\w\w))? .*?(http://\S+)$", re.MULTILINE)


def main() -> int:
    """Start a demo in a scratch folder, wait for the moments worth showing, end it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hemicycle-pictures-") as folder:
        (port,) = free_ports(1)
        faster = {
            "REHEARSAL": "1",
            "CIVIC_CLOCK_RATE": str(RATE),
            "CIVIC_CLOCK_EPOCH": str(time.time_ns() // 1_000_000),
        }
        demo = Process(["demo", "--port", str(port)], {"HEMICYCLE_STATE": folder, **faster}, Path(folder) / "demo.log")
        demo.start()
        try:
            _take_all(_links(demo))
        finally:
            demo.stop()
    heavy = [picture.name for picture in PICTURES.glob("*.png") if picture.stat().st_size > MOST_BYTES]
    print(*(f"too heavy: {name}" for name in heavy), sep="\n", end="")
    return 1 if heavy else 0


def _links(demo: Process) -> dict[str, str]:
    """The links that the demo prints, by who they are for."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        found = {f"{who} {lang}".strip(): url for who, lang, url in LINK.findall(demo.output.read_text())}
        if "organiser" in found:
            return found
        time.sleep(0.5)
    raise TimeoutError(f"the demo did not start:\n{demo.output.read_text()[-2000:]}")


def _take_all(links: dict[str, str]) -> None:
    expect.set_options(timeout=ROUND_MS)
    with sync_playwright() as driver:
        program = shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        arabic = _window(browser, phone=True)
        arabic.goto(f"{links['citizen pt']}?lang=ar")
        _take(arabic, "join-arabic")
        phone, wide = _window(browser, phone=True), _window(browser)
        _enter(phone, links["citizen ca"], "room")
        _enter(wide, links["citizen en"], "room")
        _take_rooms(phone, wide)
        by_role = {who.partition(" ")[0]: link for who, link in links.items()}
        _take_console(_window(browser), by_role["facilitator"], wide)
        _take_plenary(_window(browser, phone=True), by_role["plenary"])
        wide.goto(f"{wide.url.partition('/m/')[0]}/")
        _take_result(wide)
        browser.close()


def _window(browser: Browser, *, phone: bool = False) -> Page:
    look: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
    if phone:
        look = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
    page = browser.new_context(timezone_id="Europe/Madrid", **look).new_page()
    page.set_default_timeout(ROUND_MS)
    return page


def _enter(page: Page, link: str, door: str) -> None:
    """Use a personal link, and go from the lobby through one of its doors."""
    page.goto(link)
    page.locator("form button[type=submit]").click()
    page.locator(f"main a[href*='/{door}/']").first.click()


def _take_rooms(phone: Page, wide: Page) -> None:
    """Somebody speaks another language; on the wide screen somebody waits, and a draft stands beside it."""
    _take(phone, "room-phone", TRANSLATED)
    _take(wide, "room-wide", TRANSLATED, "aside article.card", waiting=phone)


def _take_console(page: Page, link: str, citizen: Page) -> None:
    _enter(page, f"{link}?lang=en", "facilitate")
    page.locator(".rows .row-main, #content.one").first.wait_for()
    if page.locator(".rows").count():
        page.locator(".rows .row-main").first.click()
    _take(page, "facilitator", TRANSLATED, waiting=citizen)


def _take_plenary(page: Page, link: str) -> None:
    _enter(page, link, "plenary")
    page.locator("label.choice").first.click()
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    _take(page, "vote-phone", "label.choice")


def _take_result(page: Page) -> None:
    page.locator("main article a").first.click()
    result = page.locator("a[href*='/results/']").first
    deadline = time.monotonic() + ROUND_MS / 1000
    while not result.count() and time.monotonic() < deadline:
        page.wait_for_timeout(3000)
        page.reload()
    result.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    _take(page, "result")


def _take(page: Page, name: str, *needed: str, waiting: Page | None = None) -> None:
    """Take the picture while all of these are there, and, if asked for, while that citizen waits for the floor."""
    wanted = [*needed, QUEUE] if waiting else [*needed]
    is_taken = False
    while not is_taken:
        page.wait_for_function(ALL_THERE, arg=needed)
        if waiting:
            _raise_hand(waiting)
        was_there = page.evaluate(ALL_THERE, wanted)
        page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
        is_taken = was_there and page.evaluate(ALL_THERE, wanted)
    print(f"{name}.png", flush=True)


def _raise_hand(citizen: Page) -> None:
    """Unless it is up; who is offered the floor lets the offer lapse."""
    hand = citizen.locator(".bar button.big[aria-pressed=false]")
    if hand.count():
        hand.click()


if __name__ == "__main__":
    sys.exit(main())
