"""Long speeches are cut at sentences, forms are filled in as a person would, a report can be read as words."""

from __future__ import annotations

from rehearsal.browser import Page, forms_of
from rehearsal.core.report import report
from rehearsal.core.scenario import Participant, Role
from rehearsal.core.summary import summary
from rehearsal.stage import fill_in
from rehearsal.turns import MAX_CONTRIBUTION, parts_of
from tests.core.rehearsal.invented import invent, play_perfectly, scenario_of

JOIN = """
<form action="/search" method="get"><input name="q"></form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="t0k">
<input name="name" value="">
<select name="reads"><option value="en" selected>English<option value="pt">Português</select>
<input type="radio" name="speaks" value="en" checked><input type="radio" name="speaks" value="pt">
<input type="checkbox" name="consent" required><input type="checkbox" name="news"><input type="submit" name="go"></form>
"""


def test_a_short_text_is_one_contribution() -> None:
    assert parts_of("Bon dia. Com va?") == ["Bon dia. Com va?"]
    assert parts_of("") == []


def test_a_long_text_is_cut_at_sentence_ends_and_loses_nothing() -> None:
    text = " ".join(f"Frase número {number}, bastante larga." for number in range(400))
    parts = parts_of(text)
    assert " ".join(parts) == text
    assert all(len(part) <= MAX_CONTRIBUTION and part.endswith(".") for part in parts)


def test_one_endless_sentence_is_cut_all_the_same() -> None:
    assert [len(part) for part in parts_of("a" * 9000)] == [4000, 4000, 1000]


def test_a_form_is_filled_in_as_the_person_would() -> None:
    form = forms_of(Page("http://x/join/c/", 200, JOIN))[0]
    person = Participant("p", "Inês", Role.CITIZEN, lang="pt", reads="pt", room=None, chamber="")
    assert fill_in(form, person) == {
        "csrfmiddlewaretoken": "t0k", "name": "Inês", "reads": "pt", "speaks": "pt", "consent": "on",
    }  # fmt: skip


def test_a_report_is_told_in_words() -> None:
    lines = list(summary(report(play_perfectly(scenario_of(invent(7))))))
    assert lines[0] == "invented-7: 1 times faster, 1 web, none"
    assert lines[-1].startswith("expected: ")
    assert "0 missing, 0 twice, 0 out of order" in "\n".join(lines)
