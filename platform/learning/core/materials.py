"""What an assembly says of itself and its materials as a value, what may be asked of them, and what happens to them.

A material is a title, a summary in plain words, paragraphs and a source, all in one language. Each of them is a text of
its own: whoever writes one paragraph anew leaves the others, and what translators signed of them, as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any, Literal, assert_never, get_args

from kernel.errors import Refused
from kernel.languages import language
from kernel.text import clean_text
from live.core.kinds import Moment, Recorded, Words, words_of

Preface = Literal["question", "mandate"]
"""What an assembly is asked, and what it was promised: read by all who join, before anything else."""
Part = Literal["title", "summary", "source"]
PARTS: tuple[Part, ...] = get_args(Part)

MAX_MATERIALS = 40
MAX_PARAGRAPHS = 60
MAX_PARAGRAPH = 2000
"""Characters; as much as a translator signs at once."""
LIMITS: Mapping[Part, int] = {"title": 120, "summary": 600, "source": 300}
"""Characters of each part."""


@dataclass(frozen=True, slots=True)
class Material:
    """One material; its texts by the keys of their words."""

    key: str
    lang: str
    title: str = ""
    summary: str | None = None
    source: str | None = None
    paragraphs: tuple[str, ...] = ()
    published_at: int | None = None
    """Civic milliseconds; None: citizens do not see it."""
    changed_at: int = 0
    """When a text of it was last written."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Keys of all its words, as they are read. The source is a name that nobody translates."""
        return tuple(key for key in (self.title, self.summary, *self.paragraphs) if key)

    @property
    def words(self) -> tuple[str, ...]:
        """The same with the source."""
        return (*self.texts, *([self.source] if self.source else []))


@dataclass(frozen=True, slots=True)
class LearningState:
    """All materials of an assembly, in the order in which they are read."""

    materials: tuple[Material, ...] = ()
    preface: Mapping[Preface, str] = field(default_factory=dict)
    """Keys of words."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a material says; paragraphs stand apart by an empty line. Empty: without it."""

    title: str
    text: str
    summary: str = ""
    source: str = ""


# --- the command of whoever shows the assembly


@dataclass(frozen=True, slots=True)
class PrefaceWrite:
    """This is what the assembly says now; empty: nothing."""

    part: Preface
    lang: str
    text: str


# --- commands of an organiser


@dataclass(frozen=True, slots=True)
class MaterialAdd:
    """Write a new one, at the end; citizens do not see it yet."""

    lang: str
    content: Content


@dataclass(frozen=True, slots=True)
class MaterialChange:
    """Write it anew, published or not. Needs the texts of its words, as `gathered`."""

    material: str
    content: Content


@dataclass(frozen=True, slots=True)
class MaterialPublish:
    """Let everybody read it."""

    material: str


@dataclass(frozen=True, slots=True)
class MaterialWithdraw:
    """Let nobody read it for now."""

    material: str


@dataclass(frozen=True, slots=True)
class MaterialMove:
    """Put it one place earlier or later."""

    material: str
    to: Literal["earlier", "later"]


@dataclass(frozen=True, slots=True)
class MaterialDrop:
    """Take out one that is not published."""

    material: str


# --- events


@dataclass(frozen=True, slots=True)
class PrefaceWritten:
    """The assembly says something else; None: nothing any more."""

    part: Preface
    words: Words | None


@dataclass(frozen=True, slots=True)
class MaterialAdded:
    """A material stands at the end, still empty."""

    material: str
    lang: str


@dataclass(frozen=True, slots=True)
class PartWritten:
    """A part says something else; None: it has gone."""

    material: str
    part: Part
    words: Words | None


@dataclass(frozen=True, slots=True)
class ParagraphWritten:
    """A new paragraph stands at this place, 0 for the first."""

    material: str
    place: int
    words: Words


@dataclass(frozen=True, slots=True)
class ParagraphDropped:
    """A paragraph has gone."""

    material: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class MaterialPublished:
    """Everybody may read it."""

    material: str


@dataclass(frozen=True, slots=True)
class MaterialWithdrawn:
    """Nobody reads it for now."""

    material: str


@dataclass(frozen=True, slots=True)
class MaterialMoved:
    """It stands at another place, 0 for the first of all."""

    material: str
    place: int


@dataclass(frozen=True, slots=True)
class MaterialDropped:
    """It was taken out."""

    material: str


WritingCommand = MaterialAdd | MaterialChange
LearningCommand = PrefaceWrite | WritingCommand | MaterialPublish | MaterialWithdraw | MaterialMove | MaterialDrop
TextEvent = PartWritten | ParagraphWritten | ParagraphDropped
LearningEvent = (
    PrefaceWritten | TextEvent | MaterialAdded | MaterialPublished | MaterialWithdrawn | MaterialMoved | MaterialDropped
)
EVENTS: tuple[type, ...] = get_args(LearningEvent)


def decide(state: LearningState, command: LearningCommand, moment: Moment) -> list[LearningEvent]:
    """Events that follow from a command, or `Refused`."""
    if isinstance(command, PrefaceWrite):
        text = command.text.strip()
        return [PrefaceWritten(command.part, moment.words(text, language(command.lang).code) if text else None)]
    if isinstance(command, WritingCommand):
        return [*_write(state, command, moment)]
    material = material_of(state, command.material)
    is_published = material.published_at is not None
    match command:
        case MaterialPublish(key):
            return [] if is_published else [MaterialPublished(key)]
        case MaterialWithdraw(key):
            return [MaterialWithdrawn(key)] if is_published else []
        case MaterialMove(key, to):
            place = state.materials.index(material) + (-1 if to == "earlier" else 1)
            return [MaterialMoved(key, place)] if 0 <= place < len(state.materials) else []
        case MaterialDrop(key):
            if is_published:
                raise Refused("material.published")
            return [MaterialDropped(key)]
        case _:
            assert_never(command)


def material_of(state: LearningState, key: str) -> Material:
    """The material of this key, or `Refused`."""
    found = next((each for each in state.materials if each.key == key), None)
    if found is None:
        raise Refused("material.unknown")
    return found


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text, cleaned; lines within one stay. Refused: none, too many, or one that is too long."""
    pieces = [piece for piece in re.split(r"\n[^\S\n]*\n", re.sub(r"\r\n?", "\n", text)) if piece.strip()]
    if len(pieces) > MAX_PARAGRAPHS:
        raise Refused("material.too_long", limit=MAX_PARAGRAPHS)
    return [clean_text(piece, limit=MAX_PARAGRAPH) for piece in pieces or [text]]


def _write(state: LearningState, command: WritingCommand, moment: Moment) -> Iterator[LearningEvent]:
    if isinstance(command, MaterialChange):
        yield from _written(material_of(state, command.material), command.content, moment.gathered, moment)
        return
    if len(state.materials) >= MAX_MATERIALS:
        raise Refused("material.too_many", limit=MAX_MATERIALS)
    fresh = Material(moment.key("material"), language(command.lang).code)
    yield MaterialAdded(fresh.key, fresh.lang)
    yield from _written(fresh, command.content, {}, moment)


def _written(
    material: Material, content: Content, known: Mapping[str, str], moment: Moment
) -> Iterator[PartWritten | ParagraphWritten | ParagraphDropped]:
    """What differs from before; `known` are the texts of the material's words."""
    for part in PARTS:
        text, before = getattr(content, part), getattr(material, part)
        if part != "title" and not text.strip():
            if before:
                yield PartWritten(material.key, part, None)
        elif (cleaned := clean_text(text, limit=LIMITS[part])) != known.get(before or ""):
            yield PartWritten(material.key, part, moment.words(cleaned, material.lang, part))
    yield from _paragraphs_written(material, paragraphs_of(content.text), known, moment)


def _paragraphs_written(
    material: Material, texts: Sequence[str], known: Mapping[str, str], moment: Moment
) -> Iterator[ParagraphWritten | ParagraphDropped]:
    before = [known.get(key, "") for key in material.paragraphs]
    for kind, old, old_end, new, new_end in SequenceMatcher(None, before, texts, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for key in material.paragraphs[old:old_end]:
            yield ParagraphDropped(material.key, key)
        for place in range(new, new_end):
            words = moment.words(texts[place], material.lang, f"paragraph {place}")
            yield ParagraphWritten(material.key, place, words)


def evolve(state: LearningState, record: Recorded[LearningState]) -> LearningState:
    """The materials after an event."""
    event: LearningEvent = record.event
    match event:
        case PrefaceWritten(part, words):
            others = {name: key for name, key in state.preface.items() if name != part}
            return replace(state, preface={**others, part: words.key} if words else others)
        case MaterialAdded(key, lang):
            return replace(state, materials=(*state.materials, Material(key, lang, changed_at=record.at)))
        case MaterialMoved(key, place):
            moved, rest = material_of(state, key), _without(state, key)
            return replace(state, materials=(*rest[:place], moved, *rest[place:]))
        case MaterialDropped(key):
            return replace(state, materials=_without(state, key))
        case MaterialPublished(key):
            return _changed(state, key, published_at=record.at)
        case MaterialWithdrawn(key):
            return _changed(state, key, published_at=None)
        case _:
            return _changed(state, event.material, changed_at=record.at, **_text(state, event))


def _text(state: LearningState, event: TextEvent) -> dict[str, Any]:
    paragraphs = material_of(state, event.material).paragraphs
    match event:
        case PartWritten(_, part, words):
            return {part: words.key if words else None}
        case ParagraphWritten(_, place, words):
            return {"paragraphs": (*paragraphs[:place], words.key, *paragraphs[place:])}
        case ParagraphDropped(_, paragraph):
            return {"paragraphs": tuple(key for key in paragraphs if key != paragraph)}
        case _:
            assert_never(event)


def _changed(state: LearningState, key: str, **change: Any) -> LearningState:
    materials = (replace(each, **change) if each.key == key else each for each in state.materials)
    return replace(state, materials=tuple(materials))


def _without(state: LearningState, key: str) -> tuple[Material, ...]:
    return tuple(each for each in state.materials if each.key != key)


def mentions(value: Any) -> Iterator[str]:
    """Keys of the words that a reader of this event, or of all materials, needs."""
    if isinstance(value, LearningState):
        yield from value.preface.values()
        yield from (key for material in value.materials for key in material.words)
    else:
        yield from (words.key for words in words_of(value))
