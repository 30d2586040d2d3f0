"""The temperature of a draft without a script: asked, answered once and in secret, told when five have answered."""

from __future__ import annotations

from typing import Any

import pytest

from assemblies.models import Member
from kernel import clock
from live.log import Submission, write
from live.models import Event
from live.services import submit
from recommendations.core.drafting import DraftWrite
from rooms import services
from rooms.core.poll import PollClose
from rooms.core.types import MemberRemove
from rooms.models import PollCount, PollMark, Room
from rooms.polls import counts_for
from rooms.queries import state_of
from tests.cast import Cast
from tests.factories import make_member
from tests.laws import assert_law
from tests.shell.assemblies.cast import let_in
from tests.shell.public import test_histories

pytestmark = pytest.mark.django_db
SOON_MS = 20_000
"""Less than a silence that is charged to nobody."""
cast, room = test_histories.cast, test_histories.room


@pytest.fixture
def people(room: Room, cast: Cast) -> list[Member]:
    """Five who speak here, one of whom wrote a draft."""
    more = [make_member(cast.assembly, f"Persona {name}") for name in "abc"]
    services.seat_members(room, more)
    submit(room.stream, DraftWrite(None, 0, "", "Cerrar el centro.", "", "es"), by=cast.ana.key)
    return [cast.ana, cast.bo, *more]


def page(member: Member, room: Room, **form: str) -> Any:
    address = f"/m/{member.key}/room/{room.pk}/drafts/"
    return let_in(member).post(address, form) if form else let_in(member).get(address, {"lang": "en"})


def ask(member: Member, room: Room) -> Any:
    return page(member, room, act="temperature.ask", draft=next(iter(state_of(room).drafts)), version="1")


def answer(member: Member, room: Room, choice: str) -> Any:
    return page(member, room, act="temperature.answer", poll=list(state_of(room).polls)[-1], choice=choice)


def test_it_is_asked_and_answered_by_forms_and_told_at_the_end(room: Room, people: list[Member]) -> None:
    ana, bo, *_ = people
    assert "Ask how warm the room is towards it" in page(bo, room).content.decode()
    assert assert_law(room.stream, lambda: ask(bo, room)) == ["poll.opened"]
    assert "How warm are you towards this text?" in page(ana, room).content.decode()
    before = Event.objects.count()
    assert [answer(member, room, str(choice)).status_code for choice, member in enumerate(people)] == [302] * 5
    assert Event.objects.count() == before
    text = page(ana, room).content.decode()
    assert ("How warm are you" in text, "When the time is over" in text) == (False, True)
    key = list(state_of(room).polls)[-1]
    assert assert_law(room.stream, lambda: submit(room.stream, PollClose(key))) == ["poll.closed"]
    assert state_of(room).polls[key].counts == (1, 1, 1, 1, 1)
    text = page(ana, room).content.decode()
    assert ("Temperature of version 1" in text, text.count('<b class="num">1</b>'), "Ask how warm" in text) == (
        True, 5, False,
    )  # fmt: skip
    assert (PollMark.objects.count(), PollCount.objects.count()) == (0, 0)


def test_of_four_answers_nothing_is_told_but_their_number(room: Room, people: list[Member]) -> None:
    ask(people[0], room)
    for member in people[:4]:
        answer(member, room, "4")
    submit(room.stream, PollClose(list(state_of(room).polls)[-1]))
    text = page(people[0], room).content.decode()
    assert "4 people answered. That is too few to tell what they chose." in text
    assert '<b class="num">4</b>' not in text


def test_one_answers_once_from_the_scale_and_only_who_speaks_here(room: Room, cast: Cast, people: list[Member]) -> None:
    ask(people[0], room)
    assert [answer(people[0], room, each).status_code for each in ("5", "-1", "x", "", "2", "3")] == [409] * 4 + [
        302,
        409,
    ]
    assert answer(cast.fatou, room, "2").status_code == 409
    assert answer(cast.chen, room, "2").status_code == 404
    assert page(people[1], room, act="temperature.answer", poll="nothing", choice="1").status_code == 409
    assert PollMark.objects.count() == 1


def test_what_is_asked_of_a_version_that_is_none_is_refused(room: Room, people: list[Member]) -> None:
    for version in ("0", "2", "x"):
        draft = next(iter(state_of(room).drafts))
        form = {"act": "temperature.ask", "draft": draft, "version": version}
        assert page(people[0], room, **form).status_code == 409


def test_who_was_sent_out_answers_no_more_and_what_they_answered_counts(
    room: Room, cast: Cast, people: list[Member]
) -> None:
    ask(people[0], room)
    answer(people[4], room, "3")
    submit(room.stream, MemberRemove(people[4].key), by=cast.fatou.key)
    assert answer(people[4], room, "3").status_code >= 400
    assert counts_for(state_of(room), None) == (0, 0, 0, 1, 0)


def test_the_clock_ends_it_while_nobody_looks(
    room: Room, people: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rooms.core.polling.TEMPERATURE_MS", SOON_MS)
    ask(people[0], room)
    for member in people:
        answer(member, room, "4")
    write([Submission(room.stream, None, at=clock.now() + SOON_MS)])
    poll = list(state_of(room).polls.values())[-1]
    assert (poll.is_open, poll.counts) == (False, (0, 0, 0, 0, 5))
    assert (PollMark.objects.count(), PollCount.objects.count()) == (0, 0)
    assert answer(people[0], room, "1").status_code == 409
