"""Whatever breaks over a text, no word of it stands in a log or on the output of a process."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemicycle.logs import formatter
from tests.shell.translation.faulty import PLUGIN
from tests.shell.translation.talk import ROOT, SCOPE, dispatcher_of, finish, speak
from translation import bell, services
from translation.dispatcher import Dispatcher
from translation.host import EngineHost
from translation.relay import Relay

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
TEXTS = (
    "crash", "hang", "refuse", f"Un {CANARY} canta", f"¡{CANARY}! Crash. {CANARY}", f"{CANARY} " * 3000,
    f"<{CANARY}> \1",
)  # fmt: skip


@pytest.fixture
def dispatcher(tmp_path: Path) -> Iterator[Dispatcher]:
    dispatcher = dispatcher_of(tmp_path, PLUGIN)
    yield dispatcher
    dispatcher.close()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, as the server writes it."""
    written = io.StringIO()
    handler, root = logging.StreamHandler(written), logging.getLogger()
    handler.setFormatter(formatter())
    level, handlers = root.level, root.handlers
    root.handlers = [handler]
    root.setLevel(logging.DEBUG)
    yield written
    root.handlers = handlers
    root.setLevel(level)


def test_no_log_holds_what_is_said(
    dispatcher: Dispatcher, log: io.StringIO, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("translation.dispatcher.close_old_connections", lambda: None)
    services.open_feed(ROOT, "ca")
    for text in TEXTS:
        speak(text)
    dispatcher._desk.ask(bell.Question("question.1", f"{CANARY} crash", "es", "ca", SCOPE), lambda text: None)
    finish(dispatcher)
    with monkeypatch.context() as broken:
        broken.setattr(EngineHost, "translate", stumbled)
        speak(f"{CANARY} tropieza")
        finish(dispatcher)
    with monkeypatch.context() as broken:
        broken.setattr(Relay, "bring", stumbled)
        speak(f"{CANARY} cae")
        dispatcher._safe_turn()
    with monkeypatch.context() as broken:
        broken.setattr(services, "render", stumbled)
        speak("Nada")
        dispatcher._safe_turn()
    out, err = capfd.readouterr()
    for sentence in ("engine process lost", "batch failed", "dispatcher turn failed"):
        assert sentence in log.getvalue()
    assert [place for place in (log.getvalue(), out, err) if CANARY in place.lower()] == []


def stumbled(*args: object, **kwargs: object) -> None:
    """As a database does that shows the row it refuses."""
    try:
        raise KeyError(f"{CANARY}: {args[1:]}")
    except KeyError as error:
        raise RuntimeError(f"Failing row contains ({CANARY})") from error
