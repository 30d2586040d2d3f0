"""The one rich field: a recommendation's text, cleaned after a length cap, its terms explained, behind one function."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any

import bleach
from bleach.linkifier import LinkifyFilter
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from kernel import ids
from kernel.languages import LANGUAGES
from recommendations.core.drafting import MAX_AMENDED
from translation.core.glossary import Meaning, explained

TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "a"})
PROTOCOLS = frozenset({"http", "https", "mailto"})


Attributes = MutableMapping[tuple[str | None, str], str]


def _stay_outside(attributes: Attributes, new: bool = False) -> Attributes:
    attributes[None, "rel"] = "noopener noreferrer nofollow"
    return attributes


Token = Mapping[str, Any]


def _cleaner(*filters: Any) -> bleach.sanitizer.Cleaner:
    """A cleaner of one's own: they keep a parser inside and are not safe to share between threads."""
    return bleach.sanitizer.Cleaner(
        tags=TAGS,
        attributes={"a": ["href"]},
        protocols=PROTOCOLS,
        strip=True,
        filters=[functools.partial(LinkifyFilter, callbacks=[_stay_outside]), *filters],
    )


def shown(text: str, told: Mapping[str, Meaning] | None = None) -> SafeString:
    """Safe HTML of a recommendation as somebody wrote it: a few tags, links, paragraphs, nothing else.

    What the terms in it mean (`told`) stands behind a button at each, and needs no script.
    """
    explaining = [functools.partial(_explaining, told=told, key=ids.digest(text)[:8])] if told else []
    return mark_safe(linebreaks(_cleaner(*explaining).clean(text[:MAX_AMENDED])))  # noqa: S308 (cleaned just now)


def _explaining(source: Iterable[Token], *, told: Mapping[str, Meaning], key: str) -> Iterator[Token]:
    """The tokens of a clean text with a button at each term where it first stands, outside of links."""
    left, is_link = dict(told), False
    for token in source:
        if token.get("name") == "a":
            is_link = token["type"] == "StartTag"
        if token["type"] != "Characters" or is_link:
            yield token
            continue
        for part, meaning in explained(token["data"], left):
            left = {form: each for form, each in left.items() if each != meaning}
            yield from _term(part, meaning, f"means-{key}-{len(left)}") if meaning else [_characters(part)]


def _term(term: str, meaning: Meaning, key: str) -> Iterator[Token]:
    box = {"popover": "", "id": key, "class": "meaning", "lang": meaning.lang, "dir": LANGUAGES[meaning.lang].direction}
    yield from _element("button", {"type": "button", "class": "term", "popovertarget": key}, [_characters(term)])
    said = [*_element("b", {}, [_characters(term)]), _characters(f" {meaning.text}")]
    yield from _element("span", box, said)


def _element(name: str, attributes: Mapping[str, str], inside: Iterable[Token]) -> Iterator[Token]:
    yield {"type": "StartTag", "name": name, "data": {(None, each): value for each, value in attributes.items()}}
    yield from inside
    yield {"type": "EndTag", "name": name}


def _characters(text: str) -> Token:
    return {"type": "Characters", "data": text}
