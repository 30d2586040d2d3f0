"""What must survive does, or the translation is marked: through real engines, whatever stands around it."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bench import parallel
from tests.shell.translation.test_apertium import needs_apertium
from tests.skips import NO_PARALLEL_TEXTS
from translation.core.doubt import Doubt
from translation.core.glossary import Term
from translation.core.queue import Urgency
from translation.core.routes import Route, best_route
from translation.host import Configuration, EngineHost
from translation.relay import Job, Outcome, Relay
from translation.scheduler import Scheduler

NAMES = ("Núria Vidal", "أحمد", "O'Neil", "Mar", "Jean-Luc")
PLACE = Term({"ca": ("Plaça de la Vila", "Can Batlló")})
TERMS = (PLACE, Term({"es": ("gato", "gatos"), "ca": ("felí", "felins"), "fr": ("félin", "félins")}))
FLAG = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
KEPT = (
    "https://ejemplo.org/a_b?c=1&d=[2]", "www.ejemplo.org/casa", "casa.comun@ejemplo.org", "@marta.roca",
    "#agua_limpia", "👍🏽", "👩\u200d👩\u200d👧", FLAG, "1\ufe0f\u20e3", "→", "plan_final",
    "acta-2.pdf", "<strong>", "</strong>", '<a href="https://a.org/x">', "</a>", "&nbsp;", *NAMES, *PLACE.forms["ca"],
)  # fmt: skip
NUMBERS = (
    "3",
    "2019",
    "3.000",
    "1.250.000",
    "3,5",
    "12:30",
    "3.000 €",
    "1,5 %",
    "31.12.2019",
    "4x4",
    "§ 12",
    "-5",
    "2030-2035",
)
WORDS = ("el", "gato", "negro", "duerme", "no", "la", "escuela", "casa", "y", "de")
MARKS = (".", "?", "!", "…", ",", ":", "")
BULLETS = ("- ", "• ", "1. ", "b) ", "")
Bring = Callable[[str, str], Outcome]


class Office:
    """A relay over real engines, asked and waited for."""

    def __init__(self, packages: Path, engine: str) -> None:
        self.host = EngineHost(Configuration(packages, (engine,), deadline_s=20))
        self.scheduler = Scheduler(self.host)
        self.relay = Relay(self.scheduler)
        self.hops = self.host.hops()

    def bring(self, text: str, target: str) -> Outcome:
        """`text` from Spanish, with the names and terms above."""
        arrived, outcomes = threading.Event(), []
        route = best_route("es", target, self.hops)
        assert route is not None
        routes: Mapping[str, Route] = {target: route}

        def note(lang: str, outcome: Outcome) -> None:
            outcomes.append(outcome)
            arrived.set()

        self.relay.bring(Job(text, "es", NAMES, routes, "room.1", Urgency.LIVE, note, TERMS))
        assert arrived.wait(60)
        return outcomes[0]


@pytest.fixture(scope="module")
def by_words(packages: Path) -> Iterator[Bring]:
    office = Office(packages, "argos")
    yield office.bring
    office.scheduler.close()


@pytest.fixture(scope="module")
def by_rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bring]:
    office = Office(tmp_path_factory.mktemp("none"), "apertium")
    yield office.bring
    office.scheduler.close()


def sentences() -> st.SearchStrategy[str]:
    """Words with what must survive among them, a mark at the end."""
    parts = st.lists(st.sampled_from((*WORDS, *WORDS, *KEPT, *NUMBERS)), min_size=1, max_size=9).map(" ".join)
    return st.builds("{}{}".format, parts, st.sampled_from(MARKS))


texts = st.lists(st.builds("{}{}".format, st.sampled_from(BULLETS), sentences()), min_size=1, max_size=4).map("\n".join)
few = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def bare(text: str) -> str:
    """Without the isolates around what runs the other way."""
    return re.sub("[\u2068\u2069]", "", text)


def lost(before: str, after: str) -> list[str]:
    """What stands less often in the translation."""
    return [each for each in KEPT if before.count(each) > after.count(each)]


def assert_survived(before: str, outcome: Outcome) -> None:
    assert outcome.text is not None, outcome.failed
    after = bare(outcome.text)
    assert lost(before, after) == [] or Doubt.NAME in outcome.doubts, (before, after)
    digits = [Counter(re.findall(r"\d+", text)) for text in (before, after)]
    assert digits[0] == digits[1] or {Doubt.NUMBER, Doubt.DATE} & outcome.doubts, (before, after)
    assert after.count("\n") == before.count("\n")
    assert [line[:1] for line in after.split("\n") if line[:1] in "-•"] == [
        line[:1] for line in before.split("\n") if line[:1] in "-•"
    ]
    assert not re.search("[\ue000-\uf8ff]", after)


@few
@given(text=texts)
def test_whatever_must_survive_does_word_for_word(by_words: Bring, text: str) -> None:
    assert_survived(text, by_words(text, "ca"))


@needs_apertium
@few
@given(text=texts, target=st.sampled_from(["ca", "fr"]))
def test_whatever_must_survive_does_by_rules_over_one_hop_and_two(by_rules: Bring, text: str, target: str) -> None:
    assert_survived(text, by_rules(text, target))


@needs_apertium
@pytest.mark.skipif(parallel.folder() is None, reason=NO_PARALLEL_TEXTS)
def test_what_must_survive_does_in_news(by_rules: Bring) -> None:
    """Real sentences, each with two things put between its words."""
    silent = []
    for number, row in enumerate(parallel.news()[:150]):
        words = row["es"].split(" ")
        things = (KEPT[number % len(KEPT)], KEPT[(number * 7 + 3) % len(KEPT)])
        third = len(words) // 3
        text = " ".join([*words[:third], things[0], *words[third : 2 * third], things[1], *words[2 * third :]])
        outcome = by_rules(text, "ca")
        if lost(text, bare(outcome.text or "")) and Doubt.NAME not in outcome.doubts:
            silent.append((text, outcome.text))
    assert silent == []


def test_a_term_is_put_and_a_name_stays(by_words: Bring) -> None:
    assert by_words("El gato negro duerme.", "ca").text == "El felí negre dorm."
    assert by_words("Can Batlló duerme. El gato no.", "ca").text == "Can Batlló dorm. El felí no."


def test_a_right_to_left_name_keeps_to_itself(by_words: Bring) -> None:
    assert by_words("أحمد duerme.", "ca").text == "\u2068أحمد\u2069 dorm."
