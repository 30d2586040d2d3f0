"""A draft while it is written: runs of text with the language of whoever typed them, and the paragraphs they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that was typed in one language."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a text that is not blank. Its language is that of most of its letters."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class LiveText:
    """The text of a draft as it stands at this moment, field by field."""

    title: tuple[Run, ...] = ()
    recommendation: tuple[Run, ...] = ()
    reasons: tuple[Run, ...] = ()
    is_ahead: bool = False
    """Whether it says something else than the newest version."""

    @property
    def fields(self) -> tuple[tuple[Run, ...], ...]:
        """All three, in the order in which they are read."""
        return self.title, self.recommendation, self.reasons


def plain(runs: Iterable[Run]) -> str:
    """The text without its languages."""
    return "".join(run.text for run in runs)


def paragraphs(runs: Iterable[Run]) -> Iterator[Paragraph]:
    """The paragraphs of a field, in order."""
    line: list[Run] = []
    for run in runs:
        first, *rest = run.text.split("\n")
        line.append(Run(first, run.lang))
        for text in rest:
            yield from _paragraph(line)
            line = [Run(text, run.lang)]
    yield from _paragraph(line)


def _paragraph(line: list[Run]) -> Iterator[Paragraph]:
    text = plain(line).strip()
    if text:
        letters: Counter[str] = Counter()
        for run in line:
            letters[run.lang] += len(run.text.strip())
        yield Paragraph(text, letters.most_common(1)[0][0])


def language_of(text: LiveText) -> str:
    """The one language in which the whole text stands, or `Refused("draft.mixed_languages")`."""
    langs = {paragraph.lang for field in text.fields for paragraph in paragraphs(field)}
    if not langs:
        raise Refused("text.empty")
    if len(langs) > 1:
        raise Refused("draft.mixed_languages", count=len(langs))
    return langs.pop()
