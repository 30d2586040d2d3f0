"""One token bucket for sockets and pages: fair to many people behind one address, firm with one flooder."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from kernel import clock
from kernel.errors import Refused

BURST = 40
PER_SECOND = 8.0
FORGET_ABOVE = 20_000


@dataclass(slots=True)
class Bucket:
    """Tokens of one person."""

    tokens: float
    at: float


_buckets: dict[str, Bucket] = {}


def take(who: str, cost: int = 1) -> None:
    """Take tokens from the bucket of `who`, or `Refused("rate.too_many")` with the seconds to wait."""
    speed = settings.CIVIC_CLOCK_RATE
    now = clock.monotonic()
    if len(_buckets) > FORGET_ABOVE:
        _buckets.clear()
    bucket = _buckets.setdefault(who, Bucket(BURST * speed, now))
    bucket.tokens = min(BURST * speed, bucket.tokens + (now - bucket.at) * PER_SECOND * speed)
    bucket.at = now
    if bucket.tokens < cost:
        raise Refused("rate.too_many", seconds=1 + int((cost - bucket.tokens) / (PER_SECOND * speed)))
    bucket.tokens -= cost
