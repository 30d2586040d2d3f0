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
        (
            "en",
            "Capt. Lee came on Oct. 2, at 7 p.m. Eastern Time. We left.",
            ["Capt. Lee came on Oct. 2, at 7 p.m.", "Eastern Time.", "We left."],
        ),
        ("en", "It began at 7 p.m. ET tonight.", None),
        ("de", "„Nein.“ Dann ging er.", ["„Nein.“", "Dann ging er."]),
        (
            "de",
            "Das war 2019. Der 45. Präsident, z. B. Trump, kam am 31.12. Er blieb.",
            ["Das war 2019.", "Der 45. Präsident, z. B. Trump, kam am 31.12. Er blieb."],
        ),
        ("de", "Im XVIII. Jahrhundert, d. h. früher. Gut.", ["Im XVIII. Jahrhundert, d. h. früher.", "Gut."]),
        ("sl", "»Ne.« Odšel je.", ["»Ne.«", "Odšel je."]),
        ("hr", "Izgubili su 1 : 0. Trener šuti.", ["Izgubili su 1 : 0.", "Trener šuti."]),
        ("cs", "Dne 3. 5. Jan odešel.", None),
        ("uk", "Я п'ю. Ні.", ["Я п'ю.", "Ні."]),
        ("bg", "Беше през 2018 г. Полицията дойде.", ["Беше през 2018 г.", "Полицията дойде."]),
        ("bg", "Църквата „Св. Мартин“ е тук.", None),
        ("nl", "Ik ken u. Kom.", ["Ik ken u.", "Kom."]),
        ("fr", "« Un requin ! », dit-il. Oui.", ["« Un requin ! », dit-il.", "Oui."]),
        ("fr", "Non ! – dit-elle. Si.", ["Non ! – dit-elle.", "Si."]),
        ("lt", "Buvo 2016 m. gegužės 30 d. Vilniuje, t. y. Lietuvoje.", None),
        ("tr", "Dr. Ak 3. Murat'ı anlattı. Güzel.", ["Dr. Ak 3. Murat'ı anlattı.", "Güzel."]),
        ("ar", "قال د. أحمد نعم.\u200f ثم ذهب.", ["قال د. أحمد نعم.\u200f", "ثم ذهب."]),
        ("ar", "كان ذلك عام 2019 م. ثم ذهب.", ["كان ذلك عام 2019 م.", "ثم ذهب."]),
        ("es", "¡Genial!👍🏽 Mañana más. 😀 Adiós.", ["¡Genial!👍🏽", "Mañana más.", "😀 Adiós."]),
        ("es", "Mira www.ejemplo.org/a.html. Gracias.", ["Mira www.ejemplo.org/a.html.", "Gracias."]),
        ("es", "Espera... Ya.", ["Espera...", "Ya."]),
        ("pt", "A 0 °C. Depois ferve.", ["A 0 °C.", "Depois ferve."]),
        ("ca-valencia", "El Sr. Roca i la Sra. Vidal hi són. Bé.", ["El Sr. Roca i la Sra. Vidal hi són.", "Bé."]),
        ("eu", "Jn. Agirre etorri da. Ongi.", ["Jn. Agirre etorri da.", "Ongi."]),
    ],
)
def test_sentences_end_where_the_language_ends_them(lang: str, text: str, sentences: list[str] | None) -> None:
    assert spoken(text, lang) == (sentences or [text])


def test_line_breaks_and_list_marks_stay_outside_the_sentences() -> None:
    text = "Proponemos:\n\n- más árboles\n- menos coches\n1. Votar\n(b) Esperar"
    assert spoken(text, "es") == ["Proponemos:", "más árboles", "menos coches", "Votar", "Esperar"]


@pytest.mark.parametrize("mark", ["-", "•", "1.", "1.2.", "2)", "b)", "iv)", "б)", "أ)", "☐", "→"])
def test_a_list_mark_of_any_kind_is_no_speech(mark: str) -> None:
    assert spoken(f"{mark} más árboles", "es") == ["más árboles"]


def test_a_date_at_the_beginning_of_a_line_is_no_list_mark() -> None:
    assert spoken("3. Mai: Sitzung", "de") == ["3. Mai: Sitzung"]
    assert spoken("3. Sitzung", "de") == ["Sitzung"]


def test_cells_of_a_table_stay_apart() -> None:
    assert spoken("Año\tCoste total\n2019\t3.000 euros", "es") == ["Año", "Coste total", "3.000 euros"]


@pytest.mark.parametrize("text", ["", "   ", "👍👍", "...", "42 %", "— 1.000 €", "\u200b\u200f"])
def test_a_text_without_letters_has_nothing_to_translate(text: str) -> None:
    assert spoken(text, "en") == []


def test_ten_thousand_words_without_a_full_stop_are_cut_at_clauses() -> None:
    text = "una cosa y otra cosa, " * 5000
    assert max(len(sentence) for sentence in spoken(text, "es")) <= MAX_SENTENCE
    assert all(sentence.endswith(",") for sentence in spoken(text, "es"))


@pytest.mark.parametrize("filler", ["3,5 4:30 ", "1,000,000 ", "una "])
def test_a_number_is_never_cut(filler: str) -> None:
    text = f"Son {filler * 400}y nada"
    assert {word for piece in spoken(text, "es") for word in piece.split()} == set(text.split())


def test_what_is_longer_than_any_word_is_kept_whole() -> None:
    link = "https://example.org/" + "a-b_" * 300
    assert spoken(f"Mira {link} por favor", "es") == ["Mira", "por favor"]
    assert join(split(f"Mira {link} por favor", "es")) == f"Mira {link} por favor"


def test_a_cut_never_parts_a_letter_and_its_marks() -> None:
    pieces = spoken("e\u0301" * 400, "vi")
    assert pieces == [] or all(not piece.startswith("\u0301") for piece in pieces)
    assert all(not piece.startswith("\u0301") for piece in spoken("e\u0301" * 140 + " " + "e\u0301" * 145, "vi"))


def test_scripts_without_blanks_are_cut_shorter() -> None:
    assert max(len(sentence) for sentence in spoken("汉" * 1000, "zh")) <= MAX_WIDE_SENTENCE
