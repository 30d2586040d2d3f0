"""The organiser asks for rooms, looks at the proposal, and makes the rooms of each round."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from assemblies.models import Member
from assemblies.services import add_member
from rooms.models import Proposal, Room, Seat
from rooms.people import composed_of
from rooms.queries import state_of
from rooms.services import close_room, create_room, seat_member
from tests.shell.assemblies.cast import Cast, cast, let_in, signed_in

pytestmark = pytest.mark.django_db
COMPOSE = "/organise/sundays/rooms/compose/"
ASKED = {
    "compose-who": "unseated", "compose-size": "2", "compose-rounds": "1", "compose-cover": "translated",
    "compose-most_languages": "3", "compose-mode": "balanced", "compose-latecomers": "rule",
}  # fmt: skip


@pytest.fixture
def people(settings: Any) -> Cast:
    settings.TRANSLATION_ENGINES = ()
    made = cast()
    for name in ("Léa", "Ugo", "Eva"):
        add_member(made.assembly, name=name, role="citizen", speaks=["fr"], reads="fr")
    return made


@pytest.fixture
def ana(people: Cast) -> Client:
    return signed_in(people.organiser)


def test_the_proposal_says_who_sits_where_and_what_is_not_met(ana: Client) -> None:
    page = ana.post(COMPOSE, ASKED, follow=True)
    shown = page.content.decode()
    assert Room.objects.count() == 0
    assert all(name in shown for name in ("Aïna", "Léa", "Ugo", "Eva", "Rui"))
    assert "do not understand each other" in shown
    (plan,) = page.context["plans"]
    assert page.context["unmet"] == sum(len(place.report.unmet) for place in plan.places) > 0


def test_with_interpreters_everything_is_met(ana: Client) -> None:
    page = ana.post(COMPOSE, {**ASKED, "compose-cover": "any"}, follow=True)
    assert page.context["unmet"] == 0
    assert "everybody understands everybody" in page.content.decode()


def test_rooms_are_made_once_and_seen_on_the_page_of_rooms(ana: Client) -> None:
    ana.post(COMPOSE, ASKED)
    address = f"/organise/sundays/rooms/proposal/{Proposal.objects.get().pk}/round/1/"
    for _ in range(2):
        assert ana.post(address).status_code == 302
    assert Room.objects.count() == 2
    assert Seat.objects.exclude(role="facilitator").count() == 4
    assert ana.get("/organise/sundays/rooms/").context["unseated"].count() == 0


def test_the_rooms_have_the_mode_and_limits_that_were_chosen(ana: Client) -> None:
    ana.post(COMPOSE, {**ASKED, "compose-mode": "strict", "compose-turn": "180", "compose-planned": "45"})
    ana.post(f"/organise/sundays/rooms/proposal/{Proposal.objects.get().pk}/round/1/")
    floors = [state_of(room).floor for room in Room.objects.all()]
    assert {(each.mode, each.limits.turn_ms, each.limits.planned_ms) for each in floors} == {
        ("strict", 180_000, 2_700_000)
    }


def test_rounds_follow_one_another(ana: Client) -> None:
    ana.post(COMPOSE, {**ASKED, "compose-rounds": "2", "compose-cover": "any"})
    address = f"/organise/sundays/rooms/proposal/{Proposal.objects.get().pk}/"
    assert b"each person meets 2 to 2 others" in ana.get(address).content
    for number in (1, 2):
        ana.post(f"{address}round/{number}/")
    assert list(Room.objects.order_by("number").values_list("round", "stage")) == [
        (1, "closed"),
        (1, "closed"),
        (2, "waiting"),
        (2, "waiting"),
    ]


def test_a_discarded_proposal_is_gone_unless_rooms_were_made_of_it(ana: Client) -> None:
    for made in (False, True):
        ana.post(COMPOSE, ASKED)
        address = f"/organise/sundays/rooms/proposal/{Proposal.objects.get().pk}/"
        if made:
            ana.post(f"{address}round/1/")
        ana.post(f"{address}discard/")
        assert Proposal.objects.exists() == made


def test_rooms_whose_people_were_seated_meanwhile_are_not_made_and_the_page_says_so(ana: Client) -> None:
    for _ in range(2):
        ana.post(COMPOSE, ASKED)
    second, first = Proposal.objects.all()
    ana.post(f"/organise/sundays/rooms/proposal/{first.pk}/round/1/")
    answer = ana.post(f"/organise/sundays/rooms/proposal/{second.pk}/round/1/")
    assert (answer.status_code, Room.objects.count()) == (400, 2)
    assert "were seated or left meanwhile. Ask for rooms again." in answer.content.decode()


def test_a_facilitator_who_has_another_room_already_is_marked(people: Cast, ana: Client) -> None:
    guide = add_member(people.assembly, name="Gil", role="facilitator", speaks=["fr"], reads="fr")
    busy = create_room(people.assembly)
    seat_member(busy, guide)
    page = ana.post(COMPOSE, {**ASKED, "compose-size": "4"}, follow=True)
    assert page.content.decode().count("also facilitates room 1") == 1
    close_room(busy)
    assert b"also facilitates" not in ana.get(page.request["PATH_INFO"]).content


def test_how_many_rooms_were_not_made_is_said(ana: Client) -> None:
    ana.post(COMPOSE, ASKED)
    proposal = Proposal.objects.get()
    composed = composed_of(proposal)
    assert composed is not None
    Member.objects.filter(key=composed.rounds[0][0].people[0]).update(removed_at="2026-01-01T00:00Z")
    page = ana.post(f"/organise/sundays/rooms/proposal/{proposal.pk}/round/1/", follow=True)
    assert "1 room was not made: its people were seated or left meanwhile." in page.content.decode()


def test_pins_and_separations_are_written_by_name(people: Cast, ana: Client) -> None:
    pins, apart = "Léa; 2\nugo ; 1\n\n", "Léa; Ugo"
    ana.post(COMPOSE, {**ASKED, "compose-pins": pins, "compose-apart": apart, "compose-cover": "any"})
    keys = dict(Member.objects.values_list("name", "key"))
    wishes = Proposal.objects.get().question["wishes"]
    assert (wishes["pins"], wishes["apart"]) == ({keys["Léa"]: 1, keys["Ugo"]: 0}, [sorted([keys["Léa"], keys["Ugo"]])])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"size": "1"}, "greater than or equal to 2"),
        ({"size": ""}, "required"),
        ({"mode": "loud"}, "not one of the available choices"),
        ({"who": "nobody"}, "not one of the available choices"),
        ({"rounds": "11"}, "less than or equal to 10"),
        ({"rooms": "9"}, "Too few people to be seated (4) for this number of rooms (9). A room needs at least 2."),
        ({"pins": "Léa 2"}, "Line 1: “Léa 2” lacks a semicolon."),
        ({"pins": "Léa; two"}, "Line 1: “two” is no room."),
        ({"pins": "Léa; 1\nLéa; 2"}, "Line 2: “Léa” is fixed to two rooms."),
        ({"pins": "Rui; 1"}, "Line 1: nobody to be seated is called “Rui”."),
        ({"pins": "Léa; 7"}, "Somebody is fixed to room 7, but there would be 2 rooms."),
        ({"pins": "Léa; 1\nUgo; 1", "apart": "Léa; Ugo"}, "Two people who are to sit apart are both fixed to room 1."),
        ({"apart": "Léa; Ugo\n" * 201}, "Write at most 200 lines."),
        ({"apart": "Léa; Léa"}, "Nobody can sit apart from themselves."),
        ({"apart": "Léa; <b>Zoe</b>"}, "Line 1: nobody to be seated is called “&lt;b&gt;Zoe&lt;/b&gt;”."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_proposed(ana: Client, wrong: dict[str, str], sentence: str) -> None:
    answer = ana.post(COMPOSE, {**ASKED, **{f"compose-{name}": value for name, value in wrong.items()}})
    assert (answer.status_code, Proposal.objects.count()) == (400, 0)
    assert sentence in answer.content.decode()


def test_who_has_a_seat_is_fixed_to_no_room_of_those_without_one(people: Cast, ana: Client) -> None:
    seat_member(create_room(people.assembly), Member.objects.get(name="Léa"))
    asked = {**ASKED, "compose-pins": "Léa; 1", "compose-cover": "any"}
    answer = ana.post(COMPOSE, asked)
    assert (answer.status_code, Proposal.objects.count()) == (400, 0)
    assert "nobody to be seated is called “Léa”" in answer.content.decode()
    assert ana.post(COMPOSE, {**asked, "compose-who": "everybody"}).status_code == 302


def test_traits_of_the_list_are_offered_and_shown(people: Cast, ana: Client) -> None:
    Member.objects.filter(pk=people.aina.pk).update(traits={"age": "60 and more"})
    assert b'value="age"' in ana.get("/organise/sundays/rooms/").content
    page = ana.post(COMPOSE, {**ASKED, "compose-traits": ["age"]}, follow=True)
    assert "age: 60 and more" in page.content.decode()
    assert ana.post(COMPOSE, {**ASKED, "compose-traits": ["income"]}).status_code == 400


def test_while_it_is_worked_out_the_page_looks_again_by_itself(people: Cast, ana: Client) -> None:
    ana.post(COMPOSE, ASKED)
    Proposal.objects.update(answer=None, percent=41)
    shown = ana.get(f"/organise/sundays/rooms/proposal/{Proposal.objects.get().pk}/").content.decode()
    assert 'http-equiv="refresh"' in shown
    assert "41 % of the search is done" in shown
    Proposal.objects.update(heard_at="2026-01-01T00:00Z")
    shown = ana.get(f"/organise/sundays/rooms/proposal/{Proposal.objects.get().pk}/").content.decode()
    assert 'http-equiv="refresh"' not in shown
    assert "interrupted" in shown
    Proposal.objects.update(heard_at=None)
    assert "interrupted" in ana.get(f"/organise/sundays/rooms/proposal/{Proposal.objects.get().pk}/").content.decode()


@pytest.mark.parametrize("path", ["compose/", "proposal/{}/", "proposal/{}/round/1/", "proposal/{}/discard/"])
def test_only_organisers_of_this_assembly_come_in(people: Cast, ana: Client, path: str) -> None:
    ana.post(COMPOSE, ASKED)
    address = "/organise/sundays/rooms/" + path.format(Proposal.objects.get().pk)
    is_page = path == "proposal/{}/"
    for client, status in ((signed_in(people.stranger), 404), (Client(), 302), (let_in(people.aina), 302)):
        answer = client.get(address) if is_page else client.post(address, ASKED)
        assert answer.status_code == status
    assert (Proposal.objects.count(), Room.objects.count()) == (1, 0)
    assert (ana.post if is_page else ana.get)(address).status_code == 405


def test_a_proposal_of_another_assembly_is_not_found(people: Cast, ana: Client) -> None:
    ana.post(COMPOSE, ASKED)
    assert ana.get("/organise/sundays/rooms/proposal/999999/").status_code == 404
