"""`python -m tests.bench.paces`: how long the same content is in each language, beside what `floor.core.paces` says.

Measured on a thousand sentences of news in 28 languages. One half of them sets the length of turns, the other half is
said in it: what fits into a turn must be the same in every language, to 5 %.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from statistics import fmean

from floor.core.paces import LENGTHS
from tests.bench import parallel
from tests.bench.report import Row, arguments, finish

SPREAD = 5.0
"""Percent by which what one may say in a turn may differ between languages."""


def main() -> int:
    """Print the table and the rows; exit status 1 when the figures in the product are not those of the texts."""
    chosen = arguments(__doc__)
    measured = lengths(parallel.news())
    print("  ".join(f"{lang} {value:.1f}" for lang, value in sorted(measured.items())), file=sys.stderr)
    published = max(abs(LENGTHS[lang] - value) for lang, value in measured.items())
    one, other = lengths(parallel.news()[::2]), lengths(parallel.news()[1::2])
    halves, worst = spread(one, other)
    rows = [
        Row("published_off", round(published, 2), "points", 0.6, 0.5, "lower", round(published, 2), True),
        Row("content_per_turn_off", round(halves, 2), "%", SPREAD, 2.0, "lower", round(halves, 2), True, worst),
    ]
    return finish("paces", rows, packages=["hemicycle"], as_json=chosen.json)


def lengths(texts: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """Characters of all these texts by language, in percent of the mean."""
    total = {lang: sum(len(text[lang].strip()) for text in texts) for lang in LENGTHS}
    mean = fmean(total.values())
    return {lang: 100 * count / mean for lang, count in total.items()}


def spread(paces: Mapping[str, float], measured: Mapping[str, float]) -> tuple[float, str]:
    """The largest difference from the mean of what one may say in a turn, in percent, and in which language."""
    said = {lang: paces[lang] / measured[lang] for lang in measured}
    mean = fmean(said.values())
    off = {lang: 100 * abs(value / mean - 1) for lang, value in said.items()}
    worst = max(off, key=off.__getitem__)
    return off[worst], f"most: {worst}"


if __name__ == "__main__":
    sys.exit(main())
