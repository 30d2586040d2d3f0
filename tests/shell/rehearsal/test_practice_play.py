"""A whole practice on a fast clock: the others behave, the facilitator leads, a report is left, nothing else."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.apps import apps

from kernel import clock
from live.runtime import Runtime, runtime
from rehearsal.civic import CivicTime
from rehearsal.client import Client
from rehearsal.inside import Inside
from rehearsal.models import Practice
from rehearsal.practice import closing
from rehearsal.practice.play import find_simulated
from rehearsal.practice.services import Person, begin
from rehearsal.practice.sight import Sight
from tests.cast import make_cast
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.django_db(transaction=True)
RATE = 15


@pytest.fixture
def fast_clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Civic time runs faster, and as much more may be asked in a second."""
    settings.CIVIC_CLOCK_RATE = RATE
    monkeypatch.setattr(clock, "_clock", [clock.Clock(epoch=clock.wall(), rate=RATE)])


class Guide:
    """A facilitator at the console who calls whoever waits and hides what the rude one writes."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice
        self.parts = {role["part"]: role["key"] for role in practice.cast}
        self.sight = Sight(practice.room)
        self.client = Client("guide", Inside(practice.guide, find_simulated), CivicTime())
        self.client.heard.append(self.sight.take)

    async def lead(self) -> None:
        await self.client.open()
        await self.client.subscribe(self.practice.room)
        while self.sight.room.phase != "closed":
            await self._act()
            await self.sight.changed(0.05)

    async def _act(self) -> None:
        room = self.sight.room
        rude = [said for said in room.said if said.member == self.parts["rude"] and said.kind == "note"]
        if rude and not rude[0].hidden:
            await self._do("contribution.hide", words=rude[0].words, reason="insult")
        if type(room.floor.phase).__name__ == "Open" and room.floor.queue and room.floor.mode == "chaired":
            await self._do("floor.give", member=room.floor.queue[0].member)

    async def _do(self, kind: str, **fields: Any) -> None:
        await self.client.command(kind, self.practice.room, **fields)


async def test_a_practice_is_played_to_its_end_and_reported(fast_clock: None, stopped_runtime: list[Runtime]) -> None:
    practice = await sync_to_async(_begun)()
    runtime()
    guide = Guide(practice)
    await asyncio.wait_for(guide.lead(), 3 * PATIENCE_S)
    practice = await _ended(practice)
    report = closing.report_of(practice)
    assert report is not None
    people = {person.part: person for person in report.people}
    assert people["talker"].turns > 0
    assert people["talker"].spoken_ms > 20_000
    assert people["quiet"].spoken_ms == 0
    assert [insult.reason for insult in report.insults] == ["insult"]
    assert [each.answered_ms for each in report.helps] == [None]
    assert [asked.answers for asked in report.asked] == [7]
    await guide.client.close()
    await stopped_runtime[0].stop()  # or a socket that closes meanwhile leaves a row of presence, for half a minute
    await sync_to_async(_leaves_nothing)(practice)


def _leaves_nothing(practice: Practice) -> None:
    """After erasing, no row of the practice is anywhere but the report."""
    closing.erase(practice)
    kept = {model.__name__: model._default_manager.count() for model in apps.get_models() if _is_ours(model)}
    assert {name: count for name, count in kept.items() if count} == {
        "Assembly": 1,
        "Member": 5,
        "User": 1,
        "Practice": 1,
    }


def _is_ours(model: Any) -> bool:
    """Neither a table of Django's nor that of running translators."""
    return model._meta.app_label not in ("contenttypes", "auth", "sessions", "account") and model.__name__ != "Service"


def _begun() -> Practice:
    cast = make_cast()
    return begin(Person(cast.fatou, None, f"/m/{cast.fatou.key}/practice/"), name="Fatou", reads="fr", minutes=6)


async def _ended(practice: Practice) -> Practice:
    async with asyncio.timeout(PATIENCE_S):
        while (found := await sync_to_async(Practice.objects.get)(pk=practice.pk)).stage != "ended":  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return found
