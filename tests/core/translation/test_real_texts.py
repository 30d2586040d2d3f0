"""The splitter on texts that people wrote: news in 28 languages, speeches in parliament; where they are at hand."""

from __future__ import annotations

import json
import lzma

import pytest

from tests.bench import parallel, sentences
from tests.skips import NO_PARALLEL_TEXTS
from translation.core.segments import MAX_SENTENCE, join, split

pytestmark = pytest.mark.skipif(parallel.folder() is None, reason=NO_PARALLEL_TEXTS)


@pytest.mark.parametrize("lang", sentences.NEWS)
def test_news_is_not_torn_apart_and_comes_back(lang: str) -> None:
    """A line of news is a sentence, seldom two; a splitter that stumbles over abbreviations makes many more."""
    lines = [row[lang] for row in parallel.news()]
    pieces = [split(line, lang) for line in lines]
    assert [join(each) for each in pieces] == lines
    sentences = [sum(piece.speech for piece in each) for each in pieces]
    assert sum(sentences) <= 1.2 * len(lines)
    assert sum(count > 3 for count in sentences) <= 0.003 * len(lines)


@pytest.mark.parametrize("lang", [*sentences.NEWS, *sentences.DECLARED])
def test_joined_sentences_are_told_apart_again(lang: str) -> None:
    found = sentences.measured(lang, tests=True)
    assert found.share_found >= 0.98, found.missed
    assert found.share_torn <= 0.05, found.torn


def test_speeches_in_parliament_become_sentences_an_engine_bears() -> None:
    place = parallel.folder()
    assert place is not None
    with lzma.open(place / "ep-debates" / "ep-2025-03-11.json.xz", "rt", encoding="utf-8") as file:
        speeches = json.load(file)
    speeches = speeches if isinstance(speeches, list) else speeches["speeches"]
    for speech in speeches:
        for paragraph in speech["paragraphs"]:
            pieces = split(paragraph, speech["lang"])
            assert join(pieces) == paragraph
            assert max((len(piece.text) for piece in pieces if piece.speech), default=0) <= MAX_SENTENCE
