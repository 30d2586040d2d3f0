"""Two web processes and a Redis: what one commits the other's readers get, with the bus and without it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from live.bus import CHANNEL, TICK_S, News, RedisBus
from live.hub import HEAL_S
from tests import servers
from tests.patience import PATIENCE_S
from tests.shell.live.board_server import Server, free_port, serving, socket_of

BOARD = "board.1"
pytestmark = pytest.mark.skipif(not servers.has_redis(), reason=servers.NO_REDIS)


@pytest.fixture
def house(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Server, Server, int]]:
    """Two servers over one database, and the process id of their Redis."""
    heal_s = str(getattr(request, "param", HEAL_S))
    with servers.redis() as (address, redis), serving(tmp_path, REDIS_URL=address, HEAL_S=heal_s) as first:
        second = Server(tmp_path, free_port(), {"REDIS_URL": address, "HEAL_S": heal_s})
        second.start()
        yield first, second, redis.pid
        second.stop(signal.SIGKILL)


@pytest.mark.parametrize("house", [3600], indirect=True)
async def test_an_event_crosses_the_bus_before_anybody_looks_at_the_log(house: tuple[Server, Server, int]) -> None:
    async with socket_of("otto", house[1]) as otto, socket_of("ana", house[0]) as ana:
        await otto.send("subscribe", stream=BOARD)
        await otto.until("snapshot")
        await ana.send("note.pin", stream=BOARD, ref="n", text="across")
        await ana.until("done")
        event = await otto.until("event", "note.pinned")
    assert [words["text"] for words in event["words"].values()] == ["across"]


async def test_signals_and_banishments_cross_the_bus(house: tuple[Server, Server, int]) -> None:
    async with socket_of("bo", house[1]) as bo, socket_of("fatou", house[0]) as fatou:
        for reader in (bo, fatou):
            await reader.send("subscribe", stream=BOARD)
            await reader.until("snapshot")
        await fatou.send("signal", stream=BOARD, name="typing", text="I think.")
        assert (await bo.until("signal"))["data"]["text"] == "I think."
        await fatou.send("board.ban", stream=BOARD, ref="b", member="bo")
        assert (await bo.until("gone"))["code"] == "stream.removed"


async def test_without_a_bus_the_log_heals_within_seconds(house: tuple[Server, Server, int]) -> None:
    async with socket_of("otto", house[1]) as otto, socket_of("ana", house[0]) as ana:
        await otto.send("subscribe", stream=BOARD)
        await otto.until("snapshot")
        os.kill(house[2], signal.SIGKILL)
        seqs = []
        for number in range(5):
            await ana.send("note.pin", stream=BOARD, ref=f"n{number}", text="healed")
            seqs.append((await ana.until("done"))["seq"])
        heard = [(await otto.until("event", "note.pinned"))["seq"] for _ in seqs]
    assert heard == seqs


async def test_who_closed_the_bus_says_nothing_more_and_holds_no_connection() -> None:
    heard: list[News] = []
    with servers.redis() as (address, _), redis.Redis.from_url(address) as watcher:
        bus, other = RedisBus(address, "one", heard.append), RedisBus(address, "two", heard.append)
        listening = asyncio.create_task(other.listen())
        async with asyncio.timeout(PATIENCE_S):
            while not watcher.pubsub_numsub(CHANNEL)[0][1]:  # noqa: ASYNC110 (Redis tells nobody who subscribed)
                await asyncio.sleep(TICK_S)
            bus.publish(["said before"])
            await bus.close()
            bus.publish(["said after"])
            bus.tell("revoke", "too late")
            await asyncio.sleep(4 * TICK_S)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await other.close()
        assert [news.frames for news in heard] == [["said before"]]
        assert len(watcher.client_list()) == 1
