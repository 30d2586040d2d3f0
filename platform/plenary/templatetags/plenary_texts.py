"""Filters for pages with motions."""

from __future__ import annotations

from django import template
from django.utils import translation
from django.utils.safestring import SafeString

from assemblies.models import Assembly
from live.core.kinds import WordsShown
from plenary.core.amendments import Amendment, AmendmentFate
from plenary.core.motions import Fate
from plenary.core.passport import Status
from plenary.passports import status_name
from plenary.wording import amendment_fate_name, amendment_place, fate_name
from recommendations import markup
from translation.core.glossary import meanings

register = template.Library()


@register.simple_tag
def rich(words: WordsShown, assembly: Assembly) -> SafeString:
    """A recommendation's text, cleaned, with the assembly's terms explained where they stand; one query a page."""
    reads = translation.get_language() or "en"
    return markup.shown(words.text, meanings(assembly.terms, lang=words.lang, reads=reads))


@register.filter
def fate(value: Fate) -> str:
    """What became of an objection, in a word or two."""
    return fate_name(value)


@register.filter
def version_status(value: Status) -> str:
    """What a language version is, in a few words."""
    return status_name(value)


@register.filter
def amendment_fate(value: AmendmentFate) -> str:
    """What became of an amendment."""
    return amendment_fate_name(value)


@register.filter
def place(value: Amendment) -> str:
    """What an amendment changes, and where."""
    return amendment_place(value)


@register.filter
def member_key(base: str) -> str:
    """The member's key in an address `/m/<key>/`."""
    return base.strip("/").removeprefix("m/")
