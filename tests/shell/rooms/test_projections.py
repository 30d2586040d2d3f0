"""What a room's events leave in other tables, in the same transaction."""

from __future__ import annotations

import pytest

from floor.core.commands import TurnYield
from live.models import Words
from recommendations.core.drafting import DraftAccept, DraftSubmit, DraftWrite
from recommendations.models import Recommendation, Revision
from rooms import services
from rooms.core.types import ContributionMake, ItemOpen, MemberReadmit, MemberRemove, NoteMake
from rooms.models import Contribution, Room, Seat
from tests.cast import Cast
from tests.shell.rooms.play import Talk
from translation.models import FeedLanguage, Passage, Rendering

pytestmark = pytest.mark.django_db


def test_a_seat_is_a_row_and_opens_the_feed_of_its_reading_language(room: Room, cast: Cast) -> None:
    assert [(seat.member, seat.role) for seat in room.seats.all()] == [
        (cast.ana, "citizen"),
        (cast.bo, "citizen"),
        (cast.fatou, "facilitator"),
    ]
    assert sorted(FeedLanguage.objects.values_list("root", "lang")) == [(room.stream, "es"), (room.stream, "fr")]


def test_opening_and_closing_shows_in_the_list_of_rooms(room: Room) -> None:
    services.open_room(room)
    assert Room.objects.get().stage == "open"
    services.close_room(room)
    assert Room.objects.get().stage == "closed"


def test_a_contribution_is_a_row_with_its_turn_and_item(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.do(0, cast.fatou.key, ItemOpen("Deliveries", "fr"))
    talk.give_turn(1, cast.ana.key)
    answer = talk.do(5, cast.ana.key, ContributionMake("Cerremos el centro.", "es"))
    talk.do(6, cast.bo.key, NoteMake("Et les marchés ?", "fr"))
    made, note = Contribution.objects.all()
    assert (made.member, made.kind, made.lang, made.turn, made.item, made.seq) == (
        cast.ana.key, "contribution", "es", 1, 1, answer.seq,
    )  # fmt: skip
    assert (note.member, note.kind, note.item, Words.objects.get(key=note.words).text) == (
        cast.bo.key, "note", 1, "Et les marchés ?",
    )  # fmt: skip


def test_what_is_said_is_wanted_in_every_other_reading_language(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.give_turn(1, cast.ana.key)
    talk.do(5, cast.ana.key, ContributionMake("Cerremos el centro.", "es"))
    assert Passage.objects.get().scope == f"assembly.{cast.assembly.pk}"
    assert list(Rendering.objects.values_list("passage__lang", "target")) == [("es", "fr")]


def test_removing_and_readmitting_marks_the_seat(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.do(1, cast.fatou.key, MemberRemove(cast.bo.key))
    assert Seat.objects.get(member=cast.bo).removed is True
    talk.do(2, cast.fatou.key, MemberReadmit(cast.bo.key))
    assert Seat.objects.get(member=cast.bo).removed is False


def test_versions_are_kept_and_a_submitted_draft_becomes_a_recommendation(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.do(1, cast.ana.key, DraftWrite(None, 0, "Domingos", "Cerrar el centro.", "Aire.", "es"))
    key = next(iter(talk.state.drafts))
    talk.do(2, cast.bo.key, DraftWrite(key, 1, "Dimanches", "Fermer le centre.", "", "fr"))
    for member in (cast.ana, cast.bo):
        talk.do(3, member.key, DraftAccept(key, 2))
    answer = talk.do(4, cast.ana.key, DraftSubmit(key, 2))
    assert list(Revision.objects.values_list("number", "member", "lang")) == [
        (1, cast.ana.key, "es"),
        (2, cast.bo.key, "fr"),
    ]
    made = Recommendation.objects.get()
    assert (made.assembly, made.origin_stream, made.origin_seq) == (cast.assembly, room.stream, answer.seq)
    assert (made.version, made.lang, made.accepted, made.present) == (2, "fr", 2, 2)


def test_a_refused_command_leaves_nothing(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.give_turn(1, cast.ana.key)
    talk.do(2, cast.ana.key, TurnYield())
    with pytest.raises(Exception, match=r"floor\.not_yours"):
        talk.do(3, cast.ana.key, ContributionMake("Tarde", "es"))
    assert Contribution.objects.count() == 0
