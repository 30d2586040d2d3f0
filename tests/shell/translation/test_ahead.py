"""What is typed is read by others as unfinished, in their language, is stored nowhere, and is ready when it is sent."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from live import bus, hub
from live.consumer import TYPED
from live.models import Words
from tests.patience import PATIENCE_S
from tests.shell.translation.faulty import PLUGIN
from tests.shell.translation.talk import ROOT, dispatcher_of, feed, finish, speak
from translation import bell, queries, services
from translation.bell import MAX_TYPED, Desk, Typed
from translation.core.glossary import Term
from translation.core.hops import Hop
from translation.dispatcher import Dispatcher
from translation.engine import Answer
from translation.models import Passage, Rendering, Translation

pytestmark = pytest.mark.django_db


class Readers:
    """Hear what is signalled."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def signal(self, stream: str, text: str) -> None:
        self.heard.append(json.loads(text))

    def read(self, lang: str) -> list[tuple[str, str]]:
        told = [each for each in self.heard if each["stream"] == f"{ROOT}.text.{lang}"]
        return [(each["data"]["text"], each["data"]["of"]) for each in told]


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> Readers:
    cache.clear()
    readers = Readers()
    monkeypatch.setattr(hub, "signal", readers.signal)
    return readers


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences that the engine process was asked for."""
    from translation.host import EngineHost

    sentences: list[str] = []
    usual = EngineHost.translate

    def translate(host: EngineHost, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        sentences.extend(texts)
        return usual(host, hop, texts, hurry=hurry)

    monkeypatch.setattr(EngineHost, "translate", translate)
    return sentences


@pytest.fixture
def dispatcher(tmp_path: Path) -> Iterator[Dispatcher]:
    services.open_feed(ROOT, "ca")
    services.open_feed(ROOT, "it")
    dispatcher = dispatcher_of(tmp_path, PLUGIN)
    bell.listen(dispatcher._desk)
    finish(dispatcher)
    yield dispatcher
    bell.forget(dispatcher._desk)
    dispatcher.close()


def type_on(text: str, lang: str = "es", member: str = "ana") -> None:
    bus.heard(TYPED, ROOT, member, lang, text)


def send(dispatcher: Dispatcher, text: str) -> None:
    """As from another process: nothing is handed over here, for a test commits nothing."""
    bell.forget(dispatcher._desk)
    speak(text)
    finish(dispatcher)
    bell.listen(dispatcher._desk)


def turn_until(dispatcher: Dispatcher, readers: Readers, count: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while len(readers.heard) < count and time.monotonic() < end:
        dispatcher.turn()
        time.sleep(0.005)
    assert len(readers.heard) == count


def test_others_read_finished_sentences_in_their_language_and_of_which_words(
    dispatcher: Dispatcher, readers: Readers
) -> None:
    type_on("Uno. Dos.")
    turn_until(dispatcher, readers, 2)
    assert readers.read("ca") == [("UNO. ca DOS. ca", "Uno. Dos.")]
    assert readers.read("it") == [("UNO. CA it DOS. CA it", "Uno. Dos.")]
    assert {(each["type"], each["by"], each["name"]) for each in readers.heard} == {("signal", "ana", "typing")}


def test_nothing_of_it_is_stored(dispatcher: Dispatcher, readers: Readers) -> None:
    type_on("Uno.")
    turn_until(dispatcher, readers, 2)
    assert [table.objects.count() for table in (Words, Passage, Rendering, Translation)] == [0, 0, 0, 0]
    assert feed("ca").rendered == {}


def test_when_it_is_sent_only_the_last_sentence_is_outstanding(
    dispatcher: Dispatcher, readers: Readers, asked: list[str]
) -> None:
    type_on("Uno.")
    turn_until(dispatcher, readers, 2)
    type_on("Uno. Dos.")
    turn_until(dispatcher, readers, 4)
    send(dispatcher, "Uno. Dos. Tres.")
    assert [text for text in asked if not text.isupper() and "ca" not in text] == ["Uno.", "Dos.", "Tres."]
    assert len(feed("ca").rendered) == 1


def test_what_was_taken_back_before_anybody_looked_is_not_translated(
    dispatcher: Dispatcher, readers: Readers, asked: list[str]
) -> None:
    type_on("Uno.")
    type_on("")
    type_on("Dos.", member="ben")
    turn_until(dispatcher, readers, 2)
    assert readers.read("ca") == [("DOS. ca", "Dos.")]


def test_names_are_kept_as_in_what_is_sent(dispatcher: Dispatcher, readers: Readers, asked: list[str]) -> None:
    services.keep_names("assembly.1", ["Ana"])
    send(dispatcher, "Hola.")
    asked.clear()
    type_on("Soy Ana.")
    turn_until(dispatcher, readers, 2)
    send(dispatcher, "Soy Ana.")
    assert [text for text in asked if not text.isupper() and "ca" not in text] == ["Soy \ue000Ana\ue001."]


def test_agreed_terms_are_used_as_in_what_is_sent(dispatcher: Dispatcher, readers: Readers, asked: list[str]) -> None:
    services.agree_terms("assembly.1", [Term({"es": ("moción",), "ca": ("proposta",)})])
    send(dispatcher, "Hola.")
    asked.clear()
    type_on("La moción.")
    turn_until(dispatcher, readers, 2)
    shown = readers.read("ca")[0][0]
    send(dispatcher, "La moción.")
    assert asked.count("La \ue000proposta\ue001.") == 1
    assert shown == queries.shown(ROOT, [list(feed("ca").rendered)[-1]], "ca").popitem()[1].text


def test_another_glossary_makes_anew_what_was_typed_before(
    dispatcher: Dispatcher, readers: Readers, asked: list[str]
) -> None:
    send(dispatcher, "Hola.")
    type_on("La moción.")
    turn_until(dispatcher, readers, 2)
    services.agree_terms("assembly.1", [Term({"es": ("moción",), "ca": ("proposta",)})])
    send(dispatcher, "La moción.")
    assert "PROPOSTA" in queries.shown(ROOT, [list(feed("ca").rendered)[-1]], "ca").popitem()[1].text


@pytest.mark.parametrize("lang", ["xx", "", "ca-xx", "../es"])
def test_a_language_that_does_not_exist_is_passed_over(dispatcher: Dispatcher, readers: Readers, lang: str) -> None:
    type_on("Uno.", lang=lang)
    type_on("Dos.", member="ben")
    turn_until(dispatcher, readers, 2)


def test_of_two_workers_one_translates_it(
    dispatcher: Dispatcher, readers: Readers, asked: list[str], tmp_path: Path
) -> None:
    other = dispatcher_of(tmp_path, PLUGIN)
    bell.listen(other._desk)
    type_on("Uno.")
    other.turn()
    turn_until(dispatcher, readers, 0)
    end = time.monotonic() + PATIENCE_S
    while len(readers.heard) < 2 and time.monotonic() < end:
        other.turn()
        dispatcher.turn()
    bell.forget(other._desk)
    other.close()
    assert asked.count("Uno.") == 1


def test_a_desk_keeps_the_newest_words_of_each_and_of_not_too_many() -> None:
    desk = Desk()
    for number in range(MAX_TYPED + 50):
        desk.type(Typed(ROOT, f"m{number}", "es", "Uno."))
    desk.type(Typed(ROOT, "m3", "es", "Uno. Dos."))
    taken = {each.member: each.text for each in desk.typed()}
    assert len(taken) == MAX_TYPED
    assert taken["m3"] == "Uno. Dos."
    assert desk.typed() == []
