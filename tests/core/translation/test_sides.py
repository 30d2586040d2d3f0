"""A text beside its translation, sentence by sentence, and back into one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.core.sides import Row, side_by_side, together

TEXT = "Cerremos el centro. Los domingos no.\n\n- Un autobús.\n\n– 12 –"


def rows(original: str, translation: str, target: str = "fr") -> list[tuple[str, str]]:
    return [(row.original, row.text) for row in side_by_side(original, translation, source="es", target=target)]


def test_sentences_stand_beside_each_other() -> None:
    translation = "Fermons le centre. Pas le dimanche.\n\n- Un bus.\n\n– 12 –"
    assert rows(TEXT, translation) == [
        ("Cerremos el centro.", "Fermons le centre."), ("Los domingos no.", "Pas le dimanche."),
        ("Un autobús.", "Un bus."),
    ]  # fmt: skip


def test_a_line_that_was_cut_otherwise_is_one_row_and_other_lines_a_row_for_all() -> None:
    translation = "Fermons le centre, mais pas le dimanche.\n- Un bus."
    line = ("Cerremos el centro. Los domingos no.", "Fermons le centre, mais pas le dimanche.")
    assert rows(TEXT, translation) == [line, ("Un autobús.", "Un bus.")]
    assert rows(TEXT, "Fermons.") == [(TEXT.strip(), "Fermons.")]


def test_without_a_translation_every_sentence_waits() -> None:
    assert rows("Sí. Claro.", "") == [("Sí.", ""), ("Claro.", "")]


def test_what_stands_between_sentences_stays() -> None:
    translated = [
        Row("Cerremos el centro.", "Fermons."),
        Row("Los domingos no.", " Non. "),
        Row("Un autobús.", "Un bus."),
    ]
    assert together(TEXT, translated, target="fr") == "Fermons. Non.\n\n- Un bus.\n\n– 12 –"


def test_scripts_without_blanks_get_them_where_the_other_needs_them() -> None:
    parts = side_by_side("谁付钱？没有人。", "", source="zh", target="es")
    filled = [Row(row.original, text) for row, text in zip(parts, ("¿Quién paga?", "Nadie."), strict=True)]
    assert together("谁付钱？没有人。", filled, target="es") == "¿Quién paga? Nadie."


@pytest.mark.parametrize(
    "parts",
    [[Row("Cerremos el centro.", "F.")], [Row("Abramos el centro.", "O.")], [], [Row("", "F.")],
     [Row("Los domingos no.", "P."), Row("Cerremos el centro.", "F.")]],
)  # fmt: skip
def test_another_text_or_a_part_of_it_is_no_translation_of_the_whole(parts: list[Row]) -> None:
    assert together(TEXT, parts, target="fr") is None


@given(st.text(alphabet="ab.!? \n-1)é", max_size=200))
def test_a_text_put_together_from_its_own_rows_is_the_text(text: str) -> None:
    parts = side_by_side(text, "", source="es", target="fr")
    again = together(text, [Row(row.original, row.original) for row in parts], target="zh")
    assert again == text
