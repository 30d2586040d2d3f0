"""The rules of materials: what is written anew is another text, what is not stays; order, publishing, limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Refused
from learning.core import materials
from learning.core.materials import (
    MAX_MATERIALS,
    MAX_PARAGRAPH,
    MAX_PARAGRAPHS,
    Content,
    LearningState,
    Material,
    MaterialAdd,
    MaterialChange,
    MaterialDrop,
    MaterialMove,
    MaterialPublish,
    MaterialWithdraw,
    ParagraphWritten,
    PartWritten,
)
from live.core.kinds import Moment, Recorded


class Played:
    """Materials, their log, and the words that stand in rows beside it."""

    def __init__(self) -> None:
        self.state = LearningState()
        self.texts: dict[str, str] = {}
        self.seq = 0

    def do(self, command: Any) -> list[Any]:
        events = materials.decide(self.state, command, Moment(1000 + self.seq, None, f"seed {self.seq}", self.texts))
        for event in events:
            self.seq += 1
            self.state = materials.evolve(self.state, Recorded("learning.1", self.seq, 1000 + self.seq, None, event))
            if isinstance(event, PartWritten | ParagraphWritten) and event.words:
                self.texts[event.words.key] = event.words.text
        return events

    def refused(self, command: Any) -> str:
        with pytest.raises(Refused) as caught:
            self.do(command)
        return caught.value.code

    def add(self, text: str = "Un paràgraf.", **parts: str) -> str:
        self.do(MaterialAdd("ca", Content(**{"title": "Soroll", "text": text, **parts})))
        return self.state.materials[-1].key

    def only(self) -> Material:
        (material,) = self.state.materials
        return material

    def said(self, key: str) -> list[str]:
        material = materials.material_of(self.state, key)
        return [self.texts[paragraph] for paragraph in material.paragraphs]


@pytest.fixture
def played() -> Played:
    return Played()


def test_a_material_is_read_as_it_was_written(played: Played) -> None:
    key = played.add("Un.\r\n\r\n\r\nDos:\n- a\n- b\n \nTres.", summary="Breu.", source="Ajuntament, 2025")
    assert played.said(key) == ["Un.", "Dos:\n- a\n- b", "Tres."]
    material = played.only()
    assert [played.texts[each] for each in material.texts] == ["Soroll", "Breu.", *played.said(key)]
    assert played.texts[str(material.source)] == "Ajuntament, 2025"
    assert (material.lang, material.published_at) == ("ca", None)


PARAGRAPHS = st.lists(st.sampled_from(["A.", "B.", "C.", "D.\nd", "E."]), min_size=1, max_size=8)


@given(PARAGRAPHS, PARAGRAPHS)
def test_what_stays_the_same_keeps_its_words(old: Sequence[str], new: Sequence[str]) -> None:
    played = Played()
    key = played.add("\n\n".join(old))
    before = dict(zip(played.only().paragraphs, old, strict=True))
    title = played.only().title
    events = played.do(MaterialChange(key, Content("Soroll", "\n\n".join(new))))
    assert played.said(key) == [*new]
    assert played.only().title == title
    kept = [each for each in played.only().paragraphs if each in before]
    assert len(kept) == len(new) - sum(isinstance(event, ParagraphWritten) for event in events)
    assert bool(events) == (old != new)


def test_parts_come_and_go(played: Played) -> None:
    key = played.add(summary="Breu.", source="INE")
    title = played.only().title
    played.do(MaterialChange(key, Content("Un altre títol", "Un paràgraf.", summary=" ", source="INE")))
    material = played.only()
    assert (material.title != title, material.summary, played.texts[str(material.source)]) == (True, None, "INE")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (Content("", "Un."), "text.empty"),
        (Content("Títol", " \n\n "), "text.empty"),
        (Content("x" * 121, "Un."), "text.too_long"),
        (Content("Títol", "x" * (MAX_PARAGRAPH + 1)), "text.too_long"),
        (Content("Títol", "\n\n".join("x" * (MAX_PARAGRAPHS + 1))), "material.too_long"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_changes(played: Played, content: Content, code: str) -> None:
    key = played.add()
    before = played.state
    assert played.refused(MaterialChange(key, content)) == code
    assert played.refused(MaterialAdd("ca", content)) == code
    assert played.state == before


def test_published_materials_are_withdrawn_before_they_are_taken_out(played: Played) -> None:
    key = played.add()
    played.do(MaterialPublish(key))
    assert played.only().published_at is not None
    assert played.do(MaterialPublish(key)) == []
    assert played.refused(MaterialDrop(key)) == "material.published"
    played.do(MaterialWithdraw(key))
    assert played.do(MaterialWithdraw(key)) == []
    played.do(MaterialDrop(key))
    assert played.state == LearningState()
    assert played.refused(MaterialPublish(key)) == "material.unknown"


def test_they_are_put_in_order(played: Played) -> None:
    one, two, three = (played.add() for _ in range(3))
    played.do(MaterialMove(three, "earlier"))
    played.do(MaterialMove(one, "later"))
    assert [each.key for each in played.state.materials] == [three, one, two]
    assert played.do(MaterialMove(three, "earlier")) == played.do(MaterialMove(two, "later")) == []


def test_there_is_an_end_to_how_many_there_are(played: Played) -> None:
    for _ in range(MAX_MATERIALS):
        played.add()
    assert played.refused(MaterialAdd("ca", Content("Un més", "Text."))) == "material.too_many"
