"""The one rich field: a recommendation's text, cleaned after a length cap, behind this one function."""

from __future__ import annotations

import functools
from collections.abc import MutableMapping

import bleach
from bleach.linkifier import LinkifyFilter
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from recommendations.core.drafting import MAX_FIELD

TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "a"})
PROTOCOLS = frozenset({"http", "https", "mailto"})


Attributes = MutableMapping[tuple[str | None, str], str]


def _stay_outside(attributes: Attributes, new: bool = False) -> Attributes:
    attributes[None, "rel"] = "noopener noreferrer nofollow"
    return attributes


def _cleaner() -> bleach.sanitizer.Cleaner:
    """A cleaner of one's own: they keep a parser inside and are not safe to share between threads."""
    return bleach.sanitizer.Cleaner(
        tags=TAGS,
        attributes={"a": ["href"]},
        protocols=PROTOCOLS,
        strip=True,
        filters=[functools.partial(LinkifyFilter, callbacks=[_stay_outside])],
    )


def shown(text: str) -> SafeString:
    """Safe HTML of a recommendation as somebody wrote it: a few tags, links, paragraphs, nothing else."""
    return mark_safe(linebreaks(_cleaner().clean(text[:MAX_FIELD])))  # noqa: S308 (cleaned just now)
