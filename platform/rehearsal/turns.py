"""How people come to speak: called by the facilitator, freely, or by the machine's own order."""

from __future__ import annotations

import asyncio
import re
import statistics
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Protocol

from rehearsal.core.report import Remark
from rehearsal.core.scenario import Event, Utterance
from rehearsal.line import Outcome
from rehearsal.stage import Seat, Stage
from rehearsal.view import RoomView

MAX_CONTRIBUTION = 4000
SEEN_S = 30.0
TYPING_MS = 800
PAUSED_S = 1.0
WAYS = 5
LONGEST_WAY_S = 0.1
TRIES = 40
RETRY_S = 0.1
PASSING_REFUSALS = {"floor.not_present", "floor.not_offered", "floor.taken"}
"""Refusals that pass by themselves a moment later: somebody is still arriving, an offer has just lapsed."""


class Turns(Protocol):
    """The way a room gives the floor."""

    async def wait_until(self, t: float) -> None:
        """Return at a moment of the timeline; a turn that is over by then has been given back."""

    async def speak(self, event: Utterance, seat: Seat) -> None:
        """This person begins to speak, or asks to."""

    async def finish(self) -> None:
        """Return when everybody has spoken."""


@dataclass(slots=True)
class Room:
    """What every way of speaking needs of a room."""

    stage: Stage
    stream: str
    facilitator: Seat
    view: RoomView
    aloud: bool = False
    """Whether the words of a turn can be seen while they are spoken, as somebody types."""

    async def chair(self, kind: str, /, **fields: object) -> Outcome:
        """A command of the facilitator."""
        return await self.facilitator.client.command(kind, self.stream, **fields)

    async def insist(self, seat: Seat, kind: str, /, **fields: object) -> Outcome:
        """A command that is tried again while it is refused for a reason that passes."""
        for _ in range(TRIES):
            outcome = await seat.client.command(kind, self.stream, **fields)
            if outcome.refused not in PASSING_REFUSALS:
                return outcome
            await asyncio.sleep(RETRY_S)
        return outcome

    async def say(self, seat: Seat, event: Utterance) -> bool:
        """The words of a turn, in as many contributions as they need; False where the floor was gone meanwhile."""
        if self.aloud:
            await self._type(seat, event)
        for part in parts_of(event.text):
            outcome = await seat.client.command("contribution.make", self.stream, text=part, lang=event.lang)
            if outcome.refused in ("floor.not_yours", "floor.paused"):
                return False
            if not outcome:
                self.complain(event, f"the words were refused: {outcome.refused}")
        return True

    async def _type(self, seat: Seat, event: Utterance) -> None:
        """Let others see the words grow, over two thirds of the turn; the rest is for reading the translation."""
        words = event.text.split()
        steps = max(1, event.dur * 2 // 3 // TYPING_MS)
        for step in range(1, steps + 1):
            text = " ".join(words[: len(words) * step // steps])
            await seat.client.signal(self.stream, "typing", text=text, lang=event.lang)
            await asyncio.sleep(TYPING_MS / 1000 / self.stage.time.rate)

    def complain(self, event: Event, what: str) -> None:
        """Something of the timeline could not be played: an error, or a remark where the timeline expects something."""
        if event.expect:
            self.remark(event, what)
        else:
            self.stage.notebook.errors.append(f"timeline[{event.index}]: {what}")

    def remark(self, event: Event, seen: str) -> None:
        """Keep what was seen of an `expect` sentence."""
        self.stage.notebook.remarks.append(Remark(event.t / 1000, event.by or "", event.expect or "", seen))


def parts_of(text: str) -> list[str]:
    """A text cut at sentence ends into contributions that are not too long."""
    parts: list[str] = []
    for sentence in re.findall(r"\S.*?(?:[.!?…]+(?=\s)|$)", text, re.DOTALL):
        for start in range(0, len(sentence), MAX_CONTRIBUTION):
            piece = sentence[start : start + MAX_CONTRIBUTION]
            if parts and len(parts[-1]) + 1 + len(piece) <= MAX_CONTRIBUTION:
                parts[-1] += f" {piece}"
            else:
                parts.append(piece)
    return parts


@dataclass(slots=True)
class _Speech:
    event: Utterance
    seat: Seat
    began: int
    words: asyncio.Task[None]

    @property
    def ends_at(self) -> int:
        """When it is over: as long after its beginning as the timeline says."""
        return self.began + self.event.dur


class CalledTurns:
    """The facilitator gives the floor at each utterance's moment; the speaker yields when its time is over."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._speech: _Speech | None = None
        self._ways: deque[float] = deque([0.0], maxlen=WAYS)
        """Civic milliseconds that the last yields took to the server: the next ones set out so much earlier."""

    async def wait_until(self, t: float) -> None:
        """End the running turn if it is over by then in the timeline, even where it began late."""
        stage = self.room.stage
        if self._speech is not None and self._speech.event.end <= t:
            await self.finish()
        await stage.wait_until(t)

    async def speak(self, event: Utterance, seat: Seat) -> None:
        """The facilitator calls; whoever had no hand up accepts; the words are said at once."""
        await self.finish()
        room = self.room
        outcome = await room.insist(room.facilitator, "floor.give", member=seat.key)
        if not outcome or not await self._has_begun(seat, outcome.seq or 0):
            room.complain(event, f"the floor was not taken: {outcome.refused or 'no turn began'}")
            return
        words = room.stage.start(self._say(seat, event), f"timeline[{event.index}]")
        self._speech = _Speech(event, seat, room.view.since, words)

    async def _say(self, seat: Seat, event: Utterance) -> None:
        if not await self.room.say(seat, event):
            self.room.complain(event, "the floor was gone before the words were said")

    async def _has_begun(self, seat: Seat, seq: int) -> bool:
        view = self.room.view
        await view.until(lambda: view.seq >= seq and seat.key in (view.offered, view.holder), timeout_s=SEEN_S)
        if view.offered == seat.key:
            await seat.client.command("offer.accept", self.room.stream)
        return await view.until(lambda: view.holder == seat.key, timeout_s=SEEN_S)

    async def finish(self) -> None:
        """Wait for the end of the running turn and yield, unless a limit has ended it."""
        speech, self._speech = self._speech, None
        if speech is None:
            return
        await speech.words
        way = min(statistics.median(self._ways), LONGEST_WAY_S * 1000 * self.room.stage.time.rate)
        await self.room.stage.time.sleep_until(speech.ends_at - way)
        if self.room.view.holder == speech.seat.key:
            await self._yield(speech, way)
        if speech.event.expect:
            spoken = (self.room.view.ended - speech.began) / 1000
            self.room.remark(speech.event, f"spoke {spoken:g} s; the turn ended: {self.room.view.ended_by}")

    async def _yield(self, speech: _Speech, way: float) -> None:
        view = self.room.view
        outcome = await speech.seat.client.command("turn.yield", self.room.stream)
        if outcome and await view.until(lambda: view.seq >= (outcome.seq or 0), timeout_s=SEEN_S):
            self._ways.append(max(0.0, view.ended - speech.ends_at + way))


class FreeTurns:
    """Nobody gives the floor: speech is reported as voice detection would, and may overlap."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._speeches: list[asyncio.Task[None]] = []
        self._mouths: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def wait_until(self, t: float) -> None:
        """Nothing ends by waiting: every speech ends by itself."""
        await self.room.stage.wait_until(t)

    async def speak(self, event: Utterance, seat: Seat) -> None:
        """Speech starts now and stops when its time is over."""
        self._speeches.append(self.room.stage.start(self._speech(event, seat), f"timeline[{event.index}]"))

    async def _speech(self, event: Utterance, seat: Seat) -> None:
        """Nobody begins a second speech before the first is over, even where that began late."""
        async with self._mouths[seat.key]:
            await self._speak_for(event, seat)

    async def _speak_for(self, event: Utterance, seat: Seat) -> None:
        room = self.room
        began = room.stage.time.now()
        outcome = await room.insist(seat, "speech.start")
        if not outcome:
            room.complain(event, f"speech was refused: {outcome.refused}")
            return
        words = room.stage.start(room.say(seat, event), f"timeline[{event.index}]")
        await room.stage.time.sleep_until(began + event.dur)
        await seat.client.command("speech.stop", room.stream)
        await words

    async def finish(self) -> None:
        """Wait until nobody speaks."""
        await asyncio.gather(*self._speeches)


class OrderedTurns:
    """Hands go up as in the timeline, and the machine decides who speaks; nothing is left unsaid.

    A seat that a real person has taken is left to that person: its words are not said.
    """

    def __init__(self, room: Room) -> None:
        self.room = room
        self._waiting: dict[str, deque[tuple[Utterance, Seat]]] = {}
        self._driver: asyncio.Task[None] | None = None

    async def wait_until(self, t: float) -> None:
        """Turns come and go by themselves."""
        await self.room.stage.wait_until(t)

    async def speak(self, event: Utterance, seat: Seat) -> None:
        """This person has something to say from now on, and asks if they have not."""
        if seat.taken:
            return
        self._waiting.setdefault(seat.key, deque()).append((event, seat))
        if self._driver is None or self._driver.done():
            self._driver = self.room.stage.start(self._drive(), self.room.stream)
        await self._ask(seat)

    async def _ask(self, seat: Seat) -> None:
        view = self.room.view
        if seat.key not in (*view.hands, view.offered, view.holder):
            outcome = await self.room.insist(seat, "hand.raise", kind="normal")
            await view.until(lambda: view.seq >= (outcome.seq or 0), timeout_s=SEEN_S)
            if not outcome:  # muted, sent out, or the room is closed: what they had to say stays unsaid
                self._waiting.pop(seat.key, None)

    def left(self) -> int:
        """How many utterances wait for the floor."""
        return sum(len(waiting) for waiting in self._waiting.values())

    async def _drive(self) -> None:
        view = self.room.view
        while self.left():
            if view.offered is not None:
                await self._answer(self._seat(view.offered))
            elif view.holder is not None:
                await self._take_turn(self._seat(view.holder))
            await self._ask_again()
            await view.changed(RETRY_S)

    def _seat(self, key: str) -> Seat:
        return next(seat for seat in self.room.stage.seats.values() if seat.key == key)

    async def _ask_again(self) -> None:
        """An offer that came while nobody listened has taken the hand down."""
        for waiting in list(self._waiting.values()):
            if waiting and not waiting[0][1].taken:
                await self._ask(waiting[0][1])

    async def _answer(self, seat: Seat) -> None:
        """Whoever is offered the floor takes it if there is something to say."""
        if not seat.taken:
            kind = "offer.accept" if self._waiting.get(seat.key) else "offer.decline"
            await seat.client.command(kind, self.room.stream)

    async def _take_turn(self, seat: Seat) -> None:
        """Say the next thing and give the floor back; with nothing to say, give it back at once."""
        view, began, key = self.room.view, self.room.view.since, seat.key
        if seat.taken:
            return
        if waiting := self._waiting.get(key):
            event, _ = waiting[0]
            if not await self.room.say(seat, event):
                await asyncio.sleep(PAUSED_S)
                return
            if waiting:
                waiting.popleft()
            rest = (began + event.dur - self.room.stage.time.now()) / 1000 / self.room.stage.time.rate
            await view.until(lambda: view.holder != key or view.since != began, timeout_s=max(0.0, rest))
        if view.holder == key and view.since == began:
            await seat.client.command("turn.yield", self.room.stream)
            await view.until(lambda: view.holder != key or view.since != began, timeout_s=SEEN_S)

    def give_up(self) -> None:
        """Leave the rest unsaid."""
        self._waiting.clear()

    async def finish(self) -> None:
        """Wait until everything is said."""
        if self._driver is not None:
            await self._driver
