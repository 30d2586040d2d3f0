"""Template filters every package's pages use: sentences for refusals, languages, moments."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from assemblies.core.roles import Role
from hemicycle import refusals
from kernel import languages
from kernel.languages import LANGUAGES

register = template.Library()
ENGINES = {
    "argos": "Argos Translate",
    "apertium": "Apertium",
    "libretranslate": "LibreTranslate",
    "wordbook": gettext_lazy("a list of words"),
}
DOUBTS: Mapping[str, Any] = {
    "number": gettext_lazy("doubtful: a number"),
    "date": gettext_lazy("doubtful: a date"),
    "negation": gettext_lazy("doubtful: “not” lost or added"),
    "name": gettext_lazy("doubtful: a name"),
    "glossary": gettext_lazy("doubtful: an agreed term"),
    "length": gettext_lazy("doubtful: perhaps not complete"),
    "repetition": gettext_lazy("doubtful: repeated words"),
    "untranslated": gettext_lazy("doubtful: partly not translated"),
    "language": gettext_lazy("doubtful: another language"),
    "unsure": gettext_lazy("doubtful: the machine was unsure"),
    "meaning": gettext_lazy("doubtful: perhaps another meaning"),
    "modality": gettext_lazy("doubtful: must, should or may"),
}
"""Why a translation may be wrong, as `frontend/src/ui/doubts.svelte.ts` says it in rooms."""
_WHOLE_FROM_MB = 100
ISO = "%Y-%m-%dT%H:%M:%SZ"
ROLES = {
    Role.CITIZEN: pgettext_lazy("role", "citizen"),
    Role.FACILITATOR: pgettext_lazy("role", "facilitator"),
    Role.ORGANISER: pgettext_lazy("role", "organiser"),
    Role.CHAIR: pgettext_lazy("role", "chair"),
    Role.TRANSLATOR: pgettext_lazy("role", "translator"),
    Role.SCRIBE: pgettext_lazy("role", "scribe"),
    Role.EXPERT: pgettext_lazy("role", "expert"),
    Role.OBSERVER: pgettext_lazy("role", "observer"),
}


@register.filter
def sentence(refused: Any) -> str:
    """What a refusal (anything with `code` and `params`) says to the reader."""
    return refusals.sentence(refused.code, refused.params)


@register.filter
def role_name(role: str) -> str:
    """A role in the reader's language."""
    return str(ROLES[Role(role)])


@register.filter
def endonym(code: str) -> str:
    """The language's own name for itself."""
    return LANGUAGES[code].endonym if code in LANGUAGES else code


@register.filter
def engine_name(engine: str) -> str:
    """`argos+apertium` as people write it."""
    return " + ".join(str(ENGINES.get(name, name)) for name in engine.split("+"))


@register.filter
def doubt_name(doubt: str) -> str:
    """Why a translation may be wrong, in the reader's words."""
    return str(DOUBTS.get(doubt, gettext_lazy("doubtful")))


@register.filter
def seconds(milliseconds: int) -> str:
    """`0.3 s`, in the reader's way of writing numbers."""
    value = milliseconds / 1000
    return f"{formats.number_format(int(value) if value.is_integer() else value)}\N{NO-BREAK SPACE}s"


@register.filter
def megabytes(size: int) -> str:
    """`63.7 MB` or `472 MB`, in the reader's way of writing numbers."""
    value = size / 1_000_000
    return gettext("%(size)s MB") % {"size": formats.number_format(value, 0 if value >= _WHOLE_FROM_MB else 1)}


@register.filter
def direction(code: str) -> str:
    """`ltr` or `rtl`."""
    return LANGUAGES[code].direction if code in LANGUAGES else "auto"


@register.filter
def is_foreign(code: str, reading: str) -> bool:
    """Whether somebody who reads `reading` needs a translation of it."""
    return languages.is_foreign(code, reading)


@register.filter
def moment(at: datetime.datetime | int | None) -> SafeString | str:
    """A `<time>` element: UTC, named as such; `times.js` turns it into the reader's zone. Takes civic ms too."""
    if at is None:
        return ""
    utc = _utc(at)
    shown = f"{formats.date_format(utc, 'DATE_FORMAT')}, {formats.time_format(utc, 'H:i')}"
    return format_html('<time datetime="{}">{} UTC</time>', utc.strftime(ISO), shown)


@register.filter
def day(at: datetime.datetime | int) -> SafeString:
    """A `<time>` element with the day only."""
    utc = _utc(at)
    return format_html('<time datetime="{}" data-day>{}</time>', utc.strftime(ISO), formats.date_format(utc))


def _utc(at: datetime.datetime | int) -> datetime.datetime:
    if isinstance(at, int):
        return datetime.datetime.fromtimestamp(at / 1000, tz=datetime.UTC)
    return at.astimezone(datetime.UTC)
