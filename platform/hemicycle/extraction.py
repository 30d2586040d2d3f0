"""Finds the sentences of the interface: in Python, in Django templates, in the client's TypeScript and Svelte."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
SERVER = ("platform", "rooms", "facilitation", "translation")
CLIENT = ("frontend/src",)
PYTHON_WORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
_TEXT = r'\s*("(?:[^"\\\n]|\\.)*")\s*'
_CLIENT_CALL = re.compile(rf"(?<![\w.$])(?:t\({_TEXT}[,)]|n\({_TEXT},{_TEXT},)")
_UNREADABLE_CALL = re.compile(r"(?<![\w.$])[tn]\(\s*['`]")


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence to be translated, with its plural and its context where it has them."""

    text: str
    plural: str = ""
    context: str = ""


Places = dict[Found, list[str]]
"""Every sentence and the files it stands in, in a fixed order."""


def server_messages(root: Path = ROOT) -> Places:
    """All sentences of the server's side: the domain `django`."""
    places: Places = {}
    for path in _files(root, SERVER, (".py", ".html", ".svg", ".txt")):
        is_python = path.suffix == ".py"
        if is_python or "templates" in path.parts:
            text = path.read_text(encoding="utf-8")
            source = text if is_python else _as_python(text)
            _note(places, path.relative_to(root), _extracted(source))
    return places


def client_messages(root: Path = ROOT) -> Places:
    """All sentences of the client: the domain `djangojs`."""
    places: Places = {}
    for path in _files(root, CLIENT, (".ts", ".svelte")):
        text = path.read_text(encoding="utf-8")
        if wrong := _UNREADABLE_CALL.search(text):
            raise ValueError(f"{path}: a sentence must stand in double quotes: {text[wrong.start() :][:60]}")
        _note(places, path.relative_to(root), _called(text))
    return places


def _files(root: Path, folders: tuple[str, ...], endings: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        found = (path for path in (root / folder).rglob("*") if path.suffix in endings and path.is_file())
        yield from sorted(path for path in found if not {"node_modules", "migrations"} & set(path.parts))


def _as_python(template: str) -> str:
    """What Django makes of a template for extraction, without the indentation that Python would object to."""
    return "\n".join(line.strip() for line in templatize(template).splitlines()) + "\n"


def _extracted(source: str) -> Iterator[Found]:
    for _, message, _, context in extract("python", io.BytesIO(source.encode()), keywords=PYTHON_WORDS):
        text, *plural = (message,) if isinstance(message, str) else message
        if text:
            yield Found(text, plural[0] if plural else "", context or "")


def _called(source: str) -> Iterator[Found]:
    """Calls `t("…")` and `n("one", "many", count)`; no parser of JavaScript reads what stands in a Svelte template."""
    for alone, one, many in _CLIENT_CALL.findall(source):
        yield Found(json.loads(alone)) if alone else Found(json.loads(one), json.loads(many))


def _note(places: Places, path: Path, found: Iterator[Found]) -> None:
    for each in found:
        files = places.setdefault(each, [])
        if path.as_posix() not in files:
            files.append(path.as_posix())
