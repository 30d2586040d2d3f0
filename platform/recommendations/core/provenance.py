"""Where each sentence of a draft comes from: with which version it came, and what it was made of before.

Sentences are followed from version to version: the same one, one that shares most of its words, one that was cut out of
another or put together of several. Where a version stands in another language, the sentence at the same place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from recommendations.core.drafting import Quote, VersionState
from translation.core.changes import words
from translation.core.segments import has_letters, split
from translation.core.sides import side_by_side

LEAST_PART = 3
"""Words that the shorter of two sentences has at least, if one is to be part of the other."""
MOST_OF_A_PART = 0.8


@dataclass(frozen=True, slots=True)
class Wrote:
    """One field as a version has it."""

    version: int
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """With this version the sentence, or one it was made of, came to read so."""

    version: int
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A sentence of the newest version; its steps lead from where it came in to how it reads now."""

    text: str
    steps: tuple[Step, ...]

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions that brought or changed it, each once."""
        return tuple(dict.fromkeys(step.version for step in self.steps))


def threads(written: Sequence[Wrote]) -> tuple[Thread, ...]:
    """The sentences of the last version in their order. Each has at least one step: none comes from nowhere."""
    found: tuple[Thread, ...] = ()
    before: Wrote | None = None
    for version in written:
        found = tuple(
            _continued(sentence, _made_of(sentence, found, before, version), version)
            for sentence in sentences(version.text, version.lang)
        )
        before = version
    return found


def merged_from(sentence: str, parents: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """What a sentence of a merged text was made of: of each text that was merged (its sentences, in the language of the
    merged one) the same sentence or those that are kin to it, by the places of text and sentence. Nothing: it came with
    the merge."""
    found: list[tuple[int, int]] = []
    for place, parent in enumerate(parents):
        same = [number for number, text in enumerate(parent) if text == sentence]
        found += [(place, number) for number in same[:1] or _kin_in(parent, sentence)]
    return found


def _kin_in(parent: Sequence[str], sentence: str) -> list[int]:
    return [number for number, text in enumerate(parent) if text and _is_kin(text, sentence)]


def sentences(text: str, lang: str) -> list[str]:
    """Everything in a text that has letters, sentence by sentence."""
    return [piece.text for piece in split(text, lang) if has_letters(piece.text)]


def bringing(quote: Quote, versions: Sequence[VersionState]) -> int:
    """The version with which the newest one's quotation came in, to stay."""
    since = versions[-1].n
    for version in reversed(versions):
        if all(each.words != quote.words for each in version.quotes):
            break
        since = version.n
    return since


def _continued(sentence: str, parents: Sequence[Thread], version: Wrote) -> Thread:
    if len(parents) == 1 and parents[0].text == sentence:
        return parents[0]
    earlier = dict.fromkeys(step for parent in parents for step in parent.steps)
    steps = sorted(earlier, key=lambda step: step.version)
    return Thread(sentence, (*steps, Step(version.version, version.lang, sentence)))


def _made_of(sentence: str, found: Sequence[Thread], before: Wrote | None, version: Wrote) -> list[Thread]:
    if before is None or before.lang == version.lang:
        same = [thread for thread in found if thread.text == sentence]
        return same[:1] or [thread for thread in found if _is_kin(thread.text, sentence)]
    rows = side_by_side(before.text, version.text, source=before.lang, target=version.lang)
    beside = [row.original for row in rows if sentence in row.text]
    return [thread for thread in found if any(thread.text in original for original in beside)]


def _is_kin(one: str, other: str) -> bool:
    """Whether two sentences share most of their words in the same order, or one is a part of the other."""
    ours, theirs = words(one), words(other)
    shorter, longer = sorted((len(ours), len(theirs)))

    def enough(shared: int) -> bool:
        return 2 * shared > longer or (shorter >= LEAST_PART and shared >= MOST_OF_A_PART * shorter)

    if not enough((Counter(ours) & Counter(theirs)).total()):
        return False
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return enough(sum(block.size for block in blocks))
