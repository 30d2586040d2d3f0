"""Every page obeys the strict policy and reads from right to left as well as from left to right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hemicycle.messages import ROOT, SERVER_FOLDERS

TEMPLATES = sorted(
    path for folder in SERVER_FOLDERS for path in (ROOT / folder).rglob("templates/**/*") if path.suffix == ".html"
)
SHEETS = sorted(path for path in (ROOT / "platform").rglob("static/**/*.css") if "app" not in path.parts)
SCRIPTS = sorted(path for path in (ROOT / "platform").rglob("static/hemicycle/*.js"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|float|"
    r"(?:min-|max-)?(?:width|height)|text-align)\s*:(?!\s*(?:start|end|center))"
)
"""Declarations that know left from right, or width from length, where the language should decide."""


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


EACH_TEMPLATE = pytest.mark.parametrize("path", TEMPLATES, ids=name)


def declarations(sheet: str) -> str:
    """A style sheet without comments and without the conditions of its media rules."""
    return re.sub(r"@media[^{]*\{", "{", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))


def test_there_are_templates_and_sheets_to_look_at() -> None:
    assert (len(TEMPLATES) > 40, len(SHEETS) >= 1, len(SCRIPTS) >= 1) == (True, True, True)


@EACH_TEMPLATE
def test_no_template_writes_styles_or_scripts_into_the_page(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"\sstyle\s*=|\son[a-z]+\s*=|<style|<script(?![^>]*\bsrc=)[^>]*>", text) == []


@EACH_TEMPLATE
def test_no_template_switches_escaping_off_or_asks_others(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"\|safe\b|autoescape off|https?://(?!127\.0\.0\.1|www\.w3\.org)", text) == []


@EACH_TEMPLATE
def test_every_form_that_sends_carries_its_token(path: Path) -> None:
    forms = re.findall(r"<form[^>]*method=\"post\"[^>]*>.{0,40}", path.read_text(), flags=re.DOTALL)
    assert [form for form in forms if "csrf_token" not in form] == []


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_style_sheets_know_no_left_and_right(path: Path) -> None:
    assert PHYSICAL.findall(declarations(path.read_text())) == []


def test_the_guard_sees_what_it_should() -> None:
    assert PHYSICAL.findall("a { margin-left: 1px; text-align: left; width: 3px }") != []
    assert PHYSICAL.findall("a { margin-inline-start: 1px; text-align: start; min-inline-size: 3px }") == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_scripts_of_plain_pages_are_small_and_write_text_only(path: Path) -> None:
    text = path.read_text()
    assert len(text) < 4096
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text) == []
