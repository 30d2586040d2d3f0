"""Template filters every package's pages use: sentences for refusals, languages, moments."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hemicycle import refusals
from kernel.languages import LANGUAGES

register = template.Library()


@register.filter
def sentence(refused: Any) -> str:
    """What a refusal (anything with `code` and `params`) says to the reader."""
    return refusals.sentence(refused.code, refused.params)


@register.filter
def endonym(code: str) -> str:
    """The language's own name for itself."""
    return LANGUAGES[code].endonym if code in LANGUAGES else code


@register.filter
def direction(code: str) -> str:
    """`ltr` or `rtl`."""
    return LANGUAGES[code].direction if code in LANGUAGES else "auto"


@register.filter
def moment(at: datetime.datetime | int | None) -> SafeString | str:
    """A `<time>` element: UTC, named as such; `times.js` turns it into the reader's zone. Takes civic ms too."""
    if at is None:
        return ""
    if isinstance(at, int):
        at = datetime.datetime.fromtimestamp(at / 1000, tz=datetime.UTC)
    at = at.astimezone(datetime.UTC)
    shown = f"{formats.date_format(at, 'DATE_FORMAT')}, {formats.time_format(at, 'H:i')}"
    return format_html('<time datetime="{}">{} UTC</time>', at.strftime("%Y-%m-%dT%H:%M:%SZ"), shown)


@register.filter
def day(at: datetime.datetime) -> SafeString:
    """A `<time>` element with the day only."""
    at = at.astimezone(datetime.UTC)
    written = formats.date_format(at, "DATE_FORMAT")
    return format_html('<time datetime="{}" data-day>{}</time>', at.strftime("%Y-%m-%dT%H:%M:%SZ"), written)


@register.filter
def is_past(at: datetime.datetime) -> bool:
    """Whether the moment lies behind us."""
    return at <= timezone.now()
