"""Texts of several rooms become one: proposed, accepted in every room, put to the vote instead, and followed back."""

from __future__ import annotations

from typing import Any

import pytest

from assemblies.models import Member
from exchange.core.merging import Merge
from exchange.queries import exchange_of, exchange_state
from kernel.errors import Refused
from live.services import create_stream, submit
from plenary.core.motions import MotionAdd
from plenary.core.presets import conference
from plenary.services import create_plenary
from public.harvest import harvest_of
from recommendations.core.drafting import DraftSubmit, DraftWrite
from recommendations.models import Recommendation
from rooms import services
from rooms.models import Room, Seat
from rooms.queries import state_of
from tests.cast import Cast
from tests.factories import bring_translations
from tests.laws import assert_law
from tests.shell.assemblies.cast import let_in
from tests.shell.exchange.test_exchange import people, shared
from tests.shell.public import test_harvest, test_histories

pytestmark = pytest.mark.django_db
cast = test_histories.cast
public, standing, draft_of = test_histories.public, test_harvest.standing, test_harvest.draft_of
CLOSE, CLOSED, TREES = test_harvest.CLOSE, test_harvest.CLOSED, test_harvest.TREES
ONE = f"{CLOSED}. {TREES}. Empezar en mayo."


@pytest.fixture
def rooms(cast: Cast) -> tuple[Room, Room]:
    """Two rooms, each of which has sent a text."""
    return standing(cast, CLOSED, sent=True), standing(cast, f"{CLOSE}. {TREES}.", sent=True)


def page(member: Member, room: Room, **form: Any) -> Any:
    address = f"/m/{member.key}/room/{room.pk}/merging/"
    return let_in(member).post(address, form) if form else let_in(member).get(address, {"lang": "en"})


def propose(*rooms: Room, text: str = ONE, by: Member | None = None) -> Any:
    form = {"act": "propose", "draft": [draft_of(room) for room in rooms], "recommendation": text, "lang": "es"}
    return page(by or people(rooms[0])[0], rooms[0], **form)


def proposed(*rooms: Room) -> Merge:
    assert propose(*rooms).status_code == 302
    return [*exchange_state(rooms[0].assembly_id).merges.values()][-1]


def answer(merge: Merge, room: Room, act: str = "accept") -> list[int]:
    return [page(member, room, act=act, merge=merge.key).status_code for member in people(room)]


def put_to_the_vote(row: Recommendation) -> None:
    submit(create_plenary(row.assembly_id), MotionAdd(row.key, conference()), by="chair")


def fate(room: Room, merge: Merge) -> str:
    return exchange_state(room.assembly_id).merges[merge.key].fate


def test_what_every_room_accepts_is_put_to_the_vote_instead_of_their_texts(
    cast: Cast, rooms: tuple[Room, Room]
) -> None:
    one, other = rooms
    stream = exchange_of(cast.assembly.pk)
    create_stream(stream)
    assert assert_law(stream, lambda: propose(one, other)) == ["merge.proposed"]
    (merge,) = exchange_state(cast.assembly.pk).merges.values()
    assert answer(merge, one) == [302, 302]
    assert (fate(one, merge), Recommendation.objects.count()) == ("open", 2)
    page(people(other)[0], other, act="accept", merge=merge.key)
    last = people(other)[1]
    assert assert_law(stream, lambda: page(last, other, act="accept", merge=merge.key)) == [
        "merge.answered", "merge.decided",
    ]  # fmt: skip
    row = Recommendation.objects.get(draft=merge.key)
    assert (row.accepted, row.present) == (4, 4)
    assert [(each.draft, each.version) for each in row.parents.all()] == [(draft_of(each), 1) for each in rooms]
    source = Recommendation.objects.get(draft=draft_of(one))
    with pytest.raises(Refused) as caught:
        put_to_the_vote(source)
    assert caught.value.code == "recommendation.merged"
    put_to_the_vote(row)
    assert {each.stage for each in harvest_of(cast.assembly, "es").sheaves} == {"merged"}
    assert "became part of one text of several rooms" in public(source, "").content.decode()


def test_each_sentence_leads_through_the_merge_to_its_room(cast: Cast, rooms: tuple[Room, Room]) -> None:
    merge = proposed(*rooms)
    for room in rooms:
        answer(merge, room)
    response = public(Recommendation.objects.get(draft=merge.key))
    ((_heading, (closed, trees, may)),) = response.context["merged"].parts
    names = [f"Room {room.number}" for room in rooms]
    assert [(origin.room, origin.line.shown.text) for origin in closed.origins] == [(names[0], CLOSED)]
    assert [(origin.room, len(origin.line.stages)) for origin in trees.origins] == [(names[1], 1)]
    assert may.origins == []
    text = response.content.decode()
    assert [each in text for each in ("It came when the texts were made one.", "It came with version 1")] == [True] * 2
    assert not [member.name for room in rooms for member in people(room) if f">{member.name}<" in text]


def test_a_text_in_another_language_is_followed_through_its_translation(cast: Cast) -> None:
    one, other = standing(cast, f"{CLOSE}.", sent=True), standing(cast, "Planter des arbres.", lang="fr", sent=True)
    bring_translations(other.stream, "es")
    create_stream(exchange_of(cast.assembly.pk))
    assert propose(one, other, text=f"{CLOSE}.\n(es) Planter des arbres.").status_code == 302
    (merge,) = exchange_state(cast.assembly.pk).merges.values()
    for room in (one, other):
        answer(merge, room)
    ((_heading, (close, trees)),) = public(Recommendation.objects.get(draft=merge.key)).context["merged"].parts
    assert [[origin.room for origin in line.origins] for line in (close, trees)] == [
        [f"Room {one.number}"], [f"Room {other.number}"],
    ]  # fmt: skip


def test_what_is_not_translated_yet_is_not_said_to_come_from_nowhere(cast: Cast) -> None:
    one, other = standing(cast, f"{CLOSE}.", sent=True), standing(cast, "Planter des arbres.", lang="fr", sent=True)
    merge = proposed(one, other)
    for room in (one, other):
        answer(merge, room)
    text = public(Recommendation.objects.get(draft=merge.key)).content.decode()
    assert "or from a sentence that is not translated yet." in text


def test_a_room_that_refuses_leaves_all_texts_as_they_are(cast: Cast, rooms: tuple[Room, Room]) -> None:
    merge = proposed(*rooms)
    answer(merge, rooms[0])
    answer(merge, rooms[1], "refuse")
    assert (fate(rooms[0], merge), Recommendation.objects.count()) == ("refused", 2)
    text = page(people(rooms[0])[0], rooms[0]).content.decode()
    assert f"Room {rooms[1].number} does not accept it: 2 of 2 present." in text
    put_to_the_vote(Recommendation.objects.get(draft=draft_of(rooms[0])))


def test_a_text_that_is_written_on_meanwhile_makes_the_proposal_stale_and_nothing_is_lost(cast: Cast) -> None:
    one, other = standing(cast, CLOSED), standing(cast, TREES)
    writer = people(other)[0]
    shared(other, one)
    merge = proposed(one, other)
    submit(other.stream, DraftWrite(draft_of(other), 1, "", f"{TREES} y parques", "", "es"), by=writer.key)
    assert answer(merge, one) == [409, 409]
    text = page(people(one)[0], one).content.decode()
    told = ("This room wrote a newer version meanwhile.", "Nothing is lost", ONE, "I can live with this text")
    assert [each in text for each in told] == [True, True, True, False]
    assert state_of(other).drafts[draft_of(other)].version == 2
    again = let_in(people(one)[0]).get(
        f"/m/{people(one)[0].key}/room/{one.pk}/merging/",
        {"draft": [draft_of(one), draft_of(other)], "again": merge.key, "lang": "en"},
    )
    assert again.context["form"]["recommendation"] == ONE


def test_what_a_room_writes_after_the_merge_is_a_text_of_its_own(cast: Cast) -> None:
    one, other = standing(cast, CLOSED), standing(cast, TREES)
    shared(other, one)
    merge = proposed(one, other)
    for room in (one, other):
        answer(merge, room)
    writer = people(other)[0]
    submit(other.stream, DraftSubmit(draft_of(other), 1), by=writer.key)
    with pytest.raises(Refused):
        put_to_the_vote(Recommendation.objects.get(draft=draft_of(other)))
    submit(
        one.stream, DraftWrite(draft_of(one), 1, "", f"{CLOSED}, también en agosto", "", "es"), by=people(one)[0].key
    )
    assert {each.stage for each in harvest_of(cast.assembly, "es").sheaves} == {"merged"}, (
        "the newer one is not accepted"
    )
    assert harvest_of(cast.assembly, "es").writing == 1


def test_only_people_of_the_rooms_decide_and_only_texts_they_may_read_are_merged(
    cast: Cast, rooms: tuple[Room, Room]
) -> None:
    third = standing(cast, "Otra cosa distinta")
    one, other = rooms
    ana, stranger = people(one)[0], people(third)[0]
    assert propose(one, third, by=ana).status_code == 409, "the third room has not sent its text"
    assert propose(third, one, by=ana).status_code == 404
    merge = proposed(one, other)
    assert page(stranger, third, act="accept", merge=merge.key).status_code == 409
    assert page(stranger, one, act="accept", merge=merge.key).status_code == 404
    assert page(cast.otto, one, act="accept", merge=merge.key).status_code == 409
    assert page(people(other)[0], other, act="withdraw", merge=merge.key).status_code == 409
    services.seat_member(one, cast.fatou)
    assert page(cast.fatou, one, act="withdraw", merge=merge.key).status_code == 302
    assert fate(one, merge) == "withdrawn"


def test_whoever_was_moved_while_writing_keeps_the_words_in_the_form(rooms: tuple[Room, Room]) -> None:
    one, other = rooms
    ana = people(one)[0]
    Seat.objects.filter(room=one, member=ana).update(role="observer")
    refused = propose(one, other, by=ana)
    assert refused.status_code in (404, 409)
    assert exchange_state(one.assembly_id).merges == {}


def test_a_refused_proposal_keeps_what_was_written(rooms: tuple[Room, Room]) -> None:
    one, _other = rooms
    ana = people(one)[0]
    form = {
        "act": "propose",
        "draft": [draft_of(one)],
        "recommendation": "Mi texto.",
        "reasons": "Por qué.",
        "lang": "es",
    }
    refused = page(ana, one, **form)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert ("Mi texto." in text, "Por qué." in text) == (True, True)


def test_the_harvest_leads_to_a_proposal_with_both_texts(cast: Cast) -> None:
    one, other = standing(cast, CLOSE), standing(cast, CLOSED)
    services.seat_member(one, cast.fatou)
    harvest = test_harvest.page(cast.fatou).content.decode()
    assert f"/room/{one.pk}/merging/?draft=" in harvest
    asked = {"draft": [draft_of(one), draft_of(other)], "lang": "en"}
    answer = let_in(cast.fatou).get(f"/m/{cast.fatou.key}/room/{one.pk}/merging/", asked)
    assert [side.room for side in answer.context["chosen"]] == [one.number, other.number]
    form = {"act": "propose", "draft": asked["draft"], "recommendation": ONE, "lang": "fr"}
    assert page(cast.fatou, one, **form).status_code == 302
