"""Presence is a fact with a lifetime: renewed every 10 s by the process that holds the socket, gone after 30 s."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import structlog
from django.db import transaction
from django.db.models import Max

from kernel import clock
from kernel.errors import Refused
from live import outages, services
from live.core.actors import Standing
from live.hub import Hub
from live.log import Submission
from live.models import Presence, Stream
from live.registry import kind_of
from live.writer import LogWriter

log = structlog.get_logger(__name__)
RENEW_S = 10.0
LIFETIME_MS = outages.LEAST_MS


class PresenceKeeper:
    """Who is here, kept for this process's sockets."""

    def __init__(self, hub: Hub, writer: LogWriter) -> None:
        self._hub = hub
        self._writer = writer
        self._sockets: Counter[tuple[str, str]] = Counter()
        self._outages = 0

    async def enter(self, stream: str, member: str, standing: Standing) -> None:
        """A participant's socket subscribed: their arrival is a fact, if it was not one already."""
        arrive = kind_of(stream)[1].arrive
        if standing is not Standing.PARTICIPANT or arrive is None:
            return
        self._sockets[stream, member] += 1
        if self._sockets[stream, member] == 1:
            await self._hub.in_thread(_mark, stream, member, self._hub.process, True)
        try:
            await self._writer.submit(Submission(stream, arrive(member), member))
        except Refused as refusal:
            log.info("arrival refused", stream=stream, code=refusal.code)

    async def exit(self, stream: str, member: str) -> None:
        """A participant's socket has gone; when it was the last here, the lifetime begins to run."""
        if (stream, member) not in self._sockets:
            return
        self._sockets[stream, member] -= 1
        if self._sockets[stream, member] <= 0:
            del self._sockets[stream, member]
            await self._hub.in_thread(_mark, stream, member, self._hub.process, False)

    async def keep(self) -> None:
        """Say that we serve, renew what is open here and log who has gone anywhere; runs until cancelled."""
        while True:
            for duty in (self._serve, self._renew, self._sweep):
                try:
                    await duty()
                except Exception:
                    log.exception("presence not kept")
            await asyncio.sleep(RENEW_S / 2)

    async def _serve(self) -> None:
        """Say that this process serves; after an outage, let it take effect wherever somebody is."""
        await self._hub.in_thread(outages.say)
        found = len(outages.known())
        if found != self._outages:
            self._outages = found
            for stream in await self._hub.in_thread(outages.streams):
                self._hub.nudge(stream)

    async def _renew(self) -> None:
        await self._hub.in_thread(_renew, self._hub.process)

    async def _sweep(self) -> None:
        for stream, member in await self._hub.in_thread(expired):
            await self._hub.in_thread(log_departure, stream, member)


def _now() -> int:
    return clock.clock().real()


def _mark(stream: str, member: str, process: str, is_open: bool) -> None:
    Presence.objects.update_or_create(
        stream=stream, member=member, process=process, defaults={"open": is_open, "renewed_at": _now()}
    )


def _renew(process: str) -> None:
    Presence.objects.filter(process=process, open=True).update(renewed_at=_now())


def expired() -> list[tuple[str, str]]:
    """(stream, member) pairs whose newest row is older than the lifetime; one query."""
    newest = Presence.objects.values("stream", "member").annotate(newest=Max("renewed_at"))
    return list(newest.filter(newest__lt=_now() - LIFETIME_MS).values_list("stream", "member"))


def log_departure(stream: str, member: str) -> bool:
    """Say that a member has left, unless a fresh row appeared meanwhile. Safe to repeat, from any process.

    The stream's row is locked first: whoever enters at this moment is either seen here or arrives afterwards.
    """
    leave: Callable[[str], object] | None = kind_of(stream)[1].leave
    with transaction.atomic():
        is_known = bool(Stream.objects.select_for_update().filter(name=stream))
        rows = Presence.objects.filter(stream=stream, member=member)
        if rows.filter(renewed_at__gte=_now() - LIFETIME_MS).exists() or not rows.exists():
            return False
        rows.delete()
        if not is_known:  # erased while somebody looked at it
            return False
        if leave is not None:
            services.submit(stream, leave(member), by=member)
    return True
