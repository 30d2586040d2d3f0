"""The player's client against a real server: nothing lost, nothing twice, through a lost line and a sudden death."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.civic import CivicTime
from rehearsal.client import Client
from rehearsal.core.received import deliveries
from rehearsal.line import Address
from tests.patience import PATIENCE_S
from tests.shell.live.board_server import Server, serving

BOARD = "board.1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    state: Path = tmp_path_factory.mktemp("board")
    with serving(state) as running:
        yield running


def client_of(server: Server, member: str, time: CivicTime | None = None) -> Client:
    base = f"http://127.0.0.1:{server.port}"
    return Client(member, Address(base, base, member, {}), time or CivicTime())


async def following(server: Server, member: str) -> Client:
    client = client_of(server, member)
    await client.open()
    assert await client.subscribe(BOARD)
    return client


def faults(client: Client) -> list[str]:
    return [error for error in client.errors if "'outlet'" not in error]


async def test_a_command_is_answered_and_its_event_reaches_everybody(server: Server) -> None:
    ana, otto = await following(server, "ana"), await following(server, "otto")
    outcome = await ana.command("note.pin", BOARD, text="Bon dia")
    assert outcome.seq is not None
    frame = await otto.event(BOARD, outcome.seq, timeout_s=PATIENCE_S)
    assert [words["text"] for words in frame["words"].values()] == ["Bon dia"]
    await asyncio.gather(ana.close(), otto.close())
    assert faults(ana) + faults(otto) == []


async def test_a_refusal_is_an_answer_too(server: Server) -> None:
    ana = await following(server, "ana")
    outcome = await ana.command("note.shout", BOARD)
    await ana.close()
    assert outcome.refused == "command.unknown"
    assert [command.refused for command in ana.commands] == ["command.unknown"]


async def test_who_lost_the_line_comes_back_with_what_was_missed(server: Server) -> None:
    ana, otto = await following(server, "ana"), await following(server, "otto")
    await otto.lose()
    outcomes = [await ana.command("note.pin", BOARD, text=f"{number}") for number in range(5)]
    await otto.open()
    await otto.event(BOARD, outcomes[-1].seq or 0, timeout_s=PATIENCE_S)
    delivery = deliveries(otto.log(), {BOARD: outcomes[-1].seq or 0})[BOARD]
    await asyncio.gather(ana.close(), otto.close())
    assert delivery.is_whole()
    assert delivery.received >= 5


async def test_a_command_sent_into_a_dying_server_is_answered_by_the_next_one(server: Server) -> None:
    ana = await following(server, "ana")
    ana.foreseen_closes = True
    server.stop(signal.SIGKILL)
    waiting = asyncio.create_task(ana.command("note.pin", BOARD, text="kept"))
    await asyncio.to_thread(server.start)
    outcome = await waiting
    log = ana.log()
    await ana.close()
    assert outcome.seq is not None
    assert deliveries(log, {BOARD: outcome.seq})[BOARD].is_whole()


async def test_civic_time_is_known_to_a_few_milliseconds(server: Server) -> None:
    time = CivicTime()
    ana = client_of(server, "ana", time)
    await ana.open()
    assert await ana.subscribe(BOARD)
    for _ in range(5):
        await ana.measure_clock()
    before = time.now()
    outcome = await ana.command("note.pin", BOARD, text="now")
    after = time.now()
    frame = await ana.event(BOARD, outcome.seq or 0, timeout_s=PATIENCE_S)
    await ana.close()
    assert before - 1000 < frame["at"] < after + 1000


async def test_a_stream_that_is_not_ours_is_refused(server: Server) -> None:
    ana = client_of(server, "ana")
    await ana.open()
    assert not await ana.subscribe("board.2")
    await ana.close()
    assert len(faults(ana)) == 1
