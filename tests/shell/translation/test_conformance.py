"""The conformance suite lets a sound engine pass and fails an unsound one in exactly the point it is unsound in."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.shell.translation.conformance import HOSTILE, Case, EngineConformance
from translation.core import protection
from translation.core.hops import Hop, Kind
from translation.engine import Answer, Engine, EngineError, Failure, Scored
from translation.fragments import translate_around


class Sound:
    """Answers in capitals."""

    name = "sound"

    def hops(self) -> tuple[Hop, ...]:
        return (Hop(self.name, "es", "ca", "sound 1", Kind.NEURAL),)

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        if hop not in Sound.hops(self):
            raise EngineError("no such hop")
        return translate_around(texts, lambda speech: [text.upper() for text in speech], names_inside=False)

    def close(self) -> None:
        """Nothing is kept."""


class Nameless(Sound):
    def hops(self) -> tuple[Hop, ...]:
        return tuple(replace(hop, version="") for hop in super().hops())


class Reversing(Sound):
    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        return super().translate(hop, texts[::-1])


class Talkative(Sound):
    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        return super().translate(hop, texts) or [""]


class Moody(Sound):
    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        return [f"{answer} {len(texts)}" for answer in super().translate(hop, texts)]


class Undecided(Sound):
    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        return [Scored(text, 0.5) if at else text for at, text in enumerate(map(str, super().translate(hop, texts)))]


class Tearing(Sound):
    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        return [protection.release(str(answer)) for answer in super().translate(hop, texts)]


class Dropping(Sound):
    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        return super().translate(hop, [text for text in texts if text not in HOSTILE])


class Inventive(Sound):
    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        return [answer if str(answer).strip() else "AH" for answer in super().translate(hop, texts)]


class Obliging(Sound):
    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        return super().translate(self.hops()[0], texts)


class Confused(Sound):
    """Keeps in common what belongs to one question."""

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        self.hop, self.texts = hop, texts
        time.sleep(0.01)
        return super().translate(self.hop, self.texts)


class Panicking(Sound):
    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        return [Failure("hurried") for _ in texts] if hurry else super().translate(hop, texts)


class Mortal(Sound):
    is_closed = False

    def close(self) -> None:
        self.is_closed = True

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        return [Failure("closed") for _ in texts] if self.is_closed else super().translate(hop, texts)


UNSOUND: dict[str, type[Sound]] = {
    "test_offers_its_hops_under_its_own_name_with_a_version": Nameless,
    "test_translates_each_text_of_a_batch_in_its_place": Reversing,
    "test_says_of_each_text_how_sure_it_is_or_of_none": Undecided,
    "test_an_empty_batch_has_an_empty_answer": Talkative,
    "test_a_batch_and_single_texts_agree": Moody,
    "test_protected_spans_come_back_with_their_marks": Tearing,
    "test_hostile_text_neither_breaks_nor_shifts_the_batch": Dropping,
    "test_text_without_words_is_not_invented": Inventive,
    "test_a_hop_that_is_not_offered_is_refused": Obliging,
    "test_two_threads_get_their_own_answers": Confused,
    "test_in_a_hurry_every_text_is_translated_too": Panicking,
    "test_works_again_after_it_was_closed": Mortal,
}


def case_of(engine: Engine) -> Case:
    return Case(engine, engine.hops()[0], {"El gato negro.": "GATO", "La escuela.": "ESCUELA"})


class KnowingItself(Sound):
    """Surer of short texts."""

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        answers = zip(super().translate(hop, texts), texts, strict=True)
        return [Scored(answer, -len(text) / 10) if isinstance(answer, str) else answer for answer, text in answers]


class TestKnowingItself(EngineConformance):
    @pytest.fixture
    def case(self) -> Case:
        return replace(case_of(KnowingItself()), knows_itself=True)


class TestSound(EngineConformance):
    @pytest.fixture
    def case(self) -> Case:
        return case_of(Sound())


def points() -> list[str]:
    return [name for name in vars(EngineConformance) if name.startswith("test_")]


def check(point: str, engine: Engine, *arguments: Any) -> None:
    getattr(EngineConformance(), point)(case_of(engine), *arguments)


@pytest.mark.parametrize("point", points())
def test_an_unsound_engine_fails_in_its_point(point: str) -> None:
    arguments = ["casa " * 2000] if "hostile" in point else []
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(point, UNSOUND[point](), *arguments)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_losing_any_hostile_text_is_noticed(hostile: str) -> None:
    with pytest.raises(AssertionError):
        check("test_hostile_text_neither_breaks_nor_shifts_the_batch", Dropping(), hostile)
