"""A room goes on after a restart as if nothing had been: in every state of its floor, from log and from snapshot."""

from __future__ import annotations

from typing import get_args

import pytest

from floor.core import ledger, types
from floor.core.commands import HandRaise, MemberArrive, OfferAccept, TurnYield
from kernel.wire import name_of
from live import folds, outages
from live.core.kinds import Moment
from live.log import Submission, write
from live.models import Event, Stream
from live.services import submit
from rooms import services
from rooms.core import room as core
from rooms.core.types import REOPEN_MS, NoteMake, RoomState
from rooms.models import Room
from rooms.queries import log_of, state_of
from tests.cast import Cast
from tests.shell.rooms.floors import SCENES, bring
from tests.shell.rooms.machines import Machine

pytestmark = pytest.mark.django_db
HOUR_MS = 3_600_000
KEPT = {"log alone": 10**9, "snapshot alone": 1, "snapshot and log": 7}
"""Events between two snapshots: never one, one after every event, and some events to fold upon it."""


@pytest.fixture(params=sorted(KEPT))
def _keeping(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folds, "SNAPSHOT_EVERY", KEPT[request.param])


def restart(room: Room) -> RoomState:
    """What a process that remembers nothing finds."""
    folds.forget()
    return state_of(room)


def remembered(room: Room) -> RoomState:
    """What a process that has seen every event happen has in its memory."""
    state = RoomState()
    for record in log_of(room):
        state = core.evolve(state, record.event, record.at)
    return state


def uninterrupted(state: RoomState, until: int) -> list[tuple[str, int]]:
    """(event, moment) of everything that happens by itself up to a moment, in a process that is never restarted."""
    told = []
    while (due := core.next_deadline(state)) is not None and due <= until:
        for event in core.expire(state, Moment(at=due, by=None, seed="")):
            told.append((name_of(type(event)), due))
            state = core.evolve(state, event, due)
    return told


def test_the_scenes_leave_out_no_phase_and_no_mode(cast: Cast) -> None:
    seen: set[object] = set()
    for name in SCENES:
        room = services.create_room(cast.assembly)
        for member in (cast.ana, cast.bo, cast.fatou):
            services.seat_member(room, member)
        floor = bring(room, cast, name).state.floor
        seen |= {floor.mode, type(floor.phase), "suspended" if floor.suspended else ""}
        if isinstance(floor.phase, types.Paused):
            seen.add(("paused", type(floor.phase.before)))
    assert seen >= {*get_args(types.Mode), "suspended"}
    assert seen >= set(get_args(types.Phase))
    assert seen >= {("paused", phase) for phase in get_args(types.ActivePhase) if phase is not types.Closed}


@pytest.mark.usefixtures("_keeping")
@pytest.mark.parametrize("name", SCENES)
def test_the_same_state_the_same_end_and_the_same_events_at_the_deadlines(room: Room, cast: Cast, name: str) -> None:
    bring(room, cast, name)
    before, last = remembered(room), log_of(room)[-1]
    after = restart(room)
    assert after == before
    assert core.next_deadline(after) == Stream.objects.get(name=room.stream).deadline
    wanted = uninterrupted(before, last.at + HOUR_MS)
    for _, due in wanted:
        for moment in (due - 1, due):
            folds.forget()
            write([Submission(room.stream, None, at=moment)])
    rows = Event.objects.filter(stream__name=room.stream, seq__gt=last.seq).order_by("seq")
    assert [(row.kind, row.at) for row in rows] == wanted
    assert restart(room) == remembered(room)


@pytest.mark.parametrize("name", SCENES)
def test_an_hour_without_any_server_moves_everything_by_an_hour(
    room: Room, cast: Cast, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(room, cast, name)
    before, last = remembered(room), log_of(room)[-1]
    began, ended = last.at + 1, last.at + 1 + HOUR_MS
    monkeypatch.setattr(outages, "_known", [outages.Outage(began, ended)])
    folds.forget()
    write([Submission(room.stream, None, at=ended)])
    after = restart(room)
    spoken = {
        key: (account.total_ms, account.fair_us) for key, account in ledger.settle(before.floor, began).people.items()
    }
    assert {key: (account.total_ms, account.fair_us) for key, account in after.floor.people.items()} == spoken
    stands = isinstance(before.floor.phase, types.Paused | types.Closed)
    if before.floor.mode != "free":
        by = 0 if stands else HOUR_MS
        wanted = [(kind, due + by) for kind, due in uninterrupted(before, last.at + HOUR_MS)]
        assert uninterrupted(after, last.at + 2 * HOUR_MS) == wanted
    assert stands or [record.at for record in log_of(room)[-2:]] == [began, ended]
    write([Submission(room.stream, None, at=ended)])
    assert restart(room) == after


def test_a_closed_room_that_nobody_looks_at_hears_of_an_outage_too(
    room: Room, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_turn(room, cast)
    services.close_room(room)
    before, last = state_of(room).final_at, log_of(room)[-1]
    outage = outages.Outage(last.at + 1, last.at + 1 + HOUR_MS)
    monkeypatch.setattr(outages, "_known", [outage])
    assert (outages.streams(), before) == ([room.stream], last.at + REOPEN_MS)
    write([Submission(room.stream, None, at=outage.ended_at)])
    room.refresh_from_db()
    assert room.final_at == state_of(room).final_at == last.at + REOPEN_MS + HOUR_MS
    assert outages.streams() == []


def begin_turn(room: Room, cast: Cast) -> None:
    """Ana speaks, and Bo waits."""
    services.open_room(room)
    for member in (cast.ana, cast.bo):
        submit(room.stream, MemberArrive(member.key))
    submit(room.stream, HandRaise(), by=cast.ana.key)
    submit(room.stream, OfferAccept(), by=cast.ana.key)
    submit(room.stream, HandRaise(), by=cast.bo.key)


@pytest.mark.parametrize("jump_ms", [-HOUR_MS, HOUR_MS])
def test_the_wall_clock_may_be_set_while_somebody_speaks(
    room: Room, cast: Cast, machine: Machine, jump_ms: int
) -> None:
    begin_turn(room, cast)
    phase = state_of(room).floor.phase
    machine.pass_seconds(20)
    machine.set_by = jump_ms
    machine.pass_seconds(10)
    assert state_of(room).floor.phase == phase
    submit(room.stream, TurnYield(), by=cast.ana.key)
    floor = state_of(room).floor
    assert (floor.people[cast.ana.key].total_ms, floor.people[cast.ana.key].fair_us) == (30_000, 15_000_000)


def test_a_clock_set_back_before_a_restart_takes_nothing_away(room: Room, cast: Cast, machine: Machine) -> None:
    begin_turn(room, cast)
    machine.pass_seconds(20)
    submit(room.stream, NoteMake("Oui", "fr"), by=cast.bo.key)
    machine.set_by = -HOUR_MS
    machine.new_process()
    submit(room.stream, TurnYield(), by=cast.ana.key)
    log = log_of(room)
    assert [record.at for record in log] == sorted(record.at for record in log)
    assert state_of(room).floor.people[cast.ana.key].total_ms == 20_000


def test_a_clock_set_forward_before_a_restart_charges_nobody_beyond_the_end(
    room: Room, cast: Cast, machine: Machine
) -> None:
    begin_turn(room, cast)
    machine.pass_seconds(20)
    machine.set_by = HOUR_MS
    machine.new_process()
    submit(room.stream, HandRaise(), by=cast.ana.key)
    floor = state_of(room).floor
    assert floor.people[cast.ana.key].total_ms == floor.limits.turn_ms // 2 + floor.limits.wrap_ms
    assert floor.people[cast.bo.key].total_ms == 0
