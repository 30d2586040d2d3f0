"""More time for who needs it: it has its effect, and nobody else learns of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

import pytest
from django.db import transaction
from django.test import Client
from structlog.testing import capture_logs

from assemblies.models import Assembly, Member
from assemblies.services import invite, join
from floor.core.commands import HandRaise, TurnYield
from floor.core.types import Limits, Speaking
from hemicycle.realtime import COMMANDS, KINDS
from kernel import ids
from live.registry import install
from rooms import queries, services
from rooms.accommodations import USUAL, accommodate, percent_of, weights_of
from rooms.core.types import ContributionMake, NoteMake
from rooms.models import Accommodation, Room
from rooms.queries import state_of
from tests.cast import Cast
from tests.factories import make_member
from tests.shell.rooms.everything import told
from tests.shell.rooms.machines import Machine
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


def test_with_more_time_a_turn_is_longer_and_the_fair_share_larger(cast: Cast) -> None:
    accommodate(cast.ana, 150, by="account.1")
    talk = talked(new_room(cast), cast)
    talk.do(210, cast.bo.key, HandRaise())
    phase = state_of(talk.room).floor.phase
    assert isinstance(phase, Speaking)
    assert phase.ends_at == talk.start + (200 + 135) * 1000


@pytest.fixture
def large(cast: Cast) -> Cast:
    """The cast in a public assembly, with guests: enough people for all figures."""
    install(kinds=KINDS, doors=COMMANDS)
    Assembly.objects.filter(pk=cast.assembly.pk).update(public=True)
    for number in range(3):
        make_member(cast.assembly, f"Guest {number}")
    return cast


def everything_told(
    cast: Cast, readers: Mapping[Member | None, Client], machine: Machine, percent: int
) -> dict[str, str]:
    """All that a room tells in which Ana has this percent of an equal part, every time the same world but for that."""
    machine.ticks = 0
    codes = count()
    with transaction.atomic(), pytest.MonkeyPatch.context() as chance, capture_logs() as log:
        chance.setattr(ids, "new_code", lambda: f"code{next(codes)}")
        machine.new_process()
        queries._summary.cache_clear()
        accommodate(cast.ana, percent, by="account.1")
        room = new_room(cast)
        services.seat_members(room, list(cast.assembly.members.filter(name__startswith="Guest").order_by("name")))
        services.set_floor(room, mode="open", limits=Limits())
        talked_long(room, cast)
        assert weights_of([room.stream]) == ({room.stream: {cast.ana.key: percent}} if percent > USUAL else {})
        machine.pass_seconds(1000)
        open_already = told(room, readers)
        services.close_room(room)
        found = {**open_already, **{f"{name}, closed": each for name, each in told(room, readers).items()}}
        transaction.set_rollback(True)
    return {_anywhere(name, room): _anywhere(repr(each), room) for name, each in {**found, "log": log}.items()}


def _anywhere(text: str, room: Room) -> str:
    """The same without the number of the room's row, which a database may give out once only."""
    return re.sub(rf'(room[./]|"(?:room|id)": ?|facilitate/rooms/){room.pk}\b', r"\1N", text)


def talked_long(room: Room, cast: Cast) -> None:
    """Twelve minutes, so that equality is told, in which nobody waits for anybody."""
    talk = Talk(room, cast)
    for start, member in ((1, cast.ana), (300, cast.bo), (600, cast.ana)):
        talk.give_turn(start, member.key)
        talk.do(start + 1, member.key, ContributionMake("Sombra, y agua.", "es"))
        talk.do(start + 210, member.key, TurnYield())
    talk.do(900, cast.bo.key, NoteMake("Oui.", "fr"))


def test_all_that_two_rooms_tell_anybody_is_the_same_if_they_differ_in_a_weight_alone(
    large: Cast, machine: Machine
) -> None:
    readers: dict[Member | None, Client] = {each: browser(each) for each in (large.bo, large.chen, large.otto)}
    readers[None] = Client()
    plain, other = (everything_told(large, readers, machine, percent) for percent in (USUAL, 150))
    for name, has in (
        ("room.N", "turn.ended"),
        ("snapshot of room.N", "fair_us"),
        ("overview", "gini"),
        (f"/m/{large.bo.key}/room/N/ for Bo", "<html"),
        (f"/m/{large.bo.key}/room/N/said/ for Bo", "Sombra"),
        (f"/a/{large.assembly.slug}/rooms/1.json for None, closed", '"equality": {"gini"'),
    ):
        assert has in plain[name], name
    assert plain.keys() == other.keys()
    assert [name for name in plain if plain[name] != other[name]] == []


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
