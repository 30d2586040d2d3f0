"""The hub under a real Daphne: its fast way out, its end, its sudden death."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from tests.shell.live.board_server import Server, serving, socket_of

BOARD = "board.1"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as running:
        yield running


async def test_frames_of_every_size_arrive_whole_by_the_direct_outlet(server: Server) -> None:
    sizes = [1, 125, 126, 20_000, 60_000]
    async with socket_of("ana", server) as ana, socket_of("otto", server) as otto:
        assert (await otto.until("outlet"))["name"] == "DirectOutlet"
        await otto.send("subscribe", stream=BOARD)
        await otto.until("snapshot")
        for size in sizes:
            await ana.send("note.pin", stream=BOARD, ref=f"s{size}", text="x" * size)
        events = [await otto.until("event", "note.pinned") for _ in sizes]
    assert [len(next(iter(event["words"].values()))["text"]) for event in events] == sizes


async def test_commands_are_heard_however_their_bytes_arrive(server: Server) -> None:
    def command(ref: str) -> bytes:
        text = json.dumps({"type": "note.pin", "stream": BOARD, "ref": ref, "text": "x" * 300})
        return Frame(Opcode.TEXT, text.encode()).serialize(mask=True)

    cut, whole = command("cut"), command("whole")
    pieces = [cut[:1], cut[1:150], cut[150:] + command("joined") + whole[:5], whole[5:], command("alone")]
    async with socket_of("ana", server) as ana:
        assert (await ana.until("outlet"))["inlet"] == "DirectInlet"
        for piece in pieces:
            ana.connection.transport.write(piece)
            await asyncio.sleep(0.05)
        await ana.connection.send(['{"type": "note.pin", "stream": "board.1",', ' "ref": "parts", "text": "x"}'])
        await (await ana.connection.ping())
        heard = [(await ana.until("done"))["ref"] for _ in range(5)]
    assert heard == ["cut", "joined", "whole", "alone", "parts"]


async def test_a_text_that_is_not_utf_8_closes_the_socket(server: Server) -> None:
    async with socket_of("ana", server) as ana:
        ana.connection.transport.write(Frame(Opcode.TEXT, b"\xff").serialize(mask=True))
        with pytest.raises(ConnectionClosed):
            await ana.until("event", "never")


async def test_a_reader_that_stops_reading_does_not_slow_the_others(server: Server) -> None:
    async with socket_of("ana", server) as ana, socket_of("otto", server) as stuck, socket_of("bo", server) as bo:
        for reader in (stuck, bo):
            await reader.send("subscribe", stream=BOARD)
        await bo.until("snapshot")
        stuck.connection.transport.pause_reading()
        for number in range(60):
            await ana.send("note.pin", stream=BOARD, ref=f"n{number}", text="x" * 50_000)
            event = await bo.until("event", "note.pinned")
            await bo.send("ack", seqs={BOARD: event["seq"]})
        stuck.connection.transport.abort()
        assert event["seq"] >= 60


async def test_sigterm_says_come_back_and_closes_with_1012(server: Server) -> None:
    async with socket_of("ana", server) as ana:
        await ana.send("subscribe", stream=BOARD)
        await ana.until("snapshot")
        ending = asyncio.get_running_loop().run_in_executor(None, server.stop)
        assert (await ana.until("bye"))["retry_ms"] >= 250
        with pytest.raises(ConnectionClosed) as closed:
            await ana.until("event", "never")
    await ending
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012


async def test_what_was_acknowledged_survives_a_sudden_death(server: Server) -> None:
    done: list[int] = []
    async with socket_of("ana", server) as ana:
        for number in range(200):
            await ana.send("note.pin", stream=BOARD, ref=f"n{number}", text="kept")
        with contextlib.suppress(ConnectionClosed):
            while True:
                done.append((await ana.until("done"))["seq"])
                if len(done) == 20:
                    server.stop(signal.SIGKILL)
    server.start()
    async with socket_of("otto", server) as otto:
        await otto.send("subscribe", stream=BOARD, since=0)
        kept = [(await otto.until("event"))["seq"] for _ in done]
    assert (kept, len(done) >= 20) == (done, True)


async def test_a_command_repeated_after_the_death_has_one_effect(server: Server) -> None:
    async with socket_of("ana", server) as ana:
        await ana.send("note.pin", stream=BOARD, ref="once", text="kept")
        first = await ana.until("done")
        server.stop(signal.SIGKILL)
    server.start()
    async with socket_of("ana", server) as ana:
        await ana.send("note.pin", stream=BOARD, ref="once", text="kept")
        assert await ana.until("done") == first
