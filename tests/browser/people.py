"""A person at a browser: their page, and the interface's sentences in the language they read."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from typing import Any

import polib
from playwright.sync_api import Locator, Page, expect

from tests.browser.product import ROOT

LOCALE = ROOT / "platform" / "hemicycle" / "locale"
CATALOGUES = ROOT / "platform" / "hemicycle" / "static" / "catalogues"
LIVE = re.compile("/m/[^/]+/(room/[0-9]+|facilitate|plenary)/")


@functools.cache
def _catalogue(lang: str, domain: str) -> dict[str, str]:
    """What the product itself uses: the compiled catalogue of its pages, the exported one of its client."""
    if lang == "en":
        return {}
    if domain == "djangojs":
        exported = json.loads((CATALOGUES / f"{lang}.json").read_text())["m"]
        return {message: text if isinstance(text, str) else text[0] for message, text in exported.items()}
    entries = polib.mofile(str(LOCALE / lang / "LC_MESSAGES" / "django.mo"))
    return {entry.msgid: entry.msgstr or entry.msgstr_plural[0] for entry in entries}


def sentence(lang: str, message: str, *, domain: str, **parameters: object) -> str:
    """A sentence of the interface as a reader of `lang` sees it; the English one where it is not translated."""
    text = _catalogue(lang, domain).get(message) or message
    for name, value in parameters.items():
        text = text.replace(f"{{{name}}}", str(value)).replace(f"%({name})s", str(value))
    return text


@dataclass(slots=True)
class Person:
    """A member, or an organiser, with one open page."""

    name: str
    lang: str
    page: Page
    base: str
    seat: dict[str, str]
    room: int

    @property
    def home(self) -> str:
        """The member's own pages begin here."""
        return f"{self.base}/m/{self.seat['key']}/"

    def say(self, message: str, **parameters: object) -> str:
        """A sentence of the interface in the language that this person reads."""
        domain = "djangojs" if LIVE.search(self.page.url) else "django"
        return sentence(self.lang, message, domain=domain, **parameters)

    def go(self, address: str = "") -> None:
        """Open a page below one's own."""
        self.page.goto(self.home + address)

    def enter_room(self) -> None:
        """Open one's room; returns when its state has come."""
        self.go(f"room/{self.room}/")
        expect(self.page.locator("#content:not(.alone)")).to_be_visible()

    def lead_room(self) -> None:
        """Open the facilitator's console; returns when its state has come."""
        self.go("facilitate/")
        expect(self.page.locator("#content:not(.alone)")).to_be_visible()

    def button(self, message: str, **parameters: object) -> Locator:
        """The button that says exactly this."""
        return self.page.get_by_role("button", name=self.say(message, **parameters), exact=True)

    def press(self, message: str, **parameters: object) -> None:
        """Press the button that says exactly this."""
        self.button(message, **parameters).click()

    def tab(self, message: str) -> None:
        """Choose the tab that begins with this."""
        self.page.locator("nav.tabs").get_by_role("button", name=self.say(message)).click()

    def box(self, message: str) -> Locator:
        """The field under this label."""
        return self.page.get_by_role("textbox", name=self.say(message), exact=True)

    def sees(self, text: str, **options: Any) -> Locator:
        """Wait until a text stands on the page; where."""
        found = self.page.get_by_text(text, **options).first
        expect(found).to_be_visible()
        return found

    def sees_in(self, lang: str, text: str) -> Locator:
        """Wait until a passage of this language holds the text; where."""
        found = self.page.locator(f"main [lang={lang}]", has_text=text).first
        expect(found).to_be_visible()
        return found

    def raise_hand(self) -> None:
        """Ask for the floor."""
        self.page.locator(".bar button.big").click()

    def speak(self, words: str) -> None:
        """With the floor: write, send and keep the floor; returns when it is confirmed."""
        box = self.page.locator("section.mine textarea")
        box.fill(words)
        self.press("Send")
        expect(box).to_have_value("")

    def end_turn(self) -> None:
        """Give the floor back."""
        self.press("End my turn")
