"""A member's browser, as far as pages go: cookies with their paths, forms with their tokens, redirects."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any

TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: where redirects led, its status and its text."""

    url: str
    status: int
    text: str

    @property
    def path(self) -> str:
        """The address without host."""
        return urllib.parse.urlsplit(self.url).path

    def data(self) -> Any:
        """The answer read as JSON."""
        return json.loads(self.text)


@dataclass(slots=True)
class Form:
    """One form of a page with the values it would send as it stands."""

    action: str = ""
    method: str = "get"
    values: dict[str, str] = field(default_factory=dict)
    consents: list[str] = field(default_factory=list)
    """Names of required boxes, which a person would have to tick."""
    choices: dict[str, list[str]] = field(default_factory=dict)
    """What the lists and radio buttons offer."""


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._list: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(attributes.get("action", ""), attributes.get("method", "get").lower()))
        elif self.forms:
            self._field(tag, attributes)

    def _field(self, tag: str, attributes: dict[str, str]) -> None:
        form, name = self.forms[-1], attributes.get("name", "")
        kind = attributes.get("type", "text")
        if tag == "select":
            self._list = name
        elif tag == "option" and self._list:
            self._offer(form, self._list, attributes, chosen="selected")
        elif tag == "input" and name and kind == "radio":
            self._offer(form, name, attributes, chosen="checked")
        elif tag == "input" and name and kind == "checkbox":
            if "required" in attributes:
                form.consents.append(name)
        elif tag == "input" and name and kind not in ("submit", "button", "file"):
            form.values[name] = attributes.get("value", "")

    def _offer(self, form: Form, name: str, attributes: dict[str, str], *, chosen: str) -> None:
        value = attributes.get("value", "")
        form.choices.setdefault(name, []).append(value)
        if chosen in attributes:
            form.values[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._list = None


def forms_of(page: Page) -> list[Form]:
    """The forms that send something, in the order of the page."""
    parser = _Forms()
    parser.feed(page.text)
    return [form for form in parser.forms if form.method == "post"]


class Browser:
    """Pages of one server for one person; blocking work runs in threads."""

    def __init__(self, base: str, *, origin: str) -> None:
        self.base = base
        self.origin = origin
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )

    async def get(self, path: str, *, accept: str = "text/html") -> Page:
        """Fetch a page."""
        return await asyncio.to_thread(self._ask, path, None, {"Accept": accept})

    async def post(self, path: str, values: Mapping[str, str | Sequence[str]], *, accept: str = "text/html") -> Page:
        """Send a form; a field with several values is sent several times. Redirects are followed."""
        body = urllib.parse.urlencode(values, doseq=True).encode()
        return await asyncio.to_thread(self._ask, path, body, {"Accept": accept, "Origin": self.origin})

    async def post_json(self, path: str, data: Any) -> Page:
        """Send JSON as a page's script would, with the token from the cookie."""
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Origin": self.origin,
            "X-CSRFToken": self.cookie("csrftoken", path) or "",
        }
        return await asyncio.to_thread(self._ask, path, json.dumps(data).encode(), headers)

    def cookie(self, name: str, path: str) -> str | None:
        """Value of the cookie of this name that would be sent to `path`."""
        return self.cookies(path).get(name)

    def cookies(self, path: str) -> dict[str, str]:
        """Cookies that would be sent to `path`."""
        return {cookie.name: cookie.value or "" for cookie in self.jar if path.startswith(cookie.path)}

    def _ask(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> Page:
        url = urllib.parse.urljoin(self.base, path)
        request = urllib.request.Request(url, data=body, headers=dict(headers))  # noqa: S310 (our own server)
        try:
            with self._opener.open(request, timeout=TIMEOUT_S) as answer:
                return Page(answer.url, answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Page(url, error.code, error.read().decode(errors="replace"))
