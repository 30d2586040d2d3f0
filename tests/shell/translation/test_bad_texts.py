"""Texts nobody would translate, through the whole service at once: kept, marked, or refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from hemicycle.refusals import SENTENCES
from kernel import wire
from kernel.errors import Refused
from kernel.text import clean_text
from live.core.kinds import WordsShown
from rooms.core.types import NoteMake
from tests.shell.translation.talk import ROOT, dispatcher_of, feed, finish, speak
from tests.shell.translation.test_apertium import needs_apertium
from translation import queries, services
from translation.core.segments import MAX_TEXT
from translation.models import Status

pytestmark = pytest.mark.django_db

GOOD = "El gato negro duerme."
TAGS = "<b>El gato</b> &amp; <script>alert(1)</script> <img src=x onerror=alert(1)>"
CHECKED = "^gato<n>$ [el] {gato} a/b \\ @gato* #~ [<STREAMCMD:FLUSH>] [[t:b:1]]"
KEPT = {
    "emoji": "👍🏽 👩\u200d👩\u200d👧 🇪🇸 1\ufe0f\u20e3",
    "numbers": "42 3.000 € 12:30 31.12.2019 -5 %",
    "blanks": " \u00a0\u3000\t\n ",
    "marks of direction": "\u200f\u202e\u2067",
    "dashes": "— … ?!",
    "tags alone": "<br> <p></p> &nbsp;",
    "a link": "https://example.org/" + "a-b_" * 400,
}
BECOMES = {
    "tags": (TAGS, "<b>El gat</b> &amp; <script>alert(1)</script> <img src=x onerror=alert(1)>"),
    "hidden marks": ("\u202eEl\u200b gato\u202c ne\u00adgro\u2069", "El gat negre"),
    "a lone mark of ours": ("El \ue000gato", "El gat"),
    "pieces": ("▁gato <unk> </s> <s> ▁", "▁gat <unk> </s> <s> ▁"),
    "lines": ("- El gato\n\n\n1) negro\tgato\n", "- El gat\n\n\n1) negre\tgat\n"),
}
UNEXPECTED = {
    "Cyrillic": "Коли ми почали працювати разом, усе змінилося на краще для всіх.",
    "Arabic": "نحن نعتقد أن المدينة تحتاج إلى المزيد من الأشجار في الشوارع.",
    "Greek": "Πιστεύουμε ότι η πόλη χρειάζεται περισσότερα δέντρα στους δρόμους.",
    "Chinese": "我们认为这个城市的街道上需要更多的树木，而且越快越好。",
}
TOO_LONG = "El gato. " * 700
ENDLESS = "el gato negro duerme " * 235


def brought(packages: Path, engine: str, texts: dict[str, str]) -> dict[str, tuple[Status, WordsShown | None]]:
    """Each text in Catalan, all said at the same moment between two good ones."""
    services.open_feed(ROOT, "ca")
    keys = {name: speak(text) for name, text in {"before": GOOD, **texts, "after": GOOD + " Sí."}.items()}
    dispatcher = dispatcher_of(packages, engine, deadline_s=20)
    finish(dispatcher)
    dispatcher.close()
    statuses, shown = queries.statuses(ROOT, keys.values()), queries.shown(ROOT, keys.values(), "ca")
    assert len(feed("ca").rendered) == len(keys)
    return {name: (statuses[key]["ca"], shown.get(key)) for name, key in keys.items()}


def test_word_for_word_each_has_an_honest_outcome_and_disturbs_no_other(packages: Path) -> None:
    texts = KEPT | {name: text for name, (text, _) in BECOMES.items()} | UNEXPECTED
    found = brought(packages, "argos", {**texts, "too long": TOO_LONG, "endless": ENDLESS, "checked": CHECKED})
    assert {name: text.text for name in KEPT if (text := found[name][1])} == KEPT
    expected = {name: becomes for name, (_, becomes) in BECOMES.items()}
    assert {name: text.text for name in BECOMES if (text := found[name][1])} == expected
    assert found["too long"] == (Status.FAILED, None)
    assert _text(found["endless"]) == ("el gat negre dorm " * 235)
    assert "STREAMCMD" in _text(found["checked"])
    assert (_text(found["before"]), _text(found["after"])) == ("El gat negre dorm.", "El gat negre dorm. Sí.")
    marks = {name: (text.label or {}).get("doubts", "") for name in UNEXPECTED if (text := found[name][1])}
    assert {name: set(mark.split()) & {"language", "untranslated"} != set() for name, mark in marks.items()} == (
        dict.fromkeys(UNEXPECTED, True)
    )


@needs_apertium
def test_by_rules_each_has_an_honest_outcome_and_disturbs_no_other(tmp_path: Path) -> None:
    hidden = BECOMES["hidden marks"][0]
    texts = {**KEPT, **UNEXPECTED, "tags": TAGS, "too long": TOO_LONG, "endless": ENDLESS, "checked": CHECKED}
    found = brought(tmp_path, "apertium", {**texts, "hidden marks": hidden})
    assert {name: text.text for name in KEPT if (text := found[name][1])} == KEPT
    assert found["too long"] == (Status.FAILED, None)
    assert _text(found["endless"]).count("gat") == 235
    assert all(sign in _text(found["checked"]) for sign in "^<>$[]{}/\\@*#~")
    assert all(
        tag in _text(found["tags"]) for tag in ("<b>", "</b>", "&amp;", "<script>", "<img src=x onerror=alert(1)>")
    )
    assert "gat" in _text(found["hidden marks"])
    assert "gat" in _text(found["before"])
    assert "gat" in _text(found["after"])


def _text(outcome: tuple[Status, WordsShown | None]) -> str:
    assert outcome[1] is not None
    return outcome[1].text


@pytest.mark.parametrize("bad", ["el\x00gato", "el \ud800 gato"])
def test_what_no_table_can_keep_is_refused_at_the_door_of_sockets(bad: str) -> None:
    with pytest.raises(Refused, match=r"wire\.bad_character"):
        wire.decode(NoteMake, {"text": bad, "lang": "es"})
    assert SENTENCES["wire.bad_character"]


def test_controls_in_a_form_are_taken_out_and_a_blank_text_is_refused() -> None:
    assert clean_text("el\x00 ga\ud800to\x07", limit=20) == "el gato"
    assert clean_text("uno\vdos\ftres", limit=20) == "uno\ndos\ntres"
    for blank in ("", " \u00a0\n", "\x00\x07"):
        with pytest.raises(Refused, match=r"text\.empty"):
            clean_text(blank, limit=20)
    with pytest.raises(Refused, match=r"text\.too_long"):
        clean_text("a" * (MAX_TEXT + 1), limit=MAX_TEXT)
