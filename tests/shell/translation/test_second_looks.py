"""What is shown already is looked at again when there is time: marked where it comes back as something else."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from live.models import Event
from tests.laws import assert_law
from tests.patience import PATIENCE_S
from tests.shell.translation.faulty import BACK_AND_FORTH
from tests.shell.translation.talk import ROOT, dispatcher_of, feed, finish, speak
from translation import queries, second_looks, services
from translation.core.doubt import Doubt
from translation.core.queue import Urgency
from translation.dispatcher import Dispatcher
from translation.models import Rendering, Status
from translation.relay import Job

pytestmark = pytest.mark.django_db

SOUND, WRONG = "Queremos árboles.", "Queremos parques."
"""The engine is not quite sure of both, and brings the second back as something else."""


@pytest.fixture
def dispatcher(tmp_path: Path) -> Iterator[Dispatcher]:
    for root in (ROOT, "board.2"):
        services.open_feed(root, "ca")
    dispatcher = dispatcher_of(tmp_path, BACK_AND_FORTH)
    yield dispatcher
    dispatcher.close()


def look(dispatcher: Dispatcher) -> None:
    """Turn until nothing is looked at any more."""
    finish(dispatcher)
    end = time.monotonic() + PATIENCE_S
    while dispatcher._second_looks.under_way and time.monotonic() < end:
        time.sleep(0.002)
        dispatcher.turn()
    assert not dispatcher._second_looks.under_way


def told(root: str = ROOT) -> list[tuple[str, Mapping[str, object]]]:
    return list(Event.objects.filter(stream__name=f"{root}.text.ca").order_by("seq").values_list("kind", "data"))


def doubts(key: str, root: str = ROOT) -> tuple[str, ...]:
    label = feed("ca", root).rendered[key].label
    assert label is not None
    return label.doubts


def test_what_comes_back_as_something_else_is_marked_later_wherever_it_is_shown(dispatcher: Dispatcher) -> None:
    here, there = speak(WRONG), speak(WRONG, root="board.2")
    look(dispatcher)
    assert [kind for kind, _ in told()] == ["text.rendered", "text.doubted"]
    assert doubts(here) == doubts(there, "board.2") == (Doubt.MEANING,)
    assert (queries.shown(ROOT, [here], "ca")[here].label or {})["doubts"] == Doubt.MEANING
    again = speak(WRONG)
    finish(dispatcher)
    assert doubts(again) == (Doubt.MEANING,)


def test_what_comes_back_as_it_went_is_cleared_and_nobody_hears_of_it(
    dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[Job] = []
    bring = dispatcher._relay.bring

    def noted(job: Job) -> None:
        jobs.append(job)
        bring(job)

    monkeypatch.setattr(dispatcher._relay, "bring", noted)
    key = speak(SOUND)
    look(dispatcher)
    assert jobs[-1].urgency is Urgency.SECOND_LOOK
    assert [kind for kind, _ in told()] == ["text.rendered"]
    assert doubts(key) == ()


def test_while_there_is_much_to_do_nothing_is_looked_at_again(
    dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_looks, "MOST_HELD", -1)
    key = speak(WRONG)
    finish(dispatcher)
    assert dispatcher._second_looks.under_way == 0
    assert doubts(key) == ()


def test_only_so_many_looks_are_on_their_way(dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_looks, "MOST_LOOKS", 0)
    speak(WRONG)
    finish(dispatcher)
    assert dispatcher._second_looks.under_way == 0


def test_a_mark_is_made_once_and_never_on_a_persons_text(dispatcher: Dispatcher) -> None:
    speak(SOUND)
    look(dispatcher)
    rendering = Rendering.objects.get()
    for _ in range(2):
        services.doubt_further(rendering.key, Doubt.MEANING)
    assert [kind for kind, _ in told()] == ["text.rendered", "text.doubted"]
    Rendering.objects.update(status=Status.HUMAN)
    services.doubt_further(rendering.key, Doubt.NUMBER)
    services.doubt_further("gone", Doubt.NUMBER)
    assert len(told()) == 2


def test_a_mark_that_comes_later_keeps_the_law_of_streams(dispatcher: Dispatcher) -> None:
    def talk() -> None:
        speak(WRONG)
        look(dispatcher)

    assert assert_law(f"{ROOT}.text.ca", talk) == ["text.rendered", "text.doubted"]
