"""The report of a room that has ended: for the plenary's members, and for everybody where the assembly is public."""

from __future__ import annotations

import json
import re
from unittest.mock import Mock

import pytest
from django.test import Client

from assemblies.models import Assembly
from assemblies.services import invite, join
from floor.core.commands import (
    FloorGive,
    FloorSet,
    HandRaise,
    MemberArrive,
    OfferAccept,
    TimeCorrect,
    TurnExtend,
    TurnYield,
)
from floor.core.types import Limits
from kernel import clock
from kernel.errors import Refused
from live.log import Submission, write
from plenary.services import create_plenary
from rooms import queries, services
from rooms.core.finding import FindingAccept, FindingWrite
from rooms.core.types import REOPEN_MS, ContributionMake, ItemOpen
from rooms.models import Room
from rooms.queries import log_of, state_of
from tests.cast import Cast, make_cast
from tests.factories import make_member

pytestmark = pytest.mark.django_db
NAMES = ("Ana", "Bo", "Fatou", "Gast")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def room(cast: Cast) -> Room:
    """Twelve minutes of Ana, who was called and given more time, before nine others; one point agreed; closed."""
    made, chair = services.create_room(cast.assembly), cast.fatou.key
    guests = [make_member(cast.assembly, f"Gast {number}", lang="es" if number < 5 else "fr") for number in range(8)]
    services.seat_members(made, [cast.ana, cast.bo, cast.fatou, *guests])
    services.open_room(made)
    start = clock.now()

    def do(second: int, by: str, command: object) -> None:
        write([Submission(made.stream, command, by, None, start + second * 1000)])

    for member in (cast.ana, cast.bo, cast.fatou, *guests):
        do(0, member.key, MemberArrive(member.key))
    do(0, chair, FloorSet("chaired", Limits(turn_ms=3_600_000)))
    do(0, chair, ItemOpen("L'ombre", "fr"))
    do(1, cast.bo.key, HandRaise())
    do(2, chair, FloorGive(cast.ana.key))
    do(3, cast.ana.key, OfferAccept())
    do(4, cast.ana.key, ContributionMake("Sombra.", "es"))
    do(5, chair, TurnExtend(30))
    do(6, chair, TimeCorrect(cast.bo.key, 40, "mistake"))
    do(7, chair, TimeCorrect(cast.bo.key, -40, "mistake"))
    do(723, cast.ana.key, TurnYield())
    do(724, chair, FindingWrite("point", "Nous voulons de l'ombre.", "fr"))
    (key,) = state_of(made).findings
    for member in (cast.ana, cast.bo, *guests[:5]):
        do(725, member.key, FindingAccept(key))
    services.close_room(made)
    return made


def publish(assembly: Assembly, *, public: bool) -> str:
    Assembly.objects.filter(pk=assembly.pk).update(public=public)
    return f"/a/{assembly.slug}/rooms/1"


def browser(member: object) -> Client:
    client = Client()
    joined = join(invite(member), name=member.name, speaks=["es"], reads="es", device_label="Firefox")  # type: ignore[arg-type,attr-defined]
    client.cookies["device"] = joined.secret
    return client


def test_the_data_says_what_happened_in_numbers(cast: Cast, room: Room) -> None:
    data = json.loads(Client().get(f"{publish(cast.assembly, public=True)}.json").content)
    assert (data["schema"], data["people"], data["talk_ms"], data["turns"]) == ("room-report/1", 10, 720_000, 1)
    assert data["overrides"] == {
        "acts": {"extension": 1, "invitation": 1, "correction": 2, "rules": 1},
        "departures": 1, "extended_s": 30, "corrected_s": 80,
        "by_group": {"chamber: citizens": 4},
    }  # fmt: skip
    assert data["equality"] == {"gini": 0.9, "top": 1.0, "silent": 9}
    assert [(each["kind"], each["accepted"], each["text"]["text"]) for each in data["agreed"]] == [
        ("point", 6, "Nous voulons de l'ombre.")
    ]
    assert [item["title"]["text"] for item in data["items"]] == ["L'ombre"]
    assert ("es", "fr", 1) in {(each["source"], each["target"], each["wanted"]) for each in data["translation"]}


def test_where_four_speak_another_language_neither_language_is_told(cast: Cast, room: Room) -> None:
    data = json.loads(Client().get(f"{publish(cast.assembly, public=True)}.json").content)
    assert data["groups"] == {"chamber: citizens": 10}
    assert list(data["shares"]) == ["chamber: citizens"]


def test_neither_page_nor_data_names_anybody(cast: Cast, room: Room) -> None:
    address = publish(cast.assembly, public=True)
    text = "".join(Client().get(f"{address}{end}").content.decode() for end in ("/", ".json"))
    assert [name for name in (*NAMES, cast.ana.key, cast.fatou.key) if re.search(rf"\b{name}\b", text)] == []


def test_who_may_read_it(cast: Cast, room: Room) -> None:
    address = publish(cast.assembly, public=False)
    assert [Client().get(f"{address}{end}").status_code for end in ("/", ".json")] == [404, 404]
    for member in (cast.ana, cast.chen, cast.fatou, cast.otto):
        own = f"/m/{member.key}/reports/1"
        assert [browser(member).get(f"{own}{end}").status_code for end in ("/", ".json")] == [200, 200]
    assert Client().get(f"/m/{cast.ana.key}/reports/1/").status_code == 403


def test_a_log_is_folded_once_for_all_who_read_and_again_when_it_grew(
    cast: Cast, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, read = publish(cast.assembly, public=True), Mock(side_effect=log_of)
    monkeypatch.setattr(queries, "log_of", read)
    for _ in range(3):
        Client().get(f"{address}.json")
    assert read.call_count == 1
    services.set_floor(room, mode="free", limits=Limits())
    Client().get(f"{address}.json")
    assert read.call_count == 2


def test_a_room_that_goes_on_has_no_report(cast: Cast) -> None:
    services.open_room(services.create_room(cast.assembly))
    assert Client().get(f"{publish(cast.assembly, public=True)}/").status_code == 404


def test_a_room_that_was_closed_by_mistake_has_no_report_until_it_is_closed_again(
    cast: Cast, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = publish(cast.assembly, public=True)
    provisional = Client().get(f"{address}/?lang=en").content.decode()
    services.open_room(room)
    gone = Client().get(f"{address}/").status_code
    services.close_room(room)
    data = json.loads(Client().get(f"{address}.json").content)
    assert ("The room may still be opened again." in provisional, gone) == (True, 404)
    assert (data["reopened"], data["final_at"] - data["closed_at"]) == (1, REOPEN_MS)
    monkeypatch.setattr(clock, "_clock", [clock.Clock(wall_anchor=data["final_at"] + 1)])
    final = Client().get(f"{address}/?lang=en").content.decode()
    assert "The room may still be opened again." not in final
    assert "It was closed and opened again 1 time." in final
    with pytest.raises(Refused, match=r"room\.over"):
        services.open_room(room)


def test_the_plenarys_pages_lead_to_it(cast: Cast, room: Room) -> None:
    publish(cast.assembly, public=True)
    assert f'href="/a/{cast.assembly.slug}/rooms/1/"' in Client().get(f"/a/{cast.assembly.slug}/").content.decode()
    create_plenary(cast.assembly.pk)
    ana = browser(cast.ana)
    assert f'href="/m/{cast.ana.key}/reports/1/"' in ana.get(f"/m/{cast.ana.key}/reports/").content.decode()
    assert f'href="/m/{cast.ana.key}/reports/"' in ana.get(f"/m/{cast.ana.key}/motions/").content.decode()
