"""The README's pictures, taken from a running demo: `python -m tests.browser.pictures`, about seven minutes."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from rehearsal.processes import Process, free_ports
from tests.browser.conftest import ARGUMENTS
from tests.browser.product import ROOT

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 250_000
START_S = 120
ROUND_MS = 480_000
LINK = re.compile(r"^  (\w+)(?:, (\w\w))? .*?(http://\S+)$", re.MULTILINE)


def main() -> int:
    """Start a demo in a scratch folder, wait for the moments worth showing, end it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hemicycle-pictures-") as folder:
        (port,) = free_ports(1)
        demo = Process(["demo", "--port", str(port)], {"HEMICYCLE_STATE": folder}, Path(folder) / "demo.log")
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
        _take_console(_window(browser), links[next(who for who in links if who.startswith("facilitator"))])
        _take_plenary(_window(browser, phone=True), links[next(who for who in links if who.startswith("plenary"))])
        wide.goto(f"{wide.url.partition('/m/')[0]}/")
        _take_result(wide)
        browser.close()


def _window(browser: Browser, *, phone: bool = False) -> Page:
    look: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
    if phone:
        look = {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 2}
    return browser.new_context(timezone_id="Europe/Madrid", **look).new_page()


def _enter(page: Page, link: str, door: str) -> None:
    """Use a personal link, and go from the lobby through one of its doors."""
    page.goto(link)
    page.locator("form button[type=submit]").click()
    page.locator(f"main a[href*='/{door}/']").first.click()


def _take_rooms(phone: Page, wide: Page) -> None:
    """Somebody speaks another language, somebody waits, a draft stands beside it."""
    expect(_translated(phone)).to_be_visible()
    expect(phone.locator("section.now")).to_have_text(re.compile("apertium|argos|words"))
    _take(phone, "room-phone")
    expect(wide.locator("aside article.card")).to_be_visible()
    expect(wide.locator("aside ol li").first).to_be_visible()
    expect(_translated(wide)).to_be_visible()
    _take(wide, "room-wide")


def _translated(page: Page) -> Locator:
    return page.locator("section.now:not(.over) .foot").first


def _take_console(page: Page, link: str) -> None:
    _enter(page, f"{link}?lang=en", "facilitate")
    expect(page.locator("main section.now .text").first).to_be_visible()
    expect(page.locator("main .q").first).to_be_visible()
    _take(page, "facilitator")


def _take_plenary(page: Page, link: str) -> None:
    _enter(page, link, "plenary")
    page.locator("label.choice").first.click()
    _take(page, "vote-phone")


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


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"{name}.png", flush=True)


if __name__ == "__main__":
    sys.exit(main())
