"""Which pages may open a socket."""

from __future__ import annotations

import pytest
from channels.testing import WebsocketCommunicator
from pytest_django import Settings

from live.origin import same_origin
from live.runtime import Runtime
from tests.patience import PATIENCE_S
from tests.shell.live.sockets import application


async def knock(*origins: bytes) -> bool:
    headers = [(b"origin", origin) for origin in origins]
    communicator = WebsocketCommunicator(same_origin(application), "/m/nobody/live", headers=headers)
    connected, _ = await communicator.connect(timeout=PATIENCE_S)
    return bool(connected)


@pytest.mark.parametrize(
    "origins",
    [
        (),
        (b"null",),
        (b"http://evil.example",),
        (b"https://rooms.example",),
        (b"http://rooms.example:81",),
        (b"http://rooms.example.evil.example",),
        (b"http://user@rooms.example",),
        (b"ftp://rooms.example",),
        (b"http://rooms.example/",),
        (b"http://rooms.example", b"http://evil.example"),
    ],
)
async def test_other_origins_are_refused(settings: Settings, origins: tuple[bytes, ...]) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["http://rooms.example"]
    assert not await knock(*origins)


@pytest.mark.django_db(transaction=True)
async def test_our_own_origin_is_let_in(settings: Settings, stopped_runtime: list[Runtime]) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["http://rooms.example"]
    assert await knock(b"http://rooms.example")
