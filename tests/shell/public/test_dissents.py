"""Dissents without a script in their room, and beside a recommendation those that enough people share."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from live.services import submit
from recommendations.core.dissenting import MAX_DISSENT, Dissent, DissentRaise
from recommendations.core.drafting import DraftAccept, DraftSubmit, DraftWrite
from recommendations.models import Recommendation
from rooms.models import Room
from rooms.queries import state_of
from tests.cast import Cast, make_cast
from tests.laws import assert_law
from tests.shell.assemblies.cast import let_in
from tests.shell.public import test_histories

pytestmark = pytest.mark.django_db
cast, room = test_histories.cast, test_histories.room
NURSES = "¿Y las enfermeras a domicilio?"


@pytest.fixture
def draft(room: Room, cast: Cast) -> str:
    """The key of a draft at version 1."""
    submit(room.stream, DraftWrite(None, 0, "", "Cerrar el centro.", "", "es"), by=cast.ana.key)
    return next(iter(state_of(room).drafts))


def page(member: Any, room: Room, **form: str) -> Any:
    address = f"/m/{member.key}/room/{room.pk}/drafts/"
    return let_in(member).post(address, form) if form else let_in(member).get(address, {"lang": "en"})


def raised(member: Any, room: Room, draft: str, text: str = NURSES) -> Any:
    return page(member, room, act="dissent.raise", draft=draft, version="1", text=text, lang="es")


def found(room: Room, draft: str) -> list[Dissent]:
    return [*state_of(room).drafts[draft].dissents.values()]


def sent(room: Room, cast: Cast, draft: str) -> Recommendation:
    for member in (cast.ana, cast.bo):
        submit(room.stream, DraftAccept(draft, 1), by=member.key)
    submit(room.stream, DraftSubmit(draft, 1), by=cast.ana.key)
    return Recommendation.objects.get()


def public(row: Recommendation) -> str:
    address = f"/a/{row.assembly.slug}/recommendations/{row.key}/"
    return Client().get(address, {"lang": "en"}).content.decode()


def test_it_is_raised_shared_and_left_by_forms_and_the_log_leads_to_the_state(
    room: Room, cast: Cast, draft: str
) -> None:
    assert assert_law(room.stream, lambda: raised(cast.ana, room, draft)) == ["dissent.raised"]
    key = found(room, draft)[0].words
    shared = {"act": "dissent.share", "draft": draft, "dissent": key}
    assert assert_law(room.stream, lambda: page(cast.bo, room, **shared)) == ["dissent.shared"]
    text = page(cast.bo, room).content.decode()
    assert [each in text for each in (NURSES, "Ana, Bo", "I no longer disagree")] == [True, True, True]
    left = {"act": "dissent.leave", "draft": draft, "dissent": key, "reason": "withdrawn"}
    for member in (cast.ana, cast.bo):
        assert assert_law(room.stream, lambda: page(member, room, **left)) == ["dissent.left"]  # noqa: B023
    assert [each.fate for each in found(room, draft)] == ["withdrawn"]


def test_only_who_sits_there_dissents_and_what_was_written_stays(room: Room, cast: Cast, draft: str) -> None:
    answers = {name: raised(getattr(cast, name), room, draft).status_code for name in ("bo", "chen", "fatou", "otto")}
    assert answers == {"bo": 302, "chen": 404, "fatou": 409, "otto": 409}
    refused = raised(cast.bo, room, draft, "¿Otra?")
    assert (refused.status_code, "¿Otra?" in refused.content.decode()) == (409, True)
    assert refused.context["form"]["draft"] == ""
    assert raised(cast.ana, room, draft, "x" * (MAX_DISSENT + 1)).status_code == 409
    assert page(cast.ana, room, act="room.close").status_code == 409


def test_beside_a_recommendation_stands_what_enough_people_share_without_names(
    room: Room, cast: Cast, draft: str
) -> None:
    raised(cast.ana, room, draft)
    submit(room.stream, DissentRaise(draft, 1, "Et les marchés ?", "fr"), by=cast.bo.key)
    key = found(room, draft)[0].words
    page(cast.bo, room, act="dissent.share", draft=draft, dissent=key)
    text = public(sent(room, cast, draft))
    told = (
        NURSES,
        "2 people are behind it.",
        "1 further disagreement stayed in the room.",
        "Et les marchés",
        cast.ana.key,
    )
    assert [each in text for each in told] == [True, True, True, False, False]
    assert "<bdi>Ana</bdi>" not in text


@pytest.mark.parametrize(("minimum", "is_told"), [(1, True), (2, False)])
def test_how_many_are_enough_is_said_by_the_assembly(
    room: Room, cast: Cast, draft: str, minimum: int, is_told: bool
) -> None:
    cast.assembly.settings = {"dissent_minimum": minimum}
    cast.assembly.save()
    raised(cast.ana, room, draft)
    assert (NURSES in public(sent(room, cast, draft))) is is_told


def test_members_of_an_assembly_that_is_not_public_read_it_as_well(room: Room, cast: Cast, draft: str) -> None:
    cast.assembly.public, cast.assembly.settings = False, {"dissent_minimum": 1}
    cast.assembly.save()
    raised(cast.ana, room, draft)
    row = sent(room, cast, draft)
    text = let_in(cast.chen).get(f"/m/{cast.chen.key}/recommendations/{row.key}/", {"lang": "en"}).content.decode()
    assert (NURSES in text, f"/a/{cast.assembly.slug}/" in text, cast.ana.key in text) == (True, False, False)
    assert Client().get(f"/a/{cast.assembly.slug}/recommendations/{row.key}/").status_code == 404
    assert Client().get(f"/m/{cast.chen.key}/recommendations/{row.key}/").status_code == 403
    elsewhere = make_cast()
    address = f"/m/{elsewhere.ana.key}/recommendations/{row.key}/"
    assert let_in(elsewhere.ana).get(address).status_code == 404
