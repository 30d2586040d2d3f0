"""A text is taken apart at sentence ends, and joining the pieces gives it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.core.segments import MAX_SENTENCE, MAX_WIDE_SENTENCE, join, split


def spoken(text: str, lang: str) -> list[str]:
    return [piece.text for piece in split(text, lang) if piece.speech]


@given(st.text(max_size=2000), st.sampled_from(["en", "es", "de", "el", "ar", "zh", "ja", "hi"]))
def test_joining_the_pieces_gives_the_text_back(text: str, lang: str) -> None:
    assert join(split(text, lang)) == text


@pytest.mark.parametrize(
    ("lang", "text", "sentences"),
    [
        ("en", "We agree. Do we? Yes!", ["We agree.", "Do we?", "Yes!"]),
        ("es", "¿Quién paga? ¡Nadie! Eso no. Veremos…", ["¿Quién paga?", "¡Nadie!", "Eso no.", "Veremos…"]),
        ("es", "El Sr. García llega a las 8. Yo no.", ["El Sr. García llega a las 8.", "Yo no."]),
        ("fr", "M. Durand parle. « Non. » Puis il part.", ["M. Durand parle.", "« Non. »", "Puis il part."]),
        ("de", "Am 3. März kommt Dr. Weiß. Gut.", ["Am 3. März kommt Dr. Weiß.", "Gut."]),
        ("it", "L'art. 12 vale. Il sig. Rossi no.", ["L'art. 12 vale.", "Il sig. Rossi no."]),
        ("el", "Ποιος πληρώνει; Κανείς.", ["Ποιος πληρώνει;", "Κανείς."]),
        ("ar", "من يدفع؟ لا أحد.", ["من يدفع؟", "لا أحد."]),
        ("zh", "谁付钱？没有人。好。", ["谁付钱？", "没有人。", "好。"]),
        ("hi", "कौन देगा? कोई नहीं। ठीक है।", ["कौन देगा?", "कोई नहीं।", "ठीक है।"]),
        ("en", "J. R. Smith spoke, e.g. about 3.5 percent... and left.", None),
    ],
)
def test_sentences_end_where_the_language_ends_them(lang: str, text: str, sentences: list[str] | None) -> None:
    assert spoken(text, lang) == (sentences or [text])


def test_line_breaks_and_list_marks_stay_outside_the_sentences() -> None:
    text = "Proponemos:\n\n- más árboles\n- menos coches\n1. Votar\n(b) Esperar"
    assert spoken(text, "es") == ["Proponemos:", "más árboles", "menos coches", "Votar", "Esperar"]


@pytest.mark.parametrize("text", ["", "   ", "👍👍", "...", "42 %", "— 1.000 €", "\u200b\u200f"])
def test_a_text_without_letters_has_nothing_to_translate(text: str) -> None:
    assert spoken(text, "en") == []


def test_ten_thousand_words_without_a_full_stop_are_cut_at_clauses() -> None:
    text = "una cosa y otra cosa, " * 5000
    assert max(len(sentence) for sentence in spoken(text, "es")) <= MAX_SENTENCE
    assert all(sentence.endswith(",") for sentence in spoken(text, "es"))


def test_scripts_without_blanks_are_cut_shorter() -> None:
    assert max(len(sentence) for sentence in spoken("汉" * 1000, "zh")) <= MAX_WIDE_SENTENCE
