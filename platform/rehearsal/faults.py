"""Breaks things as the timeline says, mends them, and measures how long it took until everybody was whole."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from rehearsal.client import Client
from rehearsal.core.report import FaultSeen
from rehearsal.core.scenario import Fault, FaultKind
from rehearsal.processes import OwnServer
from rehearsal.stage import Seat, Stage

WHOLE_S = 60.0
POLL_S = 0.05
AGAIN_S = 0.2


class Saboteur:
    """Strikes each fault at its time. Without a server of its own it can only cut lines."""

    def __init__(self, stage: Stage, server: OwnServer | None) -> None:
        self.stage = stage
        self.server = server

    async def play(self) -> None:
        """Every fault of the timeline, each beside the others."""
        faults = [event for event in self.stage.scenario.timeline if isinstance(event, Fault)]
        await asyncio.gather(*(self._strike(fault) for fault in faults))

    async def _strike(self, fault: Fault) -> None:
        await self.stage.wait_until(fault.t)
        struck = list(self._clients(fault))
        for client in struck:
            client.foreseen_closes = True
        if fault.fault is FaultKind.CONNECTION_LOST:
            await self._cut(fault, struck)
        elif fault.fault is FaultKind.ENGINE_KILLED and self.server is not None:
            await self._kill_engines(fault, self.server)
        elif self.server is not None:
            await self._stop_server(fault, self.server)
        else:
            self.stage.notebook.errors.append(f"timeline[{fault.index}]: only a server of one's own can be killed")
            return
        await self._watch(fault, struck)

    def _seats(self, fault: Fault) -> Iterator[Seat]:
        for seat in self.stage.seats.values():
            if fault.by in (None, seat.person.id) and fault.room in (None, seat.person.room):
                yield seat

    def _clients(self, fault: Fault) -> Iterator[Client]:
        whole_server = fault.fault in (FaultKind.SERVER_KILLED, FaultKind.SERVER_RESTARTED)
        seats = self.stage.seats.values() if whole_server else self._seats(fault)
        return (client for seat in seats for client in seat.here())

    async def _cut(self, fault: Fault, struck: list[Client]) -> None:
        for client in struck:
            await client.lose()
        await self.stage.wait_until(fault.until)
        await asyncio.gather(*(client.open() for client in struck))

    async def _stop_server(self, fault: Fault, server: OwnServer) -> None:
        for number, process in enumerate(server.web):
            stop = process.kill if fault.fault is FaultKind.SERVER_KILLED else process.stop
            await asyncio.to_thread(stop)
            await self.stage.wait_until(fault.until)
            process.start()
            await server.until_up(number)

    async def _kill_engines(self, fault: Fault, server: OwnServer) -> None:
        """Kill the engine processes as often as they come back, until the fault is over."""
        while True:
            await asyncio.to_thread(server.kill_engines)
            if self.stage.elapsed() >= fault.until:
                return
            await asyncio.sleep(AGAIN_S)

    async def _watch(self, fault: Fault, struck: list[Client]) -> None:
        """Wait until every client that was struck has again all that anybody has received."""
        began = self.stage.elapsed()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + WHOLE_S
        while True:
            behind = self._behind(struck)
            if not behind or loop.time() > deadline:
                break
            await asyncio.sleep(POLL_S)
        for client in struck:
            client.foreseen_closes = False
        real_s = (self.stage.elapsed() - began) / 1000 / self.stage.time.rate
        self.stage.notebook.faults.append(
            FaultSeen(fault.fault.value, fault.t / 1000, None if behind else round(real_s, 2), behind)
        )

    def _behind(self, struck: list[Client]) -> int:
        """Events that somebody has received and a client that follows the same stream has not."""
        highest: dict[str, int] = {}
        for seat in self.stage.seats.values():
            for client in seat.clients.values():
                for stream, seq in client.positions.items():
                    highest[stream] = max(highest.get(stream, 0), seq)
        return sum(
            highest.get(stream, 0) - client.positions.get(stream, 0) + (not client.is_open())
            for client in struck
            for stream in client.wanted
        )
