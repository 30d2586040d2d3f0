"""What every engine must do. A new engine passes by giving a `Case` and inheriting these tests."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, replace

import pytest

from tests.patience import PATIENCE_S
from translation.core.hops import Hop
from translation.core.protection import protect, release, spans
from translation.engine import Answer, Engine, EngineError, Failure, Scored, text_of

NO_APERTIUM = "Apertium is not installed on this machine"

HOSTILE = (
    "[", "]]", "^casa/house$", "a/b", "@mal", "{x}", "\\", "<b>casa</b>", "[<STREAMCMD:FLUSH>]", "[[t:b:1]]",
    "$(touch /tmp/x) `id` | cat", "<unk> </s> <s>", "\x00\x07", "\u200b\u200f", "👍🏽👩‍👩‍👧", "...",
    "—", "42", "casa\u202e", "*#@=~", "x" * 3000, "casa " * 2000, "▁casa▁", "汉字 العربية", "\ue000", "\ue001\ue000",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """An engine, one of its hops, and words that are known to be translated."""

    engine: Engine
    hop: Hop
    known: dict[str, str]
    """Sentence to a word its translation must hold."""
    knows_itself: bool = False
    """Whether the engine says how sure it is of each text; all others give texts alone, and nobody is warned."""


def told(answer: Answer) -> str:
    """The text of an answer that is one."""
    assert not isinstance(answer, Failure), answer.reason
    return text_of(answer)


class EngineConformance:
    """Inherit and define the fixture `case`."""

    def test_offers_its_hops_under_its_own_name_with_a_version(self, case: Case) -> None:
        hops = case.engine.hops()
        assert case.hop in hops
        assert {hop.engine for hop in hops} == {case.engine.name}
        assert all(hop.version for hop in hops)

    def test_translates_each_text_of_a_batch_in_its_place(self, case: Case) -> None:
        answers = case.engine.translate(case.hop, list(case.known))
        assert len(answers) == len(case.known)
        for answer, word in zip(answers, case.known.values(), strict=True):
            assert word in told(answer)

    def test_says_of_each_text_how_sure_it_is_or_of_none(self, case: Case) -> None:
        answers = case.engine.translate(case.hop, list(case.known))
        assert [isinstance(answer, Scored) for answer in answers] == [case.knows_itself] * len(case.known)
        assert all(math.isfinite(answer.standing) for answer in answers if isinstance(answer, Scored))

    def test_an_empty_batch_has_an_empty_answer(self, case: Case) -> None:
        assert case.engine.translate(case.hop, []) == []

    def test_a_batch_and_single_texts_agree(self, case: Case) -> None:
        alone = [case.engine.translate(case.hop, [text])[0] for text in case.known]
        assert case.engine.translate(case.hop, list(case.known)) == alone

    def test_protected_spans_come_back_with_their_marks(self, case: Case) -> None:
        text = protect(f"{next(iter(case.known))} Ana: https://a.org/b_c?d=1, x@y.org 👍", ["Ana"])
        (answer,) = case.engine.translate(case.hop, [text])
        assert sorted(spans(told(answer))) == sorted(spans(text))

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_hostile_text_neither_breaks_nor_shifts_the_batch(self, case: Case, hostile: str) -> None:
        good, word = next(iter(case.known.items()))
        answers = case.engine.translate(case.hop, [good, hostile, good])
        assert len(answers) == 3
        assert answers[0] == answers[2]
        assert word in told(answers[0])
        assert isinstance(answers[1], str | Scored | Failure)

    def test_text_without_words_is_not_invented(self, case: Case) -> None:
        answers = case.engine.translate(case.hop, ["", " ", "...", "42"])
        assert [release(told(answer)).strip() for answer in answers] == ["", "", "...", "42"]

    def test_a_hop_that_is_not_offered_is_refused(self, case: Case) -> None:
        with pytest.raises(EngineError):
            case.engine.translate(replace(case.hop, target="xx", folder="../../etc"), ["casa"])

    def test_two_threads_get_their_own_answers(self, case: Case) -> None:
        texts = list(case.known)[:2]
        expected = [case.engine.translate(case.hop, [text]) for text in texts]
        wrong: list[object] = []
        together = threading.Barrier(2, timeout=PATIENCE_S)

        def ask(text: str, right: list[Answer]) -> None:
            for _ in range(20):
                together.wait()
                answers = case.engine.translate(case.hop, [text])
                wrong.extend(answers if answers != right else ())

        threads = [threading.Thread(target=ask, args=each) for each in zip(texts, expected, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []

    def test_in_a_hurry_every_text_is_translated_too(self, case: Case) -> None:
        answers = case.engine.translate(case.hop, list(case.known), hurry=True)
        for answer, word in zip(answers, case.known.values(), strict=True):
            assert word in told(answer)

    def test_works_again_after_it_was_closed(self, case: Case) -> None:
        before = case.engine.translate(case.hop, list(case.known))
        case.engine.close()
        assert case.engine.translate(case.hop, list(case.known)) == before
