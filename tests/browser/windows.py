"""Browser windows that listen: whatever a page complains of, or asks elsewhere, is written down."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, WebSocketRoute

from tests.browser.people import Person
from tests.browser.product import Product
from tests.patience import PATIENCE_S

WAIT_MS = 1000 * PATIENCE_S
LINE_LOST = 4000
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SMALL: dict[str, Any] = {"viewport": {"width": 360, "height": 740}}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}


class Wire:
    """What a page's sockets run through; it can be cut, and then no new one comes up either."""

    def __init__(self, page: Page) -> None:
        self._is_cut = False
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("/live$"), self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        if self._is_cut:
            socket.close(code=LINE_LOST)
            return
        self._sockets += [socket, socket.connect_to_server()]

    @contextlib.contextmanager
    def cut(self) -> Iterator[None]:
        """Nothing goes through meanwhile."""
        self._is_cut = True
        for end in self._sockets:
            end.close(code=LINE_LOST)
        self._sockets.clear()
        yield
        self._is_cut = False


class Windows:
    """Contexts of one browser, each a person's own device."""

    def __init__(self, browser: Browser, product: Product) -> None:
        self.product = product
        self.complaints: list[str] = []
        self._browser = browser
        self._forgiven: list[str] = []
        self._open: list[BrowserContext] = []

    def context(self, lang: str = "en", **options: Any) -> BrowserContext:
        """A fresh device that prefers a language."""
        context = self._browser.new_context(locale=lang, timezone_id="Europe/Madrid", **{**DESK, **options})
        context.set_default_timeout(WAIT_MS)
        self._listen(context)
        self._open.append(context)
        return context

    def _listen(self, context: BrowserContext) -> None:
        context.on("console", self._hear)
        context.on("weberror", lambda error: self._note(f"exception: {error.error}"))
        context.on("dialog", self._refuse)
        context.on("request", lambda request: self._check(request.url))

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning", "assert"):
            self._note(f"{said.type}: {said.text}")

    def _refuse(self, dialog: Dialog) -> None:
        self._note(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _check(self, url: str) -> None:
        if not url.startswith((f"{self.product.base}/", self.product.base.replace("http", "ws"))):
            self._note(f"foreign request: {url}")

    def _note(self, complaint: str) -> None:
        self.complaints.append(complaint)

    def forgive(self, pattern: str) -> None:
        """Complaints like this one belong to what the running test does."""
        self._forgiven.append(pattern)

    def unforgiven(self) -> list[str]:
        """What pages complained of, less what the test had announced."""
        found = [each for each in self.complaints if not any(re.search(known, each) for known in self._forgiven)]
        self._forgiven.clear()
        return found

    def visit(self, assembly: str, name: str, *, context: BrowserContext | None = None, **options: Any) -> Person:
        """A member at a device of their own, or at the given one; signed in if the house has let them in."""
        made = self.product.house["assemblies"][assembly]
        seat = made["people"][name]
        context = context or self.context(seat["lang"], **options)
        if seat["secret"]:
            context.add_cookies([_device(seat)])
        return Person(name, seat["lang"], context.new_page(), self.product.base, seat, made["room"])

    def blank(self, lang: str = "en", **options: Any) -> Page:
        """A page of somebody unknown."""
        return self.context(lang, **options).new_page()

    def picture(self, folder: Path, name: str) -> None:
        """Keep a picture of every open page."""
        folder.mkdir(parents=True, exist_ok=True)
        pages = [page for context in self._open for page in context.pages]
        for number, page in enumerate(pages):
            page.screenshot(path=folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}-{number}.png", timeout=5_000)

    def close(self) -> None:
        """Close every window."""
        for context in self._open:
            context.close()
        self._open.clear()


def _device(seat: dict[str, str]) -> Any:
    """The cookie that a browser keeps after joining."""
    return {
        "name": "device", "value": seat["secret"], "domain": "127.0.0.1", "path": f"/m/{seat['key']}/",
        "httpOnly": True, "sameSite": "Lax",
    }  # fmt: skip
