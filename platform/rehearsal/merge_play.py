"""Plays a merge: one text proposed instead of several rooms' drafts, and their answers, all through the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rehearsal.browser import Form, Page, forms_of
from rehearsal.core.scenario import MergePlan
from rehearsal.draft_play import DraftPlayer
from rehearsal.stage import Seat, Stage


@dataclass(slots=True)
class MergePlayer:
    """One proposal on its way; `key` is what the pages call it, empty before it was made."""

    stage: Stage
    plan: MergePlan
    drafts: Mapping[str, DraftPlayer]
    key: str = ""

    async def play(self) -> None:
        """Propose it at its moment, not before its drafts are submitted; then everybody who is to answer does.

        One after another, those who refuse it first: a room that has decided asks nobody any more.
        """
        await self.stage.wait_until(self.plan.t)
        for name in self.plan.drafts:
            await self.drafts[name].ended.wait()
        await self._propose(self.stage.seats[self.plan.by])
        for name in (*self.plan.refuses, *self.plan.accepts) if self.key else ():
            await self._answer(self.stage.seats[name], "accept" if name in self.plan.accepts else "refuse")

    async def _propose(self, seat: Seat) -> None:
        drafts = [self.drafts[name].key or "" for name in self.plan.drafts]
        path = self._path(seat)
        page = await seat.browser.get(path + "?" + "&".join(f"draft={draft}" for draft in drafts))
        form = _with(page, act="propose")
        if form is None:
            self._complain(f"{self.plan.by} may not propose it: {page.status}")
            return
        plan = self.plan
        said = {"title": plan.title, "recommendation": plan.text, "reasons": plan.reasons, "lang": plan.lang}
        page = await self._send(seat, {**form.values, **said, "draft": drafts})
        proposals = [form.values["merge"] for form in forms_of(page) if "merge" in form.values]
        self.key = next(iter(proposals), "")

    async def _answer(self, seat: Seat, act: str) -> None:
        form = _with(await seat.browser.get(self._path(seat)), merge=self.key)
        if form is None:
            self._complain(f"{seat.person.id} may not answer")
            return
        await self._send(seat, {**form.values, "act": act})

    async def _send(self, seat: Seat, values: Mapping[str, str | Sequence[str]]) -> Page:
        page = await seat.browser.post(self._path(seat), values)
        if page.status != 200:
            self._complain(f"{seat.person.id}: refused, {page.status}")
        return page

    def _path(self, seat: Seat) -> str:
        """The page of the room that this person sits in."""
        room = self.stage.plan.rooms[seat.person.room or self.plan.room].partition(".")[2]
        return f"/m/{seat.key}/room/{room}/merging/"

    def _complain(self, what: str) -> None:
        self.stage.notebook.errors.append(f"merge {self.plan.id}: {what}")


def _with(page: Page, **values: str) -> Form | None:
    """The first form of a page that would send these values."""
    return next((form for form in forms_of(page) if values.items() <= form.values.items()), None)
