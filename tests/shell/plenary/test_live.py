"""The plenary over real sockets: what readers hear while a ballot is open, and when it closes by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.urls import path

from assemblies.models import Member
from assemblies.queries import actor_of
from live.consumer import LiveConsumer
from live.core.actors import Actor
from live.core.frames import SUBPROTOCOL
from tests.cast import Cast
from tests.patience import PATIENCE_S
from tests.shell.live.sockets import Socket
from tests.shell.plenary.voting import Vote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("stopped_runtime")]


def find_actor(key: str, cookies: object) -> Actor | None:
    """Every member is signed in."""
    return actor_of(Member.objects.get(key=key))


application = URLRouter([path("m/<str:member>/live", LiveConsumer.as_asgi(find_actor=find_actor))])


@asynccontextmanager
async def socket_of(member: Member) -> AsyncIterator[Socket]:
    """A member's socket after its hello."""
    communicator = WebsocketCommunicator(application, f"/m/{member.key}/live", subprotocols=[SUBPROTOCOL])
    connected, _ = await communicator.connect(timeout=PATIENCE_S)
    assert connected
    socket = Socket(communicator)
    await socket.until("hello")
    yield socket
    await communicator.disconnect(timeout=PATIENCE_S)


async def test_readers_hear_how_many_have_voted_and_not_what(named: Vote, cast: Cast) -> None:
    async with socket_of(cast.otto) as otto:
        await otto.subscribe(named.stream)
        for member in (cast.ana, cast.bo, cast.ana):
            await sync_to_async(named.cast)(member, "no")
        signal = await otto.until("signal")
        assert await otto.is_silent()
    assert signal == {
        "type": "signal", "stream": named.stream, "by": None, "name": "turnout",
        "data": {"motion": named.key, "cast": {"citizens": 2}},
    }  # fmt: skip


async def test_a_ballot_closes_by_itself_before_everybodys_eyes(cast: Cast) -> None:
    vote = await sync_to_async(Vote)(cast.assembly)
    async with socket_of(cast.ana) as ana:
        snapshot = await ana.subscribe(vote.stream)
        await sync_to_async(vote.open)(duration_ms=1_000)
        await sync_to_async(vote.cast)(cast.bo, "yes")
        closed = await ana.until("event", "motion.closed")
    assert snapshot["state"]["motions"][vote.key]["phase"] == "draft"
    assert closed["by"] is None
    assert closed["data"]["outcome"]["verdicts"][0]["count"]["yes"] == 1


async def test_who_only_reads_is_not_present_and_cannot_open_a_vote(cast: Cast) -> None:
    vote = await sync_to_async(Vote)(cast.assembly)
    async with socket_of(cast.otto) as otto:
        await otto.subscribe(vote.stream)
        await otto.send("motion.open", stream=vote.stream, ref="1", motion=vote.key, closes_at=None, duration_ms=None)
        refused = await otto.until("refused")
    assert refused["code"] == "command.not_yours"
    assert (await sync_to_async(lambda: vote.state)()).phase == "draft"


async def test_the_words_of_a_motion_travel_with_the_snapshot(named: Vote, cast: Cast) -> None:
    async with socket_of(cast.bo) as bo:
        snapshot = await bo.subscribe(named.stream)
    motion = snapshot["state"]["motions"][named.key]
    assert snapshot["words"][motion["recommendation"]]["text"] == "Cerrar el centro los domingos."
