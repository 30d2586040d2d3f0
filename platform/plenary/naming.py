"""Shares and electorates as pages call them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils import formats
from django.utils.translation import gettext as _


def percent(value: Fraction) -> str:
    """A share in per cent, in the page's way of writing numbers; cut, never rounded up over a threshold."""
    tenths = value.numerator * 1000 // value.denominator
    number = formats.number_format(Decimal(tenths) / 10, decimal_pos=1 if tenths % 10 else 0)
    return f"{number}\u202f%"


def electorate_name(name: str) -> str:
    """The name of an electorate; the usual ones are translated."""
    return {"citizens": _("Citizens"), "parliament": _("Parliament"), "council": _("Council")}.get(name, name)
