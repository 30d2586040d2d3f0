"""More time for who needs it: it has its effect, and nobody else learns of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from assemblies.models import Member
from assemblies.services import invite, join
from floor.core.commands import HandRaise, TurnYield
from floor.core.types import Speaking
from kernel import wire
from live.models import Event
from live.queries import lines_after
from public.reports import data_of, report_of
from rooms import services
from rooms.accommodations import accommodate, percent_of, weights_of
from rooms.models import Accommodation, Room
from rooms.queries import state_of
from tests.cast import Cast
from tests.factories import make_member
from tests.shell.rooms.play import Talk

pytestmark = pytest.mark.django_db


def new_room(cast: Cast) -> Room:
    room = services.create_room(cast.assembly)
    for member in (cast.ana, cast.bo, cast.fatou):
        services.seat_member(room, member)
    return room


def talked(room: Room, cast: Cast) -> Talk:
    """Ana speaks, Bo speaks, each alone; then Ana, while Bo waits."""
    talk = Talk(room, cast)
    for start, member in ((1, cast.ana), (100, cast.bo), (200, cast.ana)):
        talk.give_turn(start, member.key)
        if start < 200:
            talk.do(start + 40, member.key, TurnYield())
    return talk


def told(talk: Talk) -> str:
    """All that goes to anybody who reads this room: its events with their moments, and its state."""
    rows = Event.objects.filter(stream__name=talk.room.stream).order_by("seq")
    events = [(row.at - talk.start, row.kind, row.by, row.data) for row in rows if row.at >= talk.start]
    state = wire.dumps(wire.encode(state_of(talk.room).floor.people))
    return json.dumps([events, state]).replace(str(talk.start)[:6], "")


def test_with_more_time_a_turn_is_longer_and_the_fair_share_larger(cast: Cast) -> None:
    accommodate(cast.ana, 150, by="account.1")
    talk = talked(new_room(cast), cast)
    talk.do(210, cast.bo.key, HandRaise())
    phase = state_of(talk.room).floor.phase
    assert isinstance(phase, Speaking)
    assert phase.ends_at == talk.start + (200 + 135) * 1000


def test_nothing_that_anybody_in_the_room_gets_tells_of_it(cast: Cast) -> None:
    plain = talked(new_room(cast), cast)
    accommodate(cast.ana, 150, by="account.1")
    other = talked(new_room(cast), cast)
    assert weights_of([other.room.stream]) == {other.room.stream: {cast.ana.key: 150}}
    for talk in (plain, other):
        text = told(talk)
        assert "weights" not in text
        people = state_of(talk.room).floor.people
        assert people[cast.ana.key].fair_us == people[cast.bo.key].fair_us
    kinds = [
        list(Event.objects.filter(stream__name=talk.room.stream).order_by("seq").values_list("kind", flat=True))
        for talk in (plain, other)
    ]
    assert kinds[0] == kinds[1]
    assert wire.encode(state_of(other.room)).keys() == wire.encode(state_of(plain.room)).keys()
    ends = [
        Event.objects.filter(stream__name=talk.room.stream, kind="turn.started").order_by("seq")
        for talk in (plain, other)
    ]
    assert [row.data for row in ends[0]] == [row.data for row in ends[1]]


def in_seconds(value: Any, talk: Talk) -> Any:
    """The same, with the room's numbers left out and civic moments in seconds from the beginning of the talk."""
    if isinstance(value, Mapping):
        return {key: in_seconds(each, talk) for key, each in value.items() if key not in ("room", "stream")}
    if isinstance(value, list):
        return [in_seconds(each, talk) for each in value]
    is_moment = isinstance(value, int) and value > talk.start // 2
    return round((value - talk.start) / 1000) if is_moment else value


def test_frames_snapshot_and_report_of_two_rooms_that_differ_in_a_weight_alone_are_the_same(cast: Cast) -> None:
    plain = talked(new_room(cast), cast)
    accommodate(cast.ana, 150, by="account.1")
    other = talked(new_room(cast), cast)
    seen = []
    for talk in (plain, other):
        frames = [json.loads(line.text) for line in lines_after(talk.room.stream, 0, limit=1000)]
        snapshot = json.loads(wire.dumps(wire.encode(state_of(talk.room))))
        report = json.loads(json.dumps(data_of(report_of(talk.room, "en")), default=str))
        seen.append(in_seconds([frames, snapshot, report], talk))
    assert len(seen[0][0]) > 10
    assert seen[0] == seen[1]


def test_each_change_stays_in_the_ledger_with_who_made_it(cast: Cast) -> None:
    for percent, by in ((125, "account.1"), (125, "account.2"), (150, cast.fatou.key), (100, "account.1")):
        accommodate(cast.ana, percent, by=by)
    rows = Accommodation.objects.order_by("pk").values_list("percent", "set_by", "ended_by")
    assert list(rows) == [(125, "account.1", cast.fatou.key), (150, cast.fatou.key, "account.1")]
    assert percent_of(cast.ana) == 100


def browser(member: Member) -> Client:
    client = Client()
    joined = join(invite(member), name=member.name, speaks=["es"], reads="en", device_label="Firefox")
    client.cookies["device"] = joined.secret
    return client


def test_who_leads_sets_it_and_only_the_person_reads_it_on_the_own_page(cast: Cast) -> None:
    new_room(cast)
    page = f"/m/{cast.fatou.key}/facilitate/time/"
    leader = browser(cast.fatou)
    answer = leader.post(page, {"member": cast.ana.key, "percent": "125"})
    assert (answer.status_code, percent_of(cast.ana)) == (302, 125)
    assert f"<bdi>{cast.ana.name}</bdi>" in leader.get(page).content.decode()
    assert leader.post(page, {"member": cast.ana.key, "percent": "300"}).status_code == 400
    assert browser(cast.bo).get(f"/m/{cast.bo.key}/facilitate/time/").status_code == 404
    found = {
        each.key: 'id="time"' in browser(each).get(f"/m/{each.key}/").content.decode()
        for each in (cast.ana, cast.bo, cast.fatou)
    }
    assert found == {cast.ana.key: True, cast.bo.key: False, cast.fatou.key: False}


def test_a_facilitator_gives_time_to_nobody_of_another_room(cast: Cast) -> None:
    new_room(cast)
    stranger = make_member(cast.assembly, "Zoe")
    page = f"/m/{cast.fatou.key}/facilitate/time/"
    assert browser(cast.fatou).post(page, {"member": stranger.key, "percent": "125"}).status_code == 400
    assert percent_of(stranger) == 100
