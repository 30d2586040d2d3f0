"""The interface in every language: nothing missing, nothing doubtful, every placeholder where it belongs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest

from hemicycle.messages import DOMAINS, TARGETS, Found, Message, client_catalogue, collect, file_of, update

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w+\}|</?\w+>")
BY_DOMAIN = pytest.mark.parametrize("domain", sorted(DOMAINS))
BY_LANGUAGE = pytest.mark.parametrize("lang", TARGETS)


@pytest.fixture(scope="module")
def sentences() -> dict[str, Found]:
    return {domain: collect(domain) for domain in DOMAINS}


@cache
def catalogue(lang: str, domain: str) -> polib.POFile:
    return polib.pofile(str(file_of(lang, domain)))


def translations(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Pairs of a translation and the English it stands for."""
    if not entry.msgid_plural:
        yield entry.msgstr, entry.msgid
    for text in entry.msgstr_plural.values():
        yield text, entry.msgid_plural


@BY_LANGUAGE
@BY_DOMAIN
def test_every_sentence_of_the_code_is_in_the_catalogue(sentences: dict[str, Found], lang: str, domain: str) -> None:
    wanted = {(message.text, message.plural, message.context) for message in sentences[domain]}
    held = {(entry.msgid, entry.msgid_plural, entry.msgctxt or "") for entry in catalogue(lang, domain)}
    assert wanted == held


@BY_LANGUAGE
@BY_DOMAIN
def test_every_sentence_is_translated(lang: str, domain: str) -> None:
    assert [entry.msgid for entry in catalogue(lang, domain) if not entry.translated() or entry.fuzzy] == []


@BY_LANGUAGE
@BY_DOMAIN
def test_placeholders_agree(lang: str, domain: str) -> None:
    wrong = [
        (text, english)
        for entry in catalogue(lang, domain).translated_entries()
        for text, english in translations(entry)
        if not agrees(text, english, entry)
    ]
    assert wrong == []


def agrees(text: str, english: str, entry: polib.POEntry) -> bool:
    """The same placeholders as in English; a form for none, one or two may leave the number itself out."""
    given, wanted = Counter(PLACEHOLDER.findall(text)), Counter(PLACEHOLDER.findall(english))
    forms = list(entry.msgstr_plural.values())
    few = forms[: 1 if len(forms) == 2 else 3]
    return given == wanted or (text in few and given < wanted and (wanted - given).total() == 1)


@BY_LANGUAGE
def test_the_browser_gets_every_sentence_and_a_form_for_every_number(sentences: dict[str, Found], lang: str) -> None:
    held = client_catalogue(catalogue(lang, "djangojs"), lang)
    forms = {len(text) for text in held["m"].values() if isinstance(text, list)}
    assert set(held["m"]) == {message.text for message in sentences["djangojs"]}
    assert len(held["p"]) == 200
    assert forms <= {len(set(held["p"]))}


def test_plural_forms_of_a_few_numbers() -> None:
    tables = {lang: client_catalogue([], lang)["p"] for lang in ("es", "fr", "ar")}
    assert [tables["es"][number] for number in (0, 1, 2, 101)] == ["1", "0", "1", "1"]
    assert [tables["fr"][number] for number in (0, 1, 2)] == ["0", "0", "1"]
    assert [tables["ar"][number] for number in (0, 1, 2, 3, 10, 11, 99, 100, 103, 111)] == list("0123344534")


def test_a_new_sentence_arrives_untranslated_and_one_that_is_gone_leaves(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    update(path, {Message("stays"): {"a.py"}, Message("leaves"): {"a.py"}}, lang="es")
    old = polib.pofile(str(path))
    for entry in old:
        entry.msgstr = "traducida"
    old.save()
    update(path, {Message("stays"): {"b.py"}, Message("comes"): {"b.py"}}, lang="es")
    assert {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} == {"stays": "traducida", "comes": ""}
