"""Paragraphs of a common text that nobody has touched for a moment are translated, so that all read along.

What was seen and asked for is remembered in this process alone; forgetting it costs a translation that is at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kernel import clock
from live.names import DocumentName
from recommendations.core.texts import Paragraph, paragraphs
from recommendations.writing import fields_of
from translation.bell import translate_passage

REST_S = 2.0
MOST_TEXTS = 500


@dataclass(slots=True)
class _Watch:
    """Since when each paragraph of one text reads as it does (monotonic seconds), and which were asked for."""

    since: dict[Paragraph, float] = field(default_factory=dict)
    asked: set[Paragraph] = field(default_factory=set)


_watches: dict[str, _Watch] = {}


def look(name: DocumentName) -> bool:
    """Ask for the translation of what rests; whether something does not yet. At most two queries."""
    if len(_watches) > MOST_TEXTS:
        _watches.clear()
    watch, now = _watches.setdefault(name.full, _Watch()), clock.monotonic()
    found = {paragraph for runs in fields_of(name.key).values() for paragraph in paragraphs(runs)}
    watch.since = {paragraph: watch.since.get(paragraph, now) for paragraph in found}
    watch.asked &= found
    rests = {paragraph for paragraph, since in watch.since.items() if now - since >= REST_S} - watch.asked
    for paragraph in rests:
        translate_passage(name.root, paragraph.text, paragraph.lang, of=name.key)
    watch.asked |= rests
    return watch.asked != found


def forget(name: DocumentName) -> None:
    """Ask for everything once more, for somebody who has just come. Safe to repeat."""
    _watches.pop(name.full, None)
