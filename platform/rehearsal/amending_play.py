"""Plays the amendments to a motion: offered, supported, put in order and called one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rehearsal.core.scenario import AmendmentPlan, MotionPlan
from rehearsal.line import Outcome
from rehearsal.stage import Seat, Stage

SEEN_S = 20.0
TRIES = 100
RETRY_S = 0.2
BEFORE_MS = 1000
"""How long before its vote opens an amendment is called."""


@dataclass(slots=True)
class Amending:
    """All amendments to one motion of the plenary."""

    stage: Stage
    stream: str
    chair: Seat
    motion: MotionPlan

    def plans(self) -> list[AmendmentPlan]:
        """In the order in which they are offered."""
        asked = [each for each in self.stage.scenario.amendments if each.motion == self.motion.id]
        return sorted(asked, key=lambda each: each.t)

    def votes(self) -> list[MotionPlan]:
        """Those that come to a vote, in the order in which the scenario expects it."""
        return sorted((each.vote for each in self.plans() if each.vote), key=lambda vote: vote.opens)

    async def offer(self) -> None:
        """Offer each at its moment with the people behind it; then close the list."""
        key = self.stage.notebook.motions.get(self.motion.id)
        if key is None:
            return
        for plan in self.plans():
            await self.stage.wait_until(plan.t)
            await self._offer(plan, key)
        following = next(iter(self.votes()), self.motion)
        await self.stage.wait_until(following.opens - BEFORE_MS)
        await self._arrange(key)

    async def _offer(self, plan: AmendmentPlan, motion: str) -> None:
        author = self.stage.seats[plan.by].client
        outcome = await author.command(
            "amendment.offer",
            self.stream,
            motion=motion,
            act=plan.act,
            paragraph=plan.paragraph,
            text=plan.text,
            reasons=plan.reasons,
            lang=plan.lang,
        )
        offered = await self._event(outcome, f"amendment {plan.id}")
        if offered is None:
            return
        amendment = self.stage.notebook.amendments[plan.id] = offered["data"]["words"]["key"]
        for name in plan.supporters:
            behind = await self.stage.seats[name].client.command(
                "amendment.support", self.stream, motion=motion, amendment=amendment, support=True
            )
            await self._event(behind, f"amendment {plan.id}: {name} behind it")

    async def _arrange(self, motion: str) -> None:
        """Close the list, once every amendment is there in the motion's language."""
        for _ in range(TRIES):
            outcome = await self.chair.client.command("amendment.arrange", self.stream, motion=motion)
            if outcome.refused != "amendment.not_in_language":
                break
            await asyncio.sleep(RETRY_S)
        await self._event(outcome, f"motion {self.motion.id}: list of amendments")

    async def call(self, vote: MotionPlan) -> str | None:
        """Put the next amendment on the agenda: the motion under which it is voted on; None: it is another one."""
        await self.stage.wait_until(vote.opens - BEFORE_MS)
        motion = self.stage.notebook.motions[self.motion.id]
        outcome = await self.chair.client.command("amendment.call", self.stream, motion=motion)
        called = await self._event(outcome, f"amendment {vote.id}: call")
        if called is None:
            return None
        if called["data"]["amends"]["amendment"] != self.stage.notebook.amendments.get(vote.id):
            self.stage.notebook.errors.append(f"amendment {vote.id}: another one was called first")
            return None
        return str(called["data"]["motion"])

    async def _event(self, outcome: Outcome, what: str) -> Mapping[str, Any] | None:
        if not outcome:
            self.stage.notebook.errors.append(f"{what}: refused: {outcome.refused}")
            return None
        return await self.chair.client.event(self.stream, outcome.seq or 0, timeout_s=SEEN_S)
