"""The harvest: what rooms stand behind, for those who lead, with suggestions of what may say nearly the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assemblies.models import Member
from floor.core.commands import MemberArrive
from live.services import submit
from public.harvest import Harvest, harvest_of
from recommendations.core.drafting import DraftAccept, DraftSubmit, DraftWrite
from recommendations.models import Apart
from rooms import services
from rooms.models import Room
from rooms.queries import state_of
from tests.cast import Cast
from tests.factories import make_member, make_organiser
from tests.shell.assemblies.cast import let_in, signed_in
from tests.shell.public import test_histories
from translation.core.feed import Label
from translation.leases import claim
from translation.services import Finished, render

pytestmark = pytest.mark.django_db
cast = test_histories.cast
CLOSE = "Cerrar el centro a los coches todos los domingos"
CLOSED = "Que el centro se cierre a los coches cada domingo"
FERMER = "Fermer le centre aux voitures chaque dimanche"
TREES = "Plantar árboles en las plazas de los colegios"


def standing(cast: Cast, text: str, *, lang: str = "es", sent: bool = False, accepted: bool = True) -> Room:
    """A room of two, the text of which they accept, or send, or only write."""
    room = services.create_room(cast.assembly)
    people = [make_member(cast.assembly, lang=lang) for _ in range(2)]
    for member in people:
        services.seat_member(room, member)
    services.open_room(room)
    for member in people:
        submit(room.stream, MemberArrive(member.key), by=member.key)
    submit(room.stream, DraftWrite(None, 0, "", text, "", lang), by=people[0].key)
    draft = draft_of(room)
    for member in people if accepted else people[:1]:
        submit(room.stream, DraftAccept(draft, 1), by=member.key)
    if sent:
        submit(room.stream, DraftSubmit(draft, 1), by=people[0].key)
    return room


def draft_of(room: Room) -> str:
    return next(iter(state_of(room).drafts))


def rooms_in(harvest: Harvest) -> list[set[int]]:
    return [{side.room.pk for side in pair.sides} for pair in harvest.alike]


def page(member: Member, **asked: str) -> Any:
    return let_in(member).get(f"/m/{member.key}/facilitate/harvest/", {"lang": "en", **asked})


def translate(lang: str, text: str) -> None:
    """An engine gives this for whatever waits in that language."""
    label = Label("apertium", "3.9", ("fr", lang), rough=False, doubts=())
    waiting = [leased for leased in claim(100) if leased.target == lang]
    render([Finished(leased, "machine", "recipe", text, label) for leased in waiting])


def test_only_who_leads_sees_it(cast: Cast) -> None:
    standing(cast, CLOSE)
    answers = {name: page(getattr(cast, name)).status_code for name in ("ana", "bo", "chen", "fatou", "otto")}
    assert answers == {"ana": 404, "bo": 404, "chen": 404, "fatou": 200, "otto": 404}
    address = f"/organise/{cast.assembly.slug}/rooms/harvest/"
    clients = (signed_in(cast.olga), signed_in(make_organiser()), Client())
    assert [client.get(address).status_code for client in clients] == [200, 404, 302]


def test_what_a_room_still_writes_is_counted_and_not_shown(cast: Cast) -> None:
    standing(cast, CLOSE), standing(cast, TREES, accepted=False)
    text = page(cast.fatou).content.decode()
    told = (CLOSE, "accepted by 2 of 2", "1 draft is still being written", TREES)
    assert [each in text for each in told] == [True, True, True, False]


def test_after_the_end_of_a_room_its_text_still_stands(cast: Cast) -> None:
    services.close_room(standing(cast, CLOSE))
    assert [(each.accepted, each.present) for each in harvest_of(cast.assembly, "es").sheaves] == [(2, 2)]


def test_texts_of_different_rooms_that_resemble_each_other_stand_side_by_side(cast: Cast) -> None:
    first, other, _ = standing(cast, CLOSE), standing(cast, CLOSED, sent=True), standing(cast, TREES)
    assert rooms_in(harvest_of(cast.assembly, "es")) == [{first.pk, other.pk}]


def test_languages_are_compared_once_they_are_translated_into_that_of_the_assembly(cast: Cast) -> None:
    first, other = standing(cast, CLOSE), standing(cast, FERMER, lang="fr")
    before = harvest_of(cast.assembly, "es")
    assert (before.alike, before.waiting) == ([], 1)
    translate("es", CLOSED)
    after = harvest_of(cast.assembly, "es")
    assert (rooms_in(after), after.waiting) == ([{first.pk, other.pk}], 0)


def test_a_reader_gets_texts_in_a_language_that_no_room_reads(cast: Cast) -> None:
    standing(cast, CLOSE)
    assert "original text; no translation here" in page(cast.fatou).content.decode()
    translate("fr", FERMER)
    text = page(cast.fatou).content.decode()
    assert [each in text for each in (FERMER, CLOSE)] == [True, True]


def test_who_leads_says_that_two_are_different_and_they_are_not_suggested_again(cast: Cast) -> None:
    rooms = standing(cast, CLOSE), standing(cast, CLOSED)
    one, other = (draft_of(room) for room in rooms)
    address = f"/m/{cast.fatou.key}/facilitate/harvest/"
    for pair in ({"one": one, "other": other}, {"one": other, "other": one}):
        assert let_in(cast.fatou).post(address, pair).status_code == 302
    assert [row.by for row in Apart.objects.all()] == [cast.fatou.key]
    assert harvest_of(cast.assembly, "es").alike == []


@pytest.mark.parametrize("other", ["", "nothing", "own"])
def test_nothing_is_kept_apart_but_two_drafts_of_this_assembly(cast: Cast, other: str) -> None:
    one = draft_of(standing(cast, CLOSE))
    address = f"/m/{cast.fatou.key}/facilitate/harvest/"
    answer = let_in(cast.fatou).post(address, {"one": one, "other": one if other == "own" else other})
    assert (answer.status_code, Apart.objects.count()) == (409, 0)


def test_it_is_filtered_by_room_language_and_place(cast: Cast) -> None:
    first = standing(cast, CLOSE)
    standing(cast, CLOSED, sent=True), standing(cast, FERMER, lang="fr"), standing(cast, TREES)
    asked: tuple[dict[str, str], ...] = (
        {"room": f"{first.number}"},
        {"written": "fr"},
        {"stage": "sent"},
        {"stage": "motion"},
        {"alike": "1"},
        {"room": "999"},
        {},
    )
    found = harvest_of(cast.assembly, "es")
    assert [len(found.chosen(each)) for each in asked] == [1, 1, 1, 0, 2, 0, 4]
    assert "No text is like that." in page(cast.fatou, room="999").content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", [1, 3])
def test_more_rooms_cost_no_more_queries(
    cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        standing(cast, f"{CLOSE} {number}", sent=True)
    harvest_of(cast.assembly, "es")
    with django_assert_num_queries(13):
        assert len(harvest_of(cast.assembly, "es").sheaves) == count
