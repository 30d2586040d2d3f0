"""Each sentence of a draft leads back to the versions it came with, through changes, cuts, joins and translations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.core.drafting import Quote, VersionState
from recommendations.core.provenance import Thread, Wrote, bringing, merged_from, sentences, threads

CLOSE = "Close the centre to cars on Sundays."
BUS = "A bus runs every ten minutes."
WORDS = st.lists(st.sampled_from(["bus", "tree", "bank", "car", "free"]), min_size=1, max_size=5)
TEXTS = st.lists(WORDS.map(lambda words: " ".join(words).capitalize() + "."), min_size=1, max_size=4).map(" ".join)


def written(*texts: str, langs: str = "") -> list[Wrote]:
    """Versions 1, 2, … in English, or in the languages given."""
    codes = langs.split() or ["en"] * len(texts)
    return [Wrote(number, lang, text) for number, (lang, text) in enumerate(zip(codes, texts, strict=True), start=1)]


def came(found: tuple[Thread, ...]) -> dict[str, tuple[int, ...]]:
    """Sentence to the versions that brought or changed it."""
    return {thread.text: thread.versions for thread in found}


def test_a_sentence_that_stays_came_with_the_version_it_first_stood_in() -> None:
    assert came(threads(written(CLOSE, f"{CLOSE} {BUS}", f"{BUS} {CLOSE}"))) == {CLOSE: (1,), BUS: (2,)}


def test_a_sentence_that_changes_keeps_how_it_read_before() -> None:
    changed = "Close the old centre to all cars on Sundays."
    (thread,) = threads(written(CLOSE, changed))
    assert [(step.version, step.text) for step in thread.steps] == [(1, CLOSE), (2, changed)]


def test_a_sentence_put_together_of_two_comes_from_both() -> None:
    joined = "Close the centre to cars on Sundays, and a bus runs every ten minutes."
    (thread,) = threads(written(CLOSE, f"{CLOSE} {BUS}", joined))
    assert [(step.version, step.text) for step in thread.steps] == [(1, CLOSE), (2, BUS), (3, joined)]


def test_both_halves_of_a_sentence_come_from_the_whole() -> None:
    whole = "Close the centre to cars on Sundays and let a bus run every ten minutes."
    halves = threads(written(whole, f"{CLOSE} Let a bus run every ten minutes."))
    assert [thread.steps[0].text for thread in halves] == [whole, whole]


def test_other_words_are_another_sentence() -> None:
    assert came(threads(written("Do it.", "Stop it."))) == {"Stop it.": (2,)}


def test_a_version_in_another_language_goes_on_at_the_same_place() -> None:
    french = "Fermer le centre le dimanche. Un bus passe toutes les dix minutes."
    found = threads(written(f"{CLOSE} {BUS}", french, langs="en fr"))
    assert [[step.text for step in thread.steps] for thread in found] == [
        [CLOSE, "Fermer le centre le dimanche."],
        [BUS, "Un bus passe toutes les dix minutes."],
    ]


def test_a_sentence_that_was_gone_for_a_while_comes_anew() -> None:
    assert came(threads(written(f"{CLOSE} {BUS}", BUS, f"{BUS} {CLOSE}"))) == {BUS: (1,), CLOSE: (3,)}


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["en", "en", "fr"])), min_size=1, max_size=6))
def test_no_sentence_comes_from_nowhere(versions: list[tuple[str, str]]) -> None:
    history = [Wrote(number, lang, text) for number, (text, lang) in enumerate(versions, start=1)]
    found, newest = threads(history), history[-1]
    assert [thread.text for thread in found] == sentences(newest.text, newest.lang)
    for thread in found:
        assert (thread.steps[-1].text, list(thread.versions)) == (thread.text, sorted(thread.versions))
        assert all(step.text in history[step.version - 1].text for step in thread.steps)


def version(number: int, *quotes: str) -> VersionState:
    marks = tuple(Quote(words, words, "ana", "es") for words in quotes)
    return VersionState(number, "ana", number, None, "words", None, "es", marks)


@pytest.mark.parametrize(("quoted", "since"), [(["a", "a b", "a b"], 2), (["b", "", "b"], 3), (["b", "b", "b"], 1)])
def test_a_quotation_came_with_the_first_version_that_kept_it(quoted: list[str], since: int) -> None:
    versions = [version(number, *words.split()) for number, words in enumerate(quoted, start=1)]
    assert bringing(Quote("b", "b", "ana", "es"), versions) == since


def test_a_sentence_of_a_merged_text_leads_to_each_text_that_says_it() -> None:
    parents = [[CLOSE, BUS], [BUS, "Plant trees."], ["Close the old centre to all cars on Sundays."]]
    assert merged_from(CLOSE, parents) == [(0, 0), (2, 0)]
    assert merged_from(BUS, parents) == [(0, 1), (1, 0)]
    assert merged_from("Nobody said this before.", parents) == []
    assert merged_from(BUS, [["", BUS]]) == [(0, 1)]


@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_what_a_merged_text_keeps_leads_to_where_it_stood(texts: list[str]) -> None:
    parents = [sentences(text, "en") for text in texts]
    for place, parent in enumerate(parents):
        for sentence in parent:
            assert (place, parent.index(sentence)) in merged_from(sentence, parents)
