"""What is said is read by each in their own language, whatever breaks on the way."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kernel import clock
from kernel.errors import Refused
from live.core.actors import Actor, Standing
from live.core.kinds import Words
from live.models import Event
from live.models import Words as WordsRow
from tests.laws import assert_law
from tests.shell.translation.faulty import FRAGILE, HEAVY, PLUGIN, UNSTEADY
from tests.shell.translation.talk import ROOT, SCOPE, dispatcher_of, feed, finish, speak
from tests.shell.translation.test_apertium import needs_apertium
from translation import leases, queries, services
from translation.dispatcher import PATIENCE_S, SLOW_TRIES, Dispatcher
from translation.kinds import TEXT
from translation.models import Rendering, Status, Translation

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispatcher(tmp_path: Path) -> Iterator[Dispatcher]:
    dispatcher = dispatcher_of(tmp_path, PLUGIN)
    yield dispatcher
    dispatcher.close()


def texts(lang: str) -> list[str]:
    shown = [each.key for each in feed(lang).rendered.values() if each.key]
    words = queries.words(shown)
    return [words[key].text for key in shown if key in words]


def test_each_reading_language_gets_its_text_in_its_own_feed(dispatcher: Dispatcher) -> None:
    for lang in ("es", "ca", "it"):
        services.open_feed(ROOT, lang)
    key = speak("Hola. Adiós.")
    finish(dispatcher)
    assert texts("ca") == ["HOLA. ca ADIÓS. ca"]
    assert texts("it") == ["HOLA. CA it ADIÓS. CA it"]
    assert feed("es").rendered == {}
    assert list(feed("ca").rendered) == [key]


def test_the_label_says_engine_version_and_way(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "it")
    key = speak("Hola")
    finish(dispatcher)
    assert queries.shown(ROOT, [key], "it")[key].label == {
        "status": "machine", "engine": "faulty", "version": "faulty 1", "route": "es ca it",
    }  # fmt: skip


def test_a_pair_without_a_route_is_said_to_be_missing(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "uk")
    key = speak("Hola")
    finish(dispatcher)
    assert queries.statuses(ROOT, [key]) == {key: {"uk": Status.MISSING}}
    assert (feed("uk").rendered[key].status, feed("uk").rendered[key].key) == ("missing", None)


def test_without_any_engine_every_pair_is_missing(tmp_path: Path) -> None:
    services.open_feed(ROOT, "ca")
    key = speak("Hola")
    dispatcher = dispatcher_of(tmp_path, "no.engine:Here")
    finish(dispatcher)
    dispatcher.close()
    assert queries.statuses(ROOT, [key]) == {key: {"ca": Status.MISSING}}


def test_a_text_that_hangs_is_marked_and_the_next_goes_on(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    keys = [speak(text) for text in ("Uno", "hang", "Dos", "crash", "Tres")]
    finish(dispatcher)
    found = queries.statuses(ROOT, keys)
    assert [found[key]["ca"] for key in keys] == ["machine", "failed", "machine", "failed", "machine"]
    assert texts("ca") == ["UNO ca", "DOS ca", "TRES ca"]


def test_how_late_the_texts_of_a_stream_are_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int]] = []
    dispatcher = dispatcher_of(tmp_path, PLUGIN, report=lambda root, lag_ms: told.append((root, lag_ms)))
    services.open_feed(ROOT, "ca")
    speak("Uno")
    finish(dispatcher)
    speak("Dos")
    dispatcher.turn()
    real = clock.monotonic
    monkeypatch.setattr(clock, "monotonic", lambda: real() + 7.5)
    finish(dispatcher)
    dispatcher.close()
    assert [(root, lag_ms >= 7_000) for root, lag_ms in told] == [(ROOT, False), (ROOT, True)]


def test_a_newcomer_gets_what_was_said_before(dispatcher: Dispatcher) -> None:
    speak("Uno")
    speak("Dos")
    services.open_feed(ROOT, "ca")
    finish(dispatcher)
    assert sorted(texts("ca")) == ["DOS ca", "UNO ca"]


def test_the_same_words_in_an_assembly_are_translated_once(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    services.open_feed("board.2", "ca")
    speak("Hola")
    finish(dispatcher)
    speak("Hola", root="board.2")
    speak("Hola", root="board.2", scope="assembly.2")
    finish(dispatcher)
    assert sorted(Translation.objects.values_list("scope", flat=True)) == ["assembly.1", "assembly.2"]
    assert Rendering.objects.filter(translation__scope=SCOPE).count() == 2


def test_wanting_and_opening_twice_changes_nothing(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    speak("Hola")
    services.open_feed(ROOT, "ca")
    services.want_backlog(ROOT, "ca")
    finish(dispatcher)
    finish(dispatcher)
    assert Event.objects.filter(stream__name=f"{ROOT}.text.ca").count() == 1


def test_killed_again_and_again_it_loses_nothing(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    for number in range(20):
        speak(f"Texto {number}")
        dispatcher.turn()
        if number % 5 == 0 and dispatcher._host.pid:
            os.kill(dispatcher._host.pid, signal.SIGKILL)
    finish(dispatcher)
    assert sorted(texts("ca")) == sorted(f"TEXTO {number} ca" for number in range(20))


def test_an_engine_that_every_sentence_kills_once_translates_all(tmp_path: Path) -> None:
    services.open_feed(ROOT, "ca")
    for number in range(6):
        speak(f"Texto {number}")
    dispatcher = dispatcher_of(tmp_path, FRAGILE)
    finish(dispatcher)
    assert dispatcher._host.restarts >= 6
    dispatcher.close()
    assert sorted(texts("ca")) == [f"TEXTO {number} ca" for number in range(6)]


@pytest.mark.parametrize("text", ["Durante", "slow"])
def test_a_frozen_engine_loses_nothing(tmp_path: Path, text: str) -> None:
    """Frozen before it takes the text, or over it."""
    dispatcher = dispatcher_of(tmp_path, PLUGIN, loading_s=4)
    services.open_feed(ROOT, "ca")
    speak("Antes")
    finish(dispatcher)
    process = dispatcher._host.pid
    assert process
    if text == "slow":
        speak(text)
        dispatcher.turn()
        time.sleep(0.1)
    os.kill(process, signal.SIGSTOP)
    if text != "slow":
        speak(text)
    finish(dispatcher)
    assert sorted(texts("ca")) == sorted(["ANTES ca", f"{text.upper()} ca"])
    assert dispatcher._host.pid != process
    dispatcher.close()


def test_answers_out_of_step_are_not_taken_for_others(tmp_path: Path) -> None:
    services.open_feed(ROOT, "ca")
    key = speak("Uno. Dos. Tres.")
    dispatcher = dispatcher_of(tmp_path, UNSTEADY)
    finish(dispatcher)
    dispatcher.close()
    assert queries.shown(ROOT, [key], "ca")[key].text == "UNO. ca DOS. ca TRES. ca"


def test_what_a_dead_dispatcher_held_is_claimed_by_the_next(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    speak("Hola")
    (leased,) = leases.claim(10)
    finish(dispatcher)
    assert texts("ca") == []
    Rendering.objects.filter(key=leased.key).update(leased_until=0)
    finish(dispatcher)
    assert texts("ca") == ["HOLA ca"]


def test_two_dispatchers_never_hold_the_same_row() -> None:
    services.open_feed(ROOT, "ca")
    for number in range(5):
        speak(f"Texto {number}")
    first, second = leases.claim(3), leases.claim(10)
    assert (len(first), len(second)) == (3, 2)
    assert {each.key for each in first}.isdisjoint(each.key for each in second)


def test_what_is_said_together_is_claimed_in_the_order_it_was_said_in() -> None:
    services.open_feed(ROOT, "ca")
    said = [Words(f"{chance:04d}", "es", "", "Hola", "salt") for chance in random.Random(3).sample(range(9999), 30)]
    services.want(ROOT, scope=SCOPE, words=said)
    assert [leased.words for leased in leases.claim(20)] == [word.key for word in said[:20]]


def test_what_is_being_discussed_is_claimed_before_what_is_late_and_of_that_the_newest_first() -> None:
    services.open_feed(ROOT, "ca")
    late, later, retried = (speak(text) for text in ("Hace rato", "Hace menos", "Otra vez"))
    for key, wanted_s_ago in ((late, 60), (later, 30)):
        Rendering.objects.filter(passage__words=key).update(leased_until=-clock.wall() + wanted_s_ago * 1000)
    Rendering.objects.filter(passage__words=retried).update(leased_until=clock.wall() - 1)
    now = [speak("Ahora"), speak("Ahora mismo")]
    assert [leased.words for leased in leases.claim(2)] == now
    assert [leased.words for leased in leases.claim(10)] == [retried, later, late]


def test_a_late_result_of_a_lost_lease_is_not_told_twice(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    speak("Hola")
    (leased,) = leases.claim(1)
    Rendering.objects.update(leased_until=0)
    finish(dispatcher)
    services.render([services.Finished(leased, "failed")])
    assert texts("ca") == ["HOLA ca"]


def test_a_row_that_fails_everybody_is_given_up(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    key = speak("Hola")
    Rendering.objects.update(tries=leases.MAX_TRIES)
    finish(dispatcher)
    assert queries.statuses(ROOT, [key])[key]["ca"] == Status.FAILED


def test_an_engine_that_was_too_slow_is_asked_again(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    speak("late")
    finish(dispatcher)
    assert texts("ca") == ["LATE ca"]
    assert Rendering.objects.get().tries == 2


def test_what_waits_in_a_long_line_is_kept_as_long_as_the_line_moves(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    speak("Hola")
    (leased,) = leases.claim(1)
    now = clock.monotonic()
    for came, kept in ((now, True), (now - 2 * PATIENCE_S, False)):
        Rendering.objects.update(leased_until=0)
        dispatcher._held, dispatcher._last_came = {leased.key: now - 10 * PATIENCE_S}, came
        dispatcher._poll()
        assert (leased.key in dispatcher._held, Rendering.objects.get().leased_until > 0) == (kept, kept)


def test_texts_whose_engine_did_not_load_are_wanted_again_for_as_long_as_it_takes(tmp_path: Path) -> None:
    (tmp_path / "loads").write_text("hang")
    dispatcher = dispatcher_of(tmp_path, HEAVY, loading_s=2.0)
    services.open_feed(ROOT, "ca")
    speak("Hola")
    finish(dispatcher)
    assert texts("ca") == ["HOLA ca"]
    (tmp_path / "loads").write_text("hang")
    os.kill(dispatcher._host.pid or 0, signal.SIGKILL)
    key = speak("Adiós")
    waiting = Rendering.objects.filter(status=Status.WANTED)
    waiting.update(tries=SLOW_TRIES - 1)
    finish(dispatcher)
    assert queries.statuses(ROOT, [key])[key]["ca"] == Status.WANTED
    assert (waiting.get().tries, waiting.get().leased_until > clock.wall() + 30_000) == (SLOW_TRIES - 1, True)
    (tmp_path / "loads").write_text("")
    waiting.update(leased_until=0)
    finish(dispatcher)
    assert texts("ca") == ["HOLA ca", "ADIÓS ca"]
    dispatcher.close()


def test_what_no_engine_could_do_is_tried_again_when_engines_change(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    speak("Hola")
    Rendering.objects.update(tries=leases.MAX_TRIES)
    finish(dispatcher)
    assert Rendering.objects.get().status == Status.FAILED
    assert leases.want_again() == 1
    finish(dispatcher)
    assert texts("ca") == ["HOLA ca"]


def test_erased_words_have_no_translation_left(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")
    key, other = speak("Hola"), speak("Adiós")
    finish(dispatcher)
    WordsRow.objects.filter(key=key).delete()
    services.forget([key])
    assert texts("ca") == ["ADIÓS ca"]
    assert Translation.objects.count() == 1
    assert queries.shown(ROOT, [key, other], "ca").keys() == {other}


def test_a_new_package_brings_what_was_missing(packages: Path, tmp_path: Path) -> None:
    services.open_feed(ROOT, "ca")
    folder = tmp_path / "languages"
    folder.mkdir()
    key = speak("El gato negro")
    dispatcher = dispatcher_of(folder, "argos", deadline_s=8)
    finish(dispatcher)
    assert queries.statuses(ROOT, [key])[key]["ca"] == Status.MISSING
    for path in packages.iterdir():
        (folder / path.name).symlink_to(path)
    dispatcher._next_poll = 0
    finish(dispatcher)
    dispatcher.close()
    assert texts("ca") == ["El gat negre"]
    assert (queries.shown(ROOT, [key], "ca")[key].label or {})["engine"] == "wordbook"


def test_names_of_the_assembly_survive(packages: Path) -> None:
    services.open_feed(ROOT, "ca")
    services.keep_names(SCOPE, ["El Gato", "Negro"])
    speak("Negro y El Gato y el gato negro")
    dispatcher = dispatcher_of(packages, "argos", deadline_s=8)
    finish(dispatcher)
    dispatcher.close()
    assert texts("ca") == ["Negro y El Gato y el gat negre"]


@needs_apertium
def test_five_languages_read_each_other_through_apertium(tmp_path: Path) -> None:
    for lang in ("es", "ca", "it", "en"):
        services.open_feed(ROOT, lang)
    key = speak("La escuela está cerrada.")
    dispatcher = dispatcher_of(tmp_path, "apertium", deadline_s=8)
    finish(dispatcher)
    dispatcher.close()
    shown = {lang: queries.shown(ROOT, [key], lang)[key] for lang in ("ca", "it", "en")}
    assert "escola" in shown["ca"].text
    assert "scuola" in shown["it"].text
    assert "school" in shown["en"].text
    assert [(each.label or {}).get("rough", "") for each in shown.values()] == ["", "", "yes"]


def test_a_feed_keeps_the_law_of_streams(dispatcher: Dispatcher) -> None:
    services.open_feed(ROOT, "ca")

    def talk() -> None:
        for text in ("Uno", "Dos", "refuse"):
            speak(text)
        finish(dispatcher)

    assert assert_law(f"{ROOT}.text.ca", talk) == ["text.rendered"] * 3


def test_whoever_may_read_the_stream_may_read_its_texts_and_nobody_else() -> None:
    citizen = Actor("ana", 1, "citizen", ("es",), "ca", "Ana")
    assert TEXT.standing(f"{ROOT}.text.ca", citizen) is Standing.READER
    assert TEXT.standing(f"{ROOT}.text.ca", replace(citizen, role="observer")) is Standing.READER
    assert TEXT.standing(f"{ROOT}.text.ca", replace(citizen, role="stranger")) is None


def test_a_feed_comes_into_being_when_somebody_subscribes(dispatcher: Dispatcher) -> None:
    key = speak("Hola")
    TEXT.subscribed(f"{ROOT}.text.ca")
    finish(dispatcher)
    assert list(feed("ca").rendered) == [key]


def test_a_language_that_does_not_exist_opens_no_feed() -> None:
    with pytest.raises(Refused, match=r"language\.unknown"):
        TEXT.subscribed(f"{ROOT}.text.xx")
