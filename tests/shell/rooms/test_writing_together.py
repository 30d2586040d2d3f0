"""A common text over sockets: stored, told to everybody, answered; and who may no longer read it is told nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.urls import path

from hemicycle.realtime import COMMANDS, DOCUMENTS, KINDS
from live import hub
from live.consumer import LiveConsumer
from live.core.actors import Actor
from live.core.frames import SUBPROTOCOL, binary_line
from live.documents import MAX_UPDATE
from live.names import document_name
from live.registry import install
from live.services import submit
from recommendations.core.drafting import DraftBegin
from rooms import services
from rooms.core.types import MemberRemove
from rooms.models import Room
from rooms.queries import state_of
from tests.cast import Cast, make_cast
from tests.patience import PATIENCE_S
from tests.shell.rooms.pens import Pen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("stopped_runtime")]
Frame = tuple[dict[str, Any], bytes]


class House:
    """A room with a draft, and the doors of everybody in the cast."""

    def __init__(self) -> None:
        install(kinds=KINDS, doors=COMMANDS, documents=DOCUMENTS)
        self.cast: Cast = make_cast()
        self.actors: dict[str, Actor] = {actor.key: actor for actor in self.cast.actors().values()}
        self.room: Room = services.create_room(self.cast.assembly)
        for member in (self.cast.ana, self.cast.bo, self.cast.fatou):
            services.seat_member(self.room, member)
        services.open_room(self.room)
        submit(self.room.stream, DraftBegin(), by=self.cast.ana.key)
        self.name = document_name(self.room.stream, "draft", next(iter(state_of(self.room).drafts)))

    def find(self, key: str, cookies: dict[str, str]) -> Actor | None:
        return self.actors.get(key)


@pytest.fixture
def house(transactional_db: None) -> House:
    return House()


class Desk:
    """One member's socket."""

    def __init__(self, house: House, name: str) -> None:
        self.house, self.pen = house, Pen("es")
        application = URLRouter([path("m/<str:member>/live", LiveConsumer.as_asgi(find_actor=house.find))])
        key = getattr(house.cast, name).key
        self.socket = WebsocketCommunicator(application, f"/m/{key}/live", subprotocols=[SUBPROTOCOL])

    async def __aenter__(self) -> Desk:
        await self.socket.connect(timeout=PATIENCE_S)
        await self.until("hello")
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.socket.disconnect(timeout=PATIENCE_S)

    async def send(self, frame_type: str, payload: bytes, **fields: Any) -> None:
        header = {"type": frame_type, "stream": self.house.name, "ref": "r", **fields}
        await self.socket.send_to(bytes_data=binary_line(header, payload).body)

    async def until(self, frame_type: str) -> Frame:
        while True:
            data = await self.socket.receive_from(timeout=PATIENCE_S)
            frame = _read(data)
            if frame[0]["type"] == frame_type:
                return frame

    async def open(self) -> dict[str, Any]:
        await self.send("document.open", self.pen.doc.get_state())
        header, payload = await self.until("document.opened")
        self.pen.take(payload[header["known"] :])
        return header

    async def hear(self) -> dict[str, Any]:
        header, payload = await self.until("document.changed")
        if payload:
            self.pen.take(payload)
        return header

    async def is_silent(self) -> bool:
        return bool(await self.socket.receive_nothing(timeout=0.3))


def _read(data: str | bytes) -> Frame:
    if isinstance(data, str):
        return json.loads(data), b""
    end = 2 + int.from_bytes(data[:2], "big")
    return json.loads(data[2:end]), data[end:]


async def test_what_one_writes_all_hear_with_its_number_and_its_author(house: House) -> None:
    async with Desk(house, "ana") as ana, Desk(house, "bo") as bo, Desk(house, "otto") as otto:
        for desk in (ana, bo, otto):
            assert (await desk.open())["seq"] == 0
        await ana.send("document.write", ana.pen.type("Sin coches."), ref="w1")
        heard = [await desk.hear() for desk in (ana, bo, otto)]
        done, _ = await ana.until("done")
    assert [(each["seq"], each["by"]) for each in heard] == [(1, house.cast.ana.key)] * 3
    assert done == {"type": "done", "ref": "w1", "seq": 1}
    assert bo.pen.says() == otto.pen.says() == "Sin coches."


async def test_who_opens_is_answered_alone(house: House) -> None:
    async with Desk(house, "ana") as ana, Desk(house, "bo") as bo:
        await ana.open()
        await bo.open()
        assert await ana.is_silent()


async def test_who_has_no_seat_neither_reads_nor_writes(house: House) -> None:
    async with Desk(house, "chen") as chen, Desk(house, "ana") as ana:
        await ana.open()
        for frame_type in ("document.open", "document.write"):
            await chen.send(frame_type, chen.pen.type("No."))
            refused, _ = await chen.until("refused")
            assert refused["code"] in ("stream.not_yours", "room.not_seated")
        assert await ana.is_silent()


async def test_who_facilitates_reads_and_does_not_write(house: House) -> None:
    async with Desk(house, "fatou") as fatou:
        await fatou.open()
        await fatou.send("document.write", fatou.pen.type("Moi."))
        refused, _ = await fatou.until("refused")
    assert refused["code"] == "draft.not_yours"


async def test_who_is_sent_out_while_writing_hears_nothing_more(house: House) -> None:
    async with Desk(house, "ana") as ana, Desk(house, "bo") as bo:
        await ana.open()
        await bo.open()
        await ana.socket.send_to(text_data=json.dumps({"type": "subscribe", "stream": house.room.stream}))
        await ana.until("snapshot")
        await sync_to_async(submit)(house.room.stream, MemberRemove(house.cast.ana.key), by=house.cast.fatou.key)
        gone = {(await ana.until("gone"))[0]["stream"] for _ in range(2)}
        assert gone == {house.room.stream, house.name}
        await bo.send("document.write", bo.pen.type("Seul."))
        await bo.until("done")
        await ana.send("document.write", ana.pen.type("¿Y yo?"))
        refused, _ = await ana.until("refused")
        assert refused["code"] == "room.not_seated"
        assert await ana.is_silent()
    assert ana.pen.says() == "¿Y yo?"


async def test_a_frame_that_is_too_large_or_none_is_refused_and_the_line_stays(house: House) -> None:
    async with Desk(house, "ana") as ana:
        await ana.open()
        await ana.send("document.write", b"x" * (MAX_UPDATE + 1))
        assert (await ana.until("refused"))[0]["code"] == "document.too_large"
        for data in (b"\x00", b"\xff\xffshort", b"\x00\x02[]", b"\x00\x01\xff"):
            await ana.socket.send_to(bytes_data=data)
            assert (await ana.until("refused"))[0]["code"].startswith("wire.")
        await ana.send("document.burn", b"")
        assert (await ana.until("refused"))[0]["code"] == "command.unknown"
        await ana.send("document.open", b"", stream="room.1.draft.unknown")
        assert (await ana.until("refused"))[0]["code"] == "stream.unknown"


async def test_who_missed_an_update_is_told_how_far_the_text_is(house: House) -> None:
    async with Desk(house, "ana") as ana, Desk(house, "bo") as bo:
        await bo.open()
        here = hub.running()
        assert here
        spread, here.spread = here.spread, lambda *args, **options: None  # type: ignore[method-assign]
        await ana.send("document.write", ana.pen.type("Perdido."))
        await ana.until("done")
        here.spread = spread  # type: ignore[method-assign]
        header, payload = await bo.until("document.changed")
        assert (header["seq"], payload) == (1, b"")
        await bo.open()
    assert bo.pen.says() == "Perdido."


async def test_who_leaves_hears_nothing_more(house: House) -> None:
    async with Desk(house, "ana") as ana, Desk(house, "bo") as bo:
        await ana.open()
        await bo.open()
        await bo.send("document.leave", b"")
        await ana.send("document.write", ana.pen.type("Sola."))
        await ana.until("done")
        assert await bo.is_silent()
        here = hub.running()
        assert here
        assert {len(peers) for peers in here.documents.readers.values()} == {1}
