"""Filters for pages with motions."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from recommendations import markup

register = template.Library()


@register.filter
def rich(text: str) -> SafeString:
    """A recommendation's text, cleaned."""
    return markup.shown(text)


@register.filter
def member_key(base: str) -> str:
    """The member's key in an address `/m/<key>/`."""
    return base.strip("/").removeprefix("m/")
