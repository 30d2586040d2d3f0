"""What somebody keeps who moves to another room."""

from __future__ import annotations

from dataclasses import fields, replace

from floor.core.types import Account
from rooms.core.types import Time


def time_of(account: Account) -> Time:
    """What is on this account and goes along."""
    return Time(**{each.name: getattr(account, each.name) for each in fields(Time)})


def kept(here: Account | None, brought: Time) -> Time:
    """What the account comes to have. Who has sat here before has an account: what it counts in the item here is not
    undone by an item that began elsewhere meanwhile, and what was carried into it was carried once."""
    if here is None:
        return brought
    counts_here = bool(here.spoken_ms or here.fair_us or here.turns)
    return replace(
        brought,
        spoken_ms=max(here.spoken_ms, brought.spoken_ms),
        fair_us=max(here.fair_us, brought.fair_us),
        turns=max(here.turns, brought.turns),
        total_ms=max(here.total_ms, brought.total_ms),
        total_turns=max(here.total_turns, brought.total_turns),
        carried_us=here.carried_us if counts_here else brought.carried_us,
        orders=max(here.orders, brought.orders),
        declined=here.declined or brought.declined,
        passed=here.passed or brought.passed,
    )
