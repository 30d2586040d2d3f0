"""A text reaches several languages over shared hops, whatever its form."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S
from tests.shell.translation.faulty import PLUGIN
from translation.core.doubt import Doubt
from translation.core.glossary import Term
from translation.core.queue import Urgency
from translation.core.routes import Route, best_route
from translation.host import Configuration, EngineHost
from translation.relay import Job, Outcome, Relay
from translation.scheduler import Request, Scheduler


class Office:
    """A relay over the faulty engine, asked and waited for."""

    def __init__(self, packages: Path) -> None:
        self.host = EngineHost(Configuration(packages, (PLUGIN,), deadline_s=1.5))
        self.scheduler = Scheduler(self.host)
        self.relay = Relay(self.scheduler)

    def routes(self, *targets: str) -> Mapping[str, Route]:
        found = {target: best_route("es", target, self.host.hops()) for target in targets}
        return {target: route for target, route in found.items() if route}

    def bring(
        self, text: str, *targets: str, names: tuple[str, ...] = (), terms: tuple[Term, ...] = ()
    ) -> dict[str, Outcome]:
        outcomes: dict[str, Outcome] = {}
        complete = threading.Event()

        def arrived(target: str, outcome: Outcome) -> None:
            outcomes[target] = outcome
            if len(outcomes) == len(targets):
                complete.set()

        self.relay.bring(Job(text, "es", names, self.routes(*targets), "room.1", Urgency.LIVE, arrived, terms))
        assert complete.wait(PATIENCE_S)
        return outcomes


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.scheduler.close()


def test_lines_lists_and_links_stay_where_they_are(office: Office) -> None:
    outcomes = office.bring("Uno. Dos!\n\n- tres 3\n👍", "ca")
    assert outcomes["ca"].text == "UNO. ca DOS! ca\n\n- TRES 3 ca\n👍"


def test_the_pivot_is_computed_once(office: Office) -> None:
    outcomes = office.bring("Hola", "ca", "it", "fr")
    assert {target: outcome.text for target, outcome in outcomes.items()} == {
        "ca": "HOLA ca",
        "it": "HOLA CA it",
        "fr": "HOLA fr",
    }


def test_the_second_hop_of_a_text_is_as_old_as_the_first(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    put: list[Request] = []
    monkeypatch.setattr(office.scheduler, "put", put.append)
    job = Job("Hola", "es", (), office.routes("it"), "room.1", Urgency.LIVE, lambda target, outcome: None)
    office.relay.bring(job)
    time.sleep(0.02)
    put[0].done(["HOLA ca"])
    assert [request.hop.pair for request in put] == [("es", "ca"), ("ca", "it")]
    assert 0 < put[0].since == put[1].since


def test_what_is_remembered_needs_no_engine(office: Office) -> None:
    office.bring("Hola", "ca")
    office.host.close()
    assert office.bring("Hola", "ca")["ca"].text == "HOLA ca"


def test_without_an_engine_the_answer_is_later(office: Office) -> None:
    office.routes("ca")
    routes = office.routes("ca")
    office.host.close()
    outcomes: list[Outcome] = []
    arrived = threading.Event()

    def note(target: str, outcome: Outcome) -> None:
        outcomes.append(outcome)
        arrived.set()

    job = Job("Hola", "es", (), routes, "room.1", Urgency.LIVE, note)
    office.relay.bring(job)
    assert arrived.wait(PATIENCE_S)
    assert outcomes[0].later


def test_one_sentence_that_hangs_fails_its_text_only(office: Office) -> None:
    assert office.bring("Uno. Hang. Dos.", "ca")["ca"].failed == "hung"
    assert office.bring("Uno. Dos.", "ca")["ca"].text == "UNO. ca DOS. ca"


def test_a_text_without_letters_arrives_as_it_is(office: Office) -> None:
    assert office.bring("42 👍", "ca")["ca"].text == "42 👍"


def test_a_text_beyond_all_measure_is_not_translated(office: Office) -> None:
    assert office.bring("a" * 6000, "ca")["ca"].failed == "too long"


def test_doubts_travel_with_the_text(office: Office) -> None:
    assert office.bring("Costará 3.000 euros", "ca", names=("Ana",))["ca"].doubts == frozenset()


def test_what_an_engine_is_much_less_sure_of_than_usual_is_doubtful(office: Office) -> None:
    for _ in "made", "remembered":
        outcomes = office.bring("Hola. Unsure", "ca", "it", "fr")
        assert outcomes["ca"].text == "HOLA. ca UNSURE ca"
        assert {lang: outcome.doubts for lang, outcome in outcomes.items()} == dict.fromkeys(
            ("ca", "it", "fr"), frozenset({Doubt.UNSURE})
        )
    assert office.bring("Hola.", "ca")["ca"].doubts == frozenset()


def test_agreed_terms_reach_each_language_as_agreed(office: Office) -> None:
    term = Term({"es": ("hola",), "ca": ("bon dia",), "it": ("buongiorno",)})
    outcomes = office.bring("Hola", "ca", "it", "fr", terms=(term,))
    assert outcomes["ca"].text == "BON DIA ca"
    assert "BUONGIORNO" in str(outcomes["it"].text)
    assert outcomes["fr"].text == "HOLA fr"
    assert [bool(outcomes[lang].glossary) for lang in ("ca", "it", "fr")] == [True, True, False]
