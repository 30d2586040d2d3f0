"""Doubt marks: how many injected faults they find, and how many good translations they suspect.

    python -m tests.bench.doubt [--quick] [--json]      (rows of `tests.bench.translation`, by themselves)
    python -m tests.bench.doubt --development      (the half and the forms that detectors may be tuned on)

A fault counts as found only where the mark names its kind. Figures are of the half that no detector was tuned on, with
every form of fault; each is the mean over pairs of languages.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.bench import agreed, faults, parallel, report
from tests.bench.faults import Fault
from tests.bench.parallel import Pair
from translation.core.doubt import Doubt, doubts
from translation.core.protection import protect
from translation.identifier import other_language

MEANT = {
    "number": {Doubt.NUMBER, Doubt.DATE},
    "name": {Doubt.NAME},
    "negation": {Doubt.NEGATION},
    "sentence": {Doubt.LENGTH},
    "language": {Doubt.LANGUAGE, Doubt.UNTRANSLATED},
    "repetition": {Doubt.REPETITION},
}
GATES = {"negation": (0.75, 0.90)}
GATE, TARGET = 0.90, 0.97
_WORD = re.compile(r"[^\W\d_]+")
FEWEST = 10
"""Faults of a kind that a pair of languages must have to be counted."""
NEAR = {"es": "pt", "pt": "es", "ca": "es", "it": "es", "fr": "it", "cs": "sk", "sk": "cs", "da": "sv", "sv": "da",
        "de": "nl", "nl": "de", "bg": "uk", "uk": "bg", "pl": "cs", "fi": "et", "et": "fi", "lv": "lt", "lt": "lv",
        "ro": "it", "sl": "hr", "hr": "sl", "hu": "fi", "el": "bg", "tr": "hu", "ar": "en", "en": "de"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """How many texts of a pair of languages are taken, and of which half."""

    texts: int
    tests: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """By pair of languages: clean texts and how many were suspected; passages of three sentences, suspected or not; by
    kind and form: faults and how many were found."""

    clean: Counter[str]
    suspected: Counter[str]
    passages: Counter[bool]
    injected: Counter[tuple[str, str, str]]
    found: Counter[tuple[str, str, str]]


def marks(pair: Pair, names: Iterable[str]) -> frozenset[Doubt]:
    """What the product says of a text and its translation."""
    found = doubts(protect(pair.before, names), pair.after, source=pair.source, target=pair.target)
    strange = other_language(pair.after, pair.target)
    return found | {Doubt.LANGUAGE} if strange else found


def joined(pairs: Sequence[Pair], size: int) -> list[Pair]:
    """Passages of some sentences each, with a line break between, which stands for "sentence by sentence"."""
    chunks = [pairs[at : at + size] for at in range(0, len(pairs) - size + 1, size)]
    return [
        Pair(chunk[0].source, chunk[0].target, "\n".join(p.before for p in chunk), "\n".join(p.after for p in chunk))
        for chunk in chunks
    ]


def flat(pair: Pair) -> Pair:
    """A passage in one line, as people write."""
    return replace(pair, before=pair.before.replace("\n", " "), after=pair.after.replace("\n", " "))


def known_names() -> Sequence[str]:
    """Names that the French, German and Spanish translators of the development half left as they are, and that are
    no word in any of these languages."""
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    small = {word for row in parallel.news() for text in row.values() for word in _WORD.findall(text) if word.islower()}
    for lang in ("fr", "de", "es"):
        for pair in parallel.half(parallel.everyday(lang), tests=False)[:20_000]:
            _count_names(pair, seen, kept)
        for pair in parallel.news_pairs("en", lang, tests=False):
            _count_names(pair, seen, kept)
    return sorted(
        name for name, count in seen.items() if count >= 3 and kept[name] >= 0.95 * count and name.lower() not in small
    )


def _count_names(pair: Pair, seen: Counter[str], kept: Counter[str]) -> None:
    words = pair.before.split()
    for word in {word.strip(".,!?\"'") for word in words[1:]}:
        if word.istitle() and word.isalpha() and len(word) > 2:
            seen[word] += 1
            kept[word] += word in pair.after


def texts(plan: Plan) -> Iterator[list[Pair]]:
    """Sentences of each pair of languages."""
    for lang in parallel.EVERYDAY:
        pairs = parallel.half(parallel.everyday(lang), tests=plan.tests)[: plan.texts]
        yield pairs
        yield [pair.turned for pair in pairs]
    for lang in parallel.NEWS_WITH_ENGLISH:
        yield parallel.news_pairs("en", lang, tests=plan.tests)[: plan.texts]
        yield parallel.news_pairs(lang, "en", tests=plan.tests)[: plan.texts]
    for source, target in parallel.NEWS_WITHOUT_ENGLISH:
        yield parallel.news_pairs(source, target, tests=plan.tests)[: plan.texts]


def injected(pairs: Sequence[Pair], names: Sequence[str], chance: Random) -> Iterator[Fault]:
    """Every form of fault that the sentences can carry."""
    for pair in pairs:
        yield from faults.name_faults(pair, names, chance)
        yield from _harmed(pair, faults.FORMS, chance)
    for passage in joined(pairs, 3):
        yield from _harmed(passage, faults.ON_PASSAGES, chance)
        yield from _in_other_languages(passage)


def _harmed(pair: Pair, forms: Mapping[str, Mapping[str, faults.Harm]], chance: Random) -> Iterator[Fault]:
    for kind, by_form in forms.items():
        for form, harm in by_form.items():
            text = harm(pair, chance)
            if text:
                yield Fault(kind, form, flat(replace(pair, after=text)))


def _in_other_languages(passage: Pair) -> Iterator[Fault]:
    """The original itself; where the same news is at hand in more languages, those too."""
    yield Fault("language", "original", flat(replace(passage, after=passage.before)))
    rows = [_rows().get(line) for line in passage.before.split("\n")]
    near = NEAR.get(passage.target, "en")
    far = "hu" if passage.target != "hu" else "it"
    if all(rows) and passage.source not in (near, far):
        in_near = [row[near] for row in rows if row]
        yield Fault("language", "other", flat(replace(passage, after="\n".join(row[far] for row in rows if row))))
        if "en" not in (passage.source, passage.target):
            pivot = "\n".join(row["en"] for row in rows if row)
            yield Fault("language", "pivot", flat(replace(passage, after=pivot)))
        yield Fault("language", "near", flat(replace(passage, after="\n".join(in_near))))


_by_text: dict[str, dict[str, str]] = {}


def _rows() -> Mapping[str, dict[str, str]]:
    if not _by_text:
        _by_text.update({text: row for row in parallel.news() for text in row.values()})
    return _by_text


def measure(plan: Plan) -> Measured:
    """All pairs of languages, one after the other."""
    chance = Random(20)
    names = known_names()
    found = Measured(Counter(), Counter(), Counter(), Counter(), Counter())
    for pairs in texts(plan):
        for pair in pairs:
            found.clean[pair.langs] += 1
            found.suspected[pair.langs] += bool(marks(pair, _known_in(pair, names)))
        for passage in map(flat, joined(pairs, 3)):
            found.passages[bool(marks(passage, _known_in(passage, names)))] += 1
        _look(found, injected(pairs, names, chance), plan)
    for lang in parallel.EVERYDAY:
        pairs = parallel.half(parallel.everyday(lang), tests=plan.tests)
        _look(found, list(faults.negation_faults(pairs))[: 3 * plan.texts], plan)
    return found


def _look(found: Measured, injected_: Iterable[Fault], plan: Plan) -> None:
    for fault in injected_:
        if not plan.tests and (fault.kind, fault.form) in faults.HIDDEN:
            continue
        key = fault.kind, fault.form, fault.pair.langs
        found.injected[key] += 1
        found.found[key] += bool(marks(fault.pair, fault.names) & MEANT[fault.kind])


def _known_in(pair: Pair, names: Sequence[str]) -> list[str]:
    return [name for name in names if name in pair.before]


def shares(found: Measured, kind: str) -> dict[str, float]:
    """Pair of languages to the part of faults of a kind that was found."""
    total, hits = Counter[str](), Counter[str]()
    for (each, _, langs), count in found.injected.items():
        if each == kind:
            total[langs] += count
            hits[langs] += found.found[each, _, langs]
    return {langs: hits[langs] / count for langs, count in total.items() if count >= FEWEST}


def by_form(found: Measured, kind: str) -> dict[str, float]:
    """Form to the part found, over all pairs together."""
    total, hits = Counter[str](), Counter[str]()
    for (each, form, langs), count in found.injected.items():
        if each == kind:
            total[form] += count
            hits[form] += found.found[each, form, langs]
    return {form: hits[form] / total[form] for form in total}


def rows_of(found: Measured) -> Iterator[report.Row]:
    """Recall of the worst kind, of each kind, and false alarms."""
    kinds: dict[str, report.Row] = {}
    for kind in MEANT:
        each = shares(found, kind)
        gate, target = GATES.get(kind, (GATE, TARGET))
        remark = f"{len(each)} pairs; " + ", ".join(f"{form} {part:.2f}" for form, part in by_form(found, kind).items())
        mean = statistics.fmean(each.values())
        kinds[kind] = report.Row(
            f"doubt_recall_{kind}",
            round(mean, 3),
            "share",
            gate,
            target,
            "higher",
            round(min(each.values()), 3),
            len(each) >= 8,
            remark,
        )
    worst = min((row for kind, row in kinds.items() if kind not in GATES), key=lambda row: row.value)
    yield replace(
        worst, name="doubt_recall", remark=f"the kind found least: {worst.name.removeprefix('doubt_recall_')}"
    )
    yield from kinds.values()
    alarms = {langs: found.suspected[langs] / count for langs, count in found.clean.items()}
    top = sorted(alarms, key=alarms.__getitem__, reverse=True)[:5]
    passages = found.passages[True] / found.passages.total()
    remark = (
        f"{found.clean.total()} clean texts in {len(alarms)} pairs; of passages of three {passages:.3f}; most: "
        + ", ".join(f"{each} {alarms[each]:.3f}" for each in top)
    )
    yield report.Row(
        "doubt_false_alarms",
        round(statistics.fmean(alarms.values()), 4),
        "share",
        0.05,
        0.02,
        "lower",
        round(max(alarms.values()), 3),
        True,
        remark,
    )


def rows(*, quick: bool, tests: bool = True) -> list[report.Row]:
    """Marks and glossary; none where no parallel texts are at hand."""
    if parallel.folder() is None:
        return []
    found = measure(Plan(texts=60 if quick else 240, tests=tests))
    return [*rows_of(found), *agreed.rows(texts=150 if quick else 1000)]


def alone() -> int:
    """Measure and report these rows alone; not called `main`, so that `make bench` runs them once."""
    arguments = sys.argv[1:]
    tests = "--development" not in arguments
    sys.argv[1:] = [each for each in arguments if each != "--development"]
    asked = report.arguments(__doc__)
    return report.finish("doubt", rows(quick=asked.quick, tests=tests), packages=("py3langid",), as_json=asked.json)


if __name__ == "__main__":
    sys.exit(alone())
