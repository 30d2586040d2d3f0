"""Meetings as they were recorded, through the floor and its log: everybody's time is exact to the millisecond."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from floor.core.commands import (
    FloorGive,
    FloorSet,
    HandRaise,
    OfferAccept,
    SpeechStart,
    SpeechStop,
    TurnYield,
)
from floor.core.types import FloorState, Handover, Held, Limits, Mode, Offered, Speaking
from kernel.errors import Refused
from live import folds
from live.log import Submission, write
from rooms import queries, services
from tests.cast import Cast
from tests.factories import make_member
from tests.laws import assert_log_alone
from tests.shell.rooms.meetings import Meeting, meetings, one_at_a_time, spoken, turns
from tests.shell.rooms.play import Talk
from tests.skips import NO_MEETINGS

pytestmark = pytest.mark.django_db
MEETINGS = meetings()
UNCUT = Limits(gap_ms=0, turn_ms=3_600_000, min_turn_ms=3_600_000, spread_ms=24 * 3_600_000, hold_ms=1000)
"""Nobody is cut, so that what the log says can be held against what was recorded."""
TIMED = list(MEETINGS)[:3]


@dataclass
class Replay:
    """A room with the speakers of a meeting, and their accounts by the names of the recording."""

    talk: Talk
    keys: dict[str, str]

    def send(self, acts: Sequence[tuple[int, str | None, Any]]) -> None:
        """Commands of (millisecond, member, command), in batches as a busy writer takes them."""
        room, start = self.talk.room.stream, self.talk.start
        waiting = [Submission(room, command, by, None, start + at) for at, by, command in acts]
        for number in range(0, len(waiting), 500):
            written = write(waiting[number : number + 500])
            assert [each for each in written.answers if isinstance(each, Refused)] == []
            for each in written.published:
                folds.remember(each.stream, each.fold)

    @property
    def floor(self) -> FloorState:
        """The floor now."""
        return self.talk.state.floor

    def totals(self) -> tuple[dict[str, int], dict[str, int]]:
        """Milliseconds and turns by speaker."""
        people = self.floor.people
        return (
            {name: people[key].total_ms for name, key in self.keys.items()},
            {name: people[key].total_turns for name, key in self.keys.items()},
        )


def begin(cast: Cast, meeting: Meeting, mode: Mode) -> Replay:
    """An open room in which the speakers of a meeting are present."""
    room = services.create_room(cast.assembly)
    members = {name: make_member(cast.assembly) for name in sorted({each.speaker for each in meeting})}
    services.seat_members(room, [*members.values(), cast.fatou])
    replay = Replay(Talk(room, cast), {name: member.key for name, member in members.items()})
    replay.send([(0, cast.fatou.key, FloorSet(mode, UNCUT))])
    return replay


@pytest.mark.parametrize("name", MEETINGS)
def test_speech_that_overlaps_counts_for_each_and_a_yes_is_no_turn(cast: Cast, name: str) -> None:
    meeting = MEETINGS[name]
    replay = begin(cast, meeting, "free")
    starts = [(each.start, replay.keys[each.speaker], SpeechStart()) for each in meeting]
    stops = [(each.end, replay.keys[each.speaker], SpeechStop()) for each in meeting]
    replay.send(sorted([*stops, *starts], key=lambda act: act[0]))
    assert replay.totals() == (spoken(meeting), turns(meeting))
    assert sum(turns(meeting).values()) < len(meeting)
    assert_log_alone(replay.talk.room.stream)
    report = queries.report(replay.talk.room)
    assert {name: report.people[key].ms for name, key in replay.keys.items()} == spoken(meeting)
    assert {name: report.people[key].turns for name, key in replay.keys.items()} == turns(meeting)


@pytest.mark.parametrize("name", TIMED)
def test_under_a_chair_each_turn_is_as_long_as_it_was(cast: Cast, name: str) -> None:
    meeting = one_at_a_time(MEETINGS[name])
    replay = begin(cast, meeting, "chaired")
    acts: list[tuple[int, str | None, Any]] = []
    for each in meeting:
        key = replay.keys[each.speaker]
        given = [(each.start, key, HandRaise()), (each.start, cast.fatou.key, FloorGive(key))]
        acts += [*given, (each.end, key, TurnYield())]
    replay.send(acts)
    assert replay.totals() == (spoken(meeting), turns(meeting))
    pauses = replay.floor.idle_ms + replay.floor.gap_ms + replay.floor.held_ms
    assert pauses == meeting[-1].end - sum(each.ms for each in meeting)


@pytest.mark.parametrize("name", TIMED)
def test_called_by_rule_everybody_says_all_of_it_in_another_order(cast: Cast, name: str) -> None:
    meeting = one_at_a_time(MEETINGS[name])[:60]
    replay = begin(cast, meeting, "balanced")
    drive(replay, meeting)
    assert replay.totals() == (spoken(meeting), turns(meeting))
    assert_log_alone(replay.talk.room.stream)


def drive(replay: Replay, meeting: Meeting) -> None:
    """People ask when they began to speak in the meeting, and say all of it when the floor is theirs."""
    coming, unsaid = deque(meeting), defaultdict[str, deque[int]](deque)
    now = 0
    while coming or any(unsaid.values()):
        while coming and coming[0].start <= now:
            each = coming.popleft()
            unsaid[replay.keys[each.speaker]].append(each.ms)
        phase = replay.floor.phase
        match phase:
            case Offered(member=member) | Held(member=member) if unsaid[member]:
                replay.send([(now, member, OfferAccept())])
            case Offered(until=until) | Held(until=until) | Handover(until=until):
                now = until - replay.talk.start
                replay.send([(now, None, None)])
            case Speaking(member=member):
                now += unsaid[member].popleft()
                replay.send([(now, member, TurnYield())])
            case _:
                asking = [key for key, waiting in unsaid.items() if waiting]
                if asking:
                    replay.send([(now, key, HandRaise()) for key in asking])
                elif coming:
                    now = coming[0].start


@pytest.mark.skipif(len(MEETINGS) == 1, reason=NO_MEETINGS)
def test_more_than_our_own_meeting_is_replayed() -> None:
    assert len(TIMED) == 3
