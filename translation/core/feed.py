"""The texts of a stream in one reading language, as a log of its own: what was rendered, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from live.core.kinds import Moment, Recorded

KEPT = 400
"""Texts of the state; older ones are read page by page."""

Status = Literal["machine", "missing", "failed"]


@dataclass(frozen=True, slots=True)
class Label:
    """Who translated: engine, version, the languages on the way, whether it is rough, and reasons to doubt it."""

    engine: str
    version: str
    route: tuple[str, ...]
    rough: bool
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextRender:
    """Show words `of` in the feed's language: with text `key`, or not, which is said too."""

    of: str
    key: str | None
    status: Status
    label: Label | None


@dataclass(frozen=True, slots=True)
class TextRendered:
    """Words `of` have a text `key` in the feed's language, or it is known why not."""

    of: str
    key: str | None
    status: Status
    label: Label | None


@dataclass(frozen=True, slots=True)
class TextShown:
    """What the feed shows for one original."""

    key: str | None
    status: Status
    label: Label | None


@dataclass(frozen=True, slots=True)
class TextState:
    """Originals (words keys) and what is shown for them, oldest first."""

    rendered: Mapping[str, TextShown] = field(default_factory=dict)


def decide(state: TextState, command: Any, moment: Moment) -> Sequence[TextRendered]:
    """A text that is shown is never replaced silently; what was missing or failed may still arrive."""
    if not isinstance(command, TextRender):
        raise TypeError(type(command).__name__)
    shown = state.rendered.get(command.of)
    if shown and (shown.status == "machine" or shown.status == command.status):
        return []
    return [TextRendered(command.of, command.key, command.status, command.label)]


def evolve(state: TextState, record: Recorded[TextState]) -> TextState:
    """The state with one more text; the oldest leave when there are too many."""
    event: TextRendered = record.event
    rendered = dict(state.rendered)
    rendered.pop(event.of, None)
    rendered[event.of] = TextShown(event.key, event.status, event.label)
    if len(rendered) > KEPT:
        del rendered[next(iter(rendered))]
    return replace(state, rendered=rendered)


def mentions(value: Any) -> Iterable[str]:
    """Keys of the texts that an event or a state shows."""
    shown = value.rendered.values() if isinstance(value, TextState) else [value]
    return [each.key for each in shown if each.key]
