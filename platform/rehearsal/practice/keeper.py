"""Who plays the practices: any web process takes those that wait, and ends those whose process has vanished."""

from __future__ import annotations

import asyncio
import functools

import structlog
from django.db.models import Q

from kernel import clock
from live import hub
from live.hub import HEAL_S, Hub
from rehearsal.core.ending import Ending
from rehearsal.models import Practice
from rehearsal.practice import closing
from rehearsal.practice.play import PracticePlayer

log = structlog.get_logger(__name__)
RENEW_MS = 5_000
LEASE_MS = 30_000
"""A practice whose process has not renewed it for so long is over."""

_woken: dict[Hub, asyncio.Event] = {}


def start() -> None:
    """Look after practices from this process, until it stops serving."""
    if here := hub.running():
        here.spawn(_keep(here))


def wake() -> None:
    """A practice waits: look at once, if this process serves sockets. From any thread."""
    here = hub.running()
    if here and (woken := _woken.get(here)):
        here.loop.call_soon_threadsafe(woken.set)


async def _keep(here: Hub) -> None:
    woken = _woken[here] = asyncio.Event()
    try:
        while True:
            woken.clear()
            try:
                for practice in await here.in_thread(take, here.process):
                    here.spawn(_play(here, practice))
                for practice in await here.in_thread(orphans):
                    await here.in_thread(closing.end, practice, "server")
                await here.in_thread(closing.clean_up)
            except Exception:
                log.exception("looking after practices failed")
            try:
                await asyncio.wait_for(woken.wait(), HEAL_S)
            except TimeoutError:
                continue
    finally:
        _woken.pop(here, None)


def take(process: str) -> list[Practice]:
    """The practices that wait, taken by this process; none that another has taken."""
    now = clock.clock().real()
    waiting = Practice.objects.filter(stage="waiting")
    return [
        practice
        for practice in waiting
        if waiting.filter(pk=practice.pk).update(stage="running", process=process, renewed_at=now)
    ]


def orphans() -> list[Practice]:
    """The practices whose process has vanished."""
    old = clock.clock().real() - LEASE_MS
    return list(Practice.objects.filter(Q(stage="running"), renewed_at__lt=old))


def _renew(key: str) -> None:
    Practice.objects.filter(key=key).update(renewed_at=clock.clock().real())


async def _play(here: Hub, practice: Practice) -> None:
    ending: Ending = "server"
    renewed = clock.clock().real()

    async def still_here() -> None:
        nonlocal renewed
        if clock.clock().real() - renewed >= RENEW_MS:
            renewed = clock.clock().real()
            await here.in_thread(_renew, practice.key)

    try:
        player = PracticePlayer(
            here,
            room=practice.room,
            guide=practice.guide,
            cast=closing.cast_of(practice),
            assembly=practice.assembly_id or 0,
            minutes=practice.minutes,
        )
        ending = await player.play(still_here)
    except Exception:
        log.exception("a practice failed", practice=practice.pk)
    await here.in_thread(functools.partial(closing.end, practice, ending))
