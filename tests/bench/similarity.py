"""`python -m tests.bench.similarity`: how many near-duplicates are suggested, and how many suggestions are none.

On 522 short statements of a public consultation on production and consumption, all on one matter, and on translations.
Needs the folder of `tests.bench.parallel`.

- *copies*: draft recommendations of the Austrian citizens' climate assembly and the same statements put in before.
- *judged*: pairs that a person read and held to ask for the same thing, or not, drawn from bands of likeness. From
  them follows, by the size of each band, how many suggestions are right and how many right ones are suggested; pairs
  below the lowest band are in neither figure.
- *reworded*: passages that two people translated from the same English sentences, each in their own words, as two
  translations by machine of one demand differ.
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from random import Random
from typing import NamedTuple

from recommendations.core.similarity import LIKENESS, Comparable, cosine, near_duplicates, weights
from tests.bench import parallel
from tests.bench.report import Row, arguments, finish

CONSULTATION = "austria-climate.5twd2jsnkf.2022-08-08"
MARK = "Klimarat:"
BANDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45)
"""Each reaches to the next; the last to 1."""
SAME = (
    "492-456 165-164 327-210 327-299 299-210 328-363 126-77 468-467 508-385 118-117 279-278 132-50 94-26 272-266"
    " 472-462 71-26 228-3 195-48 382-59 405-268 23-22 498-462 506-498 124-7 448-347 473-463 122-130 327-154 74-11"
    " 412-74 407-56 501-58"
)
"""Numbers of statements that ask for the same, perhaps in another measure."""
DIFFERENT = (
    "128-126 127-126 128-127 230-16 285-9 465-464 93-1 409-208 464-23 464-336 206-58 265-116 321-138 308-206 361-357"
    " 464-461 331-272 160-17 464-168 309-17 465-23 463-21 108-61 464-22 308-58 457-426 122-125 162-160 128-77 331-275"
    " 127-77 420-187 505-160 411-222 511-400 470-160 494-17 505-143 504-300 440-184 405-271 378-307 116-56 324-12"
    " 426-266 453-56 469-385 259-107 463-314 15-2 325-326 91-14 91-153 309-113 300-71 457-286 501-237 510-113 386-301"
    " 301-138 198-67 143-0"
)
LANGUAGES = ("es", "fr", "it", "pt", "de", "ar", "fi", "uk")
SENTENCES = 6
"""Of a passage, about as many words as a short draft has."""
PASSAGES = 60


class Pair(NamedTuple):
    """Two statements by their numbers, the later first, and how alike they are."""

    numbers: tuple[str, str]
    degree: float


def rows_of_table() -> Sequence[Mapping[str, str]]:
    """The statements of the consultation."""
    place = parallel.folder()
    if place is None:
        raise SystemExit("No folder of parallel texts: set PARALLEL_TEXTS.")
    with (place / "deliberation-polis" / CONSULTATION / "comments.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def pairs() -> tuple[Pair, ...]:
    """All pairs of statements that people made themselves and that are at least as alike as the lowest band."""
    texts = {row["comment-id"]: row["comment-body"] for row in rows_of_table()}
    weighed = dict(zip(texts, weights(list(texts.values())), strict=True))
    own = [number for number, text in texts.items() if MARK not in text]
    found = (Pair(both, cosine(weighed[both[0]], weighed[both[1]])) for both in combinations(own, 2))
    return tuple(pair for pair in found if pair.degree >= BANDS[0])


def copies_found() -> tuple[int, int]:
    """Of how many recommendations the earlier copy is suggested, and how many have one."""
    texts = {row["comment-id"]: row["comment-body"] for row in rows_of_table()}
    by_text = {text: number for number, text in texts.items()}
    known = {
        frozenset((number, by_text[original]))
        for number, text in texts.items()
        if text.startswith(MARK) and (original := text.removeprefix(MARK).strip()) in by_text
    }
    found = near_duplicates([Comparable(number, number, text) for number, text in texts.items()])
    return len(known & {frozenset((pair.one, pair.other)) for pair in found}), len(known)


def band_of(degree: float) -> float:
    """The band in which a pair of this likeness lies."""
    return max(band for band in BANDS if degree >= band)


def estimated(least: float) -> tuple[float, float]:
    """Which part of the suggestions from `least` on is right, and which part of the right pairs is suggested."""
    size = Counter(band_of(pair.degree) for pair in pairs())
    judged = {frozenset(each.split("-")): True for each in SAME.split()}
    judged |= {frozenset(each.split("-")): False for each in DIFFERENT.split()}
    verdicts: dict[float, list[bool]] = {band: [] for band in BANDS}
    for pair in pairs():
        if (verdict := judged.get(frozenset(pair.numbers))) is not None:
            verdicts[band_of(pair.degree)].append(verdict)
    right = {band: size[band] * statistics.fmean(verdicts[band]) for band in BANDS}
    suggested = [band for band in BANDS if band >= least]
    hits = sum(right[band] for band in suggested)
    return hits / sum(size[band] for band in suggested), hits / sum(right.values())


def reworded(lang: str, passages: int = PASSAGES) -> tuple[float, float]:
    """Which part of passages is suggested with the one that says the same in other words, and which part of all other
    pairs is suggested, too."""
    ways: dict[str, list[str]] = {}
    for pair in parallel.everyday(lang):
        ways.setdefault(pair.before, []).append(pair.after)
    twice = [(texts[0], texts[1]) for texts in ways.values() if len(texts) > 1 and texts[0] != texts[1]]
    Random(lang).shuffle(twice)
    ends = range(SENTENCES, min(len(twice), passages * SENTENCES) + 1, SENTENCES)
    chunks = [twice[end - SENTENCES : end] for end in ends]
    one = [" ".join(first for first, _second in chunk) for chunk in chunks]
    other = [" ".join(second for _first, second in chunk) for chunk in chunks]
    weighed = weights([*one, *other])
    alike = [[cosine(mine, theirs) >= LIKENESS for theirs in weighed[len(one) :]] for mine in weighed[: len(one)]]
    found = sum(row[number] for number, row in enumerate(alike))
    false = sum(sum(row) - row[number] for number, row in enumerate(alike))
    return found / len(one), false / (len(one) * (len(one) - 1))


def rows(passages: int) -> list[Row]:
    """The figures."""
    found, known = copies_found()
    right, part = estimated(LIKENESS)
    many = sum(pair.degree >= LIKENESS for pair in pairs())
    ways = [reworded(lang, passages) for lang in LANGUAGES]
    again, false = zip(*ways, strict=True)
    remark = f"{many} pairs of {len(rows_of_table())} statements"
    return [
        _row("copies found", found / known, 1.0, 1.0, f"{known} recommendations"),
        _row("suggestions that are right", right, 0.3, 0.5, remark),
        _row("right ones suggested", part, 0.6, 0.8, f"of those at least {BANDS[0]} alike"),
        _row("reworded found", statistics.fmean(again), 0.9, 0.98, " ".join(LANGUAGES), worst=min(again)),
        _row(
            "others suggested", statistics.fmean(false), 0.01, 0.001, "of all pairs", worst=max(false), better="lower"
        ),
    ]


def _row(
    name: str, value: float, gate: float, target: float, remark: str, *, worst: float | None = None,
    better: str = "higher",
) -> Row:  # fmt: skip
    worst = value if worst is None else worst
    return Row(name, round(value, 4), "part", gate, target, better, round(worst, 4), remark=remark)


def main() -> int:
    """Run it."""
    chosen = arguments(__doc__)
    found = rows(PASSAGES // 3 if chosen.quick else PASSAGES)
    return finish("similarity", found, packages=("hemicycle",), as_json=chosen.json)


if __name__ == "__main__":
    sys.exit(main())
