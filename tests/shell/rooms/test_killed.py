"""A server that is really killed: every room shows the same state afterwards, and moves on at the same moment."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kernel import wire
from live.core.kinds import Recorded
from rehearsal.civic import CivicTime
from rehearsal.client import Client, Frame
from rehearsal.line import Address
from rehearsal.processes import OwnServer
from rehearsal.scratch import scratch_house
from rooms.core.types import RoomState
from rooms.kinds import ROOM
from tests.patience import PATIENCE_S
from tests.shell.rooms.test_restart import uninterrupted

ROOT = Path(__file__).resolve().parents[3]
AT_A_TIME = 11
"""Streams of one socket."""
PATIENCE_MS = 15_000
"""Deadlines further away are compared, but not waited for."""
EVENTS = {wire.name_of(event): event for event in ROOM.events}


@dataclass(slots=True)
class Reader:
    """An observer's view of all rooms: the state of each, folded from frames, and the events since its snapshot."""

    states: dict[str, RoomState] = field(default_factory=dict)
    events: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, frame: Frame) -> None:
        """Fold a snapshot or an event."""
        stream = frame["stream"]
        if frame["type"] == "snapshot":
            self.states[stream] = wire.decode(RoomState, frame["state"])
            self.events[stream] = []
            return
        event: Any = wire.decode(EVENTS[frame["kind"]], frame["data"])
        record: Recorded[Any] = Recorded(stream, frame["seq"], frame["at"], frame["by"], event)
        self.states[stream] = ROOM.evolve(self.states[stream], record)
        self.events[stream].append((frame["kind"], frame["at"]))
        self.came.set()

    async def until(self, told: dict[str, list[tuple[str, int]]]) -> None:
        """Until so many events have come in each room."""
        while any(len(self.events[stream]) < len(wanted) for stream, wanted in told.items()):
            self.came.clear()
            await self.came.wait()


@dataclass(frozen=True, slots=True)
class House:
    """The server, the addresses of two observers, and the stream of each scene."""

    server: OwnServer
    addresses: list[Address]
    streams: dict[str, str]

    async def read(self, reader: Reader, address: Address) -> list[Client]:
        """An observer who follows every room, over as many sockets as that takes."""
        clients, streams = [], list(self.streams.values())
        for number in range(0, len(streams), AT_A_TIME):
            client = Client(address.key, address, CivicTime())
            client.foreseen_closes = True
            client.heard.append(reader.take)
            await client.open()
            for stream in streams[number : number + AT_A_TIME]:
                assert await client.subscribe(stream)
            clients.append(client)
        return clients


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A scratch house with a room in every state; its server is not started yet."""
    with scratch_house(speed=1, processes=1, environment={}) as variables:
        environment = {**variables, "DJANGO_SETTINGS_MODULE": "hemicycle.settings", "TRANSLATION_IN_PROCESS": "0"}
        file = tmp_path / "house.json"
        command = [sys.executable, "-m", "tests.shell.rooms.killing", str(file)]
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **environment}, timeout=5 * PATIENCE_S)
        made, base = json.loads(file.read_text()), variables["BASE_URL"]
        server = OwnServer([int(variables["REHEARSAL_PORTS"])], tmp_path, environment)
        addresses = [Address(base, base, key, {"device": secret}) for key, secret in made["devices"].items()]
        yield House(server, addresses, made["streams"])


async def test_every_room_goes_on_as_if_nobody_had_killed_the_server(house: House) -> None:
    witness, newcomer = Reader(), Reader()
    await house.server.start()
    try:
        clients = await house.read(witness, house.addresses[0])
        house.server.web[0].kill()
        known = dict(witness.states)
        told = {stream: uninterrupted(state, state.floor.settled_at + PATIENCE_MS) for stream, state in known.items()}
        witness.events = {stream: [] for stream in known}
        house.server.web[0].start()
        await house.server.until_up(0)
        clients += await house.read(newcomer, house.addresses[1])
        async with asyncio.timeout(PATIENCE_MS / 1000 + PATIENCE_S):
            await witness.until(told)
        await asyncio.gather(*(client.close() for client in clients))
    finally:
        await house.server.stop()
    seen = {name: witness.events[stream][: len(told[stream])] for name, stream in house.streams.items()}
    assert seen == {name: told[stream] for name, stream in house.streams.items()}
    for name, stream in house.streams.items():
        assert newcomer.states[stream] == witness.states[stream], name
    assert house.server.complaints() == []
