"""Lanes in front of whoever translates: nothing twice, nothing held up by a server, in a hurry when people wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

import pytest

from tests.patience import PATIENCE_S
from translation.core.hops import Hop, Kind
from translation.core.queue import HURRY_S, MAX_BATCH, Urgency
from translation.engine import Answer, EngineDown, Failure
from translation.host import EngineHost
from translation.scheduler import Request, Scheduler

ES_CA = Hop("faulty", "es", "ca", "1", Kind.NEURAL)
ES_FR = replace(ES_CA, target="fr")
AFAR = replace(ES_CA, engine="server")


class Host:
    """In the place of an `EngineHost`: answers in capitals, when it is let."""

    remote = True

    def __init__(self) -> None:
        self.asked: list[tuple[Hop, list[str], bool]] = []
        self.gates: dict[Hop, threading.Event] = {}

    def is_remote(self, hop: Hop) -> bool:
        return hop.engine == AFAR.engine

    def translate(self, hop: Hop, texts: Sequence[str], *, hurry: bool = False) -> list[Answer]:
        self.asked.append((hop, list(texts), hurry))
        if hop in self.gates:
            assert self.gates[hop].wait(PATIENCE_S)
        if "gone" in texts:
            raise EngineDown
        return [Failure("refused") if text == "refuse" else text.upper() for text in texts]

    def close(self) -> None:
        """Let everybody go."""
        for gate in self.gates.values():
            gate.set()


class Waiter:
    """Takes answers, in the order in which they come."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler
        self.came: list[tuple[str, list[Answer] | None]] = []
        self._changed = threading.Condition()

    def ask(self, name: str, hop: Hop, *sentences: str, urgency: Urgency = Urgency.LIVE) -> None:
        def done(answers: list[Answer] | None) -> None:
            with self._changed:
                self.came.append((name, answers))
                self._changed.notify_all()

        self.scheduler.put(Request(hop, sentences, name, urgency, done))

    def wait(self, count: int) -> dict[str, list[Answer] | None]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.came) >= count, PATIENCE_S)
        return dict(self.came)


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def people(host: Host) -> Iterator[Waiter]:
    scheduler = Scheduler(cast(EngineHost, host))
    yield Waiter(scheduler)
    scheduler.close()


def sentences_asked(host: Host, hop: Hop = ES_CA) -> list[str]:
    return [text for asked, texts, _ in list(host.asked) if asked == hop for text in texts]


def test_a_sentence_that_is_on_its_way_is_not_asked_for_again(host: Host, people: Waiter) -> None:
    host.gates[ES_CA] = threading.Event()
    for name in "abc":
        people.ask(name, ES_CA, "hola", f"soy {name}")
    host.gates[ES_CA].set()
    assert people.wait(3) == {name: ["HOLA", f"SOY {name.upper()}"] for name in "abc"}
    people.ask("d", ES_CA, "hola", urgency=Urgency.DRAFT)
    assert people.wait(4)["d"] == ["HOLA"]
    assert sorted(sentences_asked(host)) == ["hola", "soy a", "soy b", "soy c"]


def test_what_failed_is_asked_for_again_and_what_came_is_kept(host: Host, people: Waiter) -> None:
    people.ask("a", ES_CA, "hola", "refuse")
    people.wait(1)
    people.ask("b", ES_CA, "refuse")
    assert people.wait(2)["b"] == [Failure("refused")]
    assert sentences_asked(host) == ["hola", "refuse", "refuse"]


def test_what_was_typed_ahead_is_there_when_it_is_sent(host: Host, people: Waiter) -> None:
    people.ask("typed", ES_CA, "Uno.", "Dos.", urgency=Urgency.TYPED)
    people.wait(1)
    people.ask("sent", ES_CA, "Uno.", "Dos.", "Tres.")
    assert people.wait(2)["sent"] == ["UNO.", "DOS.", "TRES."]
    assert sentences_asked(host) == ["Uno.", "Dos.", "Tres."]


def test_a_long_text_goes_in_parts_and_arrives_whole(host: Host, people: Waiter) -> None:
    sentences = [f"{number} {'x' * 300}" for number in range(30)]
    people.ask("a", ES_CA, *sentences)
    assert people.wait(1)["a"] == [sentence.upper() for sentence in sentences]
    assert max(sum(map(len, texts)) for _, texts, _ in host.asked) <= MAX_BATCH


def test_a_long_text_of_which_a_part_finds_nobody_there_waits_whole(host: Host, people: Waiter) -> None:
    people.ask("a", ES_CA, *[f"{number} {'x' * 300}" for number in range(30)], "gone")
    assert people.wait(1)["a"] is None


def test_a_server_that_hangs_holds_up_no_engine_of_this_machine(host: Host, people: Waiter) -> None:
    far = [replace(AFAR, target=target) for target in ("ca", "fr", "it", "pt")]
    host.gates = {hop: threading.Event() for hop in far}
    for hop in far:
        people.ask(hop.target, hop, "hola")
    people.ask("here", ES_CA, "hola")
    assert people.wait(1) == {"here": ["HOLA"]}


def test_engines_are_told_to_hurry_when_speech_has_waited(host: Host, people: Waiter) -> None:
    host.gates[ES_CA] = threading.Event()
    people.ask("a", ES_CA, "uno")
    while not host.asked:
        time.sleep(0.005)
    people.ask("b", ES_CA, "dos")
    time.sleep(HURRY_S + 0.05)
    host.gates[ES_CA].set()
    people.wait(2)
    assert [hurry for _, _, hurry in host.asked] == [False, True]


def test_fifty_rooms_at_the_same_instant_are_served_in_turn(host: Host, people: Waiter) -> None:
    host.gates[ES_CA] = threading.Event()
    people.ask("first", ES_CA, "hola")
    for number in range(60):
        people.ask("loud", ES_CA, f"{number} {'x' * 1000}")
    for room in range(50):
        people.ask(f"room {room}", ES_CA, f"hola {room}")
    host.gates[ES_CA].set()
    people.wait(1 + 60 + 50)
    last_room = max(at for at, (name, _) in enumerate(people.came) if name.startswith("room"))
    assert [name for name, _ in people.came[:last_room]].count("loud") < 3


def test_a_listener_that_breaks_costs_only_itself(host: Host, people: Waiter) -> None:
    def broken(answers: Any) -> None:
        raise ValueError

    people.scheduler.put(Request(ES_FR, ["uno"], "a", Urgency.LIVE, broken))
    people.ask("b", ES_FR, "dos")
    assert people.wait(1) == {"b": ["DOS"]}
