"""Plays one practice: seven simulated members on sockets of this process, until the practice is over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import structlog

from assemblies.models import Member
from assemblies.queries import actor_of
from facilitation.help_calls import call_for_help
from kernel import clock, wire
from kernel.errors import Refused
from live.core.actors import Actor
from live.hub import Hub
from live.names import parse_name, text_feed
from live.services import submit
from rehearsal.civic import CivicTime
from rehearsal.client import Client
from rehearsal.core.behaviour import Answer, Call, Deed, Lose, Mind, Return, Scene, react, typed
from rehearsal.core.cast import Character
from rehearsal.core.ending import Ending, ending_of
from rehearsal.inside import Inside
from rehearsal.practice.sight import Sight
from rooms.models import Room
from rooms.polls import answer_poll
from sittings.core.types import SittingBegin
from sittings.queries import sitting_of

log = structlog.get_logger(__name__)
TICK_MS = 250
TYPED_MS = 750
KEPT = 200
"""Frames that a client keeps."""


class PracticePlayer:
    """One practice while it runs."""

    def __init__(
        self, hub: Hub, *, room: str, guide: str, cast: Sequence[Character], assembly: int, minutes: int
    ) -> None:
        self.hub = hub
        self.guide = guide
        self.assembly = assembly
        self.length_ms = minutes * 60_000
        self.sight = Sight(room)
        self.actors = [_Actor(self, character) for character in cast]
        self.made_at = clock.now()
        self.away_since: int | None = None
        self.has_begun = False

    async def play(self, still_here: Callable[[], Any]) -> Ending:
        """Until it is over; returns why. `still_here` is called at every tick."""
        try:
            await asyncio.gather(*(actor.arrive() for actor in self.actors))
            while (ending := self._ending()) is None:
                await self._begin()
                for actor in self.actors:
                    actor.move()
                await still_here()
                await self.sight.changed(TICK_MS / 1000 / clock.clock().rate)
            return ending
        finally:
            await asyncio.gather(*(actor.leave() for actor in self.actors), return_exceptions=True)

    def _ending(self) -> Ending | None:
        room, at = self.sight.room, clock.now()
        is_here = room.seats[self.guide].present
        self.away_since = None if is_here else self.away_since or at
        return ending_of(room, waiting_since=self.made_at, away_since=self.away_since, length_ms=self.length_ms, at=at)

    async def _begin(self) -> None:
        """The run of show begins as soon as the facilitator is here."""
        if not self.has_begun and self.sight.room.seats[self.guide].present:
            self.has_begun = True
            await self.hub.in_thread(submit, sitting_of(self.assembly), SittingBegin())


class _Actor:
    """One simulated member: a mind, a connection, and at most one act at a time."""

    def __init__(self, player: PracticePlayer, who: Character) -> None:
        self.player = player
        self.who = who
        self.mind = Mind()
        self.client = Client(who.part, Inside(who.key, find_simulated), CivicTime(), kept=KEPT)
        self.client.heard.append(player.sight.take)
        self._doing: asyncio.Task[None] | None = None
        self._typed = ("", 0)

    async def arrive(self) -> None:
        """Connect and follow the room, as a browser does."""
        room = self.player.sight.stream
        await self.client.open()
        for stream in (room, text_feed(room, self.who.lang)):
            await self.client.subscribe(stream)

    async def leave(self) -> None:
        """Close the connection."""
        if self._doing is not None:
            self._doing.cancel()
        await self.client.close()

    def move(self) -> None:
        """Do the next thing, if there is one."""
        if self._doing is not None and not self._doing.done():
            return
        scene = Scene(self.player.sight.room, clock.now())
        self.mind, deed = react(self.who, self.mind, scene)
        work = self._do(deed) if deed is not None else self._type(scene)
        self._doing = asyncio.create_task(self._watched(work))

    async def _watched(self, work: Any) -> None:
        try:
            await work
        except Refused as refusal:
            log.info("a simulated act was refused", code=refusal.code)
        except (TimeoutError, ConnectionError) as error:
            log.warning("a simulated member stumbled", part=self.who.part, error=type(error).__name__)

    async def _type(self, scene: Scene) -> None:
        """Let the others see the words grow."""
        text, at = typed(self.who, self.mind, scene), scene.at
        if text and text != self._typed[0] and at - self._typed[1] >= TYPED_MS:
            self._typed = (text, at)
            await self.client.signal(self.player.sight.stream, "typing", text=text, lang=self.who.lang)

    async def _do(self, deed: Deed) -> None:
        match deed:
            case Answer(poll, choice):
                await self.player.hub.in_thread(_answer, self.player.sight.stream, self.who.key, poll, choice)
            case Call(text):
                await self.player.hub.in_thread(_call, self.player.sight.stream, self.who, text)
            case Lose():
                await self.client.lose()
            case Return():
                await self.client.open()
            case _:
                outcome = await self.client.command(
                    wire.name_of(type(deed)), self.player.sight.stream, **wire.encode(deed)
                )
                if not outcome:
                    log.info("a simulated act was refused", part=self.who.part, code=outcome.refused)


def find_simulated(key: str, cookies: object) -> Actor | None:
    """Who a simulated member is; asked only from within this process."""
    member = Member.objects.select_related("assembly").filter(key=key, assembly__practice__isnull=False).first()
    return actor_of(member) if member else None


def _answer(stream: str, member: str, poll: str, choice: int) -> None:
    actor = find_simulated(member, None)
    if actor is not None:
        answer_poll(Room.objects.get(pk=parse_name(stream).id), poll, actor=actor, choice=choice)


def _call(stream: str, who: Character, text: str) -> None:
    actor = find_simulated(who.key, None)
    if actor is not None:
        call_for_help(actor, room=parse_name(stream).id, text=text, lang=who.lang)
