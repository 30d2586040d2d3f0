"""The console served by one web process, the rooms by another, a Redis between them: those who lead and those in the
rooms hear of each other all the same."""

from __future__ import annotations

import http.cookiejar
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from live.core.frames import SUBPROTOCOL
from rehearsal.processes import OwnServer, free_ports
from tests import servers
from tests.shell.live.board_server import ROOT, Client

pytestmark = pytest.mark.skipif(not servers.has_redis(), reason=servers.NO_REDIS)

MAKE = """
import django, json; django.setup()
from assemblies.services import invite, join
from rooms.services import create_room, open_room, seat_member
from tests.cast import make_cast
from tests.factories import make_member
cast = make_cast()
hana, gil = (make_member(cast.assembly, name, role="facilitator", lang="fr", chamber="") for name in ("Hana", "Gil"))
clara = make_member(cast.assembly, "Clara", role="chair", lang="fr", chamber="")
first, second = create_room(cast.assembly), create_room(cast.assembly)
for room, people in ((first, (cast.ana, cast.fatou)), (second, (cast.chen, hana))):
    for member in people:
        seat_member(room, member)
    open_room(room)
def seat(member):
    joined = join(invite(member), name=member.name, speaks=["es"], reads="es", device_label="test")
    return {"key": member.key, "secret": joined.secret}
people = {"ana": cast.ana, "chen": cast.chen, "fatou": cast.fatou, "gil": gil, "clara": clara}
seats = {name: seat(member) for name, member in people.items()}
print(json.dumps({"assembly": cast.assembly.pk, "rooms": [first.pk, second.pk], "seats": seats}))
"""


class House:
    """Two web processes over one database, and who is let in."""

    def __init__(self, server: OwnServer, made: dict[str, Any]) -> None:
        self.console, self.hall = server.bases
        self.chairs = f"chairs.{made['assembly']}"
        self.sitting = f"sitting.{made['assembly']}"
        self.rooms: list[int] = made["rooms"]
        self.seats: dict[str, dict[str, str]] = made["seats"]

    @asynccontextmanager
    async def socket(self, name: str, base: str) -> AsyncIterator[Client]:
        """A member's socket at one of the processes, after its hello."""
        seat = self.seats[name]
        address = f"{base.replace('http', 'ws')}/m/{seat['key']}/live"
        async with connect(
            address, origin=Origin(base), subprotocols=[Subprotocol(SUBPROTOCOL)],
            additional_headers={"Cookie": f"device={seat['secret']}"},
        ) as connection:  # fmt: skip
            client = Client(connection)
            await client.until("hello")
            yield client

    def post(self, name: str, base: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What a page answers to what this member's browser sends as JSON."""
        seat, jar = self.seats[name], http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(jar))
        home, device = f"{base}/m/{seat['key']}/", f"device={seat['secret']}"
        opener.open(urllib.request.Request(f"{home}help/", headers={"Cookie": device})).close()
        (token,) = [cookie.value for cookie in jar if cookie.name == "csrftoken"]
        headers = {
            "Cookie": f"{device}; csrftoken={token}", "X-CSRFToken": token or "", "Origin": base,
            "Content-Type": "application/json", "Accept": "application/json",
        }  # fmt: skip
        asked = urllib.request.Request(home + path, json.dumps(body).encode(), headers)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty database with its tables, and a Redis."""
    with servers.redis() as (address, _):
        own = {
            "DJANGO_SETTINGS_MODULE": "hemicycle.settings", "HEMICYCLE_STATE": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'two.sqlite3'}", "REDIS_URL": address,
            "SECRET_KEY": "only for tests, never for people", "LOG_LEVEL": "WARNING", "BASE_URL": "",
        }  # fmt: skip
        _run(own, "-m", "hemicycle", "release")
        yield own


@pytest.fixture
def made(environment: dict[str, str]) -> dict[str, Any]:
    """Two open rooms, and keys and cookies of their people."""
    found: dict[str, Any] = json.loads(_run(environment, "-c", MAKE).splitlines()[-1])
    return found


def _run(environment: dict[str, str], *arguments: str) -> str:
    """What Python says to these arguments."""
    everything = {**os.environ, **environment}
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, cwd=ROOT, env=everything, stdout=subprocess.PIPE, text=True).stdout


@pytest_asyncio.fixture
async def house(environment: dict[str, str], made: dict[str, Any]) -> AsyncIterator[House]:
    """Both processes, serving."""
    server = OwnServer(free_ports(2), Path(environment["HEMICYCLE_STATE"]), environment)
    await server.start()
    yield House(server, made)
    await server.stop()
    assert server.complaints() == []


async def _line(client: Client, room: int, **wanted: Any) -> None:
    """Wait for a line of the overview in which this stands."""
    while True:
        data = (await client.until("signal"))["data"]
        if any(each["room"] == room and wanted.items() <= each.items() for each in data.get("rooms", ())):
            return


async def test_the_console_and_the_rooms_are_served_by_two_processes(house: House) -> None:
    first, second = house.rooms
    async with (
        house.socket("fatou", house.console) as fatou,
        house.socket("clara", house.console) as clara,
        house.socket("ana", house.hall) as ana,
        house.socket("chen", house.hall) as chen,
    ):
        # the overview
        await fatou.send("subscribe", stream=house.chairs)
        for reader, stream in ((ana, f"room.{first}"), (chen, f"room.{second}"), (ana, house.sitting)):
            await reader.send("subscribe", stream=stream)
            await reader.until("snapshot")
        await _line(fatou, first, phase="open", hands=0)
        await fatou.send("floor.pause", ref="p", stream=f"room.{first}")
        await ana.until("event", "floor.paused")
        await ana.send("hand.raise", ref="h", stream=f"room.{first}")
        await _line(fatou, first, hands=1)
        # a call for help, and who looks after it
        await sync_to_async(house.post)(
            "ana", house.hall, "help/", {"room": first, "text": "", "lang": "es", "ref": ""}
        )
        call = (await fatou.until("event", "help.called"))["data"]["call"]
        await fatou.send("help.answer", ref="a", stream=house.chairs, call=call)
        while (told := (await ana.until("signal")))["name"] != "help" or not told["data"]["calls"][0]["by"]:
            pass
        assert told["data"]["calls"][0]["by"] == "Fatou"
        # a message to all rooms
        await clara.send("message.send", ref="m", stream=house.sitting, text="À onze heures.", lang="fr")
        sent = await ana.until("event", "message.sent")
        assert "À onze heures." in {words["text"] for words in sent["words"].values()}
        # a room whose facilitator was never there is taken over
        await sync_to_async(house.post)("gil", house.console, f"facilitate/rooms/{second}/take/", {})
        given = (await chen.until("event", "seat.given"))["data"]
        assert (given["member"], given["role"]) == (house.seats["gil"]["key"], "facilitator")
        taken = (await fatou.until("event", "room.taken"))["data"]
        assert (taken["room"], taken["member"]) == (second, house.seats["gil"]["key"])
