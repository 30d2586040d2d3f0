"""Who has walked in: a second device on a member's link takes the seat, and gives it back by leaving."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from django.utils import timezone

from assemblies.models import Device
from kernel import clock
from live.models import Presence
from live.presence import LIFETIME_MS
from rehearsal.stage import Seat, Stage

LOOK_S = 1.5
GONE = timedelta(seconds=40)
"""How long a visitor's last screen must have been closed before the player sits down again."""


Act = Callable[[Seat], Awaitable[None]]


class Visitors:
    """Watches the devices of every seat that the player sits in."""

    def __init__(self, stage: Stage, seats: Sequence[Seat]) -> None:
        self.stage = stage
        self.seats = seats
        self._own: frozenset[int] = frozenset()

    async def know_own_devices(self) -> None:
        """Every device there is now is the player's."""
        self._own = frozenset(await asyncio.to_thread(_devices, [seat.key for seat in self.seats]))

    async def watch(self, sit_down: Act, stand_up: Act) -> None:
        """`stand_up` for whoever comes, `sit_down` again when they have left. Runs until cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            with contextlib.suppress(OSError, TimeoutError):
                taken = await asyncio.to_thread(self._taken)
                for seat in self.seats:
                    await self._decide(seat, seat.key in taken, sit_down, stand_up)

    def _taken(self) -> set[str]:
        now = frozenset(seat.key for seat in self.seats if seat.taken)
        return taken_seats([seat.key for seat in self.seats], self._own, taken=now)

    async def _decide(self, seat: Seat, is_taken: bool, sit_down: Act, stand_up: Act) -> None:
        if is_taken and not seat.taken:
            seat.taken = True
            await stand_up(seat)
            self.stage.progress(f"{seat.person.name}'s seat is taken")
        elif seat.taken and not is_taken:
            await sit_down(seat)
            seat.taken = False
            self.stage.progress(f"{seat.person.name}'s seat is free again")


def _devices(keys: Sequence[str]) -> list[int]:
    return list(Device.objects.filter(member__key__in=keys).values_list("pk", flat=True))


def taken_seats(keys: Sequence[str], own: frozenset[int], *, taken: frozenset[str]) -> set[str]:
    """Members whose link another device uses: it was seen lately, or the seat is `taken` and a screen is still open."""
    visiting = Device.objects.filter(member__key__in=keys, ended_at=None).exclude(pk__in=own)
    recent = set(visiting.filter(last_seen_at__gte=timezone.now() - GONE).values_list("member__key", flat=True))
    alive = clock.clock().real() - LIFETIME_MS
    screens = Presence.objects.filter(member__in=taken, open=True, renewed_at__gte=alive)
    return recent | set(screens.values_list("member", flat=True))
