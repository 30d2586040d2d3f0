"""A language that is taken away while a room uses it is missing from then on, and comes back with its package."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kernel import clock
from tests.patience import PATIENCE_S
from tests.shell.translation.talk import ROOT, dispatcher_of, feed, finish, speak
from translation import queries, services
from translation.dispatcher import Dispatcher
from translation.installer import install_file, remove

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    install_file(built / "translate-es_en-1_0.argosmodel", tmp_path / "languages")
    return tmp_path / "languages"


@pytest.fixture
def dispatcher(folder: Path) -> Iterator[Dispatcher]:
    dispatcher = dispatcher_of(folder, "argos", deadline_s=8.0)
    yield dispatcher
    dispatcher.close()


NEVER_S = 3600


def settle(dispatcher: Dispatcher) -> None:
    """Let the dispatcher look at the packages again, as it does every two seconds, and finish."""
    dispatcher._next_poll = 0.0
    finish(dispatcher)


def status(key: str) -> str:
    return queries.statuses(ROOT, [key])[key]["en"]


def test_what_is_said_afterwards_is_told_missing_until_the_package_is_back(
    dispatcher: Dispatcher, folder: Path, built: Path
) -> None:
    services.open_feed(ROOT, "en")
    before = speak("El gato duerme.")
    finish(dispatcher)
    remove("es-en", folder)
    after = speak("El gato no duerme.")
    settle(dispatcher)
    assert (status(before), status(after)) == ("machine", "missing")
    assert feed("en").rendered[after].status == "missing"
    install_file(built / "translate-es_en-1_0.argosmodel", folder)
    settle(dispatcher)
    settle(dispatcher)
    assert queries.shown(ROOT, [after], "en")[after].text == "The cat not is sleeping."


def test_until_the_next_look_what_is_loaded_goes_on(dispatcher: Dispatcher, folder: Path) -> None:
    services.open_feed(ROOT, "en")
    speak("El gato.")
    finish(dispatcher)
    dispatcher._next_poll = clock.monotonic() + NEVER_S
    remove("es-en", folder)
    key = speak("El gato negro.")
    finish(dispatcher)
    assert status(key) == "machine"


def test_a_package_that_vanishes_before_it_was_loaded_is_told_missing(dispatcher: Dispatcher, folder: Path) -> None:
    dispatcher.turn()
    services.open_feed(ROOT, "en")
    dispatcher._host.hops()
    assert dispatcher._route("es", "en")
    remove("es-en", folder)
    dispatcher._next_poll = clock.monotonic() + NEVER_S
    key = speak("El gato negro.")
    finish(dispatcher)
    settle(dispatcher)
    assert status(key) == "missing"


def test_what_was_on_its_way_is_shown_with_the_route_it_came_by(dispatcher: Dispatcher, folder: Path) -> None:
    services.open_feed(ROOT, "en")
    key = speak("El gato duerme.")
    dispatcher.turn()
    wait_until(lambda: not dispatcher._arrived.empty())
    remove("es-en", folder)
    dispatcher._look_at_packages()
    finish(dispatcher)
    shown = queries.shown(ROOT, [key], "en")[key]
    assert (status(key), shown.text) == ("machine", "The cat is sleeping.")
    assert shown.label
    assert (shown.label["engine"], shown.label["route"]) == ("wordbook", "es en")


def wait_until(true: Callable[[], bool]) -> None:
    """Wait, and fail when it never comes true."""
    end = time.monotonic() + PATIENCE_S
    while not true() and time.monotonic() < end:
        time.sleep(0.005)
    assert true()
