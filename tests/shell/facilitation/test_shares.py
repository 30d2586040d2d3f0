"""How the talk is shared among groups while it goes on: for whoever leads, of five and more, after ten minutes."""

from __future__ import annotations

import pytest
from django.test import Client

from assemblies.models import Member
from floor.core.commands import MemberArrive, TimeCorrect
from live import rates
from live.services import submit
from rooms import services
from rooms.models import Room
from tests.factories import make_member
from tests.shell.assemblies.cast import Cast, cast
from tests.shell.facilitation.test_neutrality import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def room(people: Cast) -> Room:
    """Five of the left bank, who have spoken two minutes each, and five of the right, who have not; Rui leads."""
    made = services.create_room(people.assembly, mode="chaired")
    citizens = [make_member(people.assembly, f"Nr {number}") for number in range(10)]
    for number, member in enumerate(citizens):
        member.traits = {"bank": "left" if number < 5 else "right"}
        member.save(update_fields=["traits"])
    services.seat_members(made, [*citizens, people.rui])
    services.open_room(made)
    for number, member in enumerate(citizens):
        submit(made.stream, MemberArrive(member.key), by=member.key)
        for _ in range(2 if number < 5 else 0):
            submit(made.stream, TimeCorrect(member.key, 60, "machine"), by=people.rui.key)
    return made


def shares(client: Client, member: Member, room: Room) -> tuple[int, object]:
    answer = client.get(f"/m/{member.key}/room/{room.pk}/shares/")
    return answer.status_code, answer.json() if answer["Content-Type"] == "application/json" else None


def test_whoever_leads_reads_every_column_of_the_list(people: Cast, room: Room) -> None:
    groups = [{"name": "bank: left", "people": 50, "talk": 100}, {"name": "bank: right", "people": 50, "talk": 0}]
    assert shares(browser(people.rui), people.rui, room) == (200, {"groups": groups})


def test_before_ten_minutes_of_talk_nothing_is_told(people: Cast, room: Room) -> None:
    spoke = next(iter(key for key in room.seats.values_list("member__key", flat=True) if key != people.rui.key))
    submit(room.stream, TimeCorrect(spoke, -60, "machine"), by=people.rui.key)
    assert shares(browser(people.rui), people.rui, room) == (200, {"groups": []})


@pytest.mark.parametrize("who", ["aina", "other"])
def test_nobody_else_reads_them(people: Cast, room: Room, who: str) -> None:
    member = people.aina if who == "aina" else make_member(people.assembly, "Zoe", role="facilitator")
    assert shares(browser(member), member, room)[0] == 404
    assert shares(Client(), people.rui, room)[0] == 403


def test_asking_again_and_again_has_to_wait(people: Cast, room: Room) -> None:
    client = browser(people.rui)
    codes = [shares(client, people.rui, room)[0] for _ in range(rates.BURST + 10)]
    assert (codes[0], 429 in codes) == (200, True)
