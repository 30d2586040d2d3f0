"""Reading materials: the state, and what each of them says in a reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learning.core.materials import LearningState, Material, MaterialChange, Preface, material_of
from live import queries as live_queries
from live.names import stream_name
from live.services import state_or
from recommendations.queries import Passage, passages


def learning_of(assembly_id: int) -> str:
    """The name of the stream of an assembly's materials."""
    return stream_name("learning", assembly_id)


def state_of(assembly_id: int) -> LearningState:
    """The materials as they stand now, published or not; none where nobody ever wrote one."""
    return state_or(learning_of(assembly_id), LearningState())


def gather(stream: str, state: LearningState, command: Any) -> Mapping[str, str]:
    """What the material says that is to be changed, by the keys of its words; one query."""
    if not isinstance(command, MaterialChange):
        return {}
    return written(material_of(state, command.material))


def written(material: Material) -> Mapping[str, str]:
    """What it says as it was written, by the keys of its words; one query."""
    return {key: words.text for key, words in live_queries.words(material.words).items()}


@dataclass(frozen=True, slots=True)
class MaterialShown:
    """A material in one language; None where a text was erased or there is none."""

    material: Material
    title: Passage | None
    summary: Passage | None
    paragraphs: Sequence[Passage]
    source: str

    def passages(self) -> Iterator[Passage]:
        """All its texts that were not erased."""
        yield from (each for each in (self.title, self.summary, *self.paragraphs) if each)

    @property
    def is_missing(self) -> bool:
        """Whether the reader gets something of it in a language that is not theirs."""
        return any(each.is_missing for each in self.passages())

    @property
    def marked(self) -> Passage | None:
        """A passage with the mark that most of its translations have; None: nothing is translated."""
        translated = [each for each in self.passages() if each.is_translated]
        marks = Counter(each.mark for each in translated)
        return max(translated, key=lambda each: marks[each.mark], default=None)


def shown(assembly_id: int, materials: Sequence[Material], lang: str) -> list[MaterialShown]:
    """These materials in `lang`, the originals beside; three queries."""
    texts = passages(learning_of(assembly_id), [key for each in materials for key in each.texts], lang)
    sources = live_queries.words([each.source for each in materials if each.source])
    return [
        MaterialShown(
            each, texts.get(each.title), texts.get(each.summary or ""),
            [texts[key] for key in each.paragraphs if key in texts],
            sources[each.source].text if each.source in sources else "",
        )
        for each in materials
    ]  # fmt: skip


def preface(assembly_id: int, lang: str) -> Mapping[Preface, Passage]:
    """The assembly's question and mandate in `lang`, as far as they were kept (`services.keep_preface`)."""
    keys = state_of(assembly_id).preface
    texts = passages(learning_of(assembly_id), keys.values(), lang)
    return {part: texts[key] for part, key in keys.items() if key in texts}


def published(assembly_id: int, lang: str) -> list[MaterialShown]:
    """What everybody may read, in `lang`."""
    materials = [each for each in state_of(assembly_id).materials if each.published_at is not None]
    return shown(assembly_id, materials, lang)


def has_published(assembly_id: int) -> bool:
    """Whether there is anything to read."""
    return any(each.published_at is not None for each in state_of(assembly_id).materials)
