"""The organiser plans the run of show and drives the sitting on a page that needs no JavaScript."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from live.models import Event
from rooms.models import Room
from rooms.services import create_room
from sittings.core.types import SittingState
from sittings.queries import state_of
from tests.shell.assemblies.cast import Cast, cast, signed_in
from translation.models import Rendering

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/organise/sundays/sitting/"


@pytest.fixture
def people() -> Cast:
    made = cast()
    create_room(made.assembly)
    create_room(made.assembly)
    return made


@pytest.fixture
def ana(people: Cast) -> Client:
    return signed_in(people.organiser)


def state(people: Cast) -> SittingState:
    return state_of(people.assembly.pk)


def kinds(people: Cast) -> list[str]:
    return [step.plan.kind for step in state(people).agenda]


def do(ana: Client, act: str, **fields: str) -> int:
    return ana.post(f"{PAGE}{act}/", fields).status_code


def test_a_template_is_filled_in_and_its_steps_are_moved_and_taken_out(people: Cast, ana: Client) -> None:
    assert do(ana, "fill", template="short") == 302
    assert kinds(people) == ["introduction", "round", "discussion", "vote"]
    key = state(people).agenda[2].key
    do(ana, "earlier", step=key)
    do(ana, "drop", step=state(people).agenda[0].key)
    assert kinds(people) == ["discussion", "round", "vote"]
    do(ana, "later", step=key)
    assert kinds(people) == ["round", "discussion", "vote"]


def test_a_step_is_added_and_planned_differently(people: Cast, ana: Client) -> None:
    new = {"kind": "exercise", "minutes": "8", "title": "Mapa", "mode": "free", "turn": "", "screen": "",
           "text": "Dibujad un mapa.\r\nEn cinco minutos."}  # fmt: skip
    assert ana.post(f"{PAGE}step/", new).status_code == 302
    step = state(people).agenda[0]
    prefix = {f"{step.key}-{name}": value for name, value in new.items()}
    again = {**prefix, "change": step.key, f"{step.key}-step": step.key, f"{step.key}-minutes": "9"}
    assert ana.post(f"{PAGE}step/", again).status_code == 302
    assert state(people).agenda[0].plan.planned_ms == 540_000
    assert (state(people).agenda[0].title, state(people).agenda[0].text) == (step.title, step.text)


def test_an_exercise_says_what_to_do_in_every_language_and_its_text_is_mended_while_it_goes_on(
    people: Cast, ana: Client
) -> None:
    exercise = {"kind": "exercise", "minutes": "8", "title": "", "mode": "", "turn": "", "screen": ""}
    assert ana.post(f"{PAGE}step/", exercise).status_code == 409
    assert ana.post(f"{PAGE}step/", {**exercise, "text": "Dibujad un mapa."}).status_code == 302
    step = state(people).agenda[0]
    wanted = Rendering.objects.filter(passage__words=step.text).values_list("target", flat=True)
    assert set(wanted) == {"ca", "fr", "pt"}
    do(ana, "begin")
    changed = {"change": step.key, f"{step.key}-step": step.key, f"{step.key}-text": "Dibujad dos mapas."}
    assert ana.post(f"{PAGE}step/", changed).status_code == 302
    page = ana.get(PAGE).content.decode()
    assert ("Dibujad dos mapas." in page, "Dibujad un mapa." in page) == (True, False)
    assert ana.post(f"{PAGE}step/", {**changed, f"{step.key}-text": ""}).status_code == 409


def test_what_is_wrong_is_said_and_kept(people: Cast, ana: Client) -> None:
    answer = ana.post(f"{PAGE}step/", {"kind": "round", "minutes": "0", "title": "Ronda", "turn": "5"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'value="Ronda"' in page
    assert page.count('class="wrong"') == 2
    assert kinds(people) == []


def test_the_sitting_begins_goes_on_and_ends_in_all_rooms(people: Cast, ana: Client) -> None:
    do(ana, "fill", template="short")
    assert do(ana, "begin") == 302
    assert set(Room.objects.values_list("stage", flat=True)) == {"open"}
    first = state(people).agenda[0].key
    ends_at = state(people).ends_at or 0
    do(ana, "extend", step=first)
    assert state(people).ends_at == ends_at + 60_000
    do(ana, "next", step=first)
    assert set(Room.objects.values_list("step", flat=True)) == {state(people).agenda[1].key}
    do(ana, "close", minutes="5")
    assert state(people).closes_at is not None
    do(ana, "keep")
    do(ana, "close", minutes="0")
    assert set(Room.objects.values_list("stage", flat=True)) == {"closed"}
    assert do(ana, "prepare") == 302
    assert state(people).number == 2


def test_a_refusal_says_so_and_changes_nothing(people: Cast, ana: Client) -> None:
    assert do(ana, "begin") == 409
    assert do(ana, "close", minutes="soon") == 409
    do(ana, "fill", template="short")
    do(ana, "begin")
    assert do(ana, "drop", step=state(people).agenda[0].key) == 409
    assert do(ana, "explode") == 404


def test_a_message_bears_the_account_that_sent_it(people: Cast, ana: Client) -> None:
    assert ana.post(f"{PAGE}message/", {"message-text": "Volvemos a las once."}).status_code == 302
    assert Event.objects.get(kind="message.sent").by == f"account.{people.organiser.pk}"
    assert ana.post(f"{PAGE}message/", {"message-text": " "}).status_code == 400


def test_steps_that_have_begun_have_no_buttons(people: Cast, ana: Client) -> None:
    do(ana, "fill", template="short")
    before = len(re.findall(r"sitting/(?:earlier|later|drop)/", ana.get(PAGE).content.decode()))
    do(ana, "begin")
    page = ana.get(PAGE).content.decode()
    assert before - len(re.findall(r"sitting/(?:earlier|later|drop)/", page)) == 2
    assert f'value="{state(people).agenda[1].key}"' in page


def test_only_an_organiser_of_this_assembly_sees_it(people: Cast) -> None:
    assert Client().get(PAGE).status_code == 302
    assert signed_in(people.stranger).get(PAGE).status_code == 404
    assert signed_in(people.stranger).post(f"{PAGE}begin/").status_code == 404
