"""How the options of one vote look on a ballot: each as it is written, and no two alike, in any language."""

from __future__ import annotations

from collections.abc import Sequence

from kernel.errors import Refused
from kernel.text import is_turned, look_of


def refuse_tricks(options: Sequence[str]) -> None:
    """Refuse options that do not look as they are written, or of which two look alike, as they are put forward."""
    if turned := [number for number, option in enumerate(options, start=1) if is_turned(option)]:
        raise Refused("motion.option_turned", number=turned[0])
    if pair := alike(options):
        raise Refused("motion.options_alike", one=pair[0], other=pair[1])


def alike(options: Sequence[str]) -> tuple[int, int] | None:
    """Numbers of the first two options that nobody could tell apart; those without a text are passed over."""
    seen: dict[str, int] = {}
    for number, option in enumerate(options, start=1):
        look = look_of(option)
        if look and look in seen:
            return seen[look], number
        seen[look] = number
    return None
