"""What those who chair decided for a whole room by their own choice; acts on one person: `rooms.core.overrides`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from floor.core import events as floor
from live.core.kinds import Recorded
from rooms.core import control, events, exclusion, poll, step
from rooms.core.types import SPEAKING_ROLES, RoomState

Measure = Literal[
    "pause", "rules", "round", "list", "pace", "budget", "lock", "unmute", "readmission", "restore", "poll",
    "exclusion", "step",
]  # fmt: skip
MEASURES: Mapping[type, Measure] = {
    floor.FloorPaused: "pause",
    floor.FloorChanged: "rules",
    floor.RoundStarted: "round",
    floor.ListClosed: "list",
    floor.ListOpened: "list",
    floor.PaceChanged: "pace",
    floor.GroupFormed: "budget",
    floor.MemberUnmuted: "unmute",
    control.RoomLocked: "lock",
    control.RoomUnlocked: "lock",
    control.ContributionRestored: "restore",
    events.MemberReadmitted: "readmission",
    poll.PollOpened: "poll",
    exclusion.ExclusionAllowed: "exclusion",
    exclusion.ExclusionForbidden: "exclusion",
    step.StepExtended: "step",
    step.StepDone: "step",
}


def measures_of(log: Sequence[Recorded[RoomState]]) -> Iterator[Measure]:
    """Each of them, from the room's first opening on: what was set before is how the room was made. What a step of
    the programme, the clock or a member brings about is nobody's measure."""
    opened, members = False, set[str | None]()
    programme = {(each.by, each.at) for each in log if isinstance(each.event, step.StepTaken | step.StepLeft)}
    for record in log:
        event: Any = record.event
        opened = opened or isinstance(event, events.RoomOpened)
        if isinstance(event, events.SeatGiven) and event.role in SPEAKING_ROLES:
            members.add(event.member)
        measure = MEASURES.get(type(event))
        by_itself = getattr(event, "reason", "") == "vote" or (record.by, record.at) in programme
        if opened and measure and record.by is not None and record.by not in members and not by_itself:
            yield measure
