"""Who enters a room: the whole cast is asked, whoever must see nothing included."""

from __future__ import annotations

import dataclasses
from typing import get_args

import pytest
from pytest_django import DjangoAssertNumQueries

from assemblies.core.roles import Role
from assemblies.queries import actor_of
from floor.core.commands import MemberArrive
from live import queries
from live.core.actors import Standing
from live.core.kinds import WordsShown
from rooms import services
from rooms.core.events import MemberRemoved, SeatTaken
from rooms.core.types import ContributionMake, MemberRemove
from rooms.core.types import Role as SeatRole
from rooms.kinds import ROOM
from rooms.models import Room
from rooms.rules import READING_ROLES
from tests.cast import Cast
from tests.factories import make_assembly, make_member
from tests.shell.rooms.play import Talk

pytestmark = pytest.mark.django_db


def standings(room: Room, cast: Cast) -> dict[str, Standing | None]:
    return {name: ROOM.standing(room.stream, actor) for name, actor in cast.actors().items()}


def test_those_seated_take_part_observers_read_and_others_do_not_enter(room: Room, cast: Cast) -> None:
    assert standings(room, cast) == {
        "ana": Standing.PARTICIPANT,
        "bo": Standing.PARTICIPANT,
        "chen": None,
        "fatou": Standing.PARTICIPANT,
        "otto": Standing.READER,
    }


def test_who_is_removed_may_not_even_read(room: Room, cast: Cast) -> None:
    Talk(room, cast).do(1, cast.fatou.key, MemberRemove(cast.ana.key))
    assert standings(room, cast)["ana"] is None


def test_an_observer_with_a_seat_reads(room: Room, cast: Cast) -> None:
    services.seat_member(room, cast.otto)
    assert standings(room, cast)["otto"] is Standing.READER


@pytest.mark.parametrize("role", list(Role))
def test_nobody_of_another_assembly_enters_whatever_their_role(room: Room, role: Role) -> None:
    stranger = make_member(make_assembly(), "Zoe", role=role.value)
    assert ROOM.standing(room.stream, actor_of(stranger)) is None


@pytest.mark.parametrize("role", list(Role))
def test_without_a_seat_only_offices_that_watch_over_the_assembly_read(room: Room, cast: Cast, role: Role) -> None:
    actor = dataclasses.replace(actor_of(cast.chen), role=role.value)
    assert ROOM.standing(room.stream, actor) is (Standing.READER if role in READING_ROLES else None)


def test_a_seat_knows_every_role_of_an_assembly() -> None:
    assert set(get_args(SeatRole)) == {role.value for role in Role}


def test_who_loses_the_stream_is_named_by_the_event() -> None:
    assert [ROOM.banished(event) for event in (MemberRemoved("a"), SeatTaken("b"), MemberArrive("c"))] == [
        "a",
        "b",
        None,
    ]


def test_words_of_a_room_are_what_was_said_and_the_names_of_its_people(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.give_turn(1, cast.ana.key)
    talk.do(2, cast.ana.key, ContributionMake("Hola", "es"))
    key = talk.state.said[0].words
    assert ROOM.words([key, cast.bo.key, "erased"]) == {
        key: WordsShown("Hola", "es"),
        cast.bo.key: WordsShown("Bo", "fr"),
    }


@pytest.mark.parametrize("others", [1, 3])
def test_the_words_of_a_snapshot_cost_two_queries(
    room: Room, cast: Cast, others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(others):
        services.seat_member(room, make_member(cast.assembly, f"Guest {number}"))
    talk = Talk(room, cast)
    keys = list(ROOM.mentions(talk.state))
    with django_assert_num_queries(2):
        assert len(ROOM.words(keys)) == 3 + others


def test_the_frames_of_a_contribution_carry_its_words(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.give_turn(1, cast.ana.key)
    answer = talk.do(2, cast.ana.key, ContributionMake("Hola", "es"))
    assert answer.seq is not None
    frame = queries.lines_after(room.stream, answer.seq - 1, limit=1)[0]
    assert '"text":"Hola"' in frame.text
