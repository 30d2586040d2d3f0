"""What a lock and hidden words mean at the doors: who gets in, and who is sent what."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections, transaction

from assemblies.queries import actor_of
from floor.core.commands import MemberArrive
from kernel import wire
from kernel.errors import Refused
from kernel.wire import name_of
from live import queries
from live.bus import News
from live.core import frames
from live.core.actors import Standing
from live.core.kinds import Recorded, Words, WordsShown
from live.folds import folded
from live.hub import Hub
from live.log import Published, Submission, write
from live.names import parse_name, text_feed
from live.peers import Cell
from live.registry import kind_of
from live.services import submit
from rooms import services
from rooms.commands import COMMANDS
from rooms.core.control import ContributionHidden, ContributionHide, ContributionRestore, ContributionWithdraw, RoomLock
from rooms.core.events import NoteMade
from rooms.core.types import KEPT, NoteMake
from rooms.kinds import ROOM
from rooms.models import Room
from rooms.queries import state_of
from tests.cast import Cast
from tests.factories import make_member
from tests.patience import PATIENCE_S
from tests.shell.assemblies.cast import let_in
from translation import leases
from translation import queries as translations
from translation.core.feed import Label, TextRendered
from translation.models import Passage, Rendering, Translation
from translation.services import Finished, render

pytestmark = pytest.mark.django_db
LABEL = Label(engine="fixed", version="1", route=("es", "fr"), rough=False)


def noted(room: Room, cast: Cast) -> str:
    services.open_room(room)
    submit(room.stream, NoteMake("Hola.", "es"), by=cast.ana.key)
    return state_of(room).said[0].words


def test_a_locked_room_is_open_to_those_inside_and_to_who_leads_or_reads(room: Room, cast: Cast) -> None:
    submit(room.stream, MemberArrive(cast.ana.key), by=cast.ana.key)
    submit(room.stream, RoomLock(), by=cast.fatou.key)
    found = {name: ROOM.standing(room.stream, actor) for name, actor in cast.actors().items()}
    inside = Standing.PARTICIPANT
    assert found == {"ana": inside, "bo": None, "chen": None, "fatou": inside, "otto": Standing.READER}


def test_who_is_moved_into_a_locked_room_by_a_person_is_let_in(room: Room, cast: Cast) -> None:
    locked = services.create_room(room.assembly, title="")
    submit(locked.stream, RoomLock(), by=cast.fatou.key)
    services.move_member(cast.ana, to=locked, by=cast.fatou.key)
    assert ROOM.standing(locked.stream, cast.actors()["ana"]) is Standing.PARTICIPANT


def test_a_rule_seats_nobody_past_a_lock(room: Room, cast: Cast) -> None:
    locked = services.create_room(room.assembly, title="")
    submit(locked.stream, RoomLock(), by=cast.fatou.key)
    with pytest.raises(Refused, match=r"room\.locked"):
        services.seat_members(locked, [cast.ana])


def test_the_page_of_a_locked_room_says_so(room: Room, cast: Cast) -> None:
    submit(room.stream, RoomLock(), by=cast.fatou.key)
    page = let_in(cast.bo).get(f"/m/{cast.bo.key}/room/{room.pk}/?lang=en")
    assert (page.status_code, page.templates[0].name) == (403, "rooms/locked.html")


def test_hidden_words_are_sent_to_nobody_neither_as_news_nor_as_history(room: Room, cast: Cast) -> None:
    words = noted(room, cast)
    submit(room.stream, ContributionHide(words, "insult"), by=cast.fatou.key)
    assert not any("Hola." in line.text for line in queries.lines_after(room.stream, 0, limit=500))
    assert queries.words([words]) == {}


def test_words_shown_again_come_with_the_event_that_says_so(room: Room, cast: Cast) -> None:
    words = noted(room, cast)
    submit(room.stream, ContributionHide(words, "insult"), by=cast.fatou.key)
    written = write([Submission(room.stream, ContributionRestore(words), cast.fatou.key)])
    assert ["Hola." in line.text for line in written.published[0].lines] == [True]


def test_facilitators_of_the_room_still_read_hidden_words_and_nobody_else_does(room: Room, cast: Cast) -> None:
    words = noted(room, cast)
    submit(room.stream, ContributionHide(words, "private"), by=cast.fatou.key)
    members = {"ana": cast.ana, "bo": cast.bo, "chen": cast.chen, "otto": cast.otto, "fatou": cast.fatou}
    asked = {
        name: let_in(member).get(f"/m/{member.key}/room/{room.pk}/hidden/{words}/") for name, member in members.items()
    }
    assert {name: page.status_code for name, page in asked.items()} == {
        "ana": 404, "bo": 404, "chen": 404, "otto": 404, "fatou": 200,
    }  # fmt: skip
    assert asked["fatou"].json() == {"text": "Hola.", "lang": "es"}


def test_what_its_author_took_back_facilitators_do_not_read_either(room: Room, cast: Cast) -> None:
    words = noted(room, cast)
    submit(room.stream, ContributionWithdraw(words), by=cast.ana.key)
    page = let_in(cast.fatou).get(f"/m/{cast.fatou.key}/room/{room.pk}/hidden/{words}/")
    assert page.status_code == 404


WITHDRAW = name_of(ContributionWithdraw)


def test_the_door_for_taking_words_back_is_open_to_their_author_wherever_they_sit_and_to_no_other_outsider(
    room: Room, cast: Cast
) -> None:
    words = noted(room, cast)
    services.move_member(cast.ana, to=services.create_room(cast.assembly))
    name, door = parse_name(room.stream), COMMANDS[WITHDRAW]
    asked = {key: door.may(actor, name, ContributionWithdraw(words)) for key, actor in cast.actors().items()}
    assert asked == {"ana": True, "bo": True, "chen": False, "fatou": True, "otto": False}
    submit(room.stream, ContributionWithdraw(words), by=cast.ana.key)
    assert state_of(room).said[0].withdrawn


def test_a_scribe_takes_back_what_their_person_said_in_a_room_they_have_left(room: Room, cast: Cast) -> None:
    words = noted(room, cast)
    pen = make_member(cast.assembly, "Pen", role="scribe")
    cast.ana.scribe = pen
    cast.ana.save()
    services.move_member(cast.ana, to=services.create_room(cast.assembly))
    assert COMMANDS[WITHDRAW].may(actor_of(pen), parse_name(room.stream), ContributionWithdraw(words))
    submit(room.stream, ContributionWithdraw(words), by=pen.key)
    assert state_of(room).said[0].withdrawn


def test_words_older_than_the_room_remembers_are_withheld_shown_again_and_taken_back(room: Room, cast: Cast) -> None:
    words = noted(room, cast)
    write([Submission(room.stream, NoteMake(f"{number}", "fr"), cast.bo.key) for number in range(KEPT)])
    submit(room.stream, ContributionHide(words, "insult"), by=cast.fatou.key)
    page = f"/m/{cast.fatou.key}/room/{room.pk}/hidden/{words}/"
    assert (queries.words([words]), let_in(cast.fatou).get(page).status_code) == ({}, 200)
    submit(room.stream, ContributionRestore(words), by=cast.fatou.key)
    assert queries.words([words])[words].text == "Hola."
    submit(room.stream, ContributionWithdraw(words), by=cast.ana.key)
    assert (queries.words([words]), let_in(cast.fatou).get(page).status_code) == ({}, 404)
    with pytest.raises(Refused, match=r"said\.withdrawn"):
        submit(room.stream, ContributionRestore(words), by=cast.fatou.key)


def test_words_of_another_room_are_unknown_here(room: Room, cast: Cast) -> None:
    words = noted(room, cast)
    other = services.create_room(cast.assembly)
    with pytest.raises(Refused, match=r"said\.unknown"):
        submit(other.stream, ContributionHide(words, "insult"), by=cast.fatou.key)


def test_hidden_words_are_in_no_translation_either(room: Room, cast: Cast) -> None:
    words = noted(room, cast)
    text = Translation.objects.create(scope="s", digest="d", source="es", target="fr", recipe="r", text="Salut.")
    passage = Passage.objects.get(words=words)
    Rendering.objects.filter(passage=passage, target="fr").update(translation=text, status="machine")
    shown = translations.shown(room.stream, [words], "fr")
    submit(room.stream, ContributionHide(words, "insult"), by=cast.fatou.key)
    assert ([each.text for each in shown.values()], translations.shown(room.stream, [words], "fr")) == (["Salut."], {})


def test_a_translation_that_comes_after_its_words_were_taken_back_is_sent_to_nobody(
    room: Room, cast: Cast, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = noted(room, cast)
    leased = leases.claim(10)
    submit(room.stream, ContributionWithdraw(words), by=cast.ana.key)
    told: list[str] = []
    monkeypatch.setattr("translation.services.announce", lambda published: told.extend(_texts(published)))
    with django_capture_on_commit_callbacks(execute=True):
        render([Finished(each, "machine", recipe="r", text="Salut.", label=LABEL) for each in leased])
    assert (len(told), [text for text in told if "Salut." in text]) == (len(leased), [])


def test_hidden_words_wait_for_their_translation_until_they_are_shown_again(room: Room, cast: Cast) -> None:
    words = noted(room, cast)
    submit(room.stream, ContributionHide(words, "mistake"), by=cast.fatou.key)
    hidden = leases.claim(10)
    submit(room.stream, ContributionRestore(words), by=cast.fatou.key)
    assert (hidden, {each.text for each in leases.claim(10)}) == ([], {"Hola."})


@pytest.mark.parametrize("served", [["room.1", "room.1.text.fr"], ["room.1.text.fr"]])
async def test_nothing_hidden_is_kept_ready_whatever_a_process_serves_and_however_it_hears(served: list[str]) -> None:
    hub = Hub()
    for name in served:
        kind = kind_of(name)[1]
        cell = Cell(name, kind, folded(kind, kind.initial(), 0, 0, ""))
        cell.lines.append(frames.line(0, "Salut."))
        hub.cells[name] = cell
        hub.rooted["room.1"].add(name)
    said = NoteMade(Words("w", "es", "d"), "ana")
    hidden = _frame(2, ContributionHidden("w", "insult"), {})
    hub._from_bus(News([_frame(1, said, {"w": WordsShown("Hola.", "es")}), hidden]))
    kept = [line.text for cell in hub.cells.values() for line in cell.lines]
    await hub.stop()
    assert kept == []


async def test_a_text_made_ready_before_its_words_were_withheld_is_not_passed_on_after(
    transactional_db: None, cast: Cast, room: Room
) -> None:
    """Two processes: the one that hides is heard here before the one that translated."""
    words = await sync_to_async(noted)(room, cast)
    (leased,) = [each for each in await sync_to_async(leases.claim)(10) if each.target == "fr"]
    hub, feed = Hub(), text_feed(room.stream, "fr")
    cell = await hub._cell(feed)
    await sync_to_async(submit)(room.stream, ContributionHide(words, "insult"), by=cast.fatou.key)
    await sync_to_async(render)([Finished(leased, "machine", recipe="r", text="Salut.", label=LABEL)])
    hidden = _frame(9, ContributionHidden(words, "insult"), {}, room.stream)
    late = _frame(1, TextRendered(words, leased.key, "machine", LABEL), {leased.key: WordsShown("Salut.", "fr")}, feed)
    hub._from_bus(News([hidden, late]))
    await asyncio.gather(*hub._tasks)
    kept = [line.text for line in cell.lines]
    await hub.stop()
    await sync_to_async(connections.close_all)()
    assert ([leased.key in text for text in kept], ["Salut." in text for text in kept]) == ([True], [False])


@pytest.mark.django_db(transaction=True)
def test_a_translation_waits_for_the_hiding_that_goes_on_and_is_told_without_its_text(
    room: Room, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = noted(room, cast)
    finished = [Finished(each, "machine", recipe="r", text="Salut.", label=LABEL) for each in leases.claim(10)]
    told: list[str] = []
    monkeypatch.setattr("translation.services.announce", lambda published: told.extend(_texts(published)))
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            submit(room.stream, ContributionHide(words, "insult"), by=cast.fatou.key)
            rendered = other.submit(_elsewhere, render, finished)
            with pytest.raises(TimeoutError):
                rendered.result(timeout=0.5)
        rendered.result(timeout=PATIENCE_S)
    assert (len(told), [text for text in told if "Salut." in text]) == (len(finished), [])


@pytest.mark.django_db(transaction=True)
def test_a_hiding_waits_for_the_translation_that_is_being_stored(room: Room, cast: Cast) -> None:
    words = noted(room, cast)
    finished = [Finished(each, "machine", recipe="r", text="Salut.", label=LABEL) for each in leases.claim(10)]
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            render(finished)
            hiding = other.submit(
                _elsewhere, partial(submit, by=cast.fatou.key), room.stream, ContributionHide(words, "insult")
            )
            with pytest.raises(TimeoutError):
                hiding.result(timeout=0.5)
        hiding.result(timeout=PATIENCE_S)
    assert queries.words([words]) == {}


def _elsewhere(act: Callable[..., object], *args: object) -> None:
    """On a connection of its own."""
    try:
        act(*args)
    finally:
        connections.close_all()


def _texts(published: Sequence[Published]) -> list[str]:
    return [line.text for each in published for line in each.lines]


def _frame(seq: int, event: Any, words: dict[str, WordsShown], stream: str = "room.1") -> str:
    record: Recorded[Any] = Recorded(stream, seq, 1, "ana", event)
    return frames.event_frame(record, wire.canonical(wire.encode(event)), words)
