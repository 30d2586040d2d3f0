"""The dispatcher in its own thread, over a real database: woken, killed, stopped."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import override_settings

from live.services import load
from tests.patience import PATIENCE_S
from tests.shell.translation.faulty import PLUGIN
from tests.shell.translation.talk import ROOT, feed, speak
from translation import dispatcher, queries, services, worker
from translation.core.feed import KEPT
from translation.dispatcher import Dispatcher
from translation.models import Translation
from translation.reach import configuration

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path) -> Iterator[None]:
    with override_settings(TRANSLATION_PACKAGES_DIR=tmp_path, TRANSLATION_ENGINES=(PLUGIN,), TRANSLATION_DEADLINE_S=2):
        yield
        dispatcher.stop()


def wait_for_everything() -> None:
    """Until nothing is pending any more."""
    end = time.monotonic() + PATIENCE_S
    while queries.pending() and time.monotonic() < end:
        time.sleep(0.005)
    assert queries.pending() == 0


def engine_processes() -> list[int]:
    """The engine processes that are children of this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            command = (status.parent / "cmdline").read_bytes()
            parent = int(status.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent == os.getpid() and b"translation.process" in command:
            found.append(int(status.parent.name))
    return found


def test_what_is_said_is_read_before_the_next_look_at_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "POLL_S", 3600.0)
    dispatcher.start()
    services.open_feed(ROOT, "ca")
    speak("Primero")
    wait_for_everything()
    speak("Hola")
    wait_for_everything()
    assert len(feed("ca").rendered) == 2


def test_fifty_rooms_at_the_same_instant_all_get_their_texts() -> None:
    dispatcher.start()
    for room in range(1, 51):
        services.open_feed(f"board.{room}", "ca")
    for room in range(1, 51):
        speak(f"Sala {room}", root=f"board.{room}")
    wait_for_everything()
    assert [len(feed("ca", f"board.{room}").rendered) for room in range(1, 51)] == [1] * 50


def test_an_engine_killed_under_load_loses_nothing() -> None:
    dispatcher.start()
    services.open_feed(ROOT, "ca")
    for number in range(30):
        speak(f"Texto {number} aquí. Slow. Fin {number}.")
        if number % 10 == 5:
            for process in engine_processes():
                os.kill(process, signal.SIGKILL)
    wait_for_everything()
    assert len([each for each in feed("ca").rendered.values() if each.status == "machine"]) == 30
    assert load(f"{ROOT}.text.ca").seq == 30


KILLS, KILLING_S = 50, 480.0


@pytest.mark.deep
def test_fifty_kills_lose_nothing() -> None:
    """Each falls on a process at work: one that dies again and again before it is ready gets growing pauses instead."""
    chance, killed, said = random.Random(50), 0, 0
    services.open_feed(ROOT, "ca")
    with dispatching() as here:
        end = time.monotonic() + KILLING_S
        while killed < KILLS and time.monotonic() < end:
            speak(f"Texto {said} aquí. {'Slow' if said % 5 == 0 else 'Calma'}. Fin {said}.")
            said += 1
            time.sleep(chance.uniform(0.05, 0.4))
            process = here._host._process
            if process and process.was_ready and process.is_alive and chance.random() < 0.15:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
                    killed += 1
        wait_for_everything()
    assert killed == KILLS
    shown = feed("ca").rendered.values()
    assert [each.status for each in shown] == ["machine"] * min(said, KEPT)
    shouted = [f"TEXTO {at} AQUÍ. ca {'SLOW' if at % 5 == 0 else 'CALMA'}. ca FIN {at}. ca" for at in range(said)]
    assert sorted(row.text for row in Translation.objects.all()) == sorted(shouted)


@contextmanager
def dispatching() -> Iterator[Dispatcher]:
    """A dispatcher in a thread, within reach."""
    here, stop = Dispatcher(configuration()), threading.Event()
    thread = threading.Thread(target=here.run, args=(stop,))
    thread.start()
    try:
        yield here
    finally:
        stop.set()
        here.ring()
        thread.join(timeout=PATIENCE_S)


def test_starting_and_stopping_twice_is_the_same_as_once() -> None:
    dispatcher.start()
    dispatcher.start()
    assert dispatcher.is_running()
    dispatcher.stop()
    dispatcher.stop()
    assert not dispatcher.is_running()
    assert engine_processes() == []


def test_a_worker_finds_what_nobody_woke_it_for() -> None:
    services.open_feed(ROOT, "ca")
    speak("Hola")
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop, lambda root, lag_ms: None))
    thread.start()
    wait_for_everything()
    stop.set()
    thread.join()
    assert len(feed("ca").rendered) == 1
