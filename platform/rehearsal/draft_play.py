"""Plays the drafts of one room: versions written, accepted by everybody present, submitted."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from rehearsal.core.scenario import DraftPlan, DraftVersion
from rehearsal.line import Outcome
from rehearsal.room_play import RoomPlayer, citizens_here
from rehearsal.stage import Seat

SEEN_S = 30.0
TRIES = 10
RETRY_S = 0.2
BEFORE_MS = 1000
"""How long before its submission a draft is accepted."""


@dataclass(slots=True)
class DraftPlayer:
    """One draft on its way; `submitted` holds the number of the event that made it a recommendation."""

    player: RoomPlayer
    draft: DraftPlan
    key: str | None = None
    version: int = 0
    submitted: int | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def play(self) -> None:
        """Write every version at its moment, then have it accepted and submit it."""
        try:
            await self._play()
        finally:
            self.ended.set()

    async def _play(self) -> None:
        view = self.player.view
        for version in self.draft.versions:
            await self.player.stage.wait_until(version.t)
            await view.until(lambda: view.is_open, timeout_s=SEEN_S)
            await self._write(version)
        if self.draft.submitted_at is None or self.key is None:
            return
        await self.player.stage.wait_until(self.draft.submitted_at - BEFORE_MS)
        await self._accept()
        await self.player.stage.wait_until(self.draft.submitted_at)
        for _ in range(TRIES):
            outcome = await self._submit()
            if outcome.refused != "draft.no_majority":
                break
            await asyncio.sleep(RETRY_S)  # somebody has only just arrived
            await self._accept()
        self.submitted = outcome.seq
        if not outcome:
            self._complain(f"its submission was refused: {outcome.refused}")

    def _author(self, version: DraftVersion) -> Seat:
        author = self.player.stage.seats[version.by]
        if not author.taken:
            return author
        return next(iter(citizens_here(self.player.stage, self.player.plan)), author)

    async def _write(self, version: DraftVersion) -> None:
        author, stream = self._author(version), self.player.stream
        await self.player.ready(author)
        outcome = await author.client.command(
            "draft.write",
            stream,
            draft=self.key,
            base=self.version,
            title=version.title,
            recommendation=version.text,
            reasons=version.reasons,
            lang=version.lang,
        )
        if not outcome:
            self._complain(f"version {version.n} was refused: {outcome.refused}")
            return
        written = await author.client.event(stream, outcome.seq or 0, timeout_s=SEEN_S)
        self.key, self.version = written["data"]["draft"], written["data"]["version"]

    async def _accept(self) -> None:
        seats = citizens_here(self.player.stage, self.player.plan)
        accepts = [
            seat.client.command("draft.accept", self.player.stream, draft=self.key, version=self.version)
            for seat in seats
        ]
        await asyncio.gather(*accepts)

    async def _submit(self) -> Outcome:
        author = self._author(self.draft.versions[-1])
        return await author.client.command("draft.submit", self.player.stream, draft=self.key, version=self.version)

    def _complain(self, what: str) -> None:
        self.player.stage.notebook.errors.append(f"draft {self.draft.id}: {what}")
