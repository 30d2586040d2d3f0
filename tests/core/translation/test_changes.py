"""What differs between two texts is shown word by word, in every script, and nothing of either is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.core.changes import changes, words

TEXTS = st.text(alphabet="ab \n.,é车很हिन्दีก็ال'", max_size=60)


def spelled(before: str, now: str) -> str:
    """`[gone]` and `{new}` in the text."""
    marks = {"same": "{}", "gone": "[{}]", "new": "{{{}}}"}
    return "".join(marks[each.kind].format(each.text) for each in changes(before, now))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_changes(before: str, now: str) -> None:
    told = changes(before, now)
    assert "".join(each.text for each in told if each.kind != "new") == before
    assert "".join(each.text for each in told if each.kind != "gone") == now


@given(TEXTS)
def test_nothing_differs_between_a_text_and_itself(text: str) -> None:
    assert {each.kind for each in changes(text, text)} <= {"same"}


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("until noon, always.", "until ten, always.", "until [noon]{ten}, always."),
        ("close the old town", "close all our town", "close [the old]{all our} town"),
        ("Trees.", "Trees and benches.", "Trees{ and benches}."),
        ("周日市中心禁止汽车", "周日全市禁止汽车", "周日{全}市[中心]禁止汽车"),
        ("ห้ามรถ", "ห้ามรถยนต์", "ห้ามรถ{ยนต์}"),
        ("हिन्दी में", "हिन्द में", "[हिन्दी]{हिन्द} में"),
        ("المركز مغلق", "المركز مفتوح", "المركز [مغلق]{مفتوح}"),
        ("차 없는 거리", "차 있는 거리", "차 [없는]{있는} 거리"),
    ],
)
def test_words_and_letters_of_scripts_without_blanks_are_what_differs(before: str, now: str, told: str) -> None:
    assert spelled(before, now) == told


@pytest.mark.parametrize("letter", ["啊", "a ", "."])
def test_a_text_of_one_word_again_and_again_takes_no_time(letter: str) -> None:
    began = time.process_time()
    told = changes(letter * 4000, "x" + letter * 3999)
    assert "".join(each.text for each in told if each.kind != "new") == letter * 4000
    assert time.process_time() - began < 5


def test_words_are_compared_without_their_capitals_and_marks() -> None:
    assert words("The Bus, the 12!") == ("the", "bus", "the", "12")
