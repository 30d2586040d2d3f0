"""A text that somebody only wants to look at comes through the same engines, and nothing of it is kept."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import DatabaseError

from kernel import clock
from live import bus
from tests.patience import PATIENCE_S
from tests.servers import NO_REDIS, has_redis, redis
from tests.shell.translation.faulty import PLUGIN
from tests.shell.translation.talk import SCOPE, dispatcher_of
from translation import asking, bell
from translation.bell import Question
from translation.core.queue import Urgency
from translation.core.routes import Route
from translation.dispatcher import Dispatcher
from translation.engine import EngineDown
from translation.models import Passage, Translation
from translation.relay import Job, Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispatcher(tmp_path: Path) -> Iterator[Dispatcher]:
    dispatcher = dispatcher_of(tmp_path, PLUGIN)
    bell.listen(dispatcher._desk)
    yield dispatcher
    bell.forget(dispatcher._desk)
    dispatcher.close()


def asked(dispatcher: Dispatcher, text: str, source: str, target: str) -> str | None:
    """What comes of a question while the dispatcher turns."""
    stop = threading.Event()
    with ThreadPoolExecutor(1) as other:
        answer = other.submit(asking.ask, text, source=source, target=target, scope=SCOPE)
        while not answer.done() and not stop.wait(0.01):
            dispatcher.turn()
    return answer.result()


def test_a_question_is_answered_and_nothing_is_stored(dispatcher: Dispatcher) -> None:
    assert asked(dispatcher, "Hola. Adiós.", "es", "ca") == "HOLA. ca ADIÓS. ca"
    assert (Passage.objects.count(), Translation.objects.count(), asking._waiting) == (0, 0, {})


def test_without_a_way_there_is_no_answer(dispatcher: Dispatcher) -> None:
    assert asked(dispatcher, "Hola.", "es", "uk") is None


def test_an_engine_that_hangs_leaves_no_answer(dispatcher: Dispatcher) -> None:
    assert asked(dispatcher, "hang", "es", "ca") is None


def test_where_nobody_dispatches_nobody_waits() -> None:
    assert asking.ask("Hola.", source="es", target="ca", scope=SCOPE) is None


def test_of_those_that_dispatch_one_answers_another_process(
    dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bus.News] = []
    monkeypatch.setattr(bus, "publish_once", told.append)
    for _ in range(2):  # as two processes that share a cache hear it
        bus.heard(bell.ASK, "question.1", "Hola.", "es", "ca", SCOPE)
    end = time.monotonic() + PATIENCE_S
    while not told and time.monotonic() < end:
        dispatcher.turn()
        time.sleep(0.01)
    dispatcher.turn()
    assert [news.told for news in told] == [[("translation.answer", "question.1", "HOLA. ca")]]


def test_what_somebody_asks_waits_for_what_is_said_and_goes_before_what_is_typed(
    dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[Job] = []
    monkeypatch.setattr(dispatcher._relay, "bring", jobs.append)
    dispatcher._desk.ask(Question("question.1", "Hola.", "es", "ca", SCOPE), lambda text: None)
    dispatcher.turn()
    (job,) = jobs
    assert Urgency.LIVE < job.urgency < Urgency.TYPED


@pytest.mark.parametrize("trouble", [EngineDown, DatabaseError, ValueError])
def test_questions_outlive_a_turn_that_fails(
    dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    came: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    troubles, route_of = [trouble(), trouble()], dispatcher._route

    def route(source: str, target: str) -> Route | None:
        if troubles:
            raise troubles.pop()
        return route_of(source, target)

    monkeypatch.setattr(dispatcher, "_route", route)
    for text in ("Uno.", "Dos.", "Tres."):
        dispatcher._desk.ask(Question(text, text, "es", "ca", SCOPE), came.put)
    for _ in range(2):
        with pytest.raises(trouble):
            dispatcher._answer()
    dispatcher._answer()
    assert sorted(str(came.get(timeout=PATIENCE_S)) for _ in range(3)) == ["DOS. ca", "TRES. ca", "UNO. ca"]


def test_a_question_that_finds_no_engine_is_put_again(dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    came: list[str | None] = []
    jobs: list[Job] = []
    monkeypatch.setattr(dispatcher._relay, "bring", jobs.append)
    dispatcher._desk.ask(Question("question.1", "Hola.", "es", "ca", SCOPE), came.append)
    dispatcher._answer()
    jobs[0].arrived("ca", Outcome(later=True))
    dispatcher._answer()
    jobs[1].arrived("ca", Outcome("Hola!"))
    dispatcher._answer()
    assert (len(jobs), came) == (2, ["Hola!"])


def test_nobody_answers_when_nobody_waits_any_more(dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    dispatcher._desk.ask(Question("question.1", "Hola.", "es", "ca", SCOPE), lambda text: None)
    real = clock.monotonic
    monkeypatch.setattr(clock, "monotonic", lambda: real() + bell.PATIENCE_S)
    assert list(dispatcher._desk.questions()) == []


ROOT_FOLDER = Path(__file__).resolve().parents[3]


@pytest.mark.skipif(not has_redis(), reason=NO_REDIS)
def test_a_worker_answers_over_the_bus(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.shell.translation.asking_house"]
    with redis() as (address, _):
        environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "hemicycle.settings", "HEMICYCLE_STATE": str(tmp_path),
            "TRANSLATION_ENGINES": PLUGIN, "REDIS_URL": address,
        }  # fmt: skip
        ran = subprocess.run(
            command, cwd=ROOT_FOLDER, env=environment, capture_output=True, text=True, timeout=2 * PATIENCE_S
        )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.splitlines()[-1] == "HOLA. ca"
