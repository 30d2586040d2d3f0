"""The interface's languages: sentences go out to catalogues (`extract`), translations come back in (`compile`).

Catalogues are gettext files, one folder a language, domain `django` for the server and `djangojs` for the
client; compiled they become `.mo` files and one JSON file a language for the browser. English is the source.
"""

from __future__ import annotations

import argparse
import gettext
import json
from pathlib import Path
from typing import Any

import polib

from hemicycle.extraction import Found, Places, client_messages, server_messages
from kernel.languages import INTERFACE_LANGUAGES

PACKAGE = Path(__file__).resolve().parent
LOCALE = PACKAGE / "locale"
CATALOGUES = PACKAGE / "static" / "catalogues"
LANGUAGES = tuple(code for code in INTERFACE_LANGUAGES if code != "en")
DOMAINS = {"django": server_messages, "djangojs": client_messages}
USUAL = "nplurals=2; plural=(n != 1);"
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
PLURAL_TABLE = 200
"""Forms for n < 200; every formula in use repeats after 100 from there on."""


def catalogue_path(lang: str, domain: str) -> Path:
    """Where a catalogue lies."""
    return LOCALE / lang / "LC_MESSAGES" / f"{domain}.po"


def extract_all() -> list[Path]:
    """Bring every catalogue up to the code: new sentences untranslated, sentences that are gone dropped."""
    written = []
    for domain, find in DOMAINS.items():
        places = find()
        for lang in LANGUAGES:
            path = catalogue_path(lang, domain)
            path.parent.mkdir(parents=True, exist_ok=True)
            updated(places, lang, _read(path)).save(str(path))
            written.append(path)
    return written


def _read(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def updated(places: Places, lang: str, old: polib.POFile) -> polib.POFile:
    """The catalogue of exactly these sentences, with the translations the old one has."""
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in old if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Language": lang,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(lang, USUAL),
    }
    for found in sorted(places, key=lambda each: (places[each][0], each.text, each.context)):
        fresh.append(_entry(found, places[found], known.get((found.text, found.context))))
    return fresh


def _entry(found: Found, files: list[str], old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=found.text, msgid_plural=found.plural, msgctxt=found.context or None,
        occurrences=[(file, "") for file in sorted(files)],
    )  # fmt: skip
    if "%(" in found.text + found.plural:
        entry.flags.append("python-format")
    if old is not None and old.msgid_plural == found.plural:
        entry.msgstr, entry.msgstr_plural = old.msgstr, dict(old.msgstr_plural)
        entry.tcomment = old.tcomment
    return entry


def compile_all() -> list[Path]:
    """Write the `.mo` files and the browser's catalogues."""
    CATALOGUES.mkdir(parents=True, exist_ok=True)
    written = []
    for lang in LANGUAGES:
        for domain in DOMAINS:
            path = catalogue_path(lang, domain)
            if domain == "django" and path.exists():
                path.with_suffix(".mo").write_bytes(compiled(_read(path)))
                written.append(path.with_suffix(".mo"))
            elif path.exists():
                target = CATALOGUES / f"{lang}.json"
                target.write_text(browser_catalogue(_read(path)), encoding="utf-8")
                written.append(target)
    return written


def compiled(catalogue: polib.POFile) -> bytes:
    """The `.mo` form of a catalogue."""
    content: bytes = catalogue.to_binary()
    return content


def browser_catalogue(catalogue: polib.POFile) -> str:
    """`{"m": {sentence: translation or its plural forms}, "p": form for n}` with the forms for n < 200 as digits."""
    rule: Any = gettext.c2py(catalogue.metadata["Plural-Forms"].partition("plural=")[2].rstrip("; "))
    texts = {entry.msgid: _browser_text(entry) for entry in catalogue if entry.translated()}
    table = "".join(str(rule(number)) for number in range(PLURAL_TABLE))
    return json.dumps({"m": texts, "p": table}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _browser_text(entry: polib.POEntry) -> str | list[str]:
    if not entry.msgid_plural:
        return str(entry.msgstr)
    return [str(text) for _, text in sorted(entry.msgstr_plural.items())]


def add_parser(subparsers: Any) -> None:
    """`hemicycle messages extract|compile`."""
    parser = subparsers.add_parser("messages", help="collect and compile the interface's sentences (developers)")
    parser.add_argument("act", choices=["extract", "compile"], help="code to catalogues, or catalogues to code")
    parser.set_defaults(handler=_run)


def _run(arguments: argparse.Namespace) -> int:
    print(*(extract_all() if arguments.act == "extract" else compile_all()), sep="\n")
    return 0
