"""Rooms read each other's drafts: in their languages, with comments, secret agreement and answers, and by whom."""

from __future__ import annotations

from typing import Any

import pytest

from assemblies.models import Member
from exchange.core.sharing import MAX_COMMENT, Share
from exchange.queries import exchange_of, exchange_state
from hemicycle.realtime import KINDS
from live.models import Event
from live.registry import kind_of
from live.services import create_stream, submit
from public.harvest import harvest_of
from recommendations.core.drafting import DraftWrite
from rooms import services
from rooms.models import PollCount, PollMark, Room, Seat
from tests.cast import Cast, make_cast
from tests.factories import bring_translations, make_member
from tests.laws import assert_law
from tests.shell.assemblies.cast import let_in
from tests.shell.public import test_harvest, test_histories

pytestmark = pytest.mark.django_db
cast = test_histories.cast
standing, draft_of, CLOSE, TREES = test_harvest.standing, test_harvest.draft_of, test_harvest.CLOSE, test_harvest.TREES
QUESTION, ANSWER = "Et les livraisons ?", "Hasta las nueve, como hoy."


@pytest.fixture
def source(cast: Cast) -> Room:
    """A Spanish room that stands behind a text."""
    return standing(cast, CLOSE)


@pytest.fixture
def reader(cast: Cast) -> Room:
    """A French room."""
    return standing(cast, "Planter des arbres", lang="fr")


def people(room: Room) -> list[Member]:
    return [seat.member for seat in Seat.objects.filter(room=room, role="citizen").order_by("pk")]


def page(member: Member, room: Room, **form: Any) -> Any:
    address = f"/m/{member.key}/room/{room.pk}/exchange/"
    return let_in(member).post(address, form) if form else let_in(member).get(address, {"lang": "en"})


def shared(source: Room, *readers: Room) -> Share:
    form = {"act": "share", "draft": draft_of(source), "readers": [each.pk for each in readers]}
    assert page(people(source)[0], source, **form).status_code == 302
    return [*exchange_state(source.assembly_id).shares.values()][-1]


def comment(share: Share, member: Member, room: Room, text: str = QUESTION) -> Any:
    return page(member, room, act="comment", share=share.key, text=text, lang=member.reads)


def test_a_draft_goes_to_another_room_and_comes_back_with_comments_in_each_ones_language(
    source: Room, reader: Room
) -> None:
    stream = exchange_of(source.assembly_id)
    create_stream(stream)
    assert assert_law(stream, lambda: shared(source, reader)) == ["draft.shared"]
    share = [*exchange_state(source.assembly_id).shares.values()][-1]
    bring_translations(stream, "fr")
    (ana, *_), (bo, *_) = people(source), people(reader)
    assert f"(fr) {CLOSE}" in page(bo, reader).content.decode()
    assert assert_law(stream, lambda: comment(share, bo, reader)) == ["comment.made"]
    bring_translations(stream, "es")
    text = page(ana, source).content.decode()
    assert [each in text for each in (f"(es) {QUESTION}", f"Room {reader.number}", bo.name)] == [True, True, False]
    (key,) = exchange_state(source.assembly_id).shares[share.key].comments
    answer = {"act": "answer", "share": share.key, "comment": key, "text": ANSWER, "lang": "es"}
    assert assert_law(stream, lambda: page(ana, source, **answer)) == ["comment.answered"]
    bring_translations(stream, "fr")
    assert f"(fr) {ANSWER}" in page(bo, reader).content.decode()


def test_how_far_people_agree_is_told_at_the_end_of_five_and_nobody_knows_who(
    cast: Cast, source: Room, reader: Room
) -> None:
    share = shared(source, reader)
    everybody = [*people(reader), *(make_member(cast.assembly, lang="fr") for _ in range(3))]
    for number, member in enumerate(everybody):
        if number > 1:
            services.seat_member(reader, member)
        form = {"act": "agree", "share": share.key, "choice": f"{number % 2 + 3}"}
        assert [page(member, reader, **form).status_code for _ in range(2)] == [302, 409]
    assert "table" not in page(people(source)[0], source).content.decode()
    close = {"act": "close", "share": share.key}
    assert assert_law(exchange_of(source.assembly_id), lambda: page(people(source)[0], source, **close)) == [
        "share.closed"
    ]
    ended = exchange_state(source.assembly_id).shares[share.key]
    assert (ended.answers, ended.counts) == (5, (0, 0, 0, 3, 2))
    assert "How far 5 people of the other rooms agree" in page(people(source)[0], source).content.decode()
    assert (PollMark.objects.count(), PollCount.objects.count()) == (0, 0)
    logged = [
        row.data for row in Event.objects.filter(stream__name=exchange_of(source.assembly_id), kind="share.closed")
    ]
    assert not any(member.key in str(data) for data in logged for member in everybody)


def test_of_four_nothing_is_told(cast: Cast, source: Room, reader: Room) -> None:
    share = shared(source, reader)
    for member in people(reader):
        page(member, reader, act="agree", share=share.key, choice="0")
    page(people(source)[0], source, act="close", share=share.key)
    ended = exchange_state(source.assembly_id).shares[share.key]
    assert (ended.answers, ended.counts) == (2, None)
    assert "Fewer than five people" in page(people(source)[0], source).content.decode()


def test_only_people_of_the_rooms_concerned_act(cast: Cast, source: Room, reader: Room) -> None:
    third = standing(cast, TREES)
    services.seat_member(source, cast.fatou)
    share = shared(source, reader)
    stranger, ana, bo = people(third)[0], people(source)[0], people(reader)[0]
    assert [page(each, source).status_code for each in (stranger, bo, cast.otto)] == [404, 404, 200]
    assert comment(share, stranger, third).status_code == 409
    assert comment(share, ana, source).status_code == 409
    assert comment(share, cast.otto, reader).status_code == 409
    assert page(cast.otto, reader, act="agree", share=share.key, choice="0").status_code == 409
    assert page(ana, source, act="agree", share=share.key, choice="0").status_code == 409
    assert comment(share, bo, reader).status_code == 302
    assert [each.comments for each in harvest_of(cast.assembly, "es").sheaves] == [1, 0, 0]
    (key,) = exchange_state(source.assembly_id).shares[share.key].comments
    answer = {"act": "answer", "share": share.key, "comment": key, "text": ANSWER, "lang": "es"}
    assert page(bo, reader, **answer).status_code == 409
    assert page(bo, reader, act="close", share=share.key).status_code == 409
    assert page(cast.fatou, source, **answer).status_code == 302
    assert page(people(reader)[1], reader, act="withdraw", share=share.key, comment=key).status_code == 409
    assert page(bo, reader, act="withdraw", share=share.key, comment=key).status_code == 302
    assert QUESTION not in page(ana, source).content.decode()


def test_who_sits_in_both_rooms_does_not_judge_their_own_text(source: Room, reader: Room) -> None:
    both = people(source)[0]
    services.seat_member(reader, both)
    assert comment(shared(source, reader), both, reader).status_code == 409


def test_what_a_room_still_writes_is_not_shared_and_a_shared_version_stays_as_it_was(
    cast: Cast, source: Room, reader: Room
) -> None:
    share = shared(source, reader)
    submit(source.stream, DraftWrite(share.draft, 1, "", TREES, "", "es"), by=people(source)[0].key)
    text = page(people(reader)[0], reader).content.decode()
    assert (CLOSE in text, TREES in text) == (True, False)
    writing = standing(cast, TREES, accepted=False)
    form = {"act": "share", "draft": draft_of(writing), "readers": [reader.pk]}
    assert page(people(writing)[0], writing, **form).status_code == 409


def test_rooms_of_another_assembly_are_out_of_reach(cast: Cast, source: Room) -> None:
    stranger = standing(make_cast(), TREES)
    form = {"act": "share", "draft": draft_of(source), "readers": [stranger.pk]}
    assert page(people(source)[0], source, **form).status_code == 409
    assert exchange_state(source.assembly_id).shares == {}


@pytest.mark.parametrize(
    "form",
    [
        {"act": "burn"},
        {"act": "comment", "share": "none", "text": "Hola", "lang": "fr"},
        {"act": "agree", "share": "none", "choice": "1"},
        {"act": "agree", "share": "SHARE", "choice": "9"},
        {"act": "agree", "share": "SHARE", "choice": "-1"},
        {"act": "comment", "share": "SHARE", "text": "x" * (MAX_COMMENT + 1), "lang": "fr"},
        {"act": "comment", "share": "SHARE", "text": "Bon", "lang": "xx-nonsense"},
    ],
)
def test_a_wrong_form_is_refused_and_what_was_typed_stays(source: Room, reader: Room, form: dict[str, str]) -> None:
    share = shared(source, reader)
    filled = {name: value.replace("SHARE", share.key) for name, value in form.items()}
    answer = page(people(reader)[0], reader, **filled)
    assert answer.status_code == 409
    assert filled.get("share") == "none" or filled.get("text", "") in answer.content.decode()


def test_no_socket_reads_it(cast: Cast) -> None:
    kind = next(each for each in KINDS if each.name == "exchange")
    stream = exchange_of(cast.assembly.pk)
    assert {kind.standing(stream, actor) for actor in cast.actors().values()} == {None}
    assert kind_of(stream)[1] is kind
