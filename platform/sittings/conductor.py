"""Who sees to it that all rooms follow the sitting: every process, after each commit and again every few seconds.

A process that is killed between the commit of the sitting's event and the rooms' leaves nothing undone: the next look
of any process finds the rooms that have not heard of it.
"""

from __future__ import annotations

import asyncio

import structlog
from django.db import close_old_connections

from live import hub
from live.hub import HEAL_S, Hub
from sittings import queries, services

log = structlog.get_logger(__name__)


def start() -> None:
    """Look after the sittings from this process, until it stops serving."""
    if here := hub.running():
        here.spawn(_keep(here))


def wake(assembly_id: int) -> None:
    """Something was committed that rooms are to hear of: tell them, in the writing thread where there is one."""
    if here := hub.running():
        here.writing.submit(_conduct, assembly_id)
    else:
        services.conduct(assembly_id)


async def _keep(here: Hub) -> None:
    while True:
        await asyncio.sleep(HEAL_S)
        try:
            for assembly_id in await here.in_thread(queries.with_rooms_to_tell):
                wake(assembly_id)
        except Exception:
            log.exception("looking after sittings failed")


def _conduct(assembly_id: int) -> None:
    close_old_connections()
    try:
        services.conduct(assembly_id)
    except Exception:
        log.exception("conducting a sitting failed", assembly=assembly_id)
