"""Near-duplicates among drafts: suggested across rooms, in any script, whatever words are bent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.core.similarity import MOST_SUGGESTIONS, Comparable, cosine, near_duplicates, weights
from tests.bench import parallel, similarity
from tests.skips import NO_PARALLEL_TEXTS

OTHERS = (
    "Mehr Schatten auf Schulhöfen",
    "Die Bücherei soll am Abend offen sein",
    "Ein Nachtbus für die Dörfer im Tal",
    "Weniger Lärm von der Autobahn am Stadtrand",
)
texts = st.lists(st.text(max_size=60), max_size=8)


def rooms(*texts: str) -> list[Comparable]:
    """Each text from a room of its own."""
    return [Comparable(f"draft {number}", f"room {number}", text) for number, text in enumerate(texts)]


def suggested(*texts: str) -> list[tuple[str, str]]:
    return [(pair.one, pair.other) for pair in near_duplicates(rooms(*texts))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Die Innenstadt wird sonntags für Autos gesperrt.", "Sperrung der Innenstadt für Autos an Sonntagen"),
        ("Cerrar el centro a los coches los domingos", "Que el centro se cierre al coche cada domingo"),
        ("إغلاق وسط المدينة أمام السيارات أيام الأحد", "يُغلق وسط المدينة أمام السيارات كل يوم أحد"),
    ],
)
def test_the_same_demand_in_other_words_is_suggested_and_nothing_else(one: str, other: str) -> None:
    assert suggested(one, *OTHERS, other) == [("draft 0", "draft 5")]


def test_a_room_is_not_held_against_itself() -> None:
    twice = [Comparable("a", "room 1", OTHERS[0]), Comparable("b", "room 1", OTHERS[0])]
    assert near_duplicates(twice) == []


def test_the_likeliest_come_first_and_there_is_an_end_to_them() -> None:
    assert suggested("Ein Nachtbus für das Tal", *OTHERS, OTHERS[2])[0] == ("draft 3", "draft 5")
    assert len(near_duplicates(rooms(*["Ein Nachtbus für das Tal"] * 20))) == MOST_SUGGESTIONS


@given(texts)
def test_a_text_is_itself_as_much_as_it_says_something_and_likeness_has_no_direction(said: list[str]) -> None:
    weighed = weights(said)
    for one in weighed:
        assert cosine(one, one) == pytest.approx(1.0 if one else 0.0)
        assert all(0 <= cosine(one, other) <= 1 for other in weighed)
        assert [cosine(one, other) for other in weighed] == pytest.approx([cosine(other, one) for other in weighed])


@given(st.permutations(["Ein Nachtbus für das Tal", *OTHERS]))
def test_the_order_of_texts_changes_nothing(said: list[str]) -> None:
    found = near_duplicates([Comparable(text, text, text) for text in said])
    assert [{pair.one, pair.other} for pair in found] == [{"Ein Nachtbus für das Tal", OTHERS[2]}]


@pytest.mark.skipif(parallel.folder() is None, reason=NO_PARALLEL_TEXTS)
def test_the_bench_gives_every_row_and_its_verdicts_are_of_statements_that_exist() -> None:
    known = {row["comment-id"] for row in similarity.rows_of_table()}
    judged = f"{similarity.SAME} {similarity.DIFFERENT}".replace("-", " ").split()
    assert set(judged) <= known
    found, false = similarity.reworded("es", passages=10)
    assert found >= 0.9
    assert false <= 0.02
    assert similarity.copies_found() == (17, 17)
