"""Rooms on the database: the law of streams, a killed process, deadlines that passed while nobody served."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from floor.core.commands import FloorPause, FloorResume, HandRaise, TurnYield
from floor.core.types import Handover, Open, Speaking
from live import folds
from live.log import Submission, write
from live.models import Event, Stream
from recommendations.core.drafting import DraftWrite
from rooms import services
from rooms.core.poll import PollClose, PollOpen
from rooms.core.types import ContributionMake, ItemOpen, NoteMake
from rooms.models import Room
from tests.cast import Cast
from tests.laws import assert_law, assert_log_alone
from tests.shell.rooms.play import Talk

pytestmark = pytest.mark.django_db


def acts(room: Room, cast: Cast) -> dict[str, Callable[[], object]]:
    """Everything that is written to an open room in which Ana has the floor."""
    talk = Talk(room, cast)
    talk.give_turn(1, cast.ana.key)
    return {
        "contribute": lambda: talk.do(2, cast.ana.key, ContributionMake("Hola", "es")),
        "note": lambda: talk.do(3, cast.bo.key, NoteMake("Oui", "fr")),
        "wait": lambda: talk.do(4, cast.bo.key, HandRaise()),
        "pause": lambda: talk.do(5, cast.fatou.key, FloorPause()),
        "resume": lambda: talk.do(65, cast.fatou.key, FloorResume()),
        "draft": lambda: talk.do(66, cast.bo.key, DraftWrite(None, 0, "Titre", "Texte", "", "fr")),
        "item": lambda: talk.do(67, cast.fatou.key, ItemOpen("Marchés", "fr")),
        "expire": lambda: talk.do(300, None, None),
        "seat": lambda: services.seat_member(room, cast.chen),
        "move": lambda: services.unseat_member(room, cast.ana),
        "close": lambda: services.close_room(room),
    }


def test_earlier_snapshot_and_events_give_the_later_snapshot(room: Room, cast: Cast) -> None:
    names = {name: assert_law(room.stream, act) for name, act in acts(room, cast).items()}
    assert names["contribute"] == ["contribution.made"]
    assert names["expire"] == [
        "turn.wrapping", "turn.ended", "floor.offered", "offer.lapsed", "hand.lowered",
    ]  # fmt: skip
    assert names["close"] == ["floor.closed", "room.closed"]


def test_a_killed_process_loads_the_turn_that_goes_on_from_the_log(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.give_turn(1, cast.ana.key)
    before = talk.state
    folds.forget()
    assert talk.state == before
    assert isinstance(talk.state.floor.phase, Speaking)
    talk.do(21, cast.ana.key, TurnYield())
    assert talk.state.floor.people[cast.ana.key].total_ms == 20_000


def test_deadlines_that_passed_while_nobody_served_take_effect_at_their_own_moments(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.give_turn(0, cast.ana.key)
    talk.do(1, cast.bo.key, HandRaise())
    folds.forget()
    write([Submission(room.stream, None, at=talk.start + 3_600_000)])
    times = {row.kind: (row.at - talk.start) / 1000 for row in Event.objects.order_by("seq")}
    assert (times["turn.wrapping"], times["turn.ended"], times["offer.lapsed"]) == (45, 55, 66)
    assert talk.state.floor.people[cast.ana.key].total_ms == 55_000
    assert talk.state.floor.phase == Open()


def test_a_deadline_is_applied_once_however_often_it_is_asked_for(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.give_turn(0, cast.ana.key)
    talk.do(10, cast.ana.key, TurnYield())
    assert isinstance(talk.state.floor.phase, Handover)
    for _ in range(3):
        write([Submission(room.stream, None, at=talk.start + 20_000)])
    assert list(Event.objects.order_by("-seq").values_list("kind", flat=True)[:2]) == ["floor.opened", "turn.ended"]


def test_the_stream_tells_when_it_moves_next(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.give_turn(0, cast.ana.key)
    assert Stream.objects.get(name=room.stream).deadline is None
    talk.do(1, cast.bo.key, HandRaise())
    assert Stream.objects.get(name=room.stream).deadline == talk.start + 45_000


def test_a_long_talk_is_loaded_from_its_snapshot(room: Room, cast: Cast) -> None:
    talk = Talk(room, cast)
    talk.give_turn(0, cast.ana.key)
    for number in range(4):
        talk.do(0, cast.fatou.key, PollOpen(f"{number}?", ("Sí", "No"), "ca"))
        talk.do(0, cast.fatou.key, PollClose(list(talk.state.polls)[-1]))
    for number in range(210):
        talk.do(1 + number / 100, cast.ana.key, ContributionMake(f"{number}", "es"))
    assert Stream.objects.get(name=room.stream).snapshot_seq > 0
    assert_log_alone(room.stream)
