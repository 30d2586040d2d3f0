"""A stream with people who speak and read, and a dispatcher that is turned by hand."""

from __future__ import annotations

import time
from pathlib import Path

from kernel import clock, ids
from live.core.kinds import Words
from live.models import Words as WordsRow
from tests.patience import PATIENCE_S
from translation import services
from translation.core.feed import TextState
from translation.dispatcher import PAUSE_MS, Dispatcher, Report
from translation.engine import Server
from translation.host import Configuration
from translation.models import Rendering

ROOT = "board.1"
SCOPE = "assembly.1"


def speak(text: str, lang: str = "es", root: str = ROOT, scope: str = SCOPE) -> str:
    """Words of a stream, wanted in every language it is read in; returns their key."""
    words = Words(ids.new_key(), lang, ids.digest("salt", text), text, "salt")
    WordsRow.objects.create(key=words.key, stream=root, lang=lang, text=text, salt="salt", digest=words.digest)
    services.want(root, scope=scope, words=[words])
    return words.key


def dispatcher_of(
    packages: Path,
    *engines: str,
    deadline_s: float = 1.5,
    loading_s: float = 20.0,
    report: Report | None = None,
    server: Server | None = None,
) -> Dispatcher:
    """A dispatcher over these engines."""
    configuration = Configuration(packages, engines, deadline_s=deadline_s, loading_s=loading_s, server=server)
    return Dispatcher(configuration, report) if report else Dispatcher(configuration)


def finish(dispatcher: Dispatcher) -> None:
    """Turn until everything that was wanted is there."""
    end = time.monotonic() + PATIENCE_S
    dispatcher.turn()
    while not is_finished(dispatcher) and time.monotonic() < end:
        time.sleep(0.002)
        dispatcher.turn()
    assert is_finished(dispatcher)


def is_finished(dispatcher: Dispatcher) -> bool:
    """Nothing is held, and nothing that was given back waits for its second or third chance."""
    soon = clock.wall() + 2 * 4 * PAUSE_MS
    return dispatcher.is_idle and not Rendering.objects.filter(status="wanted", leased_until__lte=soon).exists()


def feed(lang: str, root: str = ROOT) -> TextState:
    """The feed of a language as a reader folds it."""
    from live.services import load

    state = load(f"{root}.text.{lang}").state
    assert isinstance(state, TextState)
    return state
