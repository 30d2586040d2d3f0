"""Times in which no process served: they are charged to nobody.

Every serving process says every few seconds that it does. Where the last word is older than the lifetime of a presence,
nobody was served in between, and each stream is told so before anything else happens in it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from django.db import transaction

from kernel import clock
from live.models import Presence, Service, Stream

LEAST_MS = 30_000
"""A shorter interruption is none: screens come back by themselves, and everybody's presence has outlasted it."""
LATELY_MS = 900_000
"""So long something may go on in a stream without a deadline and with nobody present: in a closed room, the time in
which it can be opened again."""


class Outage(NamedTuple):
    """Nobody was served between these two moments; civic milliseconds."""

    began_at: int
    ended_at: int


_known: list[Outage] = []
"""As the tables had it when this process last looked, perhaps in a transaction that came to nothing: a decision first
keeps up."""
_said_at: list[float] = []
"""When this process last said that it serves, by its monotonic clock; empty where it does not serve."""


def watch() -> None:
    """From now on this process serves."""
    _said_at[:] = [float("-inf")]


def stop() -> None:
    """This process serves no more."""
    _said_at.clear()
    _known.clear()


def known() -> tuple[Outage, ...]:
    """All outages up to the last word of this process, oldest first; none where it does not serve."""
    return tuple(_known)


def keep_up() -> None:
    """Let a serving process say so where it has not for too long, because it only begins, was held up itself, or said
    so in a transaction that came to nothing."""
    if _said_at and (clock.monotonic() - _said_at[0]) * 2000 > LEAST_MS:
        say()


def say() -> None:
    """Say that this process serves, and learn of outages. Safe to repeat, by any number of processes."""
    now, said_at = clock.clock().real(), clock.monotonic()
    with transaction.atomic():
        last = Service.objects.select_for_update().order_by("-pk").first()
        if last is None or now - last.lasted_until > LEAST_MS:
            Service.objects.create(began_at=now, lasted_until=now)
        else:
            Service.objects.filter(pk=last.pk).update(lasted_until=max(now, last.lasted_until))
        if last is not None and now - last.lasted_until > LEAST_MS:
            _keep_present(last.lasted_until, now)
        transaction.on_commit(lambda: _has_said(said_at))
    stretches = list(Service.objects.order_by("pk").values_list("began_at", "lasted_until"))
    civic = clock.clock().civic
    _known[:] = [
        Outage(civic(ended), civic(began))
        for (_, ended), (began, _) in pairwise(stretches)
        if began - ended > LEAST_MS  # two processes may begin at once
    ]


def _has_said(at: float) -> None:
    if _said_at:
        _said_at[:] = [at]


def _keep_present(began_at: int, now: int) -> None:
    """Who was here when it began has as long to come back as anybody whose line breaks."""
    Presence.objects.filter(renewed_at__gte=began_at - LEAST_MS).update(renewed_at=now)


def streams() -> list[str]:
    """Streams that are to hear of the last outage at once: where somebody is present, or something happened shortly
    before it; one query."""
    if not _known:
        return []
    began_at = _known[-1].began_at
    lately = Stream.objects.filter(last_at__range=(began_at - LATELY_MS, began_at)).values_list("name", flat=True)
    return list(Presence.objects.values_list("stream", flat=True).union(lately))
