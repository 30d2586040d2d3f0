"""From the commit of a text to the moment its translation is told: measured for whoever runs the assembly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from kernel import clock
from tests.shell.translation.faulty import PLUGIN
from tests.shell.translation.talk import ROOT, SCOPE, dispatcher_of, finish, speak
from translation import bell, delays, services
from translation.delays import Waiting, waiting_by_pair, waiting_of
from translation.dispatcher import Dispatcher
from translation.models import Delay

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dispatcher(tmp_path: Path) -> Iterator[Dispatcher]:
    dispatcher = dispatcher_of(tmp_path, PLUGIN)
    yield dispatcher
    dispatcher.close()


def measured(dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> int:
    """Finish, let the pause pass, and count the texts in the table."""
    finish(dispatcher)
    real = clock.monotonic
    monkeypatch.setattr(clock, "monotonic", lambda: real() + delays.PAUSE_S)
    dispatcher.turn()
    monkeypatch.setattr(clock, "monotonic", real)
    return sum(Delay.objects.values_list("texts", flat=True))


def test_each_live_text_is_measured_once_by_pair(dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    for lang in ("ca", "it"):
        services.open_feed(ROOT, lang)
    for text in ("Uno", "Dos", "Uno"):
        speak(text)
    assert measured(dispatcher, monkeypatch) == 6
    assert set(waiting_by_pair(SCOPE)) == {("es", "ca"), ("es", "it")}
    assert waiting_of("assembly.2") is None


def test_what_was_handed_over_counts_from_its_commit(dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    services.open_feed(ROOT, "ca")
    finish(dispatcher)
    bell.listen(dispatcher._desk)
    try:
        real = clock.monotonic
        with transaction.atomic():
            speak("Uno")
        monkeypatch.setattr(clock, "monotonic", lambda: real() + 2.5)
        finish(dispatcher)
        monkeypatch.setattr(clock, "monotonic", lambda: real() + 2.5 + delays.PAUSE_S)
        dispatcher.turn()
    finally:
        bell.forget(dispatcher._desk)
    assert waiting_of(SCOPE) == Waiting(3_000, 3_000)


def test_a_second_try_is_the_same_wait(dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    services.open_feed(ROOT, "ca")
    speak("late")
    assert measured(dispatcher, monkeypatch) == 1
    (waiting,) = waiting_by_pair(SCOPE).values()
    assert waiting.half_ms >= 1_500


def test_what_a_newcomer_missed_and_what_failed_is_not_measured(
    dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak("Uno")
    services.open_feed(ROOT, "ca")
    services.open_feed(ROOT, "uk")
    speak("refuse")
    assert measured(dispatcher, monkeypatch) == 0


def test_counts_add_up() -> None:
    for texts in (3, 4):
        delays.store({(SCOPE, "es", "ca", 200): texts, (SCOPE, "es", "ca", 5_000): 1})
    assert list(Delay.objects.order_by("at_most_ms").values_list("at_most_ms", "texts")) == [(200, 7), (5_000, 2)]
    assert waiting_by_pair(SCOPE) == {("es", "ca"): Waiting(200, 5_000)}
