"""Sockets only from our own pages: the exact origin, nothing like it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def same_origin(application: Application) -> Application:
    """Refuse (403) a handshake whose `Origin` is not one of `CSRF_TRUSTED_ORIGINS`."""

    async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
        origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
        if len(origins) == 1 and origins[0] in settings.CSRF_TRUSTED_ORIGINS:
            await application(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 4403})

    return guarded
