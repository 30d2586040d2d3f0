"""A feed says once what became of each text, and keeps the last ones."""

from __future__ import annotations

import pytest

from live.core.kinds import Moment, Recorded
from translation.core.feed import (
    KEPT,
    Credit,
    Label,
    TextDoubt,
    TextRender,
    TextReplace,
    TextState,
    decide,
    evolve,
    mentions,
)

LABEL = Label("apertium", "1", ("es", "ca"), rough=False)
MOMENT = Moment(at=0, by=None, seed="seed")
MADE = TextRender("words", "text", "machine", LABEL)
MISSING = TextRender("words", None, "missing", None)
FAILED = TextRender("words", None, "failed", None)
HUMAN = TextReplace("words", "better", "human", Credit("eva", "alba"))
SIGNED = TextReplace("words", "signed", "signed", Credit("rui"))


DOUBTED = TextDoubt("words", "text", ("meaning",))


def after(*commands: TextRender | TextReplace | TextDoubt) -> TextState:
    state = TextState()
    for command in commands:
        for event in decide(state, command, MOMENT):
            state = evolve(state, Recorded("room.1.text.ca", 1, 0, None, event))
    return state


@pytest.mark.parametrize(
    ("commands", "status"),
    [((MADE,), "machine"), ((MISSING,), "missing"), ((MISSING, MADE), "machine"), ((FAILED, MISSING), "missing")],
)
def test_the_last_word_on_a_text_is_shown(commands: tuple[TextRender, ...], status: str) -> None:
    assert after(*commands).rendered["words"].status == status


@pytest.mark.parametrize("later", [MADE, MISSING, FAILED, TextRender("words", "other", "machine", LABEL)])
def test_a_text_that_is_shown_is_never_replaced_silently(later: TextRender) -> None:
    assert decide(after(MADE), later, MOMENT) == []


def test_a_second_look_adds_doubts_to_the_text_it_looked_at_and_leaves_it_as_it_is() -> None:
    shown = after(MADE, DOUBTED).rendered["words"]
    assert shown.label is not None
    assert (shown.key, shown.status, shown.label.doubts) == ("text", "machine", ("meaning",))
    assert decide(after(MADE, DOUBTED), DOUBTED, MOMENT) == []
    assert [decide(after(*before), DOUBTED, MOMENT) for before in ((), (MISSING,), (MADE, HUMAN))] == [[], [], []]


def test_the_same_lack_is_not_told_twice() -> None:
    assert decide(after(MISSING), MISSING, MOMENT) == []


def test_only_the_last_texts_stay_in_the_state() -> None:
    state = after(*[TextRender(f"words{number}", None, "missing", None) for number in range(KEPT + 5)])
    assert next(iter(state.rendered)) == "words5"
    assert len(state.rendered) == KEPT


def test_readers_need_the_texts_that_are_there() -> None:
    (event,) = decide(TextState(), MADE, MOMENT)
    assert list(mentions(event)) == ["text"]
    assert list(mentions(after(MADE, TextRender("others", None, "missing", None)))) == ["text"]


def test_a_persons_text_takes_the_place_and_what_stood_there_stays_to_be_read() -> None:
    state = after(MADE, HUMAN, SIGNED)
    shown = state.rendered["words"]
    assert (shown.key, shown.status, shown.credit) == ("signed", "signed", Credit("rui"))
    assert (shown.former, list(mentions(state))) == (("text", "better"), ["signed", "text", "better"])


def test_a_machine_never_takes_a_persons_place_nor_a_member_the_translators() -> None:
    assert decide(after(HUMAN), MADE, MOMENT) == []
    assert decide(after(SIGNED), HUMAN, MOMENT) == []
    assert decide(after(HUMAN), HUMAN, MOMENT) == []


def test_a_persons_text_stands_where_there_was_none() -> None:
    assert after(MISSING, HUMAN).rendered["words"].former == ()
