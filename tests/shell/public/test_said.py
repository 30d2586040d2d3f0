"""What was said, page by page: who may read it, and what may be done about it without a script."""

from __future__ import annotations

from typing import Any

import pytest

from floor.core.commands import MemberArrive
from hemicycle.realtime import COMMANDS, KINDS
from live.log import Submission, write
from live.registry import install
from live.services import submit
from public.quotations import reason_words
from public.said import ON_A_PAGE
from rooms import services
from rooms.core.control import HideReason
from rooms.core.exclusion import ExclusionAllow, ExclusionAnswer, ExclusionPropose, ExclusionRule, ExclusionSupport
from rooms.core.types import KEPT, MemberRemove, NoteMake
from rooms.core.wording import ContributionCorrect
from rooms.models import Contribution, Room
from tests.cast import Cast, make_cast
from tests.factories import bring_translations, make_member
from tests.shell.assemblies.cast import let_in

pytestmark = pytest.mark.django_db


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


def note(room: Room, cast: Cast, *, others: int = 0) -> str:
    """Ana notes something, and Bo so many things after it."""
    submit(room.stream, NoteMake("Hola.", "es"), by=cast.ana.key)
    write([Submission(room.stream, NoteMake(f"Note {number}", "fr"), cast.bo.key) for number in range(others)])
    return Contribution.objects.get(member=cast.ana.key).words


def page(member: Any, room: Room | None, **asked: str) -> Any:
    place = f"room/{room.pk}/said/" if room else "said/"
    return let_in(member).get(f"/m/{member.key}/{place}", {"lang": "en", **asked})


def act(member: Any, room: Room | None, **form: str) -> int:
    place = f"room/{room.pk}/said/" if room else "said/"
    return int(let_in(member).post(f"/m/{member.key}/{place}?lang=en", form).status_code)


def test_whoever_may_read_the_room_reads_what_was_said_in_it(room: Room, cast: Cast) -> None:
    note(room, cast)
    members = {"ana": cast.ana, "bo": cast.bo, "chen": cast.chen, "fatou": cast.fatou, "otto": cast.otto}
    asked = {name: page(member, room).status_code for name, member in members.items()}
    assert asked == {"ana": 200, "bo": 200, "chen": 404, "fatou": 200, "otto": 200}


def test_a_doubtful_translation_says_why_in_the_reader_s_words(room: Room, cast: Cast) -> None:
    note(room, cast)
    bring_translations(room.stream, "fr", doubts=("name",))
    for lang, reason in (("fr", "douteux : un nom"), ("es", "dudoso: un nombre")):
        told = page(cast.bo, room, lang=lang).content.decode()
        assert ("(fr) Hola." in told, told.count(f'<span class="chip doubt">{reason}</span>')) == (True, 1)
    assert "chip doubt" not in page(cast.ana, room).content.decode()


def test_who_gets_the_original_of_another_language_is_told_so_and_nobody_else(room: Room, cast: Cast) -> None:
    note(room, cast)
    told = {who: "original text; no translation here" in page(member, room).content.decode() for who, member in
            (("ana", cast.ana), ("bo", cast.bo))}  # fmt: skip
    assert told == {"ana": False, "bo": True}


def test_one_pages_back_to_what_was_said_before_all_that_the_room_remembers(room: Room, cast: Cast) -> None:
    note(room, cast, others=KEPT)
    asked, pages = page(cast.bo, room), 1
    while further := asked.context["further"]:
        asked, pages = page(cast.bo, room, before=str(further)), pages + 1
    assert (pages, [line.passage.original.text for line in asked.context["lines"]]) == (
        1 + KEPT // ON_A_PAGE,
        ["Hola."],
    )


def test_what_is_hidden_says_why_and_only_who_leads_reads_it(room: Room, cast: Cast) -> None:
    words = note(room, cast, others=KEPT)
    assert act(cast.fatou, room, words=words, act="contribution.hide", reason="insult") == 302
    before = str(Contribution.objects.get(words=words).pk + 1)
    shown = {who: page(member, room, before=before).content.decode() for who, member in
             (("bo", cast.bo), ("fatou", cast.fatou))}  # fmt: skip
    assert ["Hidden by the facilitator: it insults somebody." in text for text in shown.values()] == [True, True]
    assert {who: "Hola." in text for who, text in shown.items()} == {"bo": False, "fatou": True}
    assert act(cast.fatou, room, words=words, act="contribution.restore") == 302
    assert "Hola." in page(cast.bo, room, before=before).content.decode()


def test_who_moved_or_was_sent_out_takes_back_what_they_said(room: Room, cast: Cast) -> None:
    moved, sent = note(room, cast), services.create_room(cast.assembly)
    services.move_member(cast.ana, to=sent)
    services.open_room(sent)
    submit(sent.stream, NoteMake("Adiós.", "es"), by=cast.ana.key)
    last = Contribution.objects.get(room=sent).words
    submit(sent.stream, MemberRemove(cast.ana.key), by=cast.fatou.key)
    assert [act(cast.ana, None, words=words, act="contribution.withdraw") for words in (moved, last)] == [302, 302]
    text = page(cast.ana, None).content.decode()
    assert (text.count("Taken back by its author."), "Hola." in text, "Adiós." in text) == (2, False, False)


@pytest.mark.parametrize(
    ("who", "form", "status"),
    [
        ("bo", {"act": "contribution.withdraw"}, 409),
        ("bo", {"act": "contribution.hide", "reason": "insult"}, 409),
        ("otto", {"act": "contribution.restore"}, 409),
        ("chen", {"act": "contribution.withdraw"}, 404),
        ("fatou", {"act": "contribution.hide", "reason": "boredom"}, 409),
        ("fatou", {"act": "room.close"}, 409),
    ],
)
def test_what_one_may_not_do_changes_nothing(
    room: Room, cast: Cast, who: str, form: dict[str, str], status: int
) -> None:
    words = note(room, cast)
    assert act(getattr(cast, who), room, words=words, **form) == status
    assert Contribution.objects.filter(hidden="", withdrawn=False).count() == 1


def test_what_was_corrected_stands_there_as_its_author_last_worded_it_and_is_taken_back_with_it(
    room: Room, cast: Cast
) -> None:
    words = note(room, cast)
    submit(room.stream, ContributionCorrect(words, "Buenos días.", "es"), by=cast.ana.key)
    before = page(cast.bo, room).content.decode()
    assert ("Buenos días." in before, "Hola." in before) == (True, False)
    assert act(cast.ana, None, words=words, act="contribution.withdraw") == 302
    assert "Buenos días." not in page(cast.bo, room).content.decode()


def test_words_of_another_room_are_not_here(room: Room, cast: Cast) -> None:
    words = note(room, cast)
    other = services.create_room(cast.assembly)
    services.seat_member(other, cast.fatou)
    assert act(cast.fatou, other, words=words, act="contribution.hide", reason="insult") == 404


@pytest.mark.parametrize("others", [1, 3])
def test_a_page_costs_as_many_queries_whatever_stands_on_it(
    room: Room, cast: Cast, others: int, django_assert_max_num_queries: Any
) -> None:
    note(room, cast, others=others)
    client = let_in(cast.bo)
    with django_assert_max_num_queries(16):
        client.get(f"/m/{cast.bo.key}/room/{room.pk}/said/")


def test_every_reason_for_hiding_has_its_words() -> None:
    assert {key for key, _ in reason_words()} == set(HideReason.__args__)  # type: ignore[attr-defined]


def test_the_page_of_a_room_tells_who_was_sent_out_by_whom(room: Room, cast: Cast) -> None:
    submit(room.stream, MemberRemove(cast.ana.key), by=cast.fatou.key)
    asked = let_in(cast.ana).get(f"/m/{cast.ana.key}/room/{room.pk}/?lang=en")
    assert (asked.status_code, "The facilitator sent you out." in asked.content.decode()) == (403, True)


def test_whom_the_others_sent_out_reads_by_what_rule_on_the_page_too(room: Room, cast: Cast) -> None:
    seated = [make_member(cast.assembly, name, lang="fr") for name in ("Rui", "Eva")]
    for member in seated:
        services.seat_member(room, member)
    present = [cast.ana, cast.bo, *seated]
    for each in present:
        submit(room.stream, MemberArrive(each.key), by=each.key)
    submit(room.stream, ExclusionAllow(ExclusionRule()), by=cast.fatou.key)
    submit(room.stream, ExclusionPropose(cast.ana.key, "Grita.", "es"), by=cast.bo.key)
    submit(room.stream, ExclusionAnswer("Perdón.", "es"), by=cast.ana.key)
    submit(room.stream, ExclusionSupport(cast.ana.key), by=seated[0].key)
    asked = let_in(cast.ana).get(f"/m/{cast.ana.key}/room/{room.pk}/?lang=en")
    sentence = "The others here sent you out: at least 2 of 3 of those present agreed"
    assert (asked.status_code, sentence in asked.content.decode()) == (403, True)
