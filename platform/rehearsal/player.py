"""Plays a whole scenario: everybody joins, rooms run, the plenary votes, results are fetched and recounted."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from floor.core.types import Mode
from rehearsal import evidence
from rehearsal.core.received import ClientLog
from rehearsal.core.report import Played, Run, pending
from rehearsal.core.scenario import RoomPlan, Scenario, runs_free, without_speech
from rehearsal.core.voting import Published
from rehearsal.draft_play import DraftPlayer
from rehearsal.faults import Saboteur
from rehearsal.merge_play import MergePlayer
from rehearsal.plenary_play import Archive, PlenaryPlayer
from rehearsal.processes import OwnServer
from rehearsal.room_play import RoomPlayer
from rehearsal.stage import Plan, Stage

CLOCK_QUESTIONS = 12
LEAD_S = 0.5
QUIET_S = 45.0
"""Real seconds without progress after which nobody waits for translations any longer: more than a worker's lease."""
CAUGHT_UP_S = 10.0
POLL_S = 0.2


@dataclass(frozen=True, slots=True)
class Options:
    """How a scenario is played."""

    speed: int
    processes: int
    floor: Mode | None = None
    """The mode of every room; None: as the scenario needs."""
    parts: frozenset[str] = frozenset({"rooms", "plenary"})

    def mode_of(self, scenario: Scenario, room: RoomPlan) -> Mode:
        """The mode of a room."""
        return self.floor or ("free" if runs_free(scenario, room.id) else "chaired")

    def judges_speaking(self) -> bool:
        """Whether the scenario, not the machine, decides who speaks."""
        return self.floor in (None, "chaired", "free")


class Player:
    """One rehearsal, from joining to the report's raw material; `played` may be asked at any time."""

    def __init__(
        self,
        scenario: Scenario,
        plan: Plan,
        options: Options,
        *,
        server: OwnServer | None,
        bases: list[str],
        progress: Callable[[str], None],
    ) -> None:
        self.scenario = scenario
        self.options = options
        self.server = server
        played = scenario if "rooms" in options.parts else without_speech(scenario)
        self.stage = Stage(played, plan, bases=bases, origin=evidence.origin(), progress=progress)
        self.logs: tuple[ClientLog, ...] = ()
        self.published: Mapping[str, Published] = {}

    async def run(self) -> None:
        """Play everything; what was received is kept even when it is broken off."""
        try:
            await self._everything()
        except Exception:  # whatever it is, what was played is reported
            self.stage.notebook.errors.append(traceback.format_exc())
        finally:
            self.logs = tuple(client.log() for seat in self.stage.seats.values() for client in seat.clients.values())
            self._gather_errors()
            await self.stage.close()

    async def _everything(self) -> None:
        await self.stage.admit_everybody()
        await self._set_clock()
        recommendations = await self._play_rooms()
        await self._drain()
        if "plenary" in self.options.parts and self.scenario.motions:
            await PlenaryPlayer(self.stage, recommendations).play()
            await self._drain()
            self.published = await Archive(self.stage, evidence.recount_program()).collect()
        await self._catch_up()

    async def _set_clock(self) -> None:
        seat = next(iter(self.stage.seats.values()))
        client = await self.stage.connect(seat)
        for _ in range(CLOCK_QUESTIONS):
            await client.measure_clock()
        if self.stage.time.rate != self.options.speed:
            raise ValueError(f"the server's clock runs {self.stage.time.rate} times, not {self.options.speed} times")

    async def _play_rooms(self) -> Mapping[str, str]:
        """Play all rooms at once; returns each submitted draft's recommendation."""
        stage = self.stage
        rooms = {
            room.id: RoomPlayer(stage, room, mode=self.options.mode_of(self.scenario, room))
            for room in stage.scenario.rooms
        }
        drafts = {draft.id: DraftPlayer(rooms[draft.room], draft) for draft in stage.scenario.drafts}
        merges = [MergePlayer(stage, merge, drafts) for merge in stage.scenario.merges]
        stage.begin(LEAD_S)
        await asyncio.gather(
            *(room.play() for room in rooms.values()),
            *(draft.play() for draft in drafts.values()),
            *(merge.play() for merge in merges),
            Saboteur(stage, self.server).play(),
        )
        await stage.settle()
        for room in rooms.values():
            await room.close()
        submitted = {name: (draft.player.stream, draft.submitted) for name, draft in drafts.items() if draft.submitted}
        proposed = {merge.plan.id: merge.key for merge in merges}
        return {
            **await asyncio.to_thread(evidence.recommendations, submitted),
            **await asyncio.to_thread(evidence.merged, proposed),
        }

    async def _drain(self) -> None:
        """Wait until every passage has reached its readers, as long as there is progress."""
        loop = asyncio.get_running_loop()
        roots = [*self.stage.plan.rooms.values(), *([self.stage.plan.plenary] if self.stage.plan.plenary else [])]
        last: tuple[str, ...] = ()
        since = loop.time()
        while loop.time() - since < QUIET_S:
            logs = [client.log() for seat in self.stage.seats.values() for client in seat.clients.values()]
            left = pending(logs, roots)
            if not left:
                return
            self.stage.progress(f"{len(left)} translations to come")
            if left != last:
                last, since = left, loop.time()
            await asyncio.sleep(POLL_S)
        self.stage.notebook.errors.append(f"{len(last)} translations never came: {', '.join(last[:5])}")

    async def _catch_up(self) -> None:
        """Wait until every connection has the last event of each of its streams."""
        last = await asyncio.to_thread(evidence.last_numbers)
        clients = [client for seat in self.stage.seats.values() for client in seat.here()]
        deadline = asyncio.get_running_loop().time() + CAUGHT_UP_S
        while asyncio.get_running_loop().time() < deadline:
            if all(client.positions.get(stream, 0) >= last[stream] for client in clients for stream in client.wanted):
                return
            await asyncio.sleep(POLL_S)

    def _gather_errors(self) -> None:
        for seat in self.stage.seats.values():
            for client in seat.clients.values():
                self.stage.notebook.errors.extend(client.errors)
                client.errors.clear()

    def played(self) -> Played:
        """What the report is made of."""
        stage, notebook = self.stage, self.stage.notebook
        streams = [*stage.plan.rooms.values(), *([stage.plan.plenary] if stage.plan.plenary else [])]
        complaints = self.server.complaints() if self.server else []
        return Played(
            scenario=self.scenario,
            run=self._run(),
            rooms=stage.plan.rooms,
            plenary=stage.plan.plenary,
            people={key: person for person, key in stage.plan.keys.items()},
            motions=notebook.motions,
            logs=self.logs,
            stored=evidence.stored(streams),
            commands=tuple(
                command
                for seat in stage.seats.values()
                for client in seat.clients.values()
                for command in client.commands
            ),
            ballots=tuple(notebook.ballots),
            published=self.published,
            amendments=notebook.amendments,
            faults=tuple(notebook.faults),
            remarks=tuple(notebook.remarks),
            errors=(*notebook.errors, *complaints),
        )

    def _run(self) -> Run:
        options = self.options
        return Run(
            speed=options.speed,
            processes=options.processes,
            database=evidence.database(),
            engines=engines_of(self.logs),
            judge_speaking=options.judges_speaking(),
            parts=options.parts,
        )


def engines_of(logs: tuple[ClientLog, ...]) -> tuple[str, ...]:
    """Engines and versions that labelled texts on the members' screens name."""
    labels: list[Mapping[str, Any]] = [
        each.frame["data"].get("label") or {} for log in logs for each in log.events() if _is_rendered(each.frame)
    ]
    return tuple(sorted({f"{label['engine']} {label.get('version', '')}".strip() for label in labels if label}))


def _is_rendered(frame: Mapping[str, Any]) -> bool:
    return bool(frame["kind"] == "text.rendered")
