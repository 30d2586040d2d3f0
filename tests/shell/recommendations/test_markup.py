"""A recommendation's text is shown with a few tags and links, and with nothing that could act."""

from __future__ import annotations

import pytest

from recommendations.core.drafting import MAX_FIELD
from recommendations.markup import shown


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
    assert len(shown("x" * (MAX_FIELD * 3))) <= MAX_FIELD + 10
