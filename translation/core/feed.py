"""The texts of a stream in one reading language, as a log of its own: what was rendered, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from live.core.kinds import Moment, Recorded

KEPT = 400
"""Texts of the state; older ones are read page by page."""

Status = Literal["machine", "missing", "failed", "human", "signed"]
"""`human`: by a member who speaks both languages; `signed`: by the assembly's translator."""
IS_SHOWN = ("machine", "human", "signed")


@dataclass(frozen=True, slots=True)
class Label:
    """Who translated: engine, version, the languages on the way, whether it is rough, and reasons to doubt it."""

    engine: str
    version: str
    route: tuple[str, ...]
    rough: bool
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose translation it is, and who let it stand in the place of another; keys of members."""

    member: str
    accepted_by: str | None = None


@dataclass(frozen=True, slots=True)
class TextReplace:
    """Show a person's text `key` from now on, in the place of whatever is shown."""

    of: str
    key: str
    status: Status
    credit: Credit


@dataclass(frozen=True, slots=True)
class TextRender:
    """Show words `of` in the feed's language: with text `key`, or not, which is said too."""

    of: str
    key: str | None
    status: Status
    label: Label | None


@dataclass(frozen=True, slots=True)
class TextDoubt:
    """A second look at text `key` has found it doubtful: these are all its doubts now."""

    of: str
    key: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextRendered:
    """Words `of` have a text `key` in the feed's language, or it is known why not."""

    of: str
    key: str | None
    status: Status
    label: Label | None


@dataclass(frozen=True, slots=True)
class TextReplaced:
    """Words `of` are shown in a person's translation `key`; what stood there before stays to be read."""

    of: str
    key: str
    status: Status
    credit: Credit


@dataclass(frozen=True, slots=True)
class TextDoubted:
    """Text `key`, which is shown for words `of`, has these doubts since somebody looked again; it is the same text."""

    of: str
    key: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextShown:
    """What the feed shows for one original, and the keys of what it showed before, oldest first."""

    key: str | None
    status: Status
    label: Label | None
    credit: Credit | None = None
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextState:
    """Originals (words keys) and what is shown for them, oldest first."""

    rendered: Mapping[str, TextShown] = field(default_factory=dict)


def decide(state: TextState, command: Any, moment: Moment) -> Sequence[TextRendered | TextReplaced | TextDoubted]:
    """What is shown is replaced by a person's text only, and never silently; what was missing may still arrive."""
    shown = state.rendered.get(command.of)
    match command:
        case TextRender(of, key, status, label):
            stays = shown and (shown.status in IS_SHOWN or shown.status == status)
            return [] if stays else [TextRendered(of, key, status, label)]
        case TextReplace(of, key, status, credit):
            stays = shown and (shown.key == key or (shown.status == "signed" and status != "signed"))
            return [] if stays else [TextReplaced(of, key, status, credit)]
        case TextDoubt(of, key, doubts):
            is_news = shown and shown.key == key and shown.label and shown.label.doubts != doubts
            return [TextDoubted(of, key, doubts)] if is_news else []
        case _:
            raise TypeError(type(command).__name__)


def evolve(state: TextState, record: Recorded[TextState]) -> TextState:
    """The state with one more text; the oldest leave when there are too many."""
    event: TextRendered | TextReplaced | TextDoubted = record.event
    rendered = dict(state.rendered)
    before = rendered.pop(event.of, None)
    rendered[event.of] = _shown(before, event)
    if len(rendered) > KEPT:
        del rendered[next(iter(rendered))]
    return TextState(rendered)


def _shown(before: TextShown | None, event: TextRendered | TextReplaced | TextDoubted) -> TextShown:
    if isinstance(event, TextRendered):
        return TextShown(event.key, event.status, event.label)
    if isinstance(event, TextDoubted):
        return _doubted(before, event)
    former = (*before.former, before.key) if before and before.key else ()
    return TextShown(event.key, event.status, None, event.credit, former)


def _doubted(before: TextShown | None, event: TextDoubted) -> TextShown:
    if before is None or before.label is None:
        raise ValueError(event.key)
    return replace(before, label=replace(before.label, doubts=event.doubts))


def mentions(value: Any) -> Iterable[str]:
    """Keys of the texts that an event or a state shows, or showed before."""
    shown = value.rendered.values() if isinstance(value, TextState) else [value]
    return [key for each in shown for key in (each.key, *getattr(each, "former", ())) if key]
