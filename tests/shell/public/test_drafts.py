"""Drafts of a room without a script: written, quoted from, and never taken for another language without asking."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.realtime import COMMANDS, KINDS
from live.registry import install
from live.services import submit
from recommendations.models import Revision
from rooms import services
from rooms.core.control import ContributionHide
from rooms.core.types import NoteMake
from rooms.core.wording import ContributionCorrect
from rooms.models import Contribution, Room
from tests.cast import Cast, make_cast
from tests.shell.assemblies.cast import let_in

pytestmark = pytest.mark.django_db
FRENCH = "Les commerçants du marché doivent pouvoir recevoir leurs marchandises."


@pytest.fixture
def cast() -> Cast:
    install(kinds=KINDS, doors=COMMANDS)
    return make_cast()


@pytest.fixture
def room(cast: Cast) -> Room:
    made = services.create_room(cast.assembly)
    for member in (cast.ana, cast.bo, cast.fatou):
        services.seat_member(made, member)
    services.open_room(made)
    return made


def page(member: Any, room: Room, form: dict[str, Any] | None = None, **asked: str) -> Any:
    address = f"/m/{member.key}/room/{room.pk}/drafts/"
    return let_in(member).post(address, form) if form else let_in(member).get(address, {"lang": "en", **asked})


def draft(text: str, **more: Any) -> dict[str, Any]:
    return {"recommendation": text, "title": "", "reasons": "", "lang": "es", "draft": "", "base": "0", **more}


def test_whoever_may_read_the_room_reads_its_drafts_and_who_sits_there_writes(room: Room, cast: Cast) -> None:
    people = {name: getattr(cast, name) for name in ("ana", "bo", "chen", "fatou", "otto")}
    asked = {name: page(member, room) for name, member in people.items()}
    assert {name: each.status_code for name, each in asked.items()} == {
        "ana": 200, "bo": 200, "chen": 404, "fatou": 200, "otto": 200,
    }  # fmt: skip
    forms = {name for name, each in asked.items() if b"<textarea" in each.content}
    assert forms == {"ana", "bo"}
    assert [page(people[name], room, draft("Más bancos.")).status_code for name in ("ana", "fatou", "otto")] == [
        302, 409, 409,
    ]  # fmt: skip


def test_another_language_is_offered_and_what_was_written_stays(room: Room, cast: Cast) -> None:
    asked = page(cast.ana, room, draft(FRENCH))
    assert (asked.status_code, asked.context["offer"], Revision.objects.count()) == (200, "fr", 0)
    assert FRENCH in asked.content.decode()
    assert page(cast.ana, room, draft(FRENCH, sure="fr")).status_code == 302
    assert page(cast.ana, room, draft(FRENCH, sure="es")).status_code == 302
    assert [*Revision.objects.order_by("pk").values_list("lang", flat=True)] == ["fr", "es"]


def test_a_newer_version_of_somebody_else_s_is_not_overwritten(room: Room, cast: Cast) -> None:
    page(cast.ana, room, draft("Más bancos."))
    key = Revision.objects.get().draft
    edited = page(cast.ana, room, edit=key).context["form"]
    assert (edited["recommendation"], edited["base"]) == ("Más bancos.", 1)
    assert page(cast.ana, room, draft("Más bancos y árboles.", draft=key, base="1")).status_code == 302
    late = page(cast.bo, room, draft("Otra cosa.", draft=key, base="1"))
    assert (late.status_code, "Otra cosa." in late.content.decode()) == (409, True)


def test_a_quotation_is_marked_where_it_was_corrected_and_gone_where_it_was_hidden(room: Room, cast: Cast) -> None:
    submit(room.stream, NoteMake("El banco está lejos.", "es"), by=cast.ana.key)
    words = Contribution.objects.get().words
    assert page(cast.bo, room, draft("Más bancos.", quotes=[words])).status_code == 302
    assert "corrected after this was written" not in page(cast.bo, room).content.decode()
    submit(room.stream, ContributionCorrect(words, "El banco del parque está lejos.", "es"), by=cast.ana.key)
    text = page(cast.bo, room).content.decode()
    assert [each in text for each in ("corrected after this was written", "El banco está", "El banco del parque")] == [
        True, True, True,
    ]  # fmt: skip
    submit(room.stream, ContributionHide(words, "insult"), by=cast.fatou.key)
    text = page(cast.bo, room).content.decode()
    assert ["El banco" in text, "Hidden by the facilitator: it insults somebody." in text] == [False, True]
