"""Plays the timeline of one room: who comes and goes, asks, speaks, writes notes, is barred or let in again."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable
from typing import assert_never

from rehearsal.client import Client
from rehearsal.core.scenario import (
    Chat,
    Event,
    Extend,
    Fault,
    HandLower,
    HandRaise,
    Join,
    LanguageChange,
    Leave,
    Mute,
    Role,
    RoomOpen,
    RoomPlan,
    Unmute,
    Utterance,
)
from rehearsal.core.speaking import turns_of
from rehearsal.stage import Seat, Stage
from rehearsal.turns import SEEN_S, CalledTurns, FreeTurns, OrderedTurns, Room, Turns
from rehearsal.view import RoomView

READY_S = 20.0
Act = RoomOpen | HandRaise | HandLower | Chat | Mute | Unmute | Extend
"""Entries that are one command each."""


class RoomPlayer:
    """One room in the way its floor is given: `chaired`, `free`, or by the machine."""

    def __init__(self, stage: Stage, plan: RoomPlan, *, mode: str, aloud: bool = False) -> None:
        self.stage = stage
        self.plan = plan
        self.stream = stage.plan.rooms[plan.id]
        self.view = RoomView(self.stream)
        self.room = Room(stage, self.stream, stage.seats[plan.facilitator], self.view, aloud)
        ways: dict[str, Callable[[Room], Turns]] = {"chaired": CalledTurns, "free": FreeTurns}
        self.turns = ways.get(mode, OrderedTurns)(self.room)

    async def play(self) -> None:
        """Everything that happens in this room, in order, up to its end."""
        for event in self.stage.scenario.of_room(self.plan.id):
            await self.turns.wait_until(event.t)
            await self._act(event)
            self.stage.progress(f"{self.plan.id} {event.t / 1000:g} s of {self.plan.end / 1000:g} s")
        await self.turns.finish()
        await self.stage.wait_until(self.plan.end)

    async def close(self) -> None:
        """The facilitator closes the room."""
        await self.room.chair("room.close")

    async def _act(self, event: Event) -> None:
        """Play one entry; somebody who should act and is not there is a complaint, not an end."""
        if event.by is None or isinstance(event, Fault) or self.stage.seats[event.by].taken:
            return  # faults strike beside the timeline: see `rehearsal.faults`
        try:
            await self._move(event, self.stage.seats[event.by])
        except TimeoutError:
            self.room.complain(event, f"{event.by} was not there")

    async def _move(self, event: Event, seat: Seat) -> None:
        match event:
            case Join():
                self.stage.start(self._join(event, seat), f"timeline[{event.index}]")
            case Leave():
                await self.stage.leave(seat, event.connection)
            case LanguageChange():
                await self._change_language(event, seat)
            case Utterance():
                await self.ready(seat)
                await self.turns.speak(event, seat)
            case RoomOpen() | HandRaise() | HandLower() | Chat() | Mute() | Unmute() | Extend():
                await self.ready(seat)
                await self._command(event, seat)
            case Fault():
                pass
            case _:
                assert_never(event)

    async def _command(self, event: Act, seat: Seat) -> None:
        """One command over this person's socket; what the timeline expects of it is remarked."""
        kind, fields = self._command_of(event)
        outcome = await seat.client.command(kind, self.stream, **fields)
        if event.expect and isinstance(event, Chat) and outcome:
            self.stage.start(self._note_seen(event, outcome.seq), f"timeline[{event.index}]")
        elif event.expect:
            self.room.remark(event, f"refused: {outcome.refused}" if not outcome else f"done as event {outcome.seq}")

    def _command_of(self, event: Act) -> tuple[str, dict[str, object]]:
        match event:
            case RoomOpen():
                return "room.open", {}
            case HandRaise():
                return "hand.raise", {"kind": "normal"}
            case HandLower():
                return "hand.lower", {}
            case Chat():
                return "note.make", {"text": event.text, "lang": event.lang}
            case Mute():
                return "member.mute", {"member": self.stage.seats[event.target].key}
            case Unmute():
                return "member.unmute", {"member": self.stage.seats[event.target].key}
            case Extend():
                return "turn.extend", {"seconds": event.seconds}
            case _:
                assert_never(event)

    # --- coming and going

    async def arrive(self, seat: Seat, connection: int = 1) -> Client:
        """Connect and follow the room and its texts in the person's reading language. Safe to repeat."""
        async with seat.arriving:
            client = await self.stage.connect(seat, connection)
            if self.view.take not in client.heard:
                client.heard.append(self.view.take)
            for stream in (self.stream, f"{self.stream}.text.{seat.reads}"):
                if stream not in client.wanted:
                    await client.subscribe(stream)
            if connection == 1:
                seat.away = False
                seat.ready.set()
            return client

    async def ready(self, seat: Seat) -> None:
        """Whoever acts is connected: one who never joined by the timeline joins now, one who left is waited for."""
        if not seat.away:
            await self.arrive(seat)
        async with asyncio.timeout(READY_S):
            await seat.ready.wait()

    async def _join(self, event: Join, seat: Seat) -> None:
        before = seat.clients.get(event.connection)
        had = before.positions.get(self.stream, 0) if before else 0
        spoken = self._spoken(before, seat)
        client = await self.arrive(seat, event.connection)
        if not event.expect:
            return
        goal = self.view.seq
        await self.view.until(lambda: client.positions.get(self.stream, 0) >= goal, timeout_s=SEEN_S)
        missed = client.positions[self.stream] - had
        after = self._spoken(client, seat)
        self.room.remark(
            event, f"came back with event {had}, got {missed} more; {spoken:g} s spoken before, {after:g} after"
        )

    def _spoken(self, client: Client | None, seat: Seat) -> float:
        """Seconds of this person's finished turns, from what the client received."""
        frames = [each.frame for each in client.log().events()] if client else []
        turns = turns_of(frame for frame in frames if frame["stream"] == self.stream)
        return sum(turn.milliseconds for turn in turns if turn.member == seat.key) / 1000

    async def _change_language(self, event: LanguageChange, seat: Seat) -> None:
        if event.reads == seat.reads:
            return
        old, seat.reads = f"{self.stream}.text.{seat.reads}", event.reads
        for client in seat.here():
            await client.unsubscribe(old)
            await client.subscribe(f"{self.stream}.text.{seat.reads}")

    # --- remarks

    async def _note_seen(self, event: Chat, seq: int | None) -> None:
        readers = [client for member in self.plan.members if (client := self.stage.seats[member].clients.get(1))]
        await self.view.until(
            lambda: all(client.positions.get(self.stream, 0) >= (seq or 0) for client in readers), timeout_s=SEEN_S
        )
        texts = [text for client in readers for text in note_texts(client, self.stream, seq)]
        plain = sum(text == event.text for text in texts)
        escaped = html.escape(event.text) != event.text
        kind = "as plain text with its signs unchanged, in JSON, never as markup" if escaped else "as plain text"
        self.room.remark(event, f"received by {plain} of {len(readers)} {kind}")


def note_texts(client: Client, stream: str, seq: int | None) -> list[str]:
    """The words of one note as this client received them."""
    found = [
        each.frame for each in client.log().events() if each.frame["seq"] == seq and each.frame["stream"] == stream
    ]
    return [frame["words"][frame["data"]["words"]["key"]]["text"] for frame in found]


def citizens_here(stage: Stage, plan: RoomPlan) -> list[Seat]:
    """The citizens of a room who are connected and whom the player acts for."""
    seats = [stage.seats[member] for member in plan.members]
    return [seat for seat in seats if seat.person.role is Role.CITIZEN and seat.ready.is_set() and not seat.taken]
