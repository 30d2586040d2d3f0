"""What must survive is marked before an engine sees it and found again behind it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.core import protection, segments


@given(st.text(max_size=300), st.lists(st.text(max_size=12), max_size=4))
def test_marking_and_releasing_changes_nothing(text: str, names: list[str]) -> None:
    cleaned = protection.clean(text)
    assert protection.release(protection.protect(cleaned, names)) == cleaned


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Véase https://ejemplo.org/a_b?c=1. Gracias", ("https://ejemplo.org/a_b?c=1",)),
        ("(www.ejemplo.org), ya", ("www.ejemplo.org",)),
        ("escribid a casa.comun@ejemplo.org!", ("casa.comun@ejemplo.org",)),
        ("@marta mira #agua", ("@marta", "#agua")),
        ("el fichero plan_final está", ("plan_final",)),
        ("bien 👍🏽 👩‍👩‍👧", ("👍🏽", "👩‍👩‍👧")),
        ("Https://Ejemplo.org/x, ya", ("Https://Ejemplo.org/x",)),
        ("انظر https://a.org/x؟ نعم", ("https://a.org/x",)),
        ("ver decidim.org/barrio. Bien", ("decidim.org/barrio",)),
        ("p.es. esto, etc.es no", ()),
        ("@ana.roca y @ana@social.org y #barri-viu.", ("@ana.roca", "@ana@social.org", "#barri-viu")),
        ("lee acta-2.pdf y plan.docx", ("acta-2.pdf", "plan.docx")),
        ("<p>la <strong>casa</strong> es 3 < 5 y x<y</p>", ("<p>", "<strong>", "</strong>", "</p>")),
        ('<a href="https://a.org/b">aquí</a>', ('<a href="https://a.org/b">', "</a>")),
        ("uno&nbsp;dos & tres", ("&nbsp;",)),
        (
            "1️⃣ ⭐ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f → ▁",
            ("1️⃣", "⭐", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "→", "▁"),
        ),
        ("nada que guardar", ()),
    ],
)
def test_links_addresses_mentions_and_emoji_are_kept(text: str, kept: tuple[str, ...]) -> None:
    assert protection.spans(protection.protect(text)) == kept


@pytest.mark.parametrize(
    "run", ["a", "1", "a-", "a.", ".", "!", "- ", "_", "a_", "a@", "@a.", "<a ", "&a", "http://", " "]
)
def test_a_run_of_any_length_takes_time_as_its_length_does(run: str) -> None:
    """Read from each of its letters again, this would take minutes, in which the process would do nothing else."""
    text = run * 40_000
    started = time.monotonic()
    protection.protect(text)
    segments.split(text, "es")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mira médias-citoyens.org y -foo.org", ("médias-citoyens.org", "-foo.org")),
        ("plan.v2.pdf o a-b-c.org/x", ("v2.pdf", "a-b-c.org/x")),
        ("+a.b-c@d.org,x_y.z_w", ("+a.b-c@d.org", "x_y", "z_w")),
    ],
)
def test_what_must_be_kept_begins_where_its_letters_begin(text: str, kept: tuple[str, ...]) -> None:
    assert protection.spans(protection.protect(text)) == kept


def test_names_are_kept_as_whole_words_the_longest_first() -> None:
    marked = protection.protect("Mar y Mar Roca ven el mar y Marina", ["Mar", "Mar Roca"])
    assert protection.spans(marked) == ("Mar", "Mar Roca")


def test_arabic_writes_small_words_before_a_name_without_a_blank() -> None:
    assert protection.spans(protection.protect("قال أحمد وأحمد لأحمد", ["أحمد"])) == ("أحمد",) * 3
    assert protection.spans(protection.protect("قابل Núria وNúria", ["Núria"])) == ("Núria",) * 2


def test_what_nobody_sees_is_not_sent_to_an_engine() -> None:
    assert protection.visible("\u202eel ga\u00adto\u200f\u2066!") == "el gato!"
    assert protection.visible("👩‍👩‍👧 می‌خواهم") == "👩‍👩‍👧 می‌خواهم"


@pytest.mark.parametrize(
    ("lang", "text", "shown"),
    [
        ("ar", "قالت [Núria] نعم", "قالت \u2068Núria\u2069 نعم"),
        ("ar", "انظر [https://a.org/x] و[x@a.org]", "انظر https://a.org/x وx@a.org"),
        ("ar", "مرحبا [@ana] [👍] [أحمد] [<b>]", "مرحبا \u2068@ana\u2069 👍 أحمد <b>"),
        ("ca", "Diu [أحمد] a [Núria]", "Diu \u2068أحمد\u2069 a Núria"),
    ],
)
def test_what_runs_the_other_way_keeps_to_itself(lang: str, text: str, shown: str) -> None:
    marked = text.replace("[", protection.OPEN).replace("]", protection.CLOSE)
    assert protection.shown(marked, lang) == shown


def test_a_name_in_small_letters_does_not_swallow_words() -> None:
    assert protection.spans(protection.protect("la casa", ["casa", "a"])) == ()


def test_our_marks_cannot_be_forged() -> None:
    assert protection.clean("a\ue000b\ue001\x00c\ud800") == "abc"


@pytest.mark.parametrize(
    ("span", "expected"), [("Ana María", True), ("O'Neil", True), ("a_b", False), ("@x", False), ("plan.pdf", False)]
)
def test_only_names_may_travel_among_words(span: str, expected: bool) -> None:
    assert protection.is_name_like(span) is expected
