"""Whether the splitter finds the ends of real sentences again: known ones are joined, and each end is looked for.

News in 28 languages, everyday sentences in 17 of them, and the Universal Declaration in Basque and Galician besides.
Half of the texts were never looked at when the rules were made; only they are counted.
"""

from __future__ import annotations

import itertools
import re
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tests.bench import parallel, report
from translation.core.segments import split

TOGETHER = 5
"""Sentences of one text."""
EVERYDAY = 3000
CLOSERS = "\"'”’“‘»«) "
SHORTEST_PLAIN, SHORTEST_NAME = 4, 6
"""Letters of a small word, and of a capitalised one, that nobody would take for an abbreviation."""
NEWS = (
    "en", "fr", "de", "es", "it", "nl", "pt", "pl", "ro", "el", "hu", "cs", "sk", "sl", "bg", "hr", "sv", "da", "fi",
    "et", "lv", "lt", "mt", "ga", "ar", "ca", "tr", "uk",
)  # fmt: skip
DECLARED = ("eu", "gl")


@dataclass(frozen=True, slots=True)
class Found:
    """Of one language: how many ends there are and are found, and which sentences were torn, at what.

    Torn: cut behind a number or a short word, or before a small letter or a number.
    """

    ends: int
    found: int
    missed: Sequence[str]
    sentences: int
    torn: Sequence[str]

    @property
    def share_found(self) -> float:
        """Ends that the splitter finds again."""
        return self.found / self.ends

    @property
    def share_torn(self) -> float:
        """Sentences it tears apart."""
        return len(self.torn) / self.sentences


def measured(lang: str, *, tests: bool) -> Found:
    """What the splitter does with the texts of one language in one of the halves."""
    texts = [
        sentences[at : at + TOGETHER]
        for sentences in _sources(lang, tests=tests)
        for at in range(0, len(sentences), TOGETHER)
    ]
    return _looked_at(texts, lang)


def _sources(lang: str, *, tests: bool) -> Iterator[Sequence[str]]:
    if lang in NEWS:
        yield [row[lang] for row in single_news() if parallel.is_for_tests(row["en"]) is tests]
    if lang in parallel.EVERYDAY:
        pairs = parallel.half(parallel.everyday(lang)[:EVERYDAY], tests=tests)
        yield [pair.after for pair in pairs if _is_one(pair.before, "en")]
    if lang in DECLARED:
        rows = parallel.read_lines("mt-dev/udhr-articles.tsv.xz")
        at, english = rows[0].index(lang), rows[0].index("en")
        yield [row[at] for row in rows[1:] if _is_one(row[english], "en")]


@cache
def single_news() -> Sequence[Mapping[str, str]]:
    """Lines of news that are one sentence: most of the languages say so, whatever one of them does."""
    return [row for row in parallel.news() if statistics.fmean(_is_one(row[lang], lang) for lang in NEWS) > 0.5]


def _is_one(text: str, lang: str) -> bool:
    return sum(piece.speech for piece in split(text, lang)) == 1


def _looked_at(texts: Sequence[Sequence[str]], lang: str) -> Found:
    ends, found, missed, torn = 0, 0, [], []
    for sentences in texts:
        known = list(itertools.accumulate(len(sentence) + 1 for sentence in sentences))
        cuts = _cuts(" ".join(sentences), lang)
        for before, after, at in zip(sentences, sentences[1:], known, strict=False):
            if before.rstrip(CLOSERS).endswith(tuple(".!?…؟")):
                ends, found = ends + 1, found + (at in cuts)
                missed += [] if at in cuts else [f"{before[-40:]} | {after[:25]}"]
        joined = " ".join(sentences)
        odd = [cut for cut in sorted(cuts - set(known)) if not _is_plain(joined[:cut], joined[cut:])]
        torn += [f"{joined[max(0, cut - 40) : cut]} | {joined[cut : cut + 25]}" for cut in odd]
    return Found(ends, found, missed, sum(map(len, texts)), torn)


def _is_plain(before: str, after: str) -> bool:
    """Whether an ordinary word ends there and a letter begins: translators make two sentences of one, and are right."""
    word, begins = re.split("[ '’-]", before.rstrip(CLOSERS))[-1], after.lstrip(CLOSERS + "„¿¡–—-([")[:1]
    last = word.rstrip(".…")
    shortest = SHORTEST_PLAIN if last == last.lower() else SHORTEST_NAME
    is_ordinary = word.endswith(("!", "?", "؟")) or (len(last) >= shortest and last.isalpha())
    return is_ordinary and begins.isalpha() and not begins.islower()


def _cuts(text: str, lang: str) -> set[int]:
    """Where sentences begin, but the first."""
    starts, at = [], 0
    for piece in split(text, lang):
        starts += [at] if piece.speech else []
        at += len(piece.text)
    return set(starts[1:])


def rows() -> Iterator[report.Row]:
    """Two figures for each language."""
    for lang in (*NEWS, *DECLARED):
        found = measured(lang, tests=True)
        remark = f"{found.ends} ends, {found.sentences} sentences"
        share, torn = round(found.share_found, 4), round(found.share_torn, 4)
        yield report.Row(f"found_{lang}", share, "share", 0.98, 0.995, "higher", share, remark=remark)
        yield report.Row(f"torn_{lang}", torn, "share", 0.05, 0.005, "lower", torn, remark=remark)


def main() -> int:
    """Print the report."""
    chosen = report.arguments(__doc__)
    if parallel.folder() is None:
        print("No folder of parallel texts: set PARALLEL_TEXTS.")
        return 0
    return report.finish("sentences", list(rows()), packages=(), as_json=chosen.json)


if __name__ == "__main__":
    sys.exit(main())
