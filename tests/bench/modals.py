"""Modal verbs: how many good translations are suspected to change one, and how many changed ones are found.

    python -m tests.bench.modals

Every sentence of the news and of a legal text is compared with its translations by people, in both directions. Then the
modal verb of each translation whose original has one is exchanged: must for may, may for should, and so on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from tests.bench import parallel
from tests.bench.parallel import Pair
from translation.core.modality import changed, modalities

FORMS = {
    "en": (("must",), ("should",), ("may",)),
    "es": (("debe", "deben"), ("debería", "deberían"), ("puede", "pueden")),
    "fr": (("doit", "doivent"), ("devrait", "devraient"), ("peut", "peuvent")),
    "ca": (("ha de", "han de"), ("hauria de", "haurien de"), ("pot", "poden")),
    "it": (("deve", "devono"), ("dovrebbe", "dovrebbero"), ("può", "possono")),
    "pt": (("deve", "devem"), ("deveria", "deveriam"), ("pode", "podem")),
    "ar": (("يجب",), (), ("يمكن",)),
    "de": (("muss", "müssen"), ("sollte", "sollten"), ("kann", "können")),
    "gl": (("debe", "deben"), ("debería", "deberían"), ("pode", "poden")),
    "nl": (("moet", "moeten"), (), ("kan", "kunnen")),
}
"""Must, should and may, in each number that the language tells apart."""


def pairs(texts: Sequence[dict[str, str]]) -> Iterator[tuple[str, str, list[Pair]]]:
    """Each pair of languages with all its sentences."""
    for source, target in permutations(FORMS.keys() & texts[0].keys(), 2):
        yield source, target, [Pair(source, target, text[source], text[target]) for text in texts]


def exchanged(text: str, lang: str) -> Iterator[str]:
    """The sentence with its first modal verb exchanged for each of the others."""
    for forms, others in permutations(FORMS[lang], 2):
        for form, other in zip(forms, others, strict=False):
            changed_text, count = re.subn(rf"(?<!\w){form}(?!\w)", other, text, count=1, flags=re.IGNORECASE)
            if count:
                yield changed_text


def is_suspected(pair: Pair, after: str) -> bool:
    """Whether the product would warn."""
    return changed(pair.before, after, source=pair.source, target=pair.target)


def measure(texts: Sequence[dict[str, str]]) -> Iterator[tuple[str, str, int, int, int, int]]:
    """Source, target, sentences, suspected, exchanged, found."""
    for source, target, here in sorted(pairs(texts)):
        suspected = sum(is_suspected(pair, pair.after) for pair in here)
        answerable = [pair for pair in here if modalities(pair.before, source)]
        faults = [(pair, text) for pair in answerable for text in exchanged(pair.after, target)]
        yield source, target, len(here), suspected, len(faults), sum(is_suspected(*each) for each in faults)


def main() -> None:
    """Print one line for each pair of languages and the sums."""
    for name, texts in (("news", parallel.news()), ("law", parallel.law())):
        rows = list(measure(texts))
        for source, target, *counts in rows:
            print(f"{name} {source}-{target}: {counts[1]} of {counts[0]} suspected, {counts[3]} of {counts[2]} found")
        good = sum(row[3] for row in rows) / sum(row[2] for row in rows)
        found = sum(row[5] for row in rows) / sum(row[4] for row in rows)
        print(f"{name}: {good:.2%} of good translations suspected, {found:.0%} of changed ones found")


if __name__ == "__main__":
    main()
