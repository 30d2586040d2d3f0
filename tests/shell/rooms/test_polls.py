"""Answering a poll: once, by those who speak here, and so that nothing kept says who chose what."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from assemblies.models import Member
from assemblies.queries import actor_of
from kernel.errors import Refused
from live.models import Event
from live.services import submit
from rooms import services
from rooms.core.poll import PollClose, PollOpen
from rooms.models import PollCount, PollMark, Room
from rooms.polls import answer_poll
from rooms.queries import state_of
from tests.cast import Cast
from tests.factories import make_member
from tests.shell.assemblies.cast import let_in

pytestmark = pytest.mark.django_db


def asked(room: Room, *options: str) -> str:
    services.open_room(room)
    submit(room.stream, PollOpen("Seguim?", options, "ca"))
    return list(state_of(room).polls)[-1]


def crowd(room: Room, cast: Cast, many: int) -> list[Member]:
    members = [make_member(cast.assembly, f"Persona {name}") for name in "abcdefgh"[:many]]
    services.seat_members(room, members)
    return members


def send(browser: Client, member: Member, room: Room, poll: str, body: str) -> tuple[int, dict[str, object]]:
    address = f"/m/{member.key}/room/{room.pk}/polls/{poll}/answer"
    answer = browser.post(address, body, content_type="application/json")
    return answer.status_code, answer.json()


def test_five_answers_are_counted_and_told_at_the_end(room: Room, cast: Cast) -> None:
    poll, members = asked(room, "Sí", "No"), crowd(room, cast, 5)
    for number, member in enumerate(members):
        answer_poll(room, poll, actor=actor_of(member), choice=number % 2)
    submit(room.stream, PollClose(poll))
    assert state_of(room).polls[poll].counts == (3, 2)


def test_a_poll_that_goes_on_is_counted_when_its_room_closes_and_keeps_nothing(room: Room, cast: Cast) -> None:
    poll, members = asked(room, "Sí", "No"), crowd(room, cast, 5)
    for member in members:
        answer_poll(room, poll, actor=actor_of(member), choice=1)
    services.close_room(room)
    assert state_of(room).polls[poll].counts == (0, 5)
    assert (PollMark.objects.count(), PollCount.objects.count()) == (0, 0)
    with pytest.raises(Refused, match=r"poll\.closed"):
        answer_poll(room, poll, actor=actor_of(members[0]), choice=0)


def test_of_four_answers_nothing_is_told(room: Room, cast: Cast) -> None:
    poll = asked(room)
    for member in crowd(room, cast, 4):
        answer_poll(room, poll, actor=actor_of(member), choice=0)
    submit(room.stream, PollClose(poll))
    found = state_of(room).polls[poll]
    assert (found.answers, found.counts) == (4, None)


def test_each_person_answers_once(room: Room, cast: Cast) -> None:
    poll = asked(room)
    answer_poll(room, poll, actor=actor_of(cast.ana), choice=1)
    with pytest.raises(Refused, match="already_answered"):
        answer_poll(room, poll, actor=actor_of(cast.ana), choice=2)
    assert list(PollCount.objects.values_list("choice", "count")) == [(1, 1)]


def test_nothing_that_is_kept_links_a_person_and_a_choice(room: Room, cast: Cast) -> None:
    poll = asked(room, "Sí", "No")
    before = Event.objects.count()
    answer_poll(room, poll, actor=actor_of(cast.ana), choice=1)
    answer_poll(room, poll, actor=actor_of(cast.bo), choice=0)
    assert Event.objects.count() == before
    assert {field.name for field in PollMark._meta.fields} == {"id", "poll", "member"}
    assert {field.name for field in PollCount._meta.fields} == {"id", "poll", "choice", "count"}


def test_when_it_is_over_neither_marks_nor_numbers_are_left(room: Room, cast: Cast) -> None:
    poll = asked(room)
    answer_poll(room, poll, actor=actor_of(cast.ana), choice=1)
    submit(room.stream, PollClose(poll))
    assert (PollMark.objects.count(), PollCount.objects.count()) == (0, 0)
    with pytest.raises(Refused, match="closed"):
        answer_poll(room, poll, actor=actor_of(cast.bo), choice=1)


def test_those_who_speak_here_answer_and_nobody_else(room: Room, cast: Cast) -> None:
    poll, found = asked(room), {}
    for name in ("ana", "bo", "chen", "fatou", "otto"):
        member = getattr(cast, name)
        found[name] = send(let_in(member), member, room, poll, json.dumps({"choice": 4}))[0]
    assert found == {"ana": 200, "bo": 200, "chen": 403, "fatou": 403, "otto": 403}


@pytest.mark.parametrize("body", ['{"choice": 5}', '{"choice": -1}', '{"choice": "no"}', "{}", "nonsense", ""])
def test_an_answer_that_is_none_is_refused_and_the_right_one_still_counts(room: Room, cast: Cast, body: str) -> None:
    poll, browser = asked(room), let_in(cast.ana)
    status, data = send(browser, cast.ana, room, poll, body)
    assert (status, bool(data["refused"])) == (409, True)
    assert send(browser, cast.ana, room, poll, json.dumps({"choice": 0})) == (200, {"done": True})


def test_an_unknown_poll_is_not_found(room: Room, cast: Cast) -> None:
    asked(room)
    assert send(let_in(cast.ana), cast.ana, room, "nothing", json.dumps({"choice": 0}))[0] == 404
