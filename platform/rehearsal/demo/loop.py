"""The demo's loop: the same player, round after round, beside whoever walks in."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Mapping

from rehearsal import evidence
from rehearsal.core.scenario import BallotPlan, MotionPlan
from rehearsal.demo.visitors import Visitors
from rehearsal.draft_play import DraftPlayer
from rehearsal.plenary_play import PlenaryPlayer
from rehearsal.room_play import RoomPlayer
from rehearsal.stage import Seat, Stage
from rehearsal.turns import OrderedTurns

CLOCK_QUESTIONS = 5
BEFORE_OPENING_MS = 20_000
"""How long a motion stands in the plenary before it is put to the vote."""
GRACE_S = 45.0
"""How long after the end of a round people may go on with what they had to say."""
BREATH_S = 8.0

AGENDA: Mapping[str, tuple[str, ...]] = {
    "ca": ("Un diumenge tranquil", "El mercat i les botigues", "La gent gran", "La nostra proposta"),
    "it": ("Le strade del centro", "Gli autobus e i taxi", "Le panchine e l'acqua", "La nostra proposta"),
}
"""Titles of agenda items in the facilitators' languages; each round takes the next."""


class DemoLoop:
    """Rooms, drafts and motions of one assembly, moved until somebody ends it."""

    def __init__(self, stage: Stage, *, visitors_only: frozenset[str]) -> None:
        self.stage = stage
        self.seats = [seat for name, seat in stage.seats.items() if name not in visitors_only]
        """Seats that the player sits in; the others are kept for visitors."""
        self.rooms = {room.id: RoomPlayer(stage, room, mode="balanced", aloud=True) for room in stage.scenario.rooms}
        self.plenary = PlenaryPlayer(stage, {})
        self.visitors = Visitors(stage, self.seats)
        self.round = 0

    async def run(self) -> None:
        """Bring everybody in and play rounds for ever."""
        await self.stage.admit_everybody(self.seats)
        await self.visitors.know_own_devices()
        for seat in self.seats:
            await self._arrive(seat)
        for _ in range(CLOCK_QUESTIONS):
            await self.seats[0].client.measure_clock()
        watching = asyncio.create_task(self.visitors.watch(self._arrive, self._stand_up))
        try:
            while True:
                await self.play_round()
                await asyncio.sleep(BREATH_S)
        finally:
            watching.cancel()

    async def _arrive(self, seat: Seat) -> None:
        """Sit down: in one's room, if one has one, and in the plenary."""
        if seat.person.room is not None:
            await self.rooms[seat.person.room].arrive(seat)
        await self.plenary.arrive(seat)

    async def _stand_up(self, seat: Seat) -> None:
        """Leave the seat to a visitor: give back the floor, take the hand down, close the screens."""
        room = self.rooms.get(seat.person.room or "")
        if room is not None and seat.ready.is_set():
            if room.view.holder == seat.key:
                await seat.client.command("turn.yield", room.stream)
            elif room.view.offered == seat.key or seat.key in room.view.hands:
                await seat.client.command("hand.lower", room.stream)
        seat.ready.clear()
        await asyncio.gather(*(client.close() for client in seat.clients.values()))

    async def play_round(self) -> None:
        """One agenda item of every room, with the drafts and motions that come of it."""
        self.stage.begin(1.0)
        await asyncio.gather(*(self._open_item(room) for room in self.rooms.values()))
        drafts = [DraftPlayer(self.rooms[draft.room], draft) for draft in self.stage.scenario.drafts]
        rooms = [asyncio.create_task(self._play_room(room)) for room in self.rooms.values()]
        ballots = [self._motion(motion, drafts) for motion in self.stage.scenario.motions]
        for draft in drafts:
            self.stage.start(draft.play(), f"draft {draft.draft.id}")
        await asyncio.gather(*rooms, *ballots)
        await self.stage.settle()
        self.round += 1
        self._forget()

    async def _open_item(self, room: RoomPlayer) -> None:
        facilitator = room.room.facilitator
        titles = AGENDA.get(facilitator.person.lang, ())
        if facilitator.taken:
            return
        title = f"{self.round + 1}. {titles[self.round % len(titles)]}" if titles else None
        await room.room.chair("room.open")
        await room.room.chair("floor.resume")
        if room.view.mode != "balanced":  # as a visiting facilitator left it
            await room.room.chair("floor.set", mode="balanced", limits=room.view.limits)
        await room.room.chair("item.open", title=title, lang=facilitator.person.lang)

    async def _play_room(self, room: RoomPlayer) -> None:
        turns = room.turns
        allowed_s = room.plan.end / 1000 + GRACE_S
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(allowed_s):
                await room.play()
        if isinstance(turns, OrderedTurns):
            turns.give_up()

    async def _motion(self, motion: MotionPlan, drafts: list[DraftPlayer]) -> None:
        """Put one motion to the vote, if its draft was submitted and nobody sits in the chair's place."""
        await self.stage.wait_until(motion.opens - BEFORE_OPENING_MS)
        draft = next(draft for draft in drafts if draft.draft.id == motion.draft)
        submitted = {motion.draft: (draft.player.stream, draft.submitted)}
        found = await asyncio.to_thread(evidence.recommendations, submitted)
        if motion.draft not in found or self.plenary.chair.taken:
            return
        await self.plenary.add(motion, found[motion.draft])
        await asyncio.gather(self.plenary.hold(motion), *self._votes(motion))

    def _votes(self, motion: MotionPlan) -> list[asyncio.Future[None]]:
        voters: dict[str, list[BallotPlan]] = defaultdict(list)
        for ballot in self.stage.scenario.ballots:
            if ballot.motion == motion.id:
                voters[ballot.by].append(ballot)
        votes = (self.plenary.vote(self.stage.seats[by], mine) for by, mine in voters.items())
        return [asyncio.ensure_future(vote) for vote in votes]

    def _forget(self) -> None:
        """Keep nothing from round to round but what went wrong, which is said."""
        notebook = self.stage.notebook
        errors = [*notebook.errors, *(error for seat in self.seats for error in self._errors_of(seat))]
        for error in errors:
            self.stage.progress(f"demo: {error}")
        for kept in (notebook.ballots, notebook.remarks, notebook.faults, notebook.errors):
            kept.clear()

    def _errors_of(self, seat: Seat) -> list[str]:
        found = [error for client in seat.clients.values() for error in client.errors]
        for client in seat.clients.values():
            client.errors.clear()
            client.commands.clear()
        return found
