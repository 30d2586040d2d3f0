"""Which drafts say nearly the same: only ever a suggestion to people, never an act.

Texts in one language are compared by the runs of letters within their words, each weighed by how few texts have it
(TF-IDF, cosine). Endings, compounds and the small differences of a translation by machine cost little that way, and no
language needs a list of words. `python -m tests.bench.similarity` measures it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

RUN = 4
"""Length of the runs of letters, the blank before and after a word counted; words of one letter have none."""
LIKENESS = 0.25
"""From here on two texts are suggested as near-duplicates."""
MOST_SUGGESTIONS = 50
"""The likeliest of them; more would not be read."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Comparable:
    """One draft in the language in which all are compared; drafts of one `room` are not held against each other."""

    draft: str
    room: str
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two drafts of different rooms, and how alike they are: 1 for the same words, 0 for nothing in common."""

    one: str
    other: str
    degree: float


Weights = Mapping[str, float]


def near_duplicates(texts: Sequence[Comparable], *, least: float = LIKENESS) -> list[Likeness]:
    """Pairs of different rooms that are at least so alike, the likeliest first."""
    weighed = weights([each.text for each in texts])
    pairs = (
        Likeness(one.draft, other.draft, cosine(mine, theirs))
        for (one, mine), (other, theirs) in combinations(zip(texts, weighed, strict=True), 2)
        if one.room != other.room
    )
    found = [pair for pair in pairs if pair.degree >= least]
    return sorted(found, key=lambda pair: (-pair.degree, pair.one, pair.other))[:MOST_SUGGESTIONS]


def weights(texts: Sequence[str]) -> list[Weights]:
    """Of each text the runs of letters with their weights, of length 1 all together."""
    counted = [Counter(_runs(text)) for text in texts]
    spread = Counter(run for runs in counted for run in runs)
    return [_weighed(runs, spread, len(texts)) for runs in counted]


def cosine(one: Weights, other: Weights) -> float:
    """How alike two weighed texts are, from 0 to 1."""
    small, large = sorted((one, other), key=len)
    return min(1.0, math.fsum(weight * large[run] for run, weight in small.items() if run in large))


def _weighed(runs: Counter[str], spread: Mapping[str, int], texts: int) -> Weights:
    raw = {run: (1 + math.log(count)) * (1 + math.log((1 + texts) / (1 + spread[run]))) for run, count in runs.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
    return {run: weight / length for run, weight in raw.items()}


def _runs(text: str) -> Iterator[str]:
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        padded = f" {word} "
        yield from (padded[at : at + RUN] for at in range(len(padded) - RUN + 1))
