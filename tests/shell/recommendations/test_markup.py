"""A recommendation's text is shown with a few tags and links, and with nothing that could act."""

from __future__ import annotations

import pytest

from recommendations.core.drafting import MAX_AMENDED
from recommendations.markup import shown
from translation.core.glossary import Meaning

MONEY = Meaning("What the city may spend. <b>", "en")
TOLD = {"budget": MONEY, "budgets": MONEY}


def test_paragraphs_lists_and_stress_stay() -> None:
    assert shown("One.\n\n<strong>Two</strong>") == "<p>One.</p>\n\n<p><strong>Two</strong></p>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x' onclick='alert(1)'>x</a>",
        "<p style='position:fixed'>x</p>",
        "<iframe src=//evil.example></iframe>",
        "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    ],
)
def test_nothing_that_could_act_is_left(text: str) -> None:
    cleaned = shown(text)
    forbidden = ("<script", "<img", "onerror", "onclick", "javascript:", "data:", "style=", "<iframe", "<svg", "xlink")
    assert not [each for each in forbidden if each in cleaned]


def test_links_lead_outside_without_telling_from_where() -> None:
    assert 'rel="noopener noreferrer nofollow"' in shown("See https://example.org/plan")


def test_a_comparison_is_text_and_not_a_tag() -> None:
    assert "3 &lt; 5 &amp; 7" in shown("3 < 5 & 7")


def test_text_beyond_the_cap_is_cut_before_anything_looks_at_it() -> None:
    assert len(shown("x" * (MAX_AMENDED * 3))) <= MAX_AMENDED + 10


def test_a_term_says_what_it_means_where_it_first_stands_and_needs_no_script() -> None:
    html = shown("The Budget, the budget.", TOLD)
    assert html.count("<button") == html.count("popover=") == 1
    assert '<button type="button" class="term" popovertarget="means-' in html
    assert 'lang="en" dir="ltr"><b>Budget</b> What the city may spend. &lt;b&gt;</span>, the budget.' in html


@pytest.mark.parametrize("text", ["<a href='https://a.org'>budget</a>", "https://a.org/budget", "budgetary"])
def test_no_term_is_explained_within_a_link_or_a_word(text: str) -> None:
    assert shown(text, TOLD) == shown(text)


def test_nobody_but_us_writes_buttons_and_boxes() -> None:
    html = shown('<button popovertarget="x">a</button> <span popover id="x" class="meaning">budget</span>', TOLD)
    assert (html.count("<button"), html.count("<span")) == (1, 1)
