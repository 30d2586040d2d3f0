"""A LibreTranslate server passes the conformance suite as it was recorded, and whatever it does wrong is borne.

`python -m tests.bench.libretranslate` records anew, from the real one.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.patience import PATIENCE_S
from tests.shell.translation.conformance import Case, EngineConformance
from tests.shell.translation.faulty import PLUGIN
from tests.shell.translation.talk import ROOT, dispatcher_of, feed, finish, speak
from tests.shell.translation.web_server import Answer, Recording, Reply, serving
from translation import libretranslate, queries, services
from translation.core.hops import Hop, Kind
from translation.engine import EngineDown, EngineError, Failure, Server, Workshop
from translation.host import Configuration, EngineHost
from translation.libretranslate import SLOW, BusyError, KeyRefusedError, LibreTranslateEngine, UnreachableError

RECORD = "LIBRETRANSLATE_TO_RECORD"
FILE = Path(__file__).parent / "libretranslate.json"


def engine_at(url: str, key: str = "", timeout_s: float = 5.0) -> LibreTranslateEngine:
    return LibreTranslateEngine(Workshop(Path(), server=Server(url, key, timeout_s)))


@pytest.fixture(scope="module")
def recorded() -> Iterator[str]:
    recording = Recording(FILE, os.environ.get(RECORD))
    with serving(recording.answer) as url:
        yield url
    recording.save()


class TestLibreTranslate(EngineConformance):
    @pytest.fixture
    def case(self, recorded: str) -> Case:
        engine = engine_at(recorded)
        hop = next(hop for hop in engine.hops() if hop.pair == ("es", "en"))
        return Case(engine, hop, {"El gato negro duerme.": "cat black", "¿No duerme el gato?": "sleeping"})

    def test_it_offers_what_the_server_lists_and_says_its_version(self, case: Case) -> None:
        assert {hop.pair for hop in case.engine.hops()} == {("es", "en"), ("es", "fr"), ("es", "ca"), ("en", "fr")}
        assert case.hop.version.startswith("LibreTranslate 1.")


LANGUAGES = [
    {"code": "es", "name": "Spanish", "targets": ["es", "ca", "zh-Hans", "zt", 7]},
    {"code": "pt-BR", "targets": ["es"]},
    {"code": None},
    "nonsense",
]
ES_CA = Hop("libretranslate", "es", "ca", "LibreTranslate 1.9", Kind.NEURAL)


def in_capitals(body: Any) -> Reply:
    return 200, {"translatedText": [text.upper() for text in body["q"]]}


def server_that(translates: Any = in_capitals, languages: Reply = (200, LANGUAGES)) -> Answer:
    def answer(method: str, path: str, body: Any) -> Reply:
        if method == "GET":
            return languages if path.endswith("/languages") else (200, {"info": {"version": "1.9"}})
        reply: Reply = translates(body)
        return reply

    return answer


def test_codes_become_ours_and_nonsense_is_passed_over() -> None:
    with serving(server_that()) as url:
        pairs = {hop.pair for hop in engine_at(url).hops()}
    assert pairs == {("es", "ca"), ("es", "zh"), ("es", "zh-Hant"), ("pt-BR", "es")}


def test_it_is_asked_in_its_own_codes_with_the_key_below_the_path_that_was_set() -> None:
    asked: list[tuple[str, Any]] = []

    def answer(method: str, path: str, body: Any) -> Reply:
        asked.append((path, body))
        return server_that()(method, path, body)

    with serving(answer) as url:
        engine_at(f"{url}/lt/", key="secret").translate(Hop("libretranslate", "es", "zh"), ["gato"])
    assert asked[-1] == (
        "/lt/translate",
        {"q": ["gato"], "source": "es", "target": "zh-Hans", "format": "text", "api_key": "secret"},
    )


def test_without_an_address_nothing_is_offered_and_nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("asked somebody")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert LibreTranslateEngine(Workshop(Path())).hops() == ()


@pytest.mark.parametrize("languages", [(200, b"<html>"), (200, {"error": "no"}), (404, {}), (500, b""), (302, b"")])
def test_a_server_that_is_something_else_offers_nothing(languages: Reply) -> None:
    with serving(server_that(languages=languages)) as url:
        assert engine_at(url).hops() == ()


def test_a_server_that_is_not_there_offers_nothing_at_once() -> None:
    started = time.monotonic()
    assert engine_at("http://127.0.0.1:9").hops() == ()
    assert time.monotonic() - started < libretranslate.CONNECT_S


def test_a_list_that_is_refused_is_asked_text_by_text() -> None:
    def picky(body: Any) -> Reply:
        return (400, {"error": "exceeds text limit"}) if len(body["q"]) > 1 or "dos" in body["q"] else in_capitals(body)

    with serving(server_that(picky)) as url:
        answers = engine_at(url).translate(ES_CA, ["uno", "dos", "tres"])
    assert answers == ["UNO", Failure("refused by the server (400)"), "TRES"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ((200, {"translatedText": ["UNO", "DOS", "TRES"]}), "answers out of step"),
        ((200, {"translatedText": "UNO"}), "answers out of step"),
        ((200, [1]), "answers out of step"),
        ((200, {"translatedText": ["", None]}), "empty answer"),
        ((200, b"not json"), "the server's answer is no JSON"),
        ((302, b"{}"), "refused by the server (302)"),
        ((500, {"error": "oops"}), "refused by the server (500)"),
    ],
)
def test_a_wrong_answer_is_never_taken_for_a_translation(reply: Reply, reason: str) -> None:
    with serving(server_that(lambda body: reply)) as url:
        assert engine_at(url).translate(ES_CA, ["uno", "dos"]) == [Failure(reason)] * 2


def test_a_server_that_freezes_is_given_up_at_the_deadline() -> None:
    given_up = threading.Event()

    def frozen(body: Any) -> Reply:
        given_up.wait(PATIENCE_S)
        return in_capitals(body)

    with serving(server_that(frozen)) as url:
        assert engine_at(url, timeout_s=0.2).translate(ES_CA, ["uno", "dos"]) == [Failure(SLOW)] * 2
        given_up.set()


def test_an_endless_answer_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libretranslate, "MAX_ANSWER", 1000)
    with serving(server_that(lambda body: (200, b"[" * 100_000))) as url:
        assert engine_at(url).translate(ES_CA, ["uno"]) == [Failure(SLOW)]


@pytest.mark.parametrize(
    ("status", "error"), [(401, KeyRefusedError), (403, KeyRefusedError), (429, BusyError), (503, BusyError)]
)
def test_no_text_is_blamed_for_a_refused_key_or_a_busy_server(status: int, error: type[EngineError]) -> None:
    with serving(server_that(lambda body: (status, {}))) as url, pytest.raises(error):
        engine_at(url).translate(ES_CA, ["uno", "dos"])


def test_a_server_that_has_gone_says_so() -> None:
    with serving(server_that()) as url:
        engine = engine_at(url)
        engine.hops()
    with pytest.raises(UnreachableError):
        engine.translate(ES_CA, ["uno"])


def test_the_key_stands_in_no_description() -> None:
    assert "secret" not in repr(Server("http://a", "secret"))


# --- behind the parent of the engine process


def host_over(url: str, tmp_path: Path, *engines: str) -> EngineHost:
    return EngineHost(
        Configuration(tmp_path, (*engines, "libretranslate"), deadline_s=1.5, server=Server(url, "k-e-y"))
    )


def test_the_parent_asks_it_and_the_process_knows_nothing_of_it(tmp_path: Path) -> None:
    with serving(server_that()) as url:
        host = host_over(url, tmp_path, PLUGIN)
        assert ES_CA in host.hops()
        assert host.translate(ES_CA, ["uno"]) == ["UNO"]
        process = Path(f"/proc/{host.pid}")
        seen = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        host.close()
    assert b"libretranslate" not in seen
    assert b"k-e-y" not in seen


def test_no_process_is_started_for_a_server_alone(tmp_path: Path) -> None:
    with serving(server_that()) as url:
        host = host_over(url, tmp_path)
        assert host.translate(host.hops()[0], ["uno"]) == ["UNO"]
        assert host.pid is None
        host.close()


def test_a_text_that_failed_is_asked_once_more_alone(tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def moody(body: Any) -> Reply:
        asked.append(body["q"])
        return 200, {"translatedText": ["" if text == "dos" else text.upper() for text in body["q"]]}

    with serving(server_that(moody)) as url:
        host = host_over(url, tmp_path)
        assert host.translate(host.hops()[0], ["uno", "dos"]) == ["UNO", Failure("empty answer")]
        host.close()
    assert asked == [["uno", "dos"], ["dos"]]


def test_a_server_that_goes_is_withdrawn_and_its_texts_wait(tmp_path: Path) -> None:
    with serving(server_that()) as url:
        host = host_over(url, tmp_path)
        host.hops()
    with pytest.raises(EngineDown):
        host.translate(ES_CA, ["uno"])
    assert host.remote_hops == ()
    host.close()


@pytest.mark.django_db
def test_readers_are_told_which_server_and_version_translated(tmp_path: Path) -> None:
    services.open_feed(ROOT, "ca")
    key = speak("Hola")
    with serving(server_that()) as url:
        dispatcher = dispatcher_of(tmp_path, "libretranslate", server=Server(url))
        finish(dispatcher)
        dispatcher.close()
    shown = queries.shown(ROOT, [key], "ca")[key]
    assert (shown.text, shown.label) == (
        "HOLA",
        {"status": "machine", "engine": "libretranslate", "version": "LibreTranslate 1.9", "route": "es ca"},
    )


@pytest.mark.django_db
def test_where_a_server_has_gone_another_engine_takes_its_texts(tmp_path: Path) -> None:
    services.open_feed(ROOT, "ca")
    with serving(server_that()) as url:
        dispatcher = dispatcher_of(tmp_path, "libretranslate", PLUGIN, server=Server(url))
        speak("Uno")
        finish(dispatcher)
    speak("Dos")
    finish(dispatcher)
    dispatcher.close()
    shown = queries.words(each.key for each in feed("ca").rendered.values() if each.key)
    assert sorted(each.text for each in shown.values()) == ["DOS ca", "UNO"]


def test_an_answer_of_endless_depth_is_no_offer() -> None:
    with serving(server_that(languages=(200, b"[" * 200_000))) as url:
        assert engine_at(url).hops() == ()


@pytest.mark.django_db
def test_characters_that_no_table_can_keep_are_left_out(tmp_path: Path) -> None:
    def broken(body: Any) -> Reply:
        return 200, {"translatedText": [f"{text.upper()}\ud800\x00" for text in body["q"]]}

    with serving(server_that(broken)) as url:
        services.open_feed(ROOT, "ca")
        dispatcher = dispatcher_of(tmp_path, "libretranslate", server=Server(url, ""))
        try:
            key = speak("Hola.")
            finish(dispatcher)
        finally:
            dispatcher.close()
    assert queries.shown(ROOT, [key], "ca")[key].text == "HOLA."
