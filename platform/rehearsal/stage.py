"""What every part of a rehearsal shares: the plan, the people with their connections, the clock, the notebook."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from kernel.errors import Refused
from rehearsal.browser import Browser, Form, forms_of
from rehearsal.civic import CivicTime
from rehearsal.client import Client
from rehearsal.core.report import FaultSeen, Remark
from rehearsal.core.scenario import Participant, Role, Scenario
from rehearsal.core.voting import BallotCast
from rehearsal.line import Address

JOINING_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Plan:
    """What the set-up made for the scenario."""

    assembly: int
    slug: str
    keys: Mapping[str, str]
    """Participant id → member key."""
    codes: Mapping[str, str]
    """Participant id → code of the invitation link."""
    rooms: Mapping[str, str]
    """Room id → stream."""
    plenary: str | None


@dataclass(slots=True)
class Seat:
    """A participant with browser and connections."""

    person: Participant
    key: str
    browser: Browser
    reads: str
    clients: dict[int, Client] = field(default_factory=dict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while the first connection has subscribed to what this person follows."""
    away: bool = False
    """Left as the timeline says, and not come back yet."""
    arriving: asyncio.Lock = field(default_factory=asyncio.Lock)
    taken: bool = False
    """A real person sits here now: the player does nothing in this seat's name."""

    @property
    def client(self) -> Client:
        """The first connection."""
        return self.clients[1]

    def here(self) -> list[Client]:
        """Connections that are open now."""
        return [client for client in self.clients.values() if client.wanted and client.is_open()]


@dataclass(slots=True)
class Notebook:
    """What the player itself noticed; everything else is in the clients' logs."""

    ballots: list[BallotCast] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    faults: list[FaultSeen] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    motions: dict[str, str] = field(default_factory=dict)
    """Id of a motion, or of an amendment that is voted on → key of the motion in the plenary."""
    amendments: dict[str, str] = field(default_factory=dict)
    """Amendment id → key in the plenary."""


class Stage:
    """One rehearsal while it runs."""

    def __init__(
        self,
        scenario: Scenario,
        plan: Plan,
        *,
        bases: Sequence[str],
        origin: str,
        progress: Callable[[str], None],
        kept: int | None = None,
    ) -> None:
        self.scenario = scenario
        self.plan = plan
        self.bases = bases
        self.origin = origin
        self.time = CivicTime()
        self.notebook = Notebook()
        self.progress = progress
        self.kept = kept
        """Frames that each client keeps; None: all."""
        self.started_at = 0.0
        """Civic moment at which the part now playing opened."""
        self.seats: dict[str, Seat] = {}
        for number, person in enumerate(scenario.participants):
            browser = Browser(bases[number % len(bases)], origin=origin)
            self.seats[person.id] = Seat(person, plan.keys[person.id], browser, person.reads)
        self._tasks: set[asyncio.Task[None]] = set()

    # --- people

    def people(self, *roles: Role) -> list[Seat]:
        """Seats of these roles, in the order of the scenario."""
        return [seat for seat in self.seats.values() if seat.person.role in roles]

    async def admit_everybody(self, seats: Sequence[Seat] | None = None) -> None:
        """Everybody (of these seats) follows the invitation link and joins, as in a browser."""
        turnstile = asyncio.Semaphore(JOINING_AT_ONCE)

        async def admit(seat: Seat) -> None:
            async with turnstile:
                await join(seat, self.plan.codes[seat.person.id])
                self.progress(f"{seat.person.name} has joined")

        await asyncio.gather(*(admit(seat) for seat in (self.seats.values() if seats is None else seats)))

    async def connect(self, seat: Seat, connection: int = 1) -> Client:
        """This person's connection, opened if it is not; second ones go to another process where there is one."""
        client = seat.clients.get(connection)
        if client is None:
            client = seat.clients[connection] = Client(
                seat.person.id, self._address(seat, connection), self.time, connection=connection, kept=self.kept
            )
        await client.open()
        return client

    def _address(self, seat: Seat, connection: int) -> Address:
        place = self.bases.index(seat.browser.base) + connection - 1
        cookies = seat.browser.cookies(f"/m/{seat.key}/live")
        return Address(self.bases[place % len(self.bases)], self.origin, seat.key, cookies)

    async def leave(self, seat: Seat, connection: int | None) -> None:
        """One connection of this person, or all of them, break without a word."""
        if connection in (None, 1):
            seat.ready.clear()
            seat.away = True
        for number, client in seat.clients.items():
            if connection in (None, number):
                await client.lose()

    # --- time and work

    def begin(self, lead_s: float) -> None:
        """From now on civic moments count from `lead_s` real seconds ahead."""
        self.started_at = self.time.now() + lead_s * 1000 * self.time.rate

    async def wait_until(self, t: float) -> None:
        """Return `t` civic milliseconds after the opening."""
        await self.time.sleep_until(self.started_at + t)

    def elapsed(self) -> float:
        """Civic milliseconds since the opening."""
        return self.time.now() - self.started_at

    def start(self, work: Coroutine[Any, Any, object], what: str) -> asyncio.Task[None]:
        """Run a coroutine beside the timeline; its failure is an error of the rehearsal."""
        task = asyncio.create_task(self._watched(work, what))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _watched(self, work: Coroutine[Any, Any, object], what: str) -> None:
        try:
            await work
        except Exception as error:
            self.notebook.errors.append(f"{what}: {type(error).__name__}: {error}")

    async def settle(self) -> None:
        """Wait for everything that was started."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Everybody leaves."""
        for task in self._tasks:
            task.cancel()
        clients = [client for seat in self.seats.values() for client in seat.clients.values()]
        with contextlib.suppress(Exception):
            await asyncio.gather(*(client.close() for client in clients))


async def join(seat: Seat, code: str) -> None:
    """Follow the invitation link, choose the reading language, fill in the form, send it; the device cookie stays."""
    page = await seat.browser.get(f"/join/{code}/?lang={seat.person.reads}")
    form = next((form for form in forms_of(page) if "name" in form.values), None)
    if form is not None:
        page = await seat.browser.post(urljoin(page.url, form.action), fill_in(form, seat.person))
    if "device" not in seat.browser.cookies(f"/m/{seat.key}/"):
        raise Refused("rehearsal.not_admitted", person=seat.person.id, status=page.status, url=page.path)


def fill_in(form: Form, person: Participant) -> dict[str, str]:
    """The form as this person would send it: their name and languages, every required box ticked."""
    values = dict(form.values)
    for name in form.consents:
        values[name] = "on"
    for name, offered in form.choices.items():
        wanted = person.reads if name in ("reads", "language", "lang") else person.lang
        if wanted in offered:
            values[name] = wanted
        else:
            values.setdefault(name, offered[0])
    if "name" in values:
        values["name"] = person.name
    return values
