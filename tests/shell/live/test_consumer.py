"""The socket and the hub together: what one says, all hear, in order, once."""

from __future__ import annotations

import json

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from kernel import clock
from live import runtime, services
from live.core.frames import SUBPROTOCOL
from live.models import Presence
from tests.patience import PATIENCE_S
from tests.shell.live.board import BoardTime, NotePin
from tests.shell.live.sockets import application, joined_by

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("stopped_runtime")]


async def test_who_speaks_hears_the_event_like_everybody_else(board: str) -> None:
    async with joined_by("ana") as ana, joined_by("bo") as bo:
        await ana.subscribe(board)
        await bo.subscribe(board)
        await ana.send("note.pin", stream=board, ref="a1", text="hello")
        heard = [await socket.until("event", "note.pinned") for socket in (ana, bo)]
    assert heard[0] == heard[1]
    assert [words["text"] for words in heard[0]["words"].values()] == ["hello"]


async def test_a_command_is_answered_with_the_number_of_its_event(board: str) -> None:
    async with joined_by("ana") as ana:
        await ana.subscribe(board)
        await ana.send("note.pin", stream=board, ref="a1", text="hello")
        assert await ana.until("done") == {"type": "done", "ref": "a1", "seq": 2}


async def test_arriving_is_a_fact_and_observers_do_not_arrive(board: str) -> None:
    async with joined_by("otto") as otto, joined_by("ana") as ana:
        await otto.subscribe(board)
        await ana.subscribe(board)
        event = await otto.until("event")
    assert (event["kind"], event["data"]) == ("member.arrived", {"member": "ana"})


async def test_who_comes_back_gets_what_was_missed(board: str) -> None:
    async with joined_by("otto") as otto:
        snapshot = await otto.subscribe(board)
    for text in ("one", "two"):
        await sync_to_async(services.submit)(board, NotePin(text), by="ana")
    async with joined_by("otto") as otto:
        await otto.subscribe(board, since=snapshot["seq"])
        assert [(await otto.until("event"))["seq"] for _ in range(2)] == [1, 2]


async def test_who_is_ahead_of_the_log_gets_a_snapshot(board: str) -> None:
    async with joined_by("otto") as otto:
        await otto.send("subscribe", stream=board, since=99)
        assert (await otto.receive())["type"] == "snapshot"


async def test_what_another_thread_writes_reaches_the_readers(board: str) -> None:
    async with joined_by("otto") as otto:
        await otto.subscribe(board)
        await sync_to_async(services.submit)(board, NotePin("from a page"), by="olga")
        assert (await otto.until("event"))["by"] == "olga"


async def test_a_deadline_comes_without_anybody_asking(board: str) -> None:
    async with joined_by("otto") as otto:
        await otto.subscribe(board)
        await sync_to_async(services.submit)(board, BoardTime(ends_at=clock.now() + 200))
        assert (await otto.until("event", "board.closed"))["by"] is None


async def test_a_banished_member_hears_nothing_more(board: str) -> None:
    async with joined_by("fatou") as fatou, joined_by("bo") as bo:
        await fatou.subscribe(board)
        await bo.subscribe(board)
        await fatou.send("board.ban", stream=board, ref="f1", member="bo")
        assert (await bo.until("gone"))["stream"] == board
        await fatou.send("note.pin", stream=board, ref="f2", text="private")
        await fatou.until("event", "note.pinned")
        assert await bo.is_silent()


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", "wire.not_json"),
        ("[]", "wire.not_an_object"),
        ('{"type":"note.pin","stream":"board.1","text":NaN}', "wire.not_a_number"),
        ('{"type":"note.pin","type":"x"}', "wire.duplicate_key"),
        ('{"a":' * 20 + "1" + "}" * 20, "wire.too_deep"),
        ('{"type":"note.pin","stream":"board.1","text":"x","by":"bo"}', "wire.unknown_field"),
        ('{"type":"note.pin","stream":"board.1","text":7}', "wire.wrong_type"),
        ('{"type":"note.pin","stream":"board.1"}', "wire.missing_field"),
        ('{"type":"note.pin","stream":"board.1","text":"\\ud800"}', "wire.bad_character"),
        ('{"type":"note.pin","stream":"../etc","text":"x"}', "stream.unknown"),
        ('{"type":"note.burn","stream":"board.1"}', "command.unknown"),
        ('{"type":"board.ban","stream":"board.1","member":"bo"}', "command.not_yours"),
        ('{"type":"subscribe","stream":"board.2"}', "stream.unknown"),
        ('{"type":"signal","stream":"board.1","name":"typing","text":"x"}', "stream.not_yours"),
        ('{"kind":1}', "wire.wrong_type"),
        ("x" * 70_000, "wire.too_large"),
    ],
)
async def test_a_bad_frame_is_refused_and_the_socket_lives(board: str, frame: str, code: str) -> None:
    async with joined_by("ana") as ana:
        await ana.communicator.send_to(text_data=frame)
        assert (await ana.until("refused"))["code"] == code
        await ana.send("clock", ref="c")
        assert (await ana.until("clock"))["ref"] == "c"


async def test_a_stranger_may_not_listen(board: str) -> None:
    async with joined_by("sam") as sam:
        await sam.send("subscribe", stream=board)
        assert (await sam.receive())["code"] == "stream.not_yours"


async def test_nobody_is_sent_away_with_4401() -> None:
    communicator = WebsocketCommunicator(application, "/m/nobody/live")
    await communicator.connect()
    assert await communicator.receive_output(timeout=PATIENCE_S) == {"type": "websocket.close", "code": 4401}


async def test_who_has_too_many_windows_open_is_told_and_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("live.consumer.MAX_SOCKETS", 2)
    async with joined_by("ana"), joined_by("bo"):
        async with joined_by("ana"):
            third = WebsocketCommunicator(application, "/m/ana/live", subprotocols=[SUBPROTOCOL])
            assert (await third.connect(timeout=PATIENCE_S))[0]
            refused = json.loads(await third.receive_from(timeout=PATIENCE_S))
            assert (refused["type"], refused["code"]) == ("refused", "live.too_many_sockets")
            assert refused["params"] == {"limit": 2}
            assert await third.receive_output(timeout=PATIENCE_S) == {"type": "websocket.close", "code": 4429}
        async with joined_by("ana"):
            pass


async def test_a_flooder_is_refused_and_then_closed(board: str) -> None:
    async with joined_by("ana") as ana:
        for _ in range(70):
            await ana.send("clock", ref="c")
        output: dict[str, object] = {}
        while output.get("type") != "websocket.close":
            output = await ana.communicator.receive_output(timeout=PATIENCE_S)
    assert output["code"] == 4429


async def test_a_reader_who_never_acknowledges_is_closed_and_can_come_back(board: str) -> None:
    async with joined_by("otto") as otto:
        await otto.subscribe(board)
        (started,) = runtime._runtime
        (peer,) = started.hub.peers
        for _ in range(30):
            await sync_to_async(services.submit)(board, NotePin("x" * 20_000), by="ana")
        while peer.full_since is None:
            await otto.until("event")
        assert peer.inflight < 256 * 1024 + 25_000
        peer.full_since = clock.monotonic() - 11
        output: dict[str, object] = {}
        while output.get("type") != "websocket.close":
            output = await otto.communicator.receive_output(timeout=PATIENCE_S)
        seen = peer.cursors[board]
    async with joined_by("otto") as otto:
        await otto.subscribe(board, since=seen)
        assert (output["code"], (await otto.until("event"))["seq"]) == (4408, seen + 1)


async def test_acknowledging_opens_the_window_again(board: str) -> None:
    async with joined_by("otto") as otto:
        await otto.subscribe(board)
        for _ in range(30):
            await sync_to_async(services.submit)(board, NotePin("x" * 20_000), by="ana")
        seqs = []
        for _ in range(30):
            seqs.append((await otto.until("event"))["seq"])
            await otto.send("ack", seqs={board: seqs[-1]})
    assert seqs == list(range(1, 31))


async def test_a_lost_socket_is_still_present_until_its_lifetime_ends(board: str) -> None:
    async with joined_by("ana") as ana:
        await ana.subscribe(board)
    row = await Presence.objects.aget()
    state = (await sync_to_async(services.load)(board)).state
    assert (row.open, state.present) == (False, ("ana",))


async def test_closing_well_says_when_to_come_back(board: str) -> None:
    async with joined_by("ana") as ana:
        await ana.subscribe(board)
        (started,) = runtime._runtime
        await started.stop()
        assert 250 <= (await ana.until("bye"))["retry_ms"] <= 3000


async def test_who_may_not_speak_is_not_shown_typing_but_may_take_it_back(board: str) -> None:
    async with joined_by("ana") as ana, joined_by("bo") as bo:
        await ana.subscribe(board)
        await bo.subscribe(board)
        await ana.send("signal", stream=board, name="typing", text="Uno.", lang="es")
        first = await bo.until("signal")
        await sync_to_async(services.submit)(board, BoardTime(clock.now()), by="ana")
        await bo.until("event", "board.closed")
        for text in ("Uno. Dos.", ""):
            await ana.send("signal", stream=board, name="typing", text=text, lang="es")
        second = await bo.until("signal")
    assert (first["by"], first["data"]) == ("ana", {"text": "Uno.", "lang": "es"})
    assert second["data"]["text"] == ""


async def test_no_other_signal_is_taken_from_a_member(board: str) -> None:
    async with joined_by("ana") as ana:
        await ana.subscribe(board)
        await ana.send("signal", stream=board, name="rooms", text="[]", lang="es")
        assert (await ana.until("refused"))["code"].startswith("wire.")
