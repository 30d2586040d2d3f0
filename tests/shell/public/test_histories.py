"""The thread of each sentence: public without names, in the room with former wordings and comparisons."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from floor.core.commands import MemberArrive
from hemicycle.realtime import COMMANDS, KINDS
from live.models import Words
from live.registry import install
from live.services import submit
from recommendations.core.drafting import DraftAccept, DraftSubmit, DraftWrite
from recommendations.models import Recommendation
from rooms import services
from rooms.core.control import ContributionHide, ContributionWithdraw
from rooms.core.types import NoteMake
from rooms.models import Contribution, Room
from rooms.queries import state_of
from tests.cast import Cast, make_cast
from tests.shell.assemblies.cast import let_in
from translation.replacing import sign

pytestmark = pytest.mark.django_db
CLOSE, BUS = "Cerrar el centro los domingos.", "El autobús pasa cada diez minutos."


@pytest.fixture
def cast() -> Cast:
    install(kinds=KINDS, doors=COMMANDS)
    made = make_cast()
    made.assembly.public = True
    made.assembly.save()
    return made


@pytest.fixture
def room(cast: Cast) -> Room:
    made = services.create_room(cast.assembly)
    for member in (cast.ana, cast.bo, cast.fatou):
        services.seat_member(made, member)
    services.open_room(made)
    for member in (cast.ana, cast.bo):
        submit(made.stream, MemberArrive(member.key), by=member.key)
    return made


def write(room: Room, cast: Cast, *texts: str, quotes: tuple[str, ...] = ()) -> str:
    """A draft in so many versions, the last with quotations; its key."""
    draft: str | None = None
    for base, text in enumerate(texts):
        quoted = quotes if base == len(texts) - 1 else ()
        submit(room.stream, DraftWrite(draft, base, "Título", text, "", "es", quoted), by=cast.ana.key)
        draft = draft or [*state_of(room).drafts][-1]
    assert draft
    return draft


def send(room: Room, cast: Cast, draft: str, version: int) -> Recommendation:
    """The draft as a recommendation, accepted by all who are present."""
    for member in (cast.ana, cast.bo):
        submit(room.stream, DraftAccept(draft, version), by=member.key)
    submit(room.stream, DraftSubmit(draft, version), by=cast.bo.key)
    return Recommendation.objects.get(draft=draft)


def say(room: Room, cast: Cast, text: str) -> str:
    submit(room.stream, NoteMake(text, "es"), by=cast.bo.key)
    return Contribution.objects.latest("pk").words


def public(row: Recommendation, page: str = "sentences/") -> Any:
    return Client().get(f"/a/{row.assembly.slug}/recommendations/{row.key}/{page}", {"lang": "en"})


def test_each_sentence_leads_to_its_versions_and_quotations_and_to_no_name(room: Room, cast: Cast) -> None:
    words = say(room, cast, "Sin autobús nadie llega.")
    row = send(room, cast, write(room, cast, CLOSE, f"{CLOSE} {BUS}", quotes=(words,)), 2)
    answer = public(row)
    (_heading, (close, bus)) = answer.context["history"].parts[0]
    assert [stage.version.n for stage in close.stages] + [stage.version.n for stage in bus.stages] == [1, 2]
    assert [stage.said for stage in close.stages] == [1]
    assert ([quote.words for quote in bus.quotes], close.quotes) == ([words], [])
    page = answer.content.decode()
    assert "Sin autobús nadie llega." in page
    for member in (cast.ana, cast.bo):
        assert [each for each in (f">{member.name}<", member.key) if each in page] == []


def test_what_was_taken_back_or_hidden_is_public_nowhere(room: Room, cast: Cast) -> None:
    gone, hidden = say(room, cast, "Nadie llega."), say(room, cast, "Sois todos iguales.")
    row = send(room, cast, write(room, cast, BUS, quotes=(gone, hidden)), 1)
    submit(room.stream, ContributionWithdraw(gone), by=cast.bo.key)
    submit(room.stream, ContributionHide(hidden, "insult"), by=cast.fatou.key)
    for page in (public(row), public(row, "")):
        text = page.content.decode()
        assert [each in text for each in ("Nadie llega.", "Sois todos iguales.", "Taken back by its author.")] == [
            False, False, True,
        ]  # fmt: skip


def test_a_quotation_that_came_without_a_sentence_belongs_to_the_whole(room: Room, cast: Cast) -> None:
    words = say(room, cast, "Sin autobús nadie llega.")
    row = send(room, cast, write(room, cast, CLOSE, CLOSE, quotes=(words,)), 2)
    history = public(row).context["history"]
    assert ([quote.words for quote in history.quotes], history.parts[0][1][0].quotes) == ([words], [])


def test_an_erased_text_and_a_private_assembly_are_not_told(room: Room, cast: Cast) -> None:
    row = send(room, cast, write(room, cast, CLOSE), 1)
    Words.objects.filter(key=row.recommendation).delete()
    assert public(row).context["history"].parts == []
    cast.assembly.public = False
    cast.assembly.save()
    assert public(row).status_code == 404


def page(member: Any, room: Room, draft: str, **asked: str) -> Any:
    return let_in(member).get(f"/m/{member.key}/room/{room.pk}/drafts/{draft}/", {"lang": "en", **asked})


def test_only_who_may_read_the_room_reads_how_a_draft_came_about(room: Room, cast: Cast) -> None:
    draft = write(room, cast, CLOSE)
    people = ("ana", "bo", "chen", "fatou", "otto")
    assert {name: page(getattr(cast, name), room, draft).status_code for name in people} == {
        "ana": 200, "bo": 200, "chen": 404, "fatou": 200, "otto": 200,
    }  # fmt: skip
    assert page(cast.ana, room, "0123456789abcdef").status_code == 404


def test_two_versions_are_compared_word_by_word_and_former_wordings_stay(room: Room, cast: Cast) -> None:
    draft = write(
        room,
        cast,
        "Cerrar el centro hasta el mediodía.",
        "Cerrar el centro hasta las diez.",
        "Cerrar el centro hasta las once.",
    )
    text = page(cast.ana, room, draft, **{"from": "1", "to": "2"}).content.decode()
    assert "<del>el mediodía</del><ins>las diez</ins>" in text
    assert "<del>diez</del><ins>once</ins>" in page(cast.ana, room, draft).content.decode()
    (_heading, (line,)) = page(cast.ana, room, draft).context["history"].parts[0]
    assert [[text.text for text in stage.texts] for stage in line.stages] == [
        ["Cerrar el centro hasta el mediodía."], ["Cerrar el centro hasta las diez."], [],
    ]  # fmt: skip


def test_versions_and_threads_are_read_in_the_reader_s_language(room: Room, cast: Cast) -> None:
    draft = write(room, cast, f"{CLOSE} {BUS}", f"{CLOSE} Hay un autobús cada diez minutos.")
    first, second = (version.recommendation for version in state_of(room).drafts[draft].versions)
    sign(room.stream, first, "Fermer le centre. Le bus passe toutes les dix minutes.", lang="fr", by="rui")
    sign(room.stream, second, "Fermer le centre. Il y a un bus toutes les dix minutes.", lang="fr", by="rui")
    answer = page(cast.bo, room, draft)
    text = answer.content.decode()
    assert "<del>Le</del><ins>Il y a un</ins> bus<del> passe</del> toutes" in text
    assert "<del>El</del><ins>Hay un</ins> autobús<del> pasa</del> cada" in text
    (_heading, lines) = answer.context["history"].parts[0]
    assert [line.shown.text for line in lines] == ["Fermer le centre.", "Il y a un bus toutes les dix minutes."]
    row = send(room, cast, draft, 2)
    french = Client().get(f"/a/{row.assembly.slug}/recommendations/{row.key}/sentences/", {"lang": "fr"})
    assert [line.shown.lang for line in french.context["history"].parts[0][1]] == ["fr", "fr"]


@pytest.mark.parametrize("asked", [{"from": "9", "to": "x"}, {"from": "2", "to": "1"}, {"from": "-1"}])
def test_versions_that_do_not_exist_are_not_asked_for(room: Room, cast: Cast, asked: dict[str, str]) -> None:
    draft = write(room, cast, CLOSE, BUS)
    answer = page(cast.ana, room, draft, **asked)
    assert (answer.status_code, answer.context["old"], answer.context["new"]) == (200, 1, 2)


def test_versions_in_two_languages_are_compared_where_both_are_read(room: Room, cast: Cast) -> None:
    draft = write(room, cast, CLOSE)
    submit(room.stream, DraftWrite(draft, 1, "", "Fermer le centre.", "", "fr"), by=cast.bo.key)
    answer = page(cast.ana, room, draft)
    assert [each.shown for each in answer.context["compared"] if each.name == "Recommendation"] == [()]
    assert "one of them is not translated yet" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_more_versions_cost_no_more_queries(
    room: Room, cast: Cast, count: int, django_assert_max_num_queries: Any
) -> None:
    words = say(room, cast, "Sin autobús nadie llega.")
    draft = write(room, cast, *[f"{BUS} {number}." for number in range(count)], quotes=(words,))
    client, address = let_in(cast.ana), f"/m/{cast.ana.key}/room/{room.pk}/drafts/{draft}/"
    with django_assert_max_num_queries(22):
        client.get(address)
