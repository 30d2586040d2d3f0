"""The log writer: what is acknowledged is stored, in order, once."""

from __future__ import annotations

import pytest
from django.db import transaction

from kernel import clock
from kernel.errors import Refused
from live import folds, queries, services
from live.log import Answer, Submission, write
from live.models import Event, Stream, Words
from tests.shell.live.board import Board, BoardTime, NotePin

pytestmark = pytest.mark.django_db


def test_an_answered_command_is_in_the_log(board: str) -> None:
    answer = services.submit(board, NotePin("hello"), by="ana")
    event = Event.objects.get()
    assert (answer.seq, event.seq, event.by, event.kind) == (1, 1, "ana", "note.pinned")


def test_the_log_holds_a_digest_and_the_words_stand_beside_it(board: str) -> None:
    services.submit(board, NotePin("a secret wish"), by="ana")
    words = Words.objects.get()
    assert words.text == "a secret wish"
    assert Event.objects.get().data == {"words": {"key": words.key, "lang": "en", "digest": words.digest}}


def test_numbers_have_no_gaps_over_refused_commands(board: str) -> None:
    services.submit(board, BoardTime(ends_at=clock.now() + 60_000))
    written = write([Submission(board, NotePin(text), "ana") for text in ("one", "two", "three")])
    assert [answer.seq for answer in written.answers if isinstance(answer, Answer)] == [2, 3, 4]


def test_the_same_ref_has_one_effect_and_the_same_answer(board: str) -> None:
    first = services.submit(board, NotePin("once"), by="ana", ref="r1")
    second = services.submit(board, NotePin("once"), by="ana", ref="r1")
    assert (first, Event.objects.count()) == (second, 1)


def test_the_same_ref_twice_in_one_batch_has_one_effect(board: str) -> None:
    written = write([Submission(board, NotePin("once"), "ana", "r1")] * 2)
    assert written.answers == (Answer(1), Answer(1))


def test_the_same_ref_of_another_person_is_another_command(board: str) -> None:
    write([Submission(board, NotePin("mine"), "ana", "r1"), Submission(board, NotePin("mine"), "bo", "r1")])
    assert Event.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_failing_command_costs_the_others_nothing(board: str) -> None:
    written = write([Submission(board, NotePin(text), "ana") for text in ("one", "bug", "two")])
    answers = [answer.code if isinstance(answer, Refused) else answer.seq for answer in written.answers]
    assert answers == [1, "live.failed", 2]


def test_a_passed_deadline_takes_effect_at_its_own_time(board: str) -> None:
    ends_at = clock.now() + 10
    services.submit(board, BoardTime(ends_at=ends_at))
    late = Submission(board, NotePin("too late"), "ana", at=ends_at + 5_000)
    (answer,) = write([late]).answers
    assert isinstance(answer, Refused)
    assert (answer.code, Event.objects.get(kind="board.closed").at) == ("board.closed", ends_at)


def test_deciding_a_deadline_twice_changes_nothing(board: str) -> None:
    ends_at = clock.now() + 10
    services.submit(board, BoardTime(ends_at=ends_at))
    write([Submission(board, None, at=ends_at)] * 3)
    assert Event.objects.filter(kind="board.closed").count() == 1


def test_time_in_a_stream_never_runs_backwards(board: str) -> None:
    write([Submission(board, NotePin("now"), at=5_000_000_000_000), Submission(board, NotePin("before"), at=1)])
    assert list(Event.objects.values_list("at", flat=True)) == [5_000_000_000_000] * 2


def test_state_is_the_same_from_memory_snapshot_and_log(board: str) -> None:
    for batch in range(5):
        write([Submission(board, NotePin(f"{batch}.{n}"), "ana") for n in range(60)])
    remembered = services.load(board)
    assert Stream.objects.get().snapshot_seq == 240
    folds.forget()
    assert services.load(board) == remembered
    Stream.objects.update(snapshot="", snapshot_seq=0)
    folds.forget()
    assert services.load(board) == remembered


def test_each_event_is_chained_to_the_one_before(board: str) -> None:
    write([Submission(board, NotePin("a"), "ana"), Submission(board, NotePin("b"), "ana")])
    first, second = Event.objects.order_by("seq")
    assert (len(first.head), first.head == second.head, Stream.objects.get().head) == (64, False, second.head)


def test_a_rolled_back_transaction_leaves_neither_rows_nor_memory(board: str) -> None:
    def pin_and_fail() -> None:
        with transaction.atomic():
            services.submit(board, NotePin("never"), by="ana")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        pin_and_fail()
    assert (Event.objects.count(), services.load(board).state) == (0, Board())


def test_an_unknown_stream_refuses(db: None) -> None:
    with pytest.raises(Refused, match=r"stream\.unknown"):
        services.submit("board.77", NotePin("x"))


def test_missed_events_come_back_with_their_words(board: str) -> None:
    write([Submission(board, NotePin(text), "ana") for text in ("one", "two", "three")])
    lines = queries.lines_after(board, 1, limit=10)
    assert [line.seq for line in lines] == [2, 3]
    assert '"text":"two"' in lines[0].text


def test_erased_words_are_absent_and_the_log_still_reads(board: str) -> None:
    services.submit(board, NotePin("forget me"), by="ana")
    Words.objects.all().delete()
    (line,) = queries.lines_after(board, 0, limit=10)
    assert '"words":{}}' in line.text
