"""Must, should and may in every pair of languages, and what good translators do with them."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.bench import parallel
from tests.bench.modals import FORMS, measure
from tests.skips import NO_PARALLEL_TEXTS
from translation.core.modality import changed, is_listed

OBLIGES = {
    "en": "The city must close the centre.", "es": "La ciudad debe cerrar el centro.",
    "fr": "La ville doit fermer le centre.", "ca": "La ciutat ha de tancar el centre.",
    "it": "La città deve chiudere il centro.", "pt": "A cidade deve fechar o centro.",
    "ar": "يجب على المدينة إغلاق المركز.", "de": "Die Stadt muss das Zentrum schließen.",
    "gl": "A cidade debe pechar o centro.", "nl": "De stad moet het centrum sluiten.",
}  # fmt: skip
PERMITS = {
    "en": "The city may close the centre.", "es": "La ciudad puede cerrar el centro.",
    "fr": "La ville peut fermer le centre.", "ca": "La ciutat pot tancar el centre.",
    "it": "La città può chiudere il centro.", "pt": "A cidade pode fechar o centro.",
    "ar": "يمكن للمدينة إغلاق المركز.", "de": "Die Stadt kann das Zentrum schließen.",
    "gl": "A cidade pode pechar o centro.", "nl": "De stad kan het centrum sluiten.",
}  # fmt: skip
ADVISES = {
    "en": "The city should close the centre.", "es": "La ciudad debería cerrar el centro.",
    "fr": "La ville devrait fermer le centre.", "ca": "La ciutat hauria de tancar el centre.",
    "it": "La città dovrebbe chiudere il centro.", "pt": "A cidade deveria fechar o centro.",
    "ar": "ينبغي للمدينة إغلاق المركز.", "de": "Die Stadt sollte das Zentrum schließen.",
    "gl": "A cidade debería pechar o centro.", "nl": "De stad zou het centrum moeten sluiten.",
}  # fmt: skip


@pytest.mark.parametrize(("source", "target"), sorted(permutations(FORMS, 2)))
def test_must_should_and_may_are_told_apart_in_every_pair_of_languages(source: str, target: str) -> None:
    langs = {"source": source, "target": target}
    for ours, theirs in permutations((OBLIGES, PERMITS, ADVISES), 2):
        assert not changed(ours[source], ours[target], **langs), ours[target]
        if {source, target} & {"ar", "nl"} and PERMITS not in (ours, theirs):
            continue  # one word says both
        assert changed(ours[source], theirs[target], **langs), (ours[source], theirs[target])


@pytest.mark.parametrize(
    ("source", "target", "before", "after"),
    [
        ("en", "pt", "They must not question the motives.", "Não podem questionar os motivos."),
        ("en", "es", "The council shall decide within a month.", "El consejo debe decidir en un mes."),
        ("en", "fr", "The council must decide.", "Le conseil décide."),
        ("en", "tr", "The city must close the centre.", "Belediye merkezi kapatabilir."),
    ],
)
def test_what_good_translators_do_with_modal_verbs_is_no_change(
    source: str, target: str, before: str, after: str
) -> None:
    assert not changed(before, after, source=source, target=target)


def test_only_languages_with_lists_are_judged() -> None:
    assert is_listed("pt-BR")
    assert not is_listed("tr")


@pytest.mark.skipif(parallel.folder() is None, reason=NO_PARALLEL_TEXTS)
def test_hardly_a_good_translation_is_suspected_and_many_changed_ones_are() -> None:
    rows = [row for row in measure(parallel.news()[:300]) if "en" in row[:2]]
    sentences, suspected, faults, found = (sum(int(row[at]) for row in rows) for at in range(2, 6))
    assert suspected <= 0.01 * sentences
    assert found >= 0.3 * faults
