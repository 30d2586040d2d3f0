"""`hemicycle messages`: collects the interface's sentences and compiles what translators made of them.

Two domains, both gettext: `django` (pages and refusals) and `djangojs` (the client). English is the source.
"""

from __future__ import annotations

import gettext
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.languages import INTERFACE_LANGUAGES

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parents[1]
LOCALE = PACKAGE / "locale"
CATALOGUES = PACKAGE / "static" / "catalogues"
SOURCE_LANGUAGE = "en"
TARGETS = tuple(code for code in INTERFACE_LANGUAGES if code != SOURCE_LANGUAGE)
DOMAINS = ("django", "djangojs")
SERVER_FOLDERS = ("platform", "rooms", "facilitation", "translation")
COUNTED = 200
PLURALS = {
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ca": "nplurals=2; plural=(n != 1);",
    "it": "nplurals=2; plural=(n != 1);",
    "pt": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}
KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
_TEXT = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
_CLIENT_CALL = re.compile(rf"\b(?:t\(\s*(?P<one>{_TEXT})|n\(\s*(?P<first>{_TEXT})\s*,\s*(?P<many>{_TEXT}))")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the interface as the sources have it; `plural` is empty for most."""

    text: str
    plural: str = ""
    context: str = ""


Found = dict[Message, set[str]]


def collect(domain: str) -> Found:
    """Every sentence of a domain, with the files that use it."""
    found: Found = {}
    for path in sorted(_server_files() if domain == "django" else _client_files()):
        read = {".py": _in_python, ".html": _in_template, ".svg": _in_template}.get(path.suffix, _in_client)
        for message in read(path.read_text()):
            found.setdefault(message, set()).add(path.relative_to(ROOT).as_posix())
    return found


def _server_files() -> Iterator[Path]:
    for folder in SERVER_FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            shown = path.suffix in {".html", ".svg"} and "templates" in path.parts
            if (path.suffix == ".py" or shown) and "migrations" not in path.parts:
                yield path


def _client_files() -> Iterator[Path]:
    for path in (ROOT / "frontend" / "src").rglob("*"):
        if path.suffix in {".ts", ".svelte"} and not path.name.endswith(".test.ts"):
            yield path


def _in_python(source: str) -> Iterator[Message]:
    from babel.messages.extract import extract

    for _, text, _, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        if isinstance(text, tuple):
            yield Message(text[0], text[1], context or "")
        elif text:
            yield Message(text, context=context or "")


def _in_template(source: str) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    lines = templatize(source, origin="template").splitlines()
    yield from _in_python("\n".join(line.strip() for line in lines))


def _in_client(source: str) -> Iterator[Message]:
    for call in _CLIENT_CALL.finditer(source):
        if call["one"]:
            yield Message(_value(call["one"]))
        else:
            yield Message(_value(call["first"]), _value(call["many"]))


def _value(literal: str) -> str:
    body = literal[1:-1].replace('"', '\\"') if literal.startswith("'") else literal[1:-1]
    text: str = json.loads('"' + body.replace("\\'", "'").replace('\\\\"', '\\"') + '"')
    return text


def file_of(lang: str, domain: str) -> Path:
    """Where the translations of a domain into a language stand."""
    return LOCALE / lang / "LC_MESSAGES" / f"{domain}.po"


def extract_all() -> None:
    """Bring every `.po` file up to the sources; translations that still fit are kept. Safe to repeat."""
    for domain in DOMAINS:
        found = collect(domain)
        for lang in TARGETS:
            update(file_of(lang, domain), found, lang=lang)


def update(path: Path, found: Found, *, lang: str) -> None:
    """Write one `.po` file: the sentences found, in the order of their first file, with what is translated."""
    import polib

    old = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Project-Id-Version": "hemicycle",
        "Language": lang,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[lang],
    }
    for message, files in sorted(found.items(), key=lambda item: (min(item[1]), item[0].text, item[0].context)):
        new.append(_entry(message, files, old.get((message.text, message.plural, message.context)), lang=lang))
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))


def _key(entry: Any) -> tuple[str, str, str]:
    return entry.msgid, entry.msgid_plural or "", entry.msgctxt or ""


def _entry(message: Message, files: Iterable[str], old: Any, *, lang: str) -> Any:
    import polib

    entry = polib.POEntry(msgid=message.text, occurrences=[(file, "") for file in sorted(files)])
    entry.msgctxt = message.context or None
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict.fromkeys(range(forms(PLURALS[lang])), "")
    if "%(" in message.text or "%(" in message.plural:
        entry.flags = ["python-format"]
    if old is not None:
        entry.msgstr, entry.msgstr_plural, entry.tcomment = old.msgstr, old.msgstr_plural, old.tcomment
    return entry


def forms(rule: str) -> int:
    """How many plural forms a `Plural-Forms` line declares."""
    return int(rule.partition("nplurals=")[2].partition(";")[0])


def form_of(rule: str, count: int) -> int:
    """Which form a number takes."""
    choose = gettext.c2py(rule.partition("plural=")[2].rstrip(" ;"))
    return int(choose(count))


def compile_all() -> None:
    """Write every `.mo` file and the client's catalogues. Safe to repeat."""
    import polib

    CATALOGUES.mkdir(parents=True, exist_ok=True)
    for lang in TARGETS:
        for domain in DOMAINS:
            path = file_of(lang, domain)
            catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
            if domain == "django":
                catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            else:
                written = json.dumps(client_catalogue(catalogue, lang), ensure_ascii=False, separators=(",", ":"))
                (CATALOGUES / f"{lang}.json").write_text(written)


def client_catalogue(entries: Iterable[Any], lang: str) -> dict[str, Any]:
    """`m`: sentence → translation or its plural forms; `p`: for each number below 200, which form it takes."""
    sentences: dict[str, Any] = {}
    for entry in entries:
        if entry.msgid_plural and all(entry.msgstr_plural.values()):
            sentences[entry.msgid] = [text for _, text in sorted(entry.msgstr_plural.items())]
        elif entry.msgstr:
            sentences[entry.msgid] = entry.msgstr
    return {"m": sentences, "p": "".join(str(form_of(PLURALS[lang], count)) for count in range(COUNTED))}


def add_parser(subparsers: Any) -> None:
    """The verb `messages`."""
    parser = subparsers.add_parser("messages", help="collect and compile the sentences of the interface")
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    for name, act, purpose in (
        ("extract", extract_all, "bring the .po files up to the sources, keeping translations"),
        ("compile", compile_all, "write the .mo files and the catalogues of the client"),
    ):
        child = acts.add_parser(name, help=purpose)
        child.set_defaults(handler=lambda arguments, act=act: act())
